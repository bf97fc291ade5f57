/** Calls of the Graph API as steps: a form, or a form with a file; an answer's id; what a refusal takes back. */
import { type ApiAnswer, isOk } from '../../../provider.ts'
import type {
  Json,
  MultipartField,
  Progress,
  Publisher,
  PublishFault,
  PublishRequest,
  Step,
} from '../../../provider-publishing.ts'

export type Call = Extract<Step, { do: 'call' }>

const filled = (fields: Readonly<Record<string, string | undefined>>): [string, string][] =>
  Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined)

/** Fields without a value are left out. */
export const form = (url: string, fields: Readonly<Record<string, string | undefined>>): PublishRequest => ({
  method: 'POST',
  url,
  body: { form: Object.fromEntries(filled(fields)) },
})

export const formWithFile = (
  url: string,
  fields: Readonly<Record<string, string | undefined>>,
  name: string,
  media: NonNullable<MultipartField['media']>,
): PublishRequest => ({
  method: 'POST',
  url,
  body: { multipart: [...filled(fields).map(([field, value]) => ({ name: field, value })), { name, media }] },
})

export const get = (url: string): PublishRequest => ({ method: 'GET', url })

/** A path's last parts, as limits go by them. */
export const at = (method: string, edge: string): string => `${method} /${edge}`

export const said = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text
export const asText = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A refusal that has nothing to do with what was sent: that can go on from there. */
export const isElsewhere = (fault: PublishFault): boolean =>
  ['auth', 'permission', 'rate', 'policy'].includes(fault.class)

/** Refusals come with 400 nearly always; of a fault of theirs (5xx) nothing is taken back. */
const REFUSED = [400, 401, 403, 404, 500]

/** The same call, of which a refusal takes back what was prepared for it, so that the next try makes that anew. */
export const undoing = (
  call: Call,
  judge: Publisher['judge'],
  now: number,
  undo: (fault: PublishFault, answer: ApiAnswer) => PublishFault,
): Call => ({
  ...call,
  reads: REFUSED,
  read: (answer) => {
    if (isOk(answer)) return call.read(answer)
    const fault = judge(answer, { endpoint: call.endpoint, create: call.create !== undefined }, now)
    const isTheirs = answer.status >= 500 && fault.class === 'platform'
    return { fault: fault.unknown || isTheirs ? fault : undo(fault, answer) }
  },
})

/** What is prepared and refused time and again would use up a day's containers in half an hour. */
const MOST_ANEW = 5

/** What was prepared under `key` is of no use any more: it is made anew, a few times by itself and then by a person alone. */
export function anew(fault: PublishFault, forgets: Progress, progress: Progress, key: string): PublishFault {
  const count = Number(progress[`${key}.anew`] ?? 0)
  const learnt = { ...forgets, [`${key}.anew`]: count + 1 }
  if (fault.againAfterMs !== undefined && count < MOST_ANEW) return { ...fault, learnt }
  const last: PublishFault = { ...fault, learnt: { ...learnt, [`${key}.anew`]: null } }
  if (fault.againAfterMs === undefined) return last
  const message = `It was prepared anew ${MOST_ANEW} times, and refused each time. Send it again later, or use another file.`
  return { ...last, class: 'media', message, againAfterMs: undefined }
}
