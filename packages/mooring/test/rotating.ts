/**
 * A strict authorization server of a test's own: refresh tokens that are good for one use (RFC 9700 §4.14.2), whose
 * reuse ends the whole grant with its access tokens, an API that says whom a token belongs to, faults on demand, and a
 * log of every request. It runs in the test's process or in one of its own.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Reuse, ROTATING_CLIENT, ROTATING_ORIGINS, rotatingProvider } from './rotating-provider.ts'

/** When a fault strikes: before the request was carried out, or after it, when only the answer can be lost. */
type Moment = 'before' | 'after'

export type Fault =
  | { kind: 'hold'; when: Moment; until: Promise<unknown> }
  | { kind: 'late'; when: Moment; ms: number }
  | { kind: 'cut'; when: Moment }
  | { kind: 'status'; when: Moment; status: 429 | 500 | 502 | 503; retryAfter?: number }
  | { kind: 'refuse'; error: string }

export interface TokenRequest {
  /** In the order in which they came, from 1. */
  n: number
  refreshToken: string
  /** Who asked, where it said so. */
  from: string
  /** It had its effect on the grant: tokens were made, or a reuse was found. */
  worked: boolean
  /** 0 while it is under way, and where the connection was cut. */
  status: number
  error: string | undefined
  /** The answer left whole, as far as this side can know. */
  delivered: boolean
  fault: Fault['kind'] | undefined
  /** When the answer was sent, in ms since 1970 and parts of one; 0 before. */
  answeredAt: number
  /** This side does nothing for it any more. */
  over: boolean
}

export interface Grant {
  subject: string
  scope: string
  alive: boolean
}

export interface Tokens {
  accessToken: string
  refreshToken: string
  /** Milliseconds since 1970, by this server's clock. */
  expiresAt: number
}

export interface Rotating {
  url: string
  provider: ReturnType<typeof rotatingProvider>
  origins: Record<string, string>
  requests: TokenRequest[]
  apiRequests: number
  /** How often each refresh token was sent. */
  uses(): Map<string, number>
  /** Strike one token request each, in order. */
  faults: Fault[]
  /** Strikes every token request while it is set and `faults` is empty. */
  always: Fault | undefined
  /** A new grant, as after a person's consent. */
  issue(subject?: string): Tokens
  grantOf(token: string): Grant | undefined
  /** Whether the API takes this access token, past the network. */
  takes(accessToken: string): boolean
  now(): number
  advance(seconds: number): void
  stop(): Promise<void>
}

export interface RotatingOptions {
  /** What using a refresh token a second time does. `kept`: nothing rotates. */
  reuse?: Reuse
  accessSeconds?: number
  port?: number
}

export async function startRotating(options: RotatingOptions = {}): Promise<Rotating> {
  const { reuse = 'kills', accessSeconds = 3600 } = options
  const access = new Map<string, { grant: Grant; expiresAt: number }>()
  const refresh = new Map<string, { grant: Grant; used: boolean }>()
  let offset = 0
  const now = () => Date.now() + offset
  const secret = (name: string) => `${name}_${randomBytes(24).toString('base64url')}`

  const issue = (grant: Grant, kept?: string): Tokens => {
    const made = { accessToken: secret('access'), refreshToken: kept ?? secret('refresh') }
    const expiresAt = now() + accessSeconds * 1000
    access.set(made.accessToken, { grant, expiresAt })
    if (!kept) refresh.set(made.refreshToken, { grant, used: false })
    return { ...made, expiresAt }
  }

  /** RFC 6749 §6: what the answer to a well-formed refresh request is. Changes the grant. */
  const renew = (form: URLSearchParams): [number, Record<string, unknown>] => {
    const known = refresh.get(form.get('refresh_token') ?? '')
    if (!known?.grant.alive) return [400, { error: 'invalid_grant' }]
    const asked = form.get('scope')?.split(' ') ?? []
    if (asked.some((one) => !known.grant.scope.split(' ').includes(one))) return [400, { error: 'invalid_scope' }]
    if (known.used && reuse === 'kills') {
      known.grant.alive = false
      return [400, { error: 'invalid_grant', error_description: 'refresh token reuse detected' }]
    }
    if (known.used && reuse === 'refused') return [400, { error: 'invalid_grant' }]
    if (reuse !== 'kept') known.used = true
    const made = issue(known.grant, reuse === 'kept' ? (form.get('refresh_token') ?? '') : undefined)
    return [
      200,
      {
        access_token: made.accessToken,
        token_type: 'Bearer',
        expires_in: accessSeconds,
        scope: form.get('scope') ?? known.grant.scope,
        ...(reuse === 'kept' ? {} : { refresh_token: made.refreshToken }),
      },
    ]
  }

  const token = async (incoming: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await read(incoming))
    const request: TokenRequest = {
      n: rotating.requests.length + 1,
      refreshToken: form.get('refresh_token') ?? '',
      from: String(incoming.headers['x-storm'] ?? ''),
      worked: false,
      status: 0,
      error: undefined,
      delivered: false,
      fault: undefined,
      answeredAt: 0,
      over: false,
    }
    rotating.requests.push(request)
    response.once('close', () => {
      request.delivered = response.writableFinished
    })
    await answer(request, incoming, form, response).finally(() => {
      request.over = true
    })
  }

  const answer = async (
    request: TokenRequest,
    incoming: IncomingMessage,
    form: URLSearchParams,
    response: ServerResponse,
  ) => {
    const fault = rotating.faults.shift() ?? rotating.always
    request.fault = fault?.kind
    if (fault && fault.kind !== 'refuse' && fault.when === 'before' && !(await strike(fault, request, response))) return
    const [status, body] =
      malformed(incoming, form) ?? (fault?.kind === 'refuse' ? [400, { error: fault.error }] : renew(form))
    request.worked = fault?.kind !== 'refuse'
    if (fault && fault.kind !== 'refuse' && fault.when === 'after' && !(await strike(fault, request, response))) return
    if (response.destroyed) return
    request.status = status
    request.error = typeof body.error === 'string' ? body.error : undefined
    request.answeredAt = performance.timeOrigin + performance.now()
    send(response, status, body)
  }

  const api = (incoming: IncomingMessage, response: ServerResponse) => {
    rotating.apiRequests += 1
    const found = access.get(incoming.headers.authorization?.replace(/^Bearer /, '') ?? '')
    // RFC 6750 §3.1
    if (!found || !rotating.takes(incoming.headers.authorization?.replace(/^Bearer /, '') ?? ''))
      return send(response, 401, { code: 'INVALID_TOKEN' }, { 'www-authenticate': 'Bearer error="invalid_token"' })
    send(response, 200, { id: found.grant.subject, name: `Storm ${found.grant.subject}` })
  }

  const server = createServer((incoming, response) => {
    response.on('error', () => {})
    const path = (incoming.url ?? '/').split('?')[0]
    if (path === '/token') void token(incoming, response).catch(() => response.destroy())
    else if (path === '/me') api(incoming, response)
    else send(response, 404, { code: 'NOT_FOUND' })
  })
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const rotating: Rotating = {
    url,
    provider: rotatingProvider(reuse),
    origins: { [ROTATING_ORIGINS.auth]: url, [ROTATING_ORIGINS.api]: url },
    requests: [],
    apiRequests: 0,
    uses() {
      const counted = new Map<string, number>()
      for (const { refreshToken } of rotating.requests) counted.set(refreshToken, (counted.get(refreshToken) ?? 0) + 1)
      return counted
    },
    faults: [],
    always: undefined,
    issue: (subject = 'ada') => issue({ subject, scope: 'read write', alive: true }),
    grantOf: (one) => (access.get(one) ?? refresh.get(one))?.grant,
    takes(accessToken) {
      const found = access.get(accessToken)
      return found ? found.grant.alive && found.expiresAt > now() : false
    },
    now,
    advance(seconds) {
      offset += seconds * 1000
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return rotating
}

/** False when the fault was the answer. */
async function strike(
  fault: Exclude<Fault, { kind: 'refuse' }>,
  request: TokenRequest,
  response: ServerResponse,
): Promise<boolean> {
  request.worked = fault.when === 'after'
  switch (fault.kind) {
    case 'hold':
      await fault.until
      return true
    case 'late':
      await new Promise((done) => setTimeout(done, fault.ms))
      return true
    case 'cut':
      response.destroy()
      return false
    case 'status':
      request.status = fault.status
      send(response, fault.status, 'Try again later.', {
        ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
      })
      return false
  }
}

/** RFC 6749 §2.3.1, §5.2: what is refused before the token is looked at. */
function malformed(incoming: IncomingMessage, form: URLSearchParams): [number, Record<string, unknown>] | undefined {
  const type = incoming.headers['content-type']?.split(';')[0]
  if (incoming.method !== 'POST' || type !== 'application/x-www-form-urlencoded')
    return [400, { error: 'invalid_request' }]
  const [scheme, credentials] = (incoming.headers.authorization ?? '').split(' ')
  const [id, given] = Buffer.from(credentials ?? '', 'base64')
    .toString()
    .split(':')
    .map(decodeURIComponent)
  if (scheme !== 'Basic' || id !== ROTATING_CLIENT.clientId || given !== ROTATING_CLIENT.clientSecret)
    return [401, { error: 'invalid_client' }]
  // §3.2: a parameter sent twice.
  for (const name of form.keys()) if (form.getAll(name).length > 1) return [400, { error: 'invalid_request' }]
  if (form.get('grant_type') !== 'refresh_token') return [400, { error: 'unsupported_grant_type' }]
  return form.get('refresh_token') ? undefined : [400, { error: 'invalid_request' }]
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (response.destroyed) return
  response
    .writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
      // §5.1
      'cache-control': 'no-store',
      ...(status === 401 ? { 'www-authenticate': 'Basic' } : {}),
      ...headers,
    })
    .end(typeof body === 'string' ? body : JSON.stringify(body))
}

async function read(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
