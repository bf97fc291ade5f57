/** Errors as RFC 9457 problem details, with our stable code. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type ErrorCode, isMooringError, MooringError, unknownFault } from '../error.ts'
import type { HttpOptions, Vars } from './context.ts'

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  507: 'Insufficient Storage',
}

export const titleOf = (status: number): string => TITLES[status] ?? 'Error'

export const notFound = () => new MooringError('not_found', 'That does not exist.')

/** Any throw becomes a problem; what is not ours is logged by name only and told as `internal`. */
export function problem(c: Context<Vars>, options: HttpOptions, thrown: unknown): Response {
  const error = isMooringError(thrown)
    ? thrown
    : new MooringError('internal', 'The server made a mistake. Nothing was lost.', { detail: unknownFault(thrown) })
  const requestId = c.get('requestId')
  if (error.status >= 500) {
    const stack = isMooringError(thrown) ? undefined : frames(thrown)
    options.engine.runtime.log.error(
      { requestId, code: error.code, providerCode: error.providerCode, detail: error.detail, stack },
      error.message,
    )
  }
  const operator = options.development || c.get('principal')?.kind === 'key'
  const body = {
    type: `urn:mooring:error:${error.code}`,
    title: titleOf(error.status),
    status: error.status,
    code: error.code satisfies ErrorCode,
    detail: error.message,
    ...(operator && error.detail !== undefined ? { operatorDetail: error.detail } : {}),
    ...(error.providerCode === undefined ? {} : { providerCode: error.providerCode }),
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    ...(error.fields === undefined ? {} : { errors: error.fields }),
    requestId,
  }
  if (error.retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(error.retryAfter)))
  if (error.code === 'unauthorized') c.header('WWW-Authenticate', 'Bearer realm="Mooring"')
  // What a platform answers through the proxy never bears it, so it tells whose error this is.
  c.header('Mooring-Error', error.code)
  c.header('Content-Type', 'application/problem+json')
  c.header('Cache-Control', 'no-store')
  return c.body(JSON.stringify(body), error.status as ContentfulStatusCode)
}

/** Where in our code it was thrown, without the message, which may hold values. */
function frames(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !thrown.stack) return undefined
  return thrown.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .join('\n')
}
