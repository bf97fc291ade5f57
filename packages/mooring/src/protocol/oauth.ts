/**
 * The border to oauth4webapi. Its errors carry the server's whole answer, tokens included, in `cause`: they are caught
 * here and become a bare code. https://github.com/panva/oauth4webapi
 */
import * as oauth from 'oauth4webapi'
import type { ClientAuth, OAuthShape } from '../provider.ts'

const server = (issuer: string, shape?: OAuthShape): oauth.AuthorizationServer => ({
  issuer,
  ...(shape ? { authorization_endpoint: shape.authorizeUrl, token_endpoint: shape.tokenUrl } : {}),
  ...(shape?.revokeUrl ? { revocation_endpoint: shape.revokeUrl } : {}),
})

export type SendRequest = (url: string, init: RequestInit) => Promise<Response>

const options = (send: SendRequest) => ({
  [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, URLSearchParams | undefined | null>) =>
    send(url, { method: init.method, headers: init.headers, ...(init.body ? { body: init.body } : {}) }),
})

export interface Party {
  issuer: string
  shape: OAuthShape
  clientId: string
  clientSecret: string | undefined
}

/** Parameters that passed the checks; the exchange takes nothing else (oauth4webapi remembers the very object). */
export function validateCallback(issuer: string, params: URLSearchParams, state: string): URLSearchParams {
  // The client's id is only asked for; no check of this response looks at it.
  return oauth.validateAuthResponse(server(issuer), { client_id: 'any' }, params, state)
}

/** An `error` that the server sent on the redirect; undefined for any other throw. */
export function redirectError(thrown: unknown): { error: string; description: string } | undefined {
  if (!(thrown instanceof oauth.AuthorizationResponseError)) return undefined
  return { error: thrown.error, description: thrown.error_description ?? '' }
}

/** The library's own code for why it refused, e.g. `OAUTH_INVALID_RESPONSE`. */
export function refusalCode(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^OAUTH_[A-Z_]{1,60}$/.test(code) ? code : 'unknown'
}

export type TokenAnswer = Readonly<Record<string, unknown>> & { access_token: string; token_type: string }

export async function exchangeCode(
  party: Party,
  send: SendRequest,
  params: URLSearchParams,
  redirectUri: string,
  verifier: string | undefined,
): Promise<TokenAnswer> {
  const as = server(party.issuer, party.shape)
  const client = { client_id: party.clientId }
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    clientAuth(party),
    params,
    redirectUri,
    verifier ?? oauth.nopkce,
    options(send),
  )
  return oauth.processAuthorizationCodeResponse(as, client, response)
}

export async function refreshGrant(party: Party, send: SendRequest, refreshToken: string): Promise<TokenAnswer> {
  const as = server(party.issuer, party.shape)
  const client = { client_id: party.clientId }
  const response = await oauth.refreshTokenGrantRequest(as, client, clientAuth(party), refreshToken, options(send))
  return oauth.processRefreshTokenResponse(as, client, response)
}

/** The HTTP status of the answer; its body is left unread. */
export async function revokeToken(party: Party, send: SendRequest, token: string): Promise<number> {
  const as = server(party.issuer, party.shape)
  const client = { client_id: party.clientId }
  const response = await oauth.revocationRequest(as, client, clientAuth(party), token, options(send))
  await response.body?.cancel()
  return response.status
}

function clientAuth({ shape, clientSecret }: Party): oauth.ClientAuth {
  const ways: Record<ClientAuth, () => oauth.ClientAuth> = {
    none: () => oauth.None(),
    post: () => oauth.ClientSecretPost(clientSecret ?? ''),
    basic: () => basic(clientSecret ?? '', shape.idInBody === true),
  }
  return ways[shape.clientAuth]()
}

/**
 * HTTP Basic that escapes what must be escaped and no more. RFC 6749 §2.3.1 wants both halves form-encoded, and
 * oauth4webapi turns `-` and `_` into `%2D` and `%5F` too, which servers that do not decode refuse; X's own
 * documentation and client send them raw. What reads the same decoded or not stays raw; `%`, `+`, a colon in the id and
 * what is not plain ASCII cannot.
 */
const basic =
  (secret: string, idInBody: boolean): oauth.ClientAuth =>
  (_as, client, body, headers) => {
    if (idInBody) body.set('client_id', client.client_id)
    const id = escaped(client.client_id).replaceAll(':', '%3A')
    headers.set('authorization', `Basic ${Buffer.from(`${id}:${escaped(secret)}`).toString('base64')}`)
  }

const escaped = (value: string): string => value.toWellFormed().replace(/[^\x21-\x7e]|[%+]/gu, encodeURIComponent)
