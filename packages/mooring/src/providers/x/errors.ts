/** X's refusals, judged. Sources: docs.x.com ("Response codes and errors", "Rate limits", OpenAPI 2.166) and bodies quoted in public issue threads. */
import { type ApiAnswer, list, type OAuthProvider, type Provider, text } from '../../provider.ts'

/** X documents none of them; it shows a page of its own for nearly everything. These are RFC 6749 §4.1.2.1. */
export const redirectErrors: OAuthProvider['redirectErrors'] = {
  access_denied: 'access_denied',
  invalid_scope: 'scope_not_granted',
  unauthorized_client: 'misconfigured',
  server_error: 'provider_unavailable',
  temporarily_unavailable: 'provider_unavailable',
}

/** A token or code that is over is 400 `invalid_request` with one certain sentence; so is a request of ours that is not whole. */
export const judgeToken: OAuthProvider['judgeToken'] = ({ grant, status, error, description }) => {
  if (status === 429) return 'rate_limited'
  if (status >= 500) return 'retry'
  if (status === 402 || error === 'unauthorized_client' || error === 'invalid_client') return 'misconfigured'
  if (/missing required parameter|grant type/i.test(description)) return 'ours'
  if (error === 'invalid_request' || error === 'invalid_grant') return 'reauthorize'
  if (status === 401 || status === 403) return grant === 'code' ? 'reauthorize' : 'misconfigured'
  return 'ours'
}

/** `https://api.x.com/2/problems/<slug>` and `https://api.twitter.com/…`: the last part is what counts. */
function slugOf({ body }: ApiAnswer): string | undefined {
  const type = text(body, 'type')
  return type === undefined || type === 'about:blank' ? undefined : type.split('/').pop()
}

/** What needs the operator: the app's package and environment, and its permissions in X's console. */
const OPERATORS = ['client-forbidden', 'oauth1-permissions']

export const judgeApi: Provider['judgeApi'] = (answer) => {
  const { status } = answer
  if (status === 429) return 'rate_limited'
  if (status >= 500) return 'retry'
  if (status === 401) return 'reauthorize'
  if (status === 402) return 'misconfigured'
  if (status !== 403) return 'ours'
  const slug = slugOf(answer) ?? ''
  if (OPERATORS.includes(slug)) return 'misconfigured'
  return slug === 'unsupported-authentication' ? 'ours' : 'permission'
}

/** `reason` says more than the slug it stands beside; the legacy shape has numbers. */
export const apiCode: Provider['apiCode'] = (answer) =>
  text(answer.body, 'reason') ?? slugOf(answer) ?? text(list(answer.body, 'errors')[0], 'code')

const OURS = 'We have to fix this, not you.'

const FORBIDDEN: Readonly<Record<string, string>> = {
  'client-not-enrolled': `${OURS} This server's app at X is in no package, or not in Production.`,
  'official-client-forbidden': `${OURS} X does not let this server's app use its API.`,
  'user-not-enrolled': `${OURS} X says that this app is not enrolled for what it was asked.`,
  'client-forbidden': `${OURS} X does not let this server's app use its API.`,
  'oauth1-permissions': `${OURS} This server's app at X may only read. After it was changed, reconnect.`,
  'unsupported-authentication': `${OURS} X was asked without a person's own token.`,
  'user-suspended': 'X has suspended this account, or does not let it use this. Ask X about it.',
  'not-authorized-for-resource': 'X does not let this account see that.',
}

export const apiSentence: NonNullable<Provider['apiSentence']> = (answer) => {
  const code = apiCode(answer) ?? ''
  switch (answer.status) {
    case 402:
      return `${OURS} This server's app has no credits left at X.`
    case 403:
      return FORBIDDEN[code] ?? FORBIDDEN[slugOf(answer) ?? '']
    case 429:
      return slugOf(answer) === 'usage-capped'
        ? "This server's app has used up what X allows it for now. We have to raise that, or wait."
        : undefined
    default:
      return undefined
  }
}

/** X sends no Retry-After but `…-reset`, in seconds since 1970. The day's windows are not documented, and can be full while the other is not. */
const WINDOWS = ['x-rate-limit', 'x-app-limit-24hour', 'x-user-limit-24hour']

export const limitedUntil: NonNullable<Provider['limitedUntil']> = ({ status, headers }) => {
  if (status !== 429) return undefined
  const full = WINDOWS.filter((window) => headers.get(`${window}-remaining`) === '0')
  const resets = full.map((window) => Number(headers.get(`${window}-reset`) ?? Number.NaN) * 1000)
  const known = resets.filter((at) => Number.isFinite(at) && at > 0)
  return known.length === 0 ? undefined : Math.max(...known)
}
