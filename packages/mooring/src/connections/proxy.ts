/**
 * One request of a host product to a platform, with the live token: fixed hosts, bodies streamed both ways, the
 * platform's answer as it is. A 401 is worth one renewed token and one repetition, where the request can be repeated.
 */
import type { Readable } from 'node:stream'
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import type { Provider } from '../provider.ts'
import type { Exchange, StreamAnswer } from '../runtime.ts'
import { getAccountToken } from './account-tokens.ts'
import { signed } from './api-call.ts'
import { believedToken, forgetToken } from './believed-token.ts'
import { configured, type Engine, knownAs } from './engine.ts'
import { type LiveToken, OURS } from './open-token.ts'
import { outgoingBody } from './proxy-body.ts'
import { type Framing, headerOf, lengthOf, upstreamHeaders } from './proxy-headers.ts'
import { newerToken } from './proxy-renew.ts'
import { originOf } from './proxy-target.ts'
import { requireTokens } from './seat-context.ts'

export interface ProxyCall {
  connection: string
  /** Act as this one of its accounts, with the account's own token where the platform gives it one. */
  account: string | undefined
  method: string
  /** Path and query as they go onto the wire. */
  target: string
  /** One of the provider's API origins; undefined: its first. */
  origin: string | undefined
  /** As they came: name, value, name, value. */
  headers: readonly string[]
  framing: Framing
  /** Undefined where `framing` is. */
  body: Readable | undefined
}

export interface ProxyLimits {
  /** Most bytes of a request's body, and of an answer's. */
  body: number
  answer: number
}

export interface Proxied {
  /**
   * The platform's answer, its body not yet read. Throws what `getAccessToken` throws, `origin_refused`,
   * `body_too_large`, `provider_unavailable`, `provider_timeout`, `provider_answer_invalid`.
   */
  answer: Promise<{ provider: Provider; platform: StreamAnswer }>
  /** The caller went away, or takes no more: nothing more is asked of the platform. Safe at any time. */
  cut(): void
}

/** Methods that may be repeated where nobody knows whether they were carried out (RFC 9110 §9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE'])

export function proxy(engine: Engine, workspace: string, call: ProxyCall, limits: ProxyLimits): Proxied {
  let upstream: Exchange | undefined
  let broken: 'too_large' | 'cut' | undefined
  const stop = (why: 'too_large' | 'cut') => {
    broken ??= why
    upstream?.cut()
  }
  const body = call.body && outgoingBody(call.body, call.framing, limits.body, stop)
  const repeatable = () => body === undefined || body.repeatable()

  const ask = async (origin: string, token: string, target: string): Promise<StreamAnswer> => {
    if (broken) throw new Error(broken)
    upstream = engine.runtime.stream({
      origin,
      target,
      method: call.method,
      headers: upstreamHeaders(call.headers, token, call.method, call.framing),
      body: body?.readable(),
    })
    return upstream.answer
  }

  /** A connection that was kept may be closed by the platform in the moment in which it is used again. */
  const askOnKept = async (origin: string, token: string, target: string) => {
    try {
      return await ask(origin, token, target)
    } catch (error) {
      const stale = (error as { reused?: boolean } | null)?.reused === true && codeOf(error) !== 'ETIMEDOUT'
      if (broken || !stale || !IDEMPOTENT.has(call.method) || !repeatable()) throw error
      return ask(origin, token, target)
    }
  }

  const run = async () => {
    if (typeof call.framing === 'object' && call.framing.length > limits.body) throw tooLarge(limits)
    const token = await tokenFor(engine, workspace, call)
    const { provider, sign } = await signing(engine, workspace, call.target, token.registration)
    const origin = originOf(provider, call.origin)
    const askWith = (accessToken: string) => askOnKept(origin, accessToken, sign(accessToken))
    try {
      let platform = await askWith(token.accessToken)
      const refused = refusesToken(platform)
      if (refused) forgetToken(engine, workspace, call.connection)
      // An account's own token is not renewed: it lives, or its connection needs a person.
      if (refused && call.account === undefined && repeatable()) {
        const newer = await newerToken(engine, workspace, call.connection, token.accessToken)
        // What is not kept any more, because more of it came meanwhile, cannot be sent again.
        if (newer !== undefined && !broken && repeatable()) {
          upstream?.cut()
          platform = await askWith(newer)
        }
      }
      if (lengthOf(platform.headers) > limits.answer && call.method !== 'HEAD') {
        upstream?.cut()
        throw new MooringError('provider_answer_invalid', `${provider.name} sent more than it may.`, {
          detail: `An answer may have ${limits.answer} bytes (MOORING_PROXY_MAX_ANSWER_MB).`,
        })
      }
      return { provider, platform }
    } catch (error) {
      throw fault(error, provider, origin)
    }
  }

  const fault = (error: unknown, provider: Provider, origin: string): MooringError => {
    if (broken === 'too_large') return tooLarge(limits)
    if (broken === 'cut') return new MooringError('invalid_request', 'The body ended before its end.')
    if (isMooringError(error)) return error
    const detail = `${origin}: ${unknownFault(error)}`
    return codeOf(error) === 'ETIMEDOUT'
      ? new MooringError('provider_timeout', `${provider.name} takes too long.`, { detail })
      : new MooringError('provider_unavailable', `${provider.name} is not answering.`, { detail })
  }

  return {
    answer: run().catch((error: unknown) => {
      body?.end()
      throw error
    }),
    cut() {
      stop('cut')
      body?.end()
    },
  }
}

/** Throws `not_found` for an account that is not this connection's. */
async function tokenFor(engine: Engine, workspace: string, { connection, account }: ProxyCall): Promise<LiveToken> {
  if (account === undefined) return believedToken(engine, workspace, connection)
  const token = await getAccountToken(engine, workspace, account)
  if (token.connection === connection) return token
  throw new MooringError('not_found', 'There is no such account.')
}

/** Meta answers 400 to a token that is over, and says so here; RFC 6750 §3.1 has the same word. */
const refusesToken = ({ status, headers }: StreamAnswer): boolean =>
  status === 401 ||
  (status < 500 && status >= 400 && /\binvalid_token\b/.test(headerOf(headers, 'www-authenticate') ?? ''))

/** The provider, and the target with what it wants in each call; what came is left as it is, byte for byte. */
async function signing(
  engine: Engine,
  workspace: string,
  target: string,
  registration: string,
): Promise<{ provider: Provider; sign: (accessToken: string) => string }> {
  const provider = providerOf(engine, registration)
  requireTokens({ provider })
  if (!provider.callParams) return { provider, sign: () => target }
  const { clientSecret } = (await configured(engine, workspace, registration)).client
  return { provider, sign: (accessToken) => signed(provider, target, accessToken, clientSecret) }
}

function providerOf(engine: Engine, registration: string): Provider {
  const found = knownAs(engine, registration)
  if (found) return found.provider
  throw new MooringError('misconfigured', OURS, {
    detail: `This server does not know the registration ${registration}.`,
  })
}

const tooLarge = ({ body }: ProxyLimits) =>
  new MooringError('body_too_large', 'That is too large.', {
    detail: `A body may have ${body} bytes here (MOORING_PROXY_MAX_BODY_MB).`,
  })

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
