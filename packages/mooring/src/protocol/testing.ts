/** For this folder's tests: a token endpoint on real HTTP that answers what a test tells it and keeps what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { isMooringError, type MooringError } from '../error.ts'
import { defineProvider, type OAuthProvider, type OAuthShape } from '../provider.ts'
import { createRuntime, type Runtime } from '../runtime.ts'
import { type CallbackGrant, judgeCallback } from './callback.ts'
import { exchange, refresh } from './token.ts'
import type { TokenSet } from './token-set.ts'

export const ORIGIN = 'https://platform.example'
export const REDIRECT_URI = 'https://app.example/callback/platform?a=1'

export interface Asked {
  method: string
  path: string
  headers: IncomingMessage['headers']
  form: URLSearchParams
}

/** An object is sent as JSON, a string as it stands; a function does it by hand. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | ((request: IncomingMessage, response: ServerResponse) => void)

export interface Platform {
  url: string
  runtime: Runtime
  asked: Asked[]
  reply: Reply
  stop(): Promise<void>
}

export async function startPlatform(): Promise<Platform> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'))
      const { method = '', url: path = '', headers } = request
      platform.asked.push({ method, path, headers, form })
      answer(platform.reply, request, response)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const platform: Platform = {
    url,
    runtime: createRuntime({ platformOrigins: { [ORIGIN]: url } }),
    asked: [],
    reply: {},
    stop: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
  return platform
}

function answer(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (typeof reply === 'function') {
    reply(request, response)
    return
  }
  const { status = 200, headers = {}, body = {} } = reply
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

export const post: OAuthShape = {
  authorizeUrl: `${ORIGIN}/authorize`,
  tokenUrl: `${ORIGIN}/token`,
  revokeUrl: `${ORIGIN}/revoke`,
  clientAuth: 'post',
  pkce: 'unsupported',
}

const plainJudge: OAuthProvider['judgeToken'] = ({ error }) =>
  error === 'invalid_client' ? 'misconfigured' : error === 'invalid_grant' ? 'reauthorize' : 'ours'

export const providerWith = (oauth: OAuthShape, judgeToken = plainJudge): OAuthProvider =>
  defineProvider({
    id: 'platform',
    name: 'Platform',
    issuer: ORIGIN,
    oauth,
    apiOrigins: [ORIGIN],
    apps: [{ id: 'platform', name: 'Platform', envPrefix: 'PLATFORM', scopes: ['read'], setup: [], when: 'In tests.' }],
    settings: [],
    scopes: { separator: ' ', info: {} },
    refresh: { how: 'refresh_token', rotates: true },
    lifetime: { accessSeconds: 3600, renewBeforeSeconds: 300 },
    redirectErrors: {
      user_cancelled: 'access_denied',
      bad_scope: 'scope_not_granted',
      off: 'provider_unavailable',
      app_gone: 'misconfigured',
    },
    judgeToken,
    judgeApi: () => 'ours',
    apiCode: () => undefined,
    identity: async () => ({ subject: 'a', label: 'A' }),
    accounts: async () => [],
    docs: 'docs',
  })

export const SECRETS = {
  clientId: 'client-1',
  clientSecret: 'client-secret-1',
  code: 'the-code-1',
  refreshToken: 'the-refresh-1',
}

export function grantOf(code: string = SECRETS.code): CallbackGrant {
  return judgeCallback({
    params: new URLSearchParams({ code, state: 'state-1' }),
    issuer: ORIGIN,
    expectedState: 'state-1',
    redirectErrors: {},
    providerName: 'Platform',
  })
}

export interface AskOptions {
  oauth?: OAuthShape
  judgeToken?: OAuthProvider['judgeToken']
  client?: { clientId?: string; clientSecret?: string | undefined }
  runtime?: Runtime
  code?: string
  refreshToken?: string
  /** Null: none, whatever the provider takes. */
  verifier?: string | null
}

/** One exchange or refresh at the platform. */
export function ask(platform: Platform, grant: 'code' | 'refresh', options: AskOptions = {}): Promise<TokenSet> {
  const oauth = options.oauth ?? post
  const { clientId, clientSecret } = { ...SECRETS, ...options.client }
  const client = { clientId, clientSecret, redirectUri: REDIRECT_URI }
  const where = { provider: providerWith(post, options.judgeToken), oauth, client }
  const runtime = options.runtime ?? platform.runtime
  if (grant === 'refresh')
    return refresh(runtime, { ...where, refreshToken: options.refreshToken ?? SECRETS.refreshToken })
  const verifier = options.verifier === undefined && oauth.pkce === 'S256' ? 'v'.repeat(43) : options.verifier
  return exchange(runtime, { ...where, grant: grantOf(options.code), ...(verifier ? { verifier } : {}) })
}

/** The MooringError that it fails with; anything else fails the test. */
export async function faultOf(act: Promise<unknown> | (() => unknown)): Promise<MooringError> {
  try {
    await (typeof act === 'function' ? act() : act)
  } catch (error) {
    if (isMooringError(error)) return error
    throw error
  }
  throw new Error('it did not fail')
}

/** All that a careless logger could print of a value. */
export function printed(value: unknown): string {
  const error = value instanceof Error ? `${value.message} ${value.stack} ${String(value.cause)}` : ''
  const names = value !== null && typeof value === 'object' ? Object.getOwnPropertyNames(value) : []
  const members = names.map((name) => inspect((value as Record<string, unknown>)[name], { depth: 9, showHidden: true }))
  return [
    error,
    ...members,
    String(value),
    JSON.stringify(value),
    inspect(value, { depth: 9, showHidden: true, getters: true }),
    inspect(value, { depth: 9, showHidden: true, customInspect: false }),
  ].join('\n')
}
