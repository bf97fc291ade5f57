/** An authorization server and API of a test's own: real HTTP, strict about PKCE, Basic and redirect addresses, and ready to misbehave. */
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { defineProvider, need, type OAuthProvider, text } from '../../src/provider.ts'

export interface TokenRequest {
  path: string
  form: URLSearchParams
  authorization: string | undefined
}

export type Handler = (request: TokenRequest, response: ServerResponse) => void

interface Code {
  challenge: string | null
  redirectUri: string
  clientId: string
  scope: string
  subject: string
  used: boolean
}

export interface Approval {
  subject?: string
  /** What the token answer says was granted; what was asked for without it. */
  scope?: string
  iss?: string
}

export interface Acme {
  provider: OAuthProvider
  origins: Record<string, string>
  tokenRequests: TokenRequest[]
  apiRequests: TokenRequest[]
  revoked: string[]
  /** Every code and token that was ever issued, by name: what must be found nowhere. */
  secrets: Record<string, string>
  /** Answers instead of the server until it is taken away. */
  onToken: Handler | undefined
  onApi: Handler | undefined
  /** Does at the consent page what a person does; the callback's address comes back. */
  approve(authorizeUrl: string, approval?: Approval): string
  stop(): Promise<void>
}

const AUTH = 'https://auth.acme.example'
const API = 'https://api.acme.example'

export const send = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(typeof body === 'string' ? body : JSON.stringify(body))

export async function startAcme(parts: Partial<OAuthProvider> = {}): Promise<Acme> {
  const codes = new Map<string, Code>()
  const tokens = new Map<string, { subject: string; scope: string }>()
  const secrets: Record<string, string> = {}
  const secret = (name: string) => {
    const made = `${name}_${randomBytes(30).toString('base64url')}`
    secrets[`${name} ${Object.keys(secrets).length}`] = made
    return made
  }
  const issue = (grant: { subject: string; scope: string }) => {
    const pair = { access_token: secret('access'), refresh_token: secret('refresh') }
    tokens.set(pair.access_token, grant)
    tokens.set(pair.refresh_token, grant)
    return { ...pair, token_type: 'Bearer', expires_in: 3600, scope: grant.scope }
  }
  const token: Handler = ({ form, authorization }, response) => {
    const [id, given] = Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64')
      .toString()
      .split(':')
    if (given !== 'test-secret') return void send(response, 401, { error: 'invalid_client' })
    if (form.get('grant_type') === 'refresh_token') {
      const grant = tokens.get(form.get('refresh_token') ?? '')
      return void (grant ? send(response, 200, issue(grant)) : send(response, 400, { error: 'invalid_grant' }))
    }
    const code = codes.get(form.get('code') ?? '')
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const good =
      code &&
      !code.used &&
      code.clientId === id &&
      code.redirectUri === form.get('redirect_uri') &&
      code.challenge === proof
    if (!good) return void send(response, 400, { error: 'invalid_grant' })
    code.used = true
    send(response, 200, issue(code))
  }
  const api: Handler = ({ authorization }, response) => {
    const grant = tokens.get(authorization?.replace('Bearer ', '') ?? '')
    if (grant) send(response, 200, { id: grant.subject, name: `Acme ${grant.subject}` })
    else send(response, 401, { code: 'UNAUTHENTICATED' })
  }
  const server = createServer((incoming, response) => {
    void read(incoming).then((body) => {
      const path = incoming.url ?? '/'
      const request = { path, form: new URLSearchParams(body), authorization: incoming.headers.authorization }
      if (path === '/token') {
        acme.tokenRequests.push(request)
        ;(acme.onToken ?? token)(request, response)
      } else if (path === '/revoke') {
        acme.revoked.push(request.form.get('token') ?? '')
        tokens.delete(request.form.get('token') ?? '')
        response.writeHead(200).end()
      } else {
        acme.apiRequests.push(request)
        ;(acme.onApi ?? api)(request, response)
      }
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const acme: Acme = {
    provider: acmeProvider(parts),
    origins: { [AUTH]: here, [API]: here },
    tokenRequests: [],
    apiRequests: [],
    revoked: [],
    secrets,
    onToken: undefined,
    onApi: undefined,
    approve(authorizeUrl, approval = {}) {
      const asked = new URL(authorizeUrl).searchParams
      const need = (name: string) => asked.get(name) ?? ''
      const code = secret('code')
      codes.set(code, {
        challenge: asked.get('code_challenge'),
        redirectUri: need('redirect_uri'),
        clientId: need('client_id'),
        scope: approval.scope ?? need('scope'),
        subject: approval.subject ?? 'ada',
        used: false,
      })
      const back = new URL(need('redirect_uri'))
      back.searchParams.set('code', code)
      back.searchParams.set('state', need('state'))
      if (approval.iss !== undefined) back.searchParams.set('iss', approval.iss)
      return back.href
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return acme
}

async function read(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

const app = (id: string, envPrefix: string) => ({
  id,
  name: id,
  envPrefix,
  scopes: ['read', 'write'],
  setup: [],
  when: 'In tests.',
})

function acmeProvider(parts: Partial<OAuthProvider>): OAuthProvider {
  return defineProvider({
    id: 'acme',
    name: 'Acme',
    issuer: AUTH,
    oauth: {
      authorizeUrl: `${AUTH}/authorize`,
      tokenUrl: `${AUTH}/token`,
      revokeUrl: `${AUTH}/revoke`,
      clientAuth: 'basic',
      pkce: 'S256',
    },
    apiOrigins: [API],
    apps: [app('acme', 'ACME'), app('acme-two', 'ACME_TWO')],
    settings: [],
    scopes: { separator: ' ', info: { write: { allows: 'Write', without: 'Writing does not work.' } } },
    refresh: { how: 'refresh_token', rotates: true },
    lifetime: { accessSeconds: 3600, renewBeforeSeconds: 300 },
    redirectErrors: { access_denied: 'access_denied' },
    judgeToken: ({ error }) =>
      error === 'invalid_client' ? 'misconfigured' : error === 'invalid_grant' ? 'reauthorize' : 'ours',
    judgeApi: ({ status }) => (status === 401 ? 'reauthorize' : status >= 500 ? 'retry' : 'ours'),
    apiCode: ({ body }) => text(body, 'code'),
    identity: async ({ call }) => {
      const { body } = await call({ url: `${API}/me` })
      return { subject: need(text(body, 'id'), 'Acme', 'id'), label: text(body, 'name') ?? '' }
    },
    accounts: async (_context, identity) => [{ kind: 'person', subject: identity.subject, label: identity.label }],
    docs: 'none',
    ...parts,
  })
}
