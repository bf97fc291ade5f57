/** The provider's record of the authorization server in rotating.ts: how Mooring reaches it, by the public contract alone. */
import { defineProvider, need, type OAuthProvider, text } from '../src/provider.ts'

/**
 * What a second use of a refresh token does: it ends the grant (RFC 9700 §4.14.2), it is refused and nothing else, it is
 * taken once more (a grace that many servers give), or there is nothing to use up: the token stays the same.
 */
export type Reuse = 'kills' | 'refused' | 'allowed' | 'kept'

export const ROTATING_ORIGINS = { auth: 'https://auth.storm.example', api: 'https://api.storm.example' }
/** The client that a test world gives to the app `storm`. */
export const ROTATING_CLIENT = { clientId: 'test-storm', clientSecret: 'test-secret' }

export const rotatingProvider = (reuse: Reuse): OAuthProvider =>
  defineProvider({
    id: 'storm',
    name: 'Storm',
    issuer: ROTATING_ORIGINS.auth,
    oauth: {
      authorizeUrl: `${ROTATING_ORIGINS.auth}/authorize`,
      tokenUrl: `${ROTATING_ORIGINS.auth}/token`,
      clientAuth: 'basic',
      pkce: 'S256',
    },
    apiOrigins: [ROTATING_ORIGINS.api],
    apps: [{ id: 'storm', name: 'Storm', envPrefix: 'STORM', scopes: ['read', 'write'], setup: [], when: 'In tests.' }],
    settings: [],
    scopes: { separator: ' ', info: {} },
    refresh: { how: 'refresh_token', rotates: reuse !== 'kept' },
    lifetime: { accessSeconds: 3600, renewBeforeSeconds: 600 },
    redirectErrors: { access_denied: 'access_denied' },
    judgeToken: ({ error }) =>
      error === 'invalid_client' ? 'misconfigured' : error === 'invalid_grant' ? 'reauthorize' : 'ours',
    judgeApi: ({ status }) =>
      status === 401 ? 'reauthorize' : status === 429 ? 'rate_limited' : status >= 500 ? 'retry' : 'ours',
    apiCode: ({ body }) => text(body, 'code'),
    identity: async ({ call }) => {
      const { body } = await call({ url: `${ROTATING_ORIGINS.api}/me` })
      return { subject: need(text(body, 'id'), 'Storm', 'id'), label: text(body, 'name') ?? '' }
    },
    accounts: async (_context, identity) => [{ kind: 'person', subject: identity.subject, label: identity.label }],
    docs: 'none',
  })
