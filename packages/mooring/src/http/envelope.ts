/** What every answer bears, and one line in the log for each request. */
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Runtime } from '../runtime.ts'
import type { HttpOptions, Vars } from './context.ts'

const CONTENT_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** On every answer, whatever the route says. */
export const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'X-Permitted-Cross-Domain-Policies': 'none',
}

/** Where the route says nothing else. */
const UNLESS_SET = {
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': CONTENT_POLICY,
  'Cache-Control': 'no-store',
}

/** The caller's own, where it is one that can stand in a log; else a new one. */
export const requestIdOf = (given: unknown, runtime: Pick<Runtime, 'uuid'>): string =>
  typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : runtime.uuid()

/** Request id, security headers, one line in the log. The line names the route and never the address, which may hold a secret. */
export function envelope({ engine, baseUrl }: HttpOptions): MiddlewareHandler<Vars> {
  const { runtime } = engine
  // A browser remembers it for the whole host name, so that inside another server it is that server's to say.
  const strict = baseUrl.startsWith('https:') && new URL(baseUrl).pathname === '/'
  return async (c, next) => {
    const requestId = requestIdOf(c.req.header('x-request-id'), runtime)
    c.set('requestId', requestId)
    const started = performance.now()
    await next()
    if (!c.get('enveloped')) wrap(c.res.headers, requestId, strict)
    const took = performance.now() - started
    const { status } = c.res
    const { method } = c.req
    const route = routePath(c)
    engine.metrics.served(method, route, status, took / 1000)
    runtime.log.debug({ requestId, method, route, status, ms: Math.round(took * 10) / 10 }, 'request')
  }
}

const YEAR = 365 * 86_400

function wrap(headers: Headers, requestId: string, strict: boolean): void {
  if (strict) headers.set('Strict-Transport-Security', `max-age=${YEAR}`)
  headers.set('X-Request-Id', requestId)
  for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value)
  for (const [name, value] of Object.entries(UNLESS_SET)) if (!headers.has(name)) headers.set(name, value)
}

/**
 * A JSON answer that bears its headers from the start, as a plain record, which Node's server writes as it is. To set
 * them on an answer one by one costs more than to read and open a token; for the route where that counts.
 */
export function quickJson(c: Context<Vars>, body: object): Response {
  c.set('enveloped', true)
  const headers = {
    'Content-Type': 'application/json',
    'X-Request-Id': c.get('requestId'),
    ...ALWAYS,
    ...UNLESS_SET,
  }
  return new Response(JSON.stringify(body), { headers })
}
