/** The proxy on Node's own request and answer, before the routes: bytes that stream need neither a Request nor a Response. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { requireScope } from '../access/principal.ts'
import type { Engine } from '../connections/engine.ts'
import { type ProxyCall, proxy } from '../connections/proxy.ts'
import { framingOf } from '../connections/proxy-headers.ts'
import { targetOf } from '../connections/proxy-target.ts'
import { MooringError } from '../error.ts'
import type { Provider } from '../provider.ts'
import { bearerOf, noKey } from './auth.ts'
import { clientAddress } from './client-address.ts'
import type { HttpOptions } from './context.ts'
import { requestIdOf } from './envelope.ts'
import { pour } from './proxy-answer.ts'

export const PREFIX = '/api/v1/proxy/'
/** As the router names it, for metrics and the log. */
export const ROUTE = `${PREFIX}:id/*`
/** HEAD has no body to stream, and is left to the routes. */
const STREAMED = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** An encoded way up. Nobody means it; the router resolves it, arrives elsewhere, and says so. */
const UPWARDS = /^[^?#]*\/(?:%2e|\.%2e|%2e\.|%2e%2e)(?:[/?#]|$)/i

/**
 * Undefined where this is not a call of the proxy with an API key: the routes answer it. Else it settles when the caller
 * has the platform's answer, or with the fault that came before anything was written, which the routes are to tell.
 */
export type NodeProxy = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) => Promise<{ fault: unknown } | undefined> | undefined

export function proxyOnNode(options: HttpOptions): NodeProxy {
  return (incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming
    if (!url.startsWith(PREFIX) || !STREAMED.has(method) || UPWARDS.test(url)) return undefined
    const key = bearerOf(headers.authorization)
    // A host's own tokens are the routes' matter, too: nobody but an API key may come here.
    if (key === undefined || key.includes('.')) return undefined
    return forward(options, key, incoming, outgoing).catch((fault: unknown) => ({ fault }))
  }
}

async function forward(
  { engine, keys, audit, proxy: limits, trustProxy }: HttpOptions,
  key: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<undefined> {
  const started = performance.now()
  const { method = '', url = '', rawHeaders: headers } = incoming
  const principal = await keys.authenticate(key)
  if (!principal) throw noKey()
  requireScope(principal, 'proxy')
  const requestId = requestIdOf(incoming.headers['x-request-id'], engine.runtime)
  const framing = framingOf(headers)
  const origin = incoming.headers['mooring-origin']
  const call = callOf(url, {
    method,
    origin: Array.isArray(origin) ? origin[0] : origin,
    account: [incoming.headers['mooring-account']].flat()[0],
    headers,
    framing,
    body: framing === undefined ? undefined : incoming,
  })
  const proxied = proxy(engine, principal.workspace, call, limits)
  // Whole or not: when nobody reads on, the platform is let go.
  outgoing.on('close', proxied.cut)
  const { provider, platform } = await proxied.answer
  const address = clientAddress(incoming.socket.remoteAddress, forwardedOf(incoming), trustProxy)
  const { workspace } = principal
  audit.count({ workspace, action: 'platform.called', actor: principal, connection: call.connection, address })
  await pour(platform, outgoing, requestId, limits.answer)
  tell(engine, { requestId, call, provider, status: platform.status, started })
  engine.metrics.served(method, ROUTE, platform.status, (performance.now() - started) / 1000)
}

const forwardedOf = ({ headers }: IncomingMessage): string | null =>
  [headers['x-forwarded-for'] ?? []].flat().join(',') || null

/** Throws `not_found` where the address names no connection. */
export function callOf(address: string, rest: Omit<ProxyCall, 'connection' | 'target'>): ProxyCall {
  const found = targetOf(address, PREFIX)
  if (!found) throw new MooringError('not_found', 'There is no such connection.')
  return { ...found, ...rest }
}

interface Told {
  requestId: string
  call: ProxyCall
  provider: Provider
  status: number
  /** By `performance.now()`. */
  started: number
}

/** Every answer of a platform ends here, once: its status, and the time until the caller had it all. */
export function tell({ metrics, runtime }: Engine, { requestId, call, provider, status, started }: Told): void {
  const took = performance.now() - started
  metrics.proxied(provider.id, status, took / 1000)
  const { connection, method } = call
  const ms = Math.round(took * 10) / 10
  runtime.log.debug({ requestId, connection, provider: provider.id, method, status, ms }, 'proxied')
}
