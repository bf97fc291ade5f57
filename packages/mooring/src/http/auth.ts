/** Who asks: a bearer key, or a session cookie from our own pages. */
import type { Context, MiddlewareHandler } from 'hono'
import { type Principal, requireScope, type Scope, starterOf } from '../access/principal.ts'
import { isSameOrigin } from '../access/same-origin.ts'
import { personOf } from '../access/sessions.ts'
import { MooringError } from '../error.ts'
import { isSessionToken, sessionOfToken } from '../flows/connect-session.ts'
import { sessionUsed } from '../flows/session-faults.ts'
import type { HttpOptions, Vars } from './context.ts'
import { readSession, writeSession } from './cookies.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export function authenticate(options: HttpOptions): MiddlewareHandler<Vars> {
  return async (c, next) => {
    const principal = await principalOf(c, options)
    if (principal && byBrowser(principal) && !SAFE.has(c.req.method)) requireSameOrigin(c, options)
    if (!principal) throw noKey()
    c.set('principal', principal)
    await next()
  }
}

async function principalOf(c: Context<Vars>, options: HttpOptions): Promise<Principal | undefined> {
  const header = c.req.header('authorization')
  if (header === undefined) return (await options.hostUsers.ofRequest(c.req.raw)) ?? signedIn(c, options)
  const bearer = bearerOf(header)
  if (bearer === undefined) return undefined
  // No key of ours holds a dot, and a token of a host has two: the path of token reads does not wait for it.
  if (isSessionToken(bearer)) return sessionPrincipal(options, bearer)
  const user = bearer.includes('.') ? await options.hostUsers.ofToken(bearer) : undefined
  return user ?? options.keys.authenticate(bearer)
}

async function sessionPrincipal({ engine }: HttpOptions, token: string): Promise<Principal | undefined> {
  const session = await sessionOfToken(engine, token)
  if (!session) return undefined
  // A browser opened it: from then on it is that browser's alone.
  if (session.browser_hash !== null) throw sessionUsed()
  const { id, end_user_name: name, workspace_id: workspace, providers } = session
  return { kind: 'connect-session', id, name, workspace, providers }
}

/** A browser adds what it proves this by to every request, whoever causes it. */
const byBrowser = (who: Principal): boolean => who.kind === 'person' || (who.kind === 'user' && who.by === 'request')

/** Everybody whom this browser can show: at the host, and in our console. As flows remember their starter. */
export async function present(c: Context<Vars>, options: HttpOptions): Promise<string[]> {
  const found = [await options.hostUsers.ofRequest(c.req.raw), await signedIn(c, options)]
  return found.flatMap((one) => (one ? [starterOf(one)] : []))
}

/** The key in an Authorization header; undefined where it holds none. */
export const bearerOf = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : /^Bearer ([\x21-\x7e]{1,8000})$/i.exec(header)?.[1]

export const noKey = () => new MooringError('unauthorized', 'Sign in, or send an API key.')

/** The person whose session this browser holds. */
export async function signedIn(c: Context<Vars>, options: HttpOptions): Promise<Principal | undefined> {
  const session = await readSession(c, options)
  if (!session) return undefined
  const person = await personOf(options.engine.runtime, options.engine.store, session.value, options.workspace.id)
  // Signed anew, it outlives the older key. Its own end stands in the database, whatever the cookie says.
  if (person && session.old) await writeSession(c, options, session.value)
  return person
}

export function requireSameOrigin(c: Context<Vars>, options: HttpOptions): void {
  if (isSameOrigin(c.req.raw.headers, options.baseUrl)) return
  throw new MooringError('cross_site', 'This request came from another site.', {
    detail: `Sec-Fetch-Site or Origin must show ${new URL(options.baseUrl).origin} (MOORING_BASE_URL).`,
  })
}

/** The principal of an authenticated route, which must hold the scope. */
export function principal(c: Context<Vars>, scope: Scope): Principal {
  const found = c.get('principal')
  if (!found) throw noKey()
  requireScope(found, scope)
  return found
}

/** The same, or a connect session: the route keeps it to what is its own. */
export function principalOrSession(c: Context<Vars>, scope: Scope): Principal {
  const found = c.get('principal')
  return found?.kind === 'connect-session' ? found : principal(c, scope)
}
