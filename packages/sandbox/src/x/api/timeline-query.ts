import type { Answer, Ask } from '../../core/ask.ts'
import { isId, isNewer } from '../posts/snowflake.ts'
import type { Settings } from '../settings.ts'
import { idInvalid, parameterInvalid } from './invalid.ts'

export const PAGING = ['max_results', 'pagination_token', 'start_time', 'end_time', 'since_id', 'until_id', 'exclude']

/** Which posts of a user. Times in ms since 1970, the first included and the last not. */
export interface Asked {
  most: number
  from: number
  to: number
  sinceId: string | undefined
  untilId: string | undefined
  withReplies: boolean
}

/** Where the next page begins: below this post. */
export const tokenOf = (id: string): string => Buffer.from(`below ${id}`).toString('base64url')
const belowOf = (token: string): string | undefined =>
  /^below ([0-9]{1,19})$/.exec(Buffer.from(token, 'base64url').toString())?.[1]

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/

/** The query in its own terms, or the refusal of what is wrong with it. */
export function readAsked(settings: Settings, { query }: Ask): Asked | Answer {
  const refuse = (name: string, why: string) => {
    const value = query.get(name) ?? ''
    return parameterInvalid(settings, name, value, `The \`${name}\` query parameter value [${value}] ${why}`)
  }
  const most = query.get('max_results') ?? '10'
  if (!/^\d+$/.test(most) || Number(most) < 5 || Number(most) > 100)
    return refuse('max_results', 'is not between 5 and 100')
  for (const name of ['start_time', 'end_time']) {
    const value = query.get(name)
    if (value !== null && !(TIME.test(value) && Number.isFinite(Date.parse(value))))
      return refuse(name, 'is not a valid RFC 3339 date-time of the form YYYY-MM-DDTHH:mm:ssZ')
  }
  for (const name of ['since_id', 'until_id']) {
    const value = query.get(name)
    if (value !== null && !isId(value)) return idInvalid(settings, name, value)
  }
  const token = query.get('pagination_token')
  const below = token === null ? undefined : belowOf(token)
  if (token !== null && below === undefined) return refuse('pagination_token', 'is not valid')
  const from = Date.parse(query.get('start_time') ?? '1970-01-01T00:00:00Z')
  const to = Date.parse(query.get('end_time') ?? '9999-12-31T00:00:00Z')
  if (from >= to) return refuse('end_time', 'must be after `start_time`')
  const untilIds = [query.get('until_id') ?? undefined, below].flatMap((id) => id ?? [])
  return {
    ...{ most: Number(most), from, to },
    sinceId: query.get('since_id') ?? undefined,
    untilId: untilIds.reduce<string | undefined>(
      (low, id) => (low === undefined || isNewer(low, id) ? id : low),
      undefined,
    ),
    withReplies: !(query.get('exclude') ?? '').split(',').includes('replies'),
  }
}
