/** Judges what came back on the redirect. Pure. */
import { MooringError } from '../error.ts'
import type { Provider } from '../provider.ts'
import { redirectError, refusalCode, validateCallback } from './oauth.ts'
import { plainCode, plainText } from './plain-text.ts'

declare const judged: unique symbol
/** Stands for a code whose redirect passed every check; only this can be exchanged. It shows nothing of what it holds. */
export interface CallbackGrant {
  readonly [judged]: true
}

const passed = new WeakMap<CallbackGrant, URLSearchParams>()

/** The parameters behind a grant, for the exchange. Throws TypeError for anything that `judgeCallback` did not make. */
export function paramsOf(grant: CallbackGrant): URLSearchParams {
  const params = passed.get(grant)
  if (params) return params
  throw new TypeError('this is no judged callback')
}

export interface CallbackParts {
  params: URLSearchParams
  /** What `iss` must equal when it is there (RFC 9207). */
  issuer: string
  /** The platform is known to send `iss`: then its absence is a refusal (RFC 9207 §2.4). */
  issRequired?: boolean
  /** The flow's state, whose hash was found. */
  expectedState: string
  redirectErrors: Provider['redirectErrors']
  providerName: string
}

/** What RFC 6749 §4.1.2, RFC 9207 and JARM put on a redirect; none may come twice (RFC 6749 §3.1). Others are ignored. */
const KNOWN = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'response', 'id_token', 'token']

/** Throws MooringError: `access_denied`, `scope_not_granted`, `misconfigured`, `provider_unavailable`, `issuer_mismatch`, `callback_invalid`. */
export function judgeCallback(parts: CallbackParts): CallbackGrant {
  const { params, issuer, expectedState, providerName } = parts
  const twice = KNOWN.find((name) => params.getAll(name).length > 1)
  if (twice !== undefined) throw invalid(providerName, `"${twice}" came more than once`)
  checkIssuer(parts)
  if (params.has('error') && params.has('code')) throw invalid(providerName, 'it holds both a code and an error')
  let answer: URLSearchParams
  try {
    answer = validateCallback(issuer, params, expectedState)
  } catch (thrown) {
    const refused = redirectError(thrown)
    throw refused ? refusal(parts, refused.error, refused.description) : invalid(providerName, refusalCode(thrown))
  }
  if (!answer.get('code')) throw invalid(providerName, 'it holds no code')
  const grant = Object.freeze({}) as CallbackGrant
  passed.set(grant, answer)
  return grant
}

function checkIssuer({ params, issuer, issRequired, providerName }: CallbackParts): void {
  const iss = params.get('iss')
  if (iss === issuer || (iss === null && !issRequired)) return
  const found = iss === null ? 'iss is missing' : `iss is ${plainText(iss) || 'empty'}`
  throw new MooringError('issuer_mismatch', 'The answer came from somewhere else. Please start again.', {
    detail: `${found}, expected ${issuer}. If ${providerName} really sends that, set its …_ISSUER variable.`,
  })
}

function refusal(at: CallbackParts, error: string, description: string): MooringError {
  const { redirectErrors = {}, providerName } = at
  const code = Object.hasOwn(redirectErrors, error) ? redirectErrors[error] : undefined
  const sentence = plainText(description, [at.expectedState])
  const parts = {
    providerCode: plainCode(error, [at.expectedState]),
    detail: sentence === '' ? undefined : `${providerName}: ${sentence}`,
  }
  const ours = 'We have to fix this, not you.'
  switch (code) {
    case 'access_denied':
      return new MooringError(code, `You said no on ${providerName}. Nothing was changed.`, parts)
    case 'scope_not_granted':
      return new MooringError(code, `${ours} ${providerName} does not let this app ask for these permissions.`, parts)
    case 'misconfigured':
      return new MooringError(code, `${ours} ${providerName} refuses this server's app.`, parts)
    case 'provider_unavailable':
      return new MooringError(code, `${providerName} had a fault. Please try again.`, parts)
    default:
      return new MooringError('callback_invalid', `${providerName} did not let this happen. Please try again.`, parts)
  }
}

const invalid = (providerName: string, why: string) =>
  new MooringError('callback_invalid', `The answer of ${providerName} was not complete. Please start again.`, {
    detail: `callback: ${why}`,
  })
