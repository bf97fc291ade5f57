/** The token endpoint: exchange, refresh, revoke. What goes wrong leaves as one of our errors. */
import { isMooringError, MooringError } from '../error.ts'
import type { GrantParts, OAuthShape, Provider, Registration } from '../provider.ts'
import type { Runtime } from '../runtime.ts'
import type { Client } from './authorize.ts'
import { type CallbackGrant, paramsOf } from './callback.ts'
import { grantParts, sendGrant } from './grant-request.ts'
import {
  exchangeCode,
  type Party,
  refreshGrant,
  refusalCode,
  revokeToken,
  type SendRequest,
  type TokenAnswer,
} from './oauth.ts'
import { type Grant, notMade, refusalFault, silence, unreadable } from './token-fault.ts'
import { selfRenewing, type TokenSet, tokenSetFrom } from './token-set.ts'
import { readAnswer } from './wire.ts'

export { type TokenSet, textOfTokens, tokensOfText } from './token-set.ts'

interface Where {
  provider: Provider
  oauth: OAuthShape
  client: Client
  /** The values of the provider's own settings; none unless told. */
  settings?: Registration['settings']
}

/** Throws MooringError: `code_refused`, `misconfigured`, `provider_rate_limited`, `provider_unavailable`, `provider_answer_invalid`, `callback_invalid`. */
export async function exchange(
  runtime: Runtime,
  parts: Where & { grant: CallbackGrant; verifier?: string },
): Promise<TokenSet> {
  const { provider, client, verifier, oauth } = parts
  const params = paramsOf(parts.grant)
  // Never downgraded silently: only an operator who switched PKCE while a flow was under way can come here.
  if ((oauth.pkce === 'S256') !== (verifier !== undefined)) {
    throw new MooringError(
      'callback_invalid',
      `Connecting to ${provider.name} changed meanwhile. Please start again.`,
      {
        detail: `the flow was started ${verifier === undefined ? 'without' : 'with'} PKCE, and the provider is now the other way`,
      },
    )
  }
  const tokens = await ask(runtime, parts, 'code', [verifier, params.get('code') ?? undefined], (party, send) =>
    exchangeCode(party, send, params, client.redirectUri, verifier),
  )
  return provider.longLived ? longer(runtime, parts, 'code', tokens.accessToken, tokens.scopes) : tokens
}

/** Throws MooringError: `reauthorize` where the grant is over, else as `exchange`. A missing refresh token in the answer means: keep the old one. */
export function refresh(runtime: Runtime, parts: Where & { refreshToken: string }): Promise<TokenSet> {
  const { refreshToken, provider } = parts
  if (provider.longLived) return longer(runtime, parts, 'refresh', refreshToken, undefined)
  return ask(runtime, parts, 'refresh', [refreshToken], (party, send) => refreshGrant(party, send, refreshToken))
}

/** An access token for one that lives longer, which is its own refresh token from then on. */
async function longer(
  runtime: Runtime,
  where: Where,
  grant: Grant,
  token: string,
  scopes: string[] | undefined,
): Promise<TokenSet> {
  const { provider, client } = where
  const request = provider.longLived?.[grant === 'code' ? 'exchange' : 'renew'](
    grantParts(where, token, 'access_token'),
  )
  if (!request) throw notMade(provider, 'the provider names no request')
  const asked = runtime.now()
  let seen: Awaited<ReturnType<typeof readAnswer>>
  try {
    seen = await readAnswer(await sendGrant(runtime, request), runtime.now())
  } catch (thrown) {
    throw isMooringError(thrown) ? thrown : silence(provider, thrown)
  }
  if (seen.kind !== 'tokens') throw refusalFault(provider, grant, { ...seen, secrets: [token, client.clientSecret] })
  if (typeof seen.members.access_token !== 'string') throw unreadable(provider, '200 without an access_token')
  return selfRenewing(tokenSetFrom(seen.members, asked), scopes)
}

/** Can the platform end a grant, by its revocation endpoint or by a request of its own? */
export const canRevoke = ({ provider, oauth }: Pick<Where, 'provider' | 'oauth'>): boolean =>
  provider.revocation !== undefined || oauth.revokeUrl !== undefined

/** Tells the platform that a token is no longer needed. Best effort: never throws. */
export async function revoke(
  runtime: Runtime,
  parts: Where & { token: string; kind?: GrantParts['kind'] },
): Promise<'yes' | 'no'> {
  try {
    if (parts.provider.revocation) {
      const response = await sendGrant(
        runtime,
        parts.provider.revocation(grantParts(parts, parts.token, parts.kind ?? 'access_token')),
      )
      await response.body?.cancel()
      return response.ok ? 'yes' : 'no'
    }
    const status = await revokeToken(partyOf(parts), async (url, init) => runtime.fetch(url, init), parts.token)
    return status >= 200 && status < 300 ? 'yes' : 'no'
  } catch {
    return 'no'
  }
}

const partyOf = ({ provider, oauth, client }: Where): Party => ({
  issuer: provider.issuer ?? '',
  shape: oauth,
  clientId: client.clientId,
  clientSecret: client.clientSecret,
})

/** One request. oauth4webapi gets a body that was put straight, or a bare refusal: its errors have nothing to carry. */
async function ask(
  runtime: Runtime,
  where: Where,
  grant: Grant,
  sent: readonly (string | undefined)[],
  request: (party: Party, send: SendRequest) => Promise<TokenAnswer>,
): Promise<TokenSet> {
  const { provider, oauth, client } = where
  if (oauth.clientAuth !== 'none' && !client.clientSecret) throw notMade(provider, 'no client secret is set')
  // The life of a token is counted from before the question: never longer than it is.
  const asked = runtime.now()
  let seen: Awaited<ReturnType<typeof readAnswer>> | undefined
  const send: SendRequest = async (url, init) => {
    try {
      seen = await readAnswer(await runtime.fetch(url, init), runtime.now())
    } catch (thrown) {
      throw isMooringError(thrown) ? thrown : silence(provider, thrown)
    }
    return seen.kind === 'tokens' ? Response.json(seen.members) : Response.json({ error: 'refused' }, { status: 400 })
  }
  try {
    return tokenSetFrom(await request(partyOf(where), send), asked)
  } catch (thrown) {
    if (isMooringError(thrown)) throw thrown
    if (!seen) throw notMade(provider, refusalCode(thrown))
    if (seen.kind !== 'tokens')
      throw refusalFault(provider, grant, { ...seen, secrets: [...sent, client.clientSecret] })
    const missing = typeof seen.members.access_token === 'string' ? '' : ', no access_token'
    throw unreadable(provider, `${refusalCode(thrown)}${missing}`)
  }
}
