/** What a token request that failed means, in our words: no cause, no body, no token. Pure. */
import { MooringError } from '../error.ts'
import type { Provider } from '../provider.ts'
import type { TokenFacts } from './normalise.ts'
import { plainCode, plainText } from './plain-text.ts'

export type Grant = 'code' | 'refresh'

export interface Refusal extends TokenFacts {
  /** Seconds. */
  retryAfter: number | undefined
  /** What was sent and must not be repeated in an error, even where the platform repeats it. */
  secrets: readonly (string | undefined)[]
}

/** The status is looked at before the body: a full rate limit can look like an OAuth error. */
export function refusalFault(provider: Provider, grant: Grant, refusal: Refusal): MooringError {
  const { kind, status, error, description, also, secrets } = refusal
  if (kind === 'redirect') return unreadable(provider, `a redirect (${status}), which is not followed`)
  if (kind === 'unreadable') return unreadable(provider, `${status} without a JSON object`)
  const providerCode = plainCode(error, secrets)
  const words = ['token endpoint:', status, providerCode, plainText(description, secrets)]
  const parts = { providerCode, detail: words.filter((word) => word !== undefined && word !== '').join(' ') }
  const busy = { ...parts, retryAfter: refusal.retryAfter }
  const { name } = provider
  switch (passing(status) ?? provider.judgeToken?.({ grant, status, error, description, also }) ?? 'ours') {
    case 'reauthorize':
      return grant === 'refresh'
        ? new MooringError('reauthorize', `${name} ended our access. Reconnect to go on.`, parts)
        : new MooringError('code_refused', `${name} did not accept the answer. Please start again.`, parts)
    case 'misconfigured':
      return new MooringError(
        'misconfigured',
        `We have to fix this, not you. ${name} refuses this server's client id or secret.`,
        parts,
      )
    case 'rate_limited':
      return new MooringError('provider_rate_limited', `${name} asked us to slow down.`, busy)
    case 'retry':
      return new MooringError('provider_unavailable', `${name} is not answering.`, busy)
    case 'permission':
    case 'ours':
      return new MooringError('provider_answer_invalid', `${name} did not understand the request.`, parts)
  }
}

/** 408 and 425 ask for the same request again, whatever the body says (RFC 9110 §15.5.9, RFC 8470 §5.2). */
function passing(status: number): 'rate_limited' | 'retry' | undefined {
  if (status === 429) return 'rate_limited'
  return status >= 500 || status === 408 || status === 425 ? 'retry' : undefined
}

export const unreadable = (provider: Provider, why: string): MooringError =>
  new MooringError('provider_answer_invalid', `${provider.name} sent an answer that cannot be read.`, {
    detail: `token endpoint: ${why}`,
  })

/** Failures that come before a request leaves this machine. After any other the platform may have carried it out. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*)$/

/** Nothing answered, or it stopped midway. `fetch` hides the code of the network in the cause of its TypeError. */
export function silence(provider: Provider, thrown: unknown): MooringError {
  const { name, cause } = (thrown ?? {}) as { name?: unknown; cause?: { code?: unknown } | null }
  const code = [cause?.code, name].find((one): one is string => typeof one === 'string' && /^\w{1,40}$/.test(one))
  const sent = code !== undefined && NEVER_SENT.test(code) ? 'it was not sent' : 'it may have been carried out'
  return new MooringError('provider_unavailable', `${provider.name} is not answering.`, {
    detail: `token endpoint: the request got no answer (${code ?? 'unknown'}); ${sent}`,
  })
}

/** The request could not be made from what the operator or the provider's record says. */
export const notMade = (provider: Provider, why: string): MooringError =>
  new MooringError('misconfigured', `We have to fix this, not you. ${provider.name} cannot be asked.`, {
    detail: `token endpoint: the request could not be made: ${why}`,
  })
