/**
 * Two kinds of cookies, both signed, HttpOnly and for our own site: one a flow, one a connect session. Those of the sign-in
 * are its library's.
 * On https they bear the `__Host-` prefix, which keeps sibling subdomains from planting them. On http, which only
 * loopback may use, browsers differ on Secure cookies, so the plain name is used.
 */
import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { HttpOptions, Vars } from './context.ts'

/** A browser that begins many flows keeps the cookies of the last few. */
const MOST_COOKIES = 8

const secure = (options: HttpOptions) => options.baseUrl.startsWith('https:')
const named = (options: HttpOptions, name: string) => `${secure(options) ? '__Host-' : ''}${name}`
const FLOW = 'mooring-flow-'
const CONNECT = 'mooring-connect-'
const flowName = (options: HttpOptions, flowId: string) => named(options, FLOW + flowId)
const connectName = (options: HttpOptions, sessionId: string) => named(options, CONNECT + sessionId)

// Lax and not Strict: the platform's redirect to the callback is a cross-site navigation and must bring them.
const shape = (options: HttpOptions, maxAge: number) => ({
  path: '/',
  httpOnly: true,
  secure: secure(options),
  sameSite: 'Lax' as const,
  maxAge,
})

async function read(c: Context<Vars>, options: HttpOptions, name: string): Promise<string | undefined> {
  for (const secret of options.cookieSecrets) {
    const value = await getSignedCookie(c, secret, name)
    if (typeof value === 'string') return value
  }
  return undefined
}

const write = (c: Context<Vars>, options: HttpOptions, name: string, value: string, maxAge: number) =>
  setSignedCookie(c, name, value, options.cookieSecrets[0] ?? '', shape(options, maxAge))

export const readFlow = (c: Context<Vars>, options: HttpOptions, flowId: string): Promise<string | undefined> =>
  read(c, options, flowName(options, flowId))

export async function writeFlow(
  c: Context<Vars>,
  options: HttpOptions,
  flowId: string,
  binding: string,
  maxAge: number,
): Promise<void> {
  keepLast(c, options, FLOW)
  await write(c, options, flowName(options, flowId), binding, maxAge)
}

export const clearFlow = (c: Context<Vars>, options: HttpOptions, flowId: string) =>
  deleteCookie(c, flowName(options, flowId), { path: '/', secure: secure(options) })

/** What the browser of a connect session holds. */
export const readConnect = (c: Context<Vars>, options: HttpOptions, id: string): Promise<string | undefined> =>
  read(c, options, connectName(options, id))

export async function writeConnect(
  c: Context<Vars>,
  options: HttpOptions,
  id: string,
  secret: string,
  maxAge: number,
): Promise<void> {
  keepLast(c, options, CONNECT)
  await write(c, options, connectName(options, id), secret, maxAge)
}

export const clearConnect = (c: Context<Vars>, options: HttpOptions, id: string) =>
  deleteCookie(c, connectName(options, id), { path: '/', secure: secure(options) })

function keepLast(c: Context<Vars>, options: HttpOptions, kind: string): void {
  const prefix = named(options, kind)
  const names = (c.req.header('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim().split('=')[0] ?? '')
    .filter((name) => name.startsWith(prefix))
  for (const name of names.slice(0, -(MOST_COOKIES - 1))) deleteCookie(c, name, { path: '/', secure: secure(options) })
}
