/** What came in, judged as ASP.NET Core's model binding judges it, names of properties by their case, too. */
import { z } from 'zod'
import { type Answer, type Ask, text } from '../../core/ask.ts'
import { type Invalid, invalid, unsupportedType } from './errors.ts'

const MOST_INT32 = 2_147_483_647
const isJson = /^application\/json\s*(;|$)/i

export const int32 = z
  .number()
  .int()
  .min(-MOST_INT32 - 1)
  .max(MOST_INT32)

/** `offset` and `limit` of every list; a page has 100 at most. Nobody saw either left out, so neither may be. */
export const paging = {
  offset: int32.min(0, 'The field Offset must be between 0 and 2147483647.'),
  limit: int32
    .min(1, 'The field Limit must be between 1 and 100.')
    .max(100, 'The field Limit must be between 1 and 100.'),
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((within, key) => (within as Record<PropertyKey, unknown> | undefined)?.[key], value)

const upper = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** What is absent or out of range goes by the property's name, what is of another type by its place in the JSON. */
function fault(body: unknown, { code, path, message }: z.core.$ZodIssue): [string, string] {
  const name = upper(String(path[0] ?? ''))
  if (name === '') return ['$', 'The JSON value could not be converted to the request. Path: $']
  const value = at(body, path)
  if (value === undefined || (value === null && path.length === 1)) return [name, `The ${name} field is required.`]
  if (code === 'too_small' || code === 'too_big') return [name, message]
  const place = path.reduce<string>(
    (one, key) => (typeof key === 'number' ? `${one}[${key}]` : `${one}.${String(key)}`),
    '$',
  )
  return [place, `The JSON value could not be converted. Path: ${place}`]
}

function faults(body: unknown, issues: readonly z.core.$ZodIssue[]): Invalid {
  const found: Invalid = {}
  for (const issue of issues) {
    const [name, message] = fault(body, issue)
    found[name] = [...(found[name] ?? []), message]
  }
  return found
}

/** A POST's JSON; `answer` gets it where it is in order. */
export function withBody<Schema extends z.ZodType>(
  ask: Ask,
  schema: Schema,
  answer: (body: z.output<Schema>) => Answer,
): Answer {
  const source = text(ask)
  if (source === '' && !ask.headers.has('content-type'))
    return invalid({ '': ['A non-empty request body is required.'] })
  if (!isJson.test(ask.headers.get('content-type') ?? '')) return unsupportedType()
  if (source.trim() === '') return invalid({ '': ['A non-empty request body is required.'] })
  let body: unknown
  try {
    body = JSON.parse(source)
  } catch {
    return invalid({ $: ['The JSON could not be read. Path: $'] })
  }
  const judged = schema.safeParse(body)
  return judged.success ? answer(judged.data) : invalid(faults(body, judged.error.issues))
}

/** An integer of the query. */
export function withId(ask: Ask, name: string, answer: (id: number) => Answer): Answer {
  const value = ask.query.get(name)
  if (!value) return invalid({ [name]: [`The ${name} field is required.`] })
  const id = /^-?\d{1,10}$/.test(value) ? int32.safeParse(Number(value)).data : undefined
  return id === undefined ? invalid({ [name]: [`The value '${value}' is not valid.`] }) : answer(id)
}
