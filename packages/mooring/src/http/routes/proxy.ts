/** Any request to a platform's API with a connection's live token, for API keys with `proxy`. */
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { proxy } from '../../connections/proxy.ts'
import { framingOf } from '../../connections/proxy-headers.ts'
import { isMooringError } from '../../error.ts'
import { idIn } from '../audited.ts'
import { addressOf, authenticate, principal } from '../auth.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { responseOf } from '../proxy-answer.ts'
import { callOf, PREFIX, ROUTE, tell } from '../proxy-node.ts'
import { idParam, route } from '../route.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const DESCRIBED = ['get', 'post', 'put', 'patch', 'delete'] as const

/**
 * To be registered before what holds for JSON alone: the limit of 1 MB, the content type, and the search for other
 * methods after a 404, which here is the platform's. In the API's document the path is one parameter; HEAD is as GET.
 */
export function proxyRoutes(app: App, options: HttpOptions): void {
  for (const method of DESCRIBED) app.openAPIRegistry.registerPath(described(method))
  app.on(['OPTIONS'], ROUTE, (c) => c.body(null, 204, { Allow: [...METHODS, 'OPTIONS'].join(', ') }))
  app.on(METHODS, ROUTE, authenticate(options), (c) => noted(c, options))
}

/** A key that asks for what is not its own is seen doing it. */
async function noted(c: Context<Vars>, options: HttpOptions): Promise<Response> {
  try {
    return await forward(c, options)
  } catch (error) {
    const actor = c.get('principal')
    if (actor && isMooringError(error) && (error.code === 'forbidden' || error.code === 'not_found'))
      options.audit.count({
        workspace: actor.workspace,
        action: 'platform.called',
        actor,
        connection: idIn(c.req.path.slice(PREFIX.length).split('/')[0]),
        address: addressOf(c, options),
        refused: error.code,
      })
    throw error
  }
}

async function forward(c: Context<Vars>, options: HttpOptions): Promise<Response> {
  const { engine, audit, proxy: limits } = options
  const started = performance.now()
  const who = principal(c, 'proxy')
  const { workspace } = who
  // Node's own server began it without us.
  if (c.env?.fault !== undefined) throw c.env.fault
  const { method, url, raw } = c.req
  const headers = [...raw.headers].flat()
  const web = method === 'GET' || method === 'HEAD' ? null : raw.body
  const call = callOf(url, {
    method,
    origin: c.req.header('mooring-origin'),
    account: c.req.header('mooring-account'),
    headers,
    framing: web ? (framingOf(headers) ?? 'chunked') : undefined,
    body: web ? Readable.fromWeb(web as NodeReadableStream) : undefined,
  })
  const requestId = c.get('requestId')
  const proxied = proxy(engine, workspace, call, limits)
  raw.signal.addEventListener('abort', proxied.cut)
  const { provider, platform } = await proxied.answer
  audit.count({
    workspace,
    action: 'platform.called',
    actor: who,
    connection: call.connection,
    address: addressOf(c, options),
  })
  c.set('enveloped', true)
  return responseOf(platform, method === 'HEAD', requestId, limits.answer, () => {
    proxied.cut()
    tell(engine, { requestId, call, provider, status: platform.status, started })
  })
}

function described(method: (typeof DESCRIBED)[number]) {
  const body = { required: true, content: { '*/*': { schema: z.unknown() } } }
  return route({
    method,
    path: `${PREFIX}{id}/{path}`,
    tags: ['proxy'],
    summary: `${method.toUpperCase()} at the platform, with the live token`,
    security: [{ apiKey: [] }],
    description:
      'Passes the path after the connection, the query, the body and the headers on to the platform, and its answer back, ' +
      'whatever its status. Errors of ours bear `Mooring-Error`. Needs an API key with `proxy`. See the guide "The proxy".',
    request: {
      params: idParam.extend({
        path: z.string().openapi({ param: { name: 'path', in: 'path' }, description: 'May hold slashes.' }),
      }),
      headers: z.object({
        'Mooring-Account': z.string().optional().openapi({
          description: "One of the connection's accounts: with its own token where the platform gives one (a Page's).",
        }),
        'Mooring-Origin': z.string().optional().openapi({ description: "Another of the platform's API origins." }),
      }),
      ...(method === 'get' || method === 'delete' ? {} : { body }),
    },
    responses: {
      200: {
        description: "The platform's answer, with its own status and type.",
        content: { 'application/json': { schema: z.unknown() } },
      },
    },
  })
}
