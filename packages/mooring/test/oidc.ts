/** A certified authorization server on loopback, and a person without a browser who signs in and consents there. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import OidcProvider, { type Adapter, type AdapterPayload, type Configuration } from 'oidc-provider'
import { defineProvider, need, type OAuthProvider, text } from '../src/provider.ts'

/** What tokens, callbacks and the provider's record speak of; requests reach `url`. */
export const OIDC_ISSUER = 'https://oidc.example'
/** The client that a test world gives to the app `oidc`. */
export const OIDC_CLIENT = { clientId: 'test-oidc', clientSecret: 'test-secret' }

export interface OidcOptions {
  redirectUris?: string[]
  clientAuth?: 'post' | 'basic'
  /** Of an access token, in seconds. */
  accessSeconds?: number
  /** Speaks of itself by its true address, for whoever finds it by discovery. */
  discovered?: boolean
}

export interface Person {
  account?: string
  /** Says no on the consent page. */
  deny?: boolean
}

export interface Oidc {
  issuer: string
  url: string
  provider: OAuthProvider
  /** For `platformOrigins`. */
  origins: Record<string, string>
  /** How often each path was asked, e.g. `/token`. */
  hits: Map<string, number>
  /** Answers every request with 503. */
  away: boolean
  /** Follows an authorize address (the platform's or the mapped one) to the callback, and returns its address unopened. */
  login(authorizeUrl: string, person?: Person): Promise<string>
  stop(): Promise<void>
}

export async function startOidc(options: OidcOptions = {}): Promise<Oidc> {
  const { redirectUris = ['http://localhost:8003/callback/oidc'], clientAuth = 'post' } = options
  const hits = new Map<string, number>()
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    hits.set(path, (hits.get(path) ?? 0) + 1)
    if (made.away) return response.writeHead(503).end()
    const done = path.startsWith('/interaction/') ? interact(oidc, request, response) : answer(request, response)
    done.catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const issuer = options.discovered ? url : OIDC_ISSUER
  const oidc = new OidcProvider(issuer, configuration(redirectUris, clientAuth, options.accessSeconds ?? 3600))
  const answer = oidc.callback()
  const made: Oidc = {
    issuer,
    url,
    away: false,
    provider: testProvider(clientAuth),
    origins: { [OIDC_ISSUER]: url },
    hits,
    login: (authorizeUrl, person = {}) => login(authorizeUrl.replace(OIDC_ISSUER, url), url, person),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
  return made
}

function configuration(redirectUris: string[], clientAuth: 'post' | 'basic', accessSeconds: number): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    clients: [
      {
        client_id: OIDC_CLIENT.clientId,
        client_secret: OIDC_CLIENT.clientSecret,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: clientAuth === 'post' ? 'client_secret_post' : 'client_secret_basic',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' }] },
    adapter: memory(),
    cookies: { keys: ['test-cookies'] },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: async () => true },
      userinfo: { enabled: true },
    },
    scopes: ['openid', 'offline_access', 'write', 'profile', 'email'],
    claims: { openid: ['sub', 'name'], profile: ['name'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `${id} at OIDC`,
        email: `${id}@example.com`,
        // Of somebody whose address that server never checked.
        email_verified: !id.startsWith('unchecked'),
      }),
    }),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: {
      AccessToken: accessSeconds,
      AuthorizationCode: 60,
      Grant: 86_400,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 86_400,
      Session: 600,
    },
  }
}

/** What the server keeps, for as long as it runs. Its own memory is shared by all servers of a process. */
function memory(): (model: string) => Adapter {
  const kept = new Map<string, AdapterPayload>()
  return (model) => ({
    upsert: async (id, payload) => void kept.set(`${model}:${id}`, payload),
    find: async (id) => kept.get(`${model}:${id}`),
    findByUid: async (uid) => [...kept.values()].find((one) => one.kind === model && one.uid === uid),
    findByUserCode: async () => undefined,
    destroy: async (id) => void kept.delete(`${model}:${id}`),
    consume: async (id) => {
      const one = kept.get(`${model}:${id}`)
      if (one) one.consumed = Math.floor(Date.now() / 1000)
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, one] of kept) if (one.grantId === grantId) kept.delete(key)
    },
  })
}

/** The sign-in and consent pages, without the pages: the person's choice comes in a header. */
async function interact(oidc: OidcProvider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params, session } = await oidc.interactionDetails(request, response)
  const accountId = String(request.headers['test-account'])
  if (prompt.name === 'login') {
    return oidc.interactionFinished(request, response, { login: { accountId } })
  }
  if (request.headers['test-deny'] === 'yes') {
    const result = { error: 'access_denied', error_description: 'The person said no' }
    return oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  }
  const grant = new oidc.Grant({ accountId: session?.accountId ?? accountId, clientId: String(params.client_id) })
  grant.addOIDCScope(String(params.scope))
  await oidc.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
}

async function login(start: string, origin: string, person: Person): Promise<string> {
  const jar = new Map<string, string>()
  let at = start
  for (let hops = 0; hops < 12; hops++) {
    const response = await fetch(at, {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        'test-account': person.account ?? 'alice',
        'test-deny': person.deny ? 'yes' : 'no',
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const to = response.headers.get('location')
    if (to === null) throw new Error(`${new URL(at).pathname} answered ${response.status}: ${await response.text()}`)
    await response.body?.cancel()
    at = new URL(to, at).href
    if (!at.startsWith(`${origin}/`)) return at
  }
  throw new Error('the sign-in goes round in circles')
}

const testProvider = (clientAuth: 'post' | 'basic'): OAuthProvider =>
  defineProvider({
    id: 'oidc',
    name: 'OIDC',
    issuer: OIDC_ISSUER,
    oauth: {
      authorizeUrl: `${OIDC_ISSUER}/auth`,
      tokenUrl: `${OIDC_ISSUER}/token`,
      revokeUrl: `${OIDC_ISSUER}/token/revocation`,
      clientAuth,
      pkce: 'S256',
    },
    apiOrigins: [OIDC_ISSUER],
    apps: [
      {
        id: 'oidc',
        name: 'OIDC',
        envPrefix: 'OIDC',
        scopes: ['openid', 'offline_access', 'write'],
        setup: [],
        when: 'In tests.',
      },
    ],
    settings: [],
    scopes: { separator: ' ', info: {} },
    refresh: { how: 'refresh_token', rotates: true },
    lifetime: { accessSeconds: 3600, renewBeforeSeconds: 300 },
    redirectErrors: { access_denied: 'access_denied', server_error: 'provider_unavailable' },
    judgeToken: ({ status, error }) => {
      if (status >= 500) return 'retry'
      if (error === 'invalid_client') return 'misconfigured'
      return error === 'invalid_grant' ? 'reauthorize' : 'ours'
    },
    judgeApi: ({ status }) => (status === 401 ? 'reauthorize' : status >= 500 ? 'retry' : 'ours'),
    apiCode: ({ body }) => text(body, 'error'),
    identity: async ({ call }) => {
      const { body } = await call({ url: `${OIDC_ISSUER}/me` })
      const subject = need(text(body, 'sub'), 'OIDC', 'sub')
      return { subject, label: text(body, 'name') ?? subject }
    },
    accounts: async (_context, identity) => [{ kind: 'person', subject: identity.subject, label: identity.label }],
    docs: 'docs/providers/oidc.md',
  })
