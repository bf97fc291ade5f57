/** What a platform's refusal of an API call means, as one of our errors. Pure. */
import { MooringError } from '../error.ts'
import { plainCode } from '../protocol/plain-text.ts'
import { type ApiAnswer, type Provider, retryAfterSeconds } from '../provider.ts'

export { isOk, retryAfterSeconds } from '../provider.ts'

/** `secrets` are what the call carried: a platform that repeats them in its code is not quoted. `now` in ms since 1970. */
export function apiFault(provider: Provider, answer: ApiAnswer, secrets: readonly string[], now: number): MooringError {
  const providerCode = plainCode(provider.apiCode(answer), secrets)
  const parts = {
    providerCode,
    detail: `${provider.id} answered ${answer.status}${providerCode ? ` ${providerCode}` : ''}`,
  }
  const { name } = provider
  const own = provider.apiSentence?.(answer)
  switch (provider.judgeApi(answer)) {
    case 'reauthorize':
      return new MooringError('reauthorize', own ?? `Access was removed on ${name}. Reconnect to go on.`, parts)
    case 'misconfigured':
      return new MooringError(
        'misconfigured',
        own ?? `We have to fix this, not you. ${name} refuses this server's app.`,
        parts,
      )
    case 'permission':
      return new MooringError('permission', own ?? `${name} says that this permission is missing.`, parts)
    case 'rate_limited':
      return new MooringError('provider_rate_limited', own ?? `${name} asked us to slow down.`, {
        ...parts,
        retryAfter: retryAfterSeconds(answer.headers.get('retry-after')) ?? secondsUntil(provider, answer, now),
      })
    case 'ours':
      return new MooringError('provider_answer_invalid', own ?? `${name} did not understand the request.`, parts)
    case 'retry':
      return new MooringError('provider_unavailable', own ?? `${name} is not answering.`, parts)
  }
}

/** Until a limit opens again, bounded to a day. */
function secondsUntil(provider: Provider, answer: ApiAnswer, now: number): number | undefined {
  const until = provider.limitedUntil?.(answer, now)
  return until === undefined ? undefined : Math.min(Math.max(1, Math.ceil((until - now) / 1000)), 86_400)
}
