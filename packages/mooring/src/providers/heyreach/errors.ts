/** HeyReach's refusals, judged. By status: its bodies are text, empty, `errorMessage`, or ASP.NET Core's. Source: heyreach-cli and its audit. */
import { type ApiAnswer, isOk, type Provider, retryAfterSeconds, text } from '../../provider.ts'
import type { Refusal, Refused } from '../../provider-credentials.ts'

/** `error` of the assumed answers about adding a seat. */
const WORDS: Readonly<Record<string, Refusal>> = {
  invalid_credentials: 'credentials',
  invalid_code: 'code',
  verification_expired: 'expired',
  account_locked: 'locked',
  captcha_required: 'unsolvable',
  rate_limited: 'limited',
  service_unavailable: 'unavailable',
}

function byStatus({ status, body }: ApiAnswer): Refusal {
  if (status === 401 || status === 403) return 'operator'
  // Some ids that are not there give 400 (heyreach-cli, live tests); a wrong body gives `errors`.
  if (status === 404 || (status === 400 && text(body, 'errorMessage') !== undefined)) return 'gone'
  if (status === 429) return 'limited'
  return status === 408 || status >= 500 ? 'unavailable' : 'ours'
}

/** HeyReach has no codes: this is a word of the assumed answers. Any other could be what was typed, said back. */
export const apiCode = ({ body }: ApiAnswer): string | undefined => {
  const error = text(body, 'error')
  return error !== undefined && Object.hasOwn(WORDS, error) ? error : undefined
}

export function refused(answer: ApiAnswer): Refused {
  const code = apiCode(answer)
  const known = code === undefined ? undefined : WORDS[code]
  return {
    is: 'refused',
    why: known ?? byStatus(answer),
    code,
    retryAfter: retryAfterSeconds(answer.headers.get('retry-after')),
  }
}

/** Of a call whose answer may be empty. */
export const done = (answer: ApiAnswer): Refused | undefined => (isOk(answer) ? undefined : refused(answer))

/** Of asking for one seat, which is what a connection is tested by. */
export const judgeApi: Provider['judgeApi'] = ({ status }) => {
  // A wrong key sends nobody to reconnect.
  if (status === 401) return 'misconfigured'
  if (status === 429) return 'rate_limited'
  if (status === 408 || status >= 500) return 'retry'
  if (status === 403) return 'permission'
  return isUnknown(status) ? 'reauthorize' : 'ours'
}

/** An id that is not there. */
export const isUnknown = (status: number): boolean => status === 404 || status === 400

export const apiSentence: NonNullable<Provider['apiSentence']> = ({ status }) => {
  if (status === 401) return "We have to fix this, not you. HeyReach refuses this server's API key."
  return isUnknown(status) ? 'HeyReach has this LinkedIn account no more. Reconnect to go on.' : undefined
}
