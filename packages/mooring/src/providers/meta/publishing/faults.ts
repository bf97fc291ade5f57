/** Refusals of posts, by code and subcode: texts are localized, and the status is 400 for nearly all. */
import { member, number, type Provider, text, truth } from '../../../provider.ts'
import type { Publisher, PublishFault } from '../../../provider-publishing.ts'
import { limitedUntil } from '../errors.ts'
import { KNOWN, type Known } from './fault-table.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Whose refusals they are: the same codes, under two names. */
export interface Judging extends Pick<Provider, 'judgeApi' | 'apiCode' | 'apiSentence'> {
  name: string
  /** What to do where a permission is missing. */
  permission: string
}

/** The fault that a subcode alone names; undefined: it is not known. */
export function bySubcode(subcode: number): PublishFault | undefined {
  const known = KNOWN[subcode]
  return known && faultOf(known, String(subcode))
}

const faultOf = ([of, message, againAfterMs]: Known, code: string | undefined): PublishFault => ({
  class: of,
  code,
  message,
  ...(againAfterMs === undefined ? {} : { againAfterMs }),
})

export const judgeFor =
  (judging: Judging): Publisher['judge'] =>
  (answer, { create }, now) => {
    const code = judging.apiCode(answer)
    const main = number(answer.body, 'error', 'code')
    if (main === undefined && member(answer.body, 'debug_info') !== undefined) return ofUpload(judging, answer)
    const known = KNOWN[number(answer.body, 'error', 'error_subcode') ?? 0] ?? KNOWN[main ?? 0]
    const fault: PublishFault = known
      ? faultOf(known, code)
      : { code, ...byVerdict(judging, answer, limitedUntil(answer, now) ?? now + HOUR, now) }
    if (!create) return fault
    // Of a fault of theirs nobody says whether the post was made before it; a refusal that can be read says that it was not, also with 5xx.
    const told = main !== undefined || truth(answer.body, 'error', 'is_transient') === true
    if (fault.class === 'platform') return told ? { ...fault, unknown: true } : fault
    const isClear = known !== undefined || main === 100 || (main !== undefined && judging.judgeApi(answer) !== 'ours')
    return isClear ? { ...fault, unknown: false } : fault
  }

/** The uploads' host has a shape of its own: `{"debug_info":{"retriable":false,"type":"OffsetInvalidError",…}}`. */
function ofUpload({ name }: Judging, { body }: Parameters<Provider['judgeApi']>[0]): PublishFault {
  const code = text(body, 'debug_info', 'type')
  if (code === 'NotAuthorizedError')
    return { class: 'auth', code, message: `${name} does not accept this connection for files. Reconnect to go on.` }
  return { class: 'platform', code, message: `The upload to ${name} broke off. It is sent anew.`, againAfterMs: MINUTE }
}

function byVerdict(
  { name, judgeApi, apiSentence, permission }: Judging,
  answer: Parameters<Provider['judgeApi']>[0],
  opens: number,
  now: number,
): PublishFault {
  switch (judgeApi(answer)) {
    case 'reauthorize': {
      const message = `${name} does not accept this connection any more. Reconnect to go on.`
      return { class: 'auth', message: apiSentence?.(answer) ?? message }
    }
    case 'rate_limited': {
      const message = `${name} asked us to slow down. It goes out when the limit opens again.`
      return { class: 'rate', message, againAfterMs: Math.max(MINUTE, opens - now) }
    }
    case 'permission':
      return { class: 'permission', message: `${name} says that the permission for this is missing. ${permission}` }
    case 'misconfigured': {
      const message = `${name} does not accept this server’s app. The operator must look at it.`
      return { class: 'permission', message }
    }
    case 'retry':
      return { class: 'platform', message: `${name} met a fault of its own.`, againAfterMs: MINUTE }
    default: {
      const message = `${name} does not take this post as it is. Change it, or tell the operator.`
      return { class: 'content', message }
    }
  }
}
