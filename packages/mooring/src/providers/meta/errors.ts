/** Meta's refusals, judged by code and subcode: the status is 400 for nearly all, and texts are localized. Sources: "Handle errors", "Rate limits", "Manual flow". */
import { type ApiAnswer, number, type OAuthProvider, type Provider, text, truth, type Verdict } from '../../provider.ts'
import { WHY } from './tokens.ts'

export const redirectErrors: OAuthProvider['redirectErrors'] = {
  access_denied: 'access_denied',
  server_error: 'provider_unavailable',
  temporarily_unavailable: 'provider_unavailable',
}

/** App, user, Page and custom limits; business use cases; 368 is a block for policy that passes. */
const isLimit = (code: number): boolean =>
  [4, 17, 32, 341, 368, 613].includes(code) || (code >= 80_000 && code <= 80_014)

/** 190 with its subcodes; 102 is what older answers say; 490 is treated as an end by others. */
const isDead = (code: number): boolean => code === 190 || code === 102 || code === 490

const isPermission = (code: number): boolean => code === 10 || (code >= 200 && code <= 299)

/** `OAuthException_100_36009` is what the token endpoint's error reads as. */
export const judgeToken: OAuthProvider['judgeToken'] = ({ error, description }) => {
  const [code = Number.NaN, subcode] = error.split('_').slice(1).map(Number)
  if (isDead(code)) return 'reauthorize'
  if (isLimit(code)) return 'rate_limited'
  // Wrong app id, wrong secret, an address that the app does not list; a missing capability.
  if (code === 101 || code === 191 || code === 3 || isPermission(code)) return 'misconfigured'
  if (code === 1 && /secret/i.test(description)) return 'misconfigured'
  if (code === 1 || code === 2) return 'retry'
  // 36007 over, 36008 for another address, 36009 used.
  if (code === 100 && [36007, 36008, 36009].includes(subcode ?? 0)) return 'reauthorize'
  return 'ours'
}

const codesOf = ({ body }: ApiAnswer) => ({
  code: number(body, 'error', 'code'),
  subcode: number(body, 'error', 'error_subcode'),
})

export const judgeApi: Provider['judgeApi'] = (answer): Verdict => {
  const { code, subcode } = codesOf(answer)
  if (code === undefined) return byStatus(answer.status)
  if (isDead(code)) return 'reauthorize'
  if (isLimit(code)) return 'rate_limited'
  if (code === 101 || code === 3) return 'misconfigured'
  if (isPermission(code) || (code === 100 && subcode === 33)) return 'permission'
  if (truth(answer.body, 'error', 'is_transient') === true || code === 1 || code === 2) return 'retry'
  const message = text(answer.body, 'error', 'message') ?? ''
  if (code === 100 && /appsecret_proof/.test(message)) return 'misconfigured'
  // Without a subcode, and nothing else tells it from a wrong parameter (postiz).
  if (code === 100 && /No permission to publish the video/.test(message)) return 'permission'
  return 'ours'
}

function byStatus(status: number): Verdict {
  if (status === 429) return 'rate_limited'
  if (status >= 500) return 'retry'
  if (status === 401) return 'reauthorize'
  return status === 403 ? 'permission' : 'ours'
}

export const apiCode: Provider['apiCode'] = (answer) => {
  const { code, subcode } = codesOf(answer)
  return code === undefined ? undefined : [code, ...(subcode === undefined ? [] : [subcode])].join('/')
}

export const apiSentence: NonNullable<Provider['apiSentence']> = (answer) => {
  const { code, subcode } = codesOf(answer)
  if (code === 190 && subcode !== undefined) return WHY[subcode]
  if (code === 368) return 'Facebook blocks this account for a while. Wait, and look at its support inbox.'
  return undefined
}

/** No Retry-After is documented: business use cases name minutes; an app's own window is an hour. */
export const limitedUntil: NonNullable<Provider['limitedUntil']> = (answer, now) => {
  const { code } = codesOf(answer)
  if (code === undefined || !isLimit(code)) return undefined
  const minutes = longestWait(answer.headers.get('x-business-use-case-usage'))
  return now + (minutes > 0 ? minutes : 60) * 60_000
}

/** `{"<id>":[{"type":"pages","estimated_time_to_regain_access":12}]}`; 0 where nothing can be read. */
function longestWait(header: string | null): number {
  try {
    const cases: unknown[] = Object.values(JSON.parse(header ?? '{}')).flat()
    const waits = cases.map((one) => number(one, 'estimated_time_to_regain_access') ?? 0)
    return Math.max(0, ...waits)
  } catch {
    return 0
  }
}
