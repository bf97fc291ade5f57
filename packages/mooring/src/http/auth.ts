/** Who asks: a bearer key, or a session cookie from our own pages. */
import { Context, type MiddlewareHandler } from 'hono'
import { isNarrow, type Principal, personStarter, requireScope, type Scope, starterOf } from '../access/principal.ts'
import { isSameOrigin } from '../access/same-origin.ts'
import type { Asking } from '../access/sign-in/sign-in.ts'
import { isMooringError, MooringError } from '../error.ts'
import { isLinkToken, linkOfToken } from '../flows/connect-link.ts'
import { isSessionToken, sessionOfToken } from '../flows/connect-session.ts'
import { flowOfBrowser } from '../flows/credentials/browser.ts'
import { sessionUsed } from '../flows/session-faults.ts'
import type { Membership, PersonRow } from '../store/people.ts'
import { clientAddress } from './client-address.ts'
import type { HttpOptions, Vars } from './context.ts'
import { readFlow } from './cookies.ts'

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

/** For what a person does to their own account: a session, and never a key or a host's user. */
export function authenticateSelf(options: HttpOptions): MiddlewareHandler<Vars> {
  return async (c, next) => {
    if (c.req.header('authorization') !== undefined) {
      if (!(await principalOf(c, options))) throw noKey()
      throw new MooringError('forbidden', 'Only a person who is signed in can do that.')
    }
    const session = await options.signIn.present(askingOf(c, options))
    if (!session) throw noKey()
    if (!SAFE.has(c.req.method)) requireSameOrigin(c, options)
    keep(c, session.cookies)
    c.set('self', session.person)
    c.set('entered', { id: session.person, name: session.name })
    await next()
  }
}

async function principalOf(c: Context<Vars>, options: HttpOptions): Promise<Principal | undefined> {
  const header = c.req.header('authorization')
  if (header === undefined)
    return (await flowOfCookie(c, options)) ?? (await options.hostUsers.ofRequest(c.req.raw)) ?? signedIn(c, options)
  const bearer = bearerOf(header)
  if (bearer === undefined) return undefined
  // No key of ours holds a dot, and a token of a host has two: the path of token reads does not wait for it.
  if (isSessionToken(bearer)) return sessionPrincipal(options, bearer)
  if (isLinkToken(bearer)) return linkPrincipal(options, bearer)
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

async function linkPrincipal({ engine }: HttpOptions, token: string): Promise<Principal | undefined> {
  const link = await linkOfToken(engine, token)
  if (!link) return undefined
  const { id, client_name: name, workspace_id: workspace, provider } = link
  return { kind: 'connect-link', id, name, workspace, provider }
}

const OF_A_FLOW = /\/api\/v1\/flows\/([0-9a-f-]{36})(?:\/|$)/

/**
 * On our own page a browser goes on with the flow that it began, whoever is signed in in it: an agency may try a link of
 * its own. The cookie says which workspace the flow is of.
 */
async function flowOfCookie(c: Context<Vars>, options: HttpOptions): Promise<Principal | undefined> {
  const id = OF_A_FLOW.exec(c.req.path)?.[1]
  const secret = id === undefined ? undefined : await readFlow(c, options, id)
  if (id === undefined || secret === undefined) return undefined
  const flow = await flowOfBrowser(options.engine, id, secret)
  return flow && { kind: 'flow', id, name: flow.starter_name, workspace: flow.workspace_id }
}

/** A browser adds what it proves this by to every request, whoever causes it. */
const byBrowser = (who: Principal): boolean =>
  who.kind === 'person' || who.kind === 'flow' || (who.kind === 'user' && who.by === 'request')

/** Everybody whom this browser can show: at the host, and in our console. As flows remember their starter. */
export async function present(c: Context<Vars>, options: HttpOptions): Promise<string[]> {
  const user = await options.hostUsers.ofRequest(c.req.raw)
  const session = await options.signIn.present(askingOf(c, options))
  return [...(user ? [starterOf(user)] : []), ...(session ? [personStarter(session.person)] : [])]
}

/** The key in an Authorization header; undefined where it holds none. */
export const bearerOf = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : /^Bearer ([\x21-\x7e]{1,8000})$/i.exec(header)?.[1]

export const noKey = () => new MooringError('unauthorized', 'Sign in, or send an API key.')

/** Whence a request comes, as far as it can be known. */
export const addressOf = (c: Context<Vars>, { trustProxy }: Pick<HttpOptions, 'trustProxy'>): string | undefined =>
  clientAddress(c.env?.incoming?.socket.remoteAddress, c.req.header('x-forwarded-for') ?? null, trustProxy)

export const askingOf = (c: Context<Vars>, options: Pick<HttpOptions, 'trustProxy'>): Asking => ({
  headers: c.req.raw.headers,
  address: addressOf(c, options),
})

/** Cookies of the sign-in go on with the answer. */
export function keep(c: Context<Vars>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
}

const WORKSPACE_HEADER = 'mooring-workspace'
/** What a browser asks for by itself (EventSource, <img>, <video>), without a page's headers: its address names the workspace. */
const BY_ITSELF = /\/(posts\/events|media\/[^/]+\/(content|preview))$/

export interface Standing {
  person: PersonRow
  memberships: Membership[]
  /** Where this request acts; undefined: they belong to no workspace. */
  active: Membership | undefined
}

/** A person with their workspaces, and the one that this request names, or else their first. Throws `not_found` for one that is not theirs. */
export async function standing(
  c: Context<Vars>,
  options: HttpOptions,
  id: string,
  /** Who just came in: the workspace that the browser names may be another person’s, and counts from the next request on. */
  entering = false,
): Promise<Standing | undefined> {
  const found = await options.engine.store.people.standing(id)
  if (!found) return undefined
  const address = BY_ITSELF.test(c.req.path) ? c.req.query('workspace') : undefined
  const named = entering ? undefined : (c.req.header(WORKSPACE_HEADER) ?? address)
  const { memberships } = found
  const active = named === undefined ? memberships[0] : memberships.find((one) => one.workspace.id === named)
  if (named !== undefined && !active) throw new MooringError('not_found', 'There is no such workspace.')
  return { ...found, active }
}

/** The person whose session this browser holds. */
export async function signedIn(c: Context<Vars>, options: HttpOptions): Promise<Principal | undefined> {
  const session = await options.signIn.present(askingOf(c, options))
  const found = session && (await standing(c, options, session.person))
  if (!found) return undefined
  keep(c, session.cookies)
  const { person, active } = found
  if (!active) throw new MooringError('forbidden', 'You belong to no workspace. Ask an owner of one to invite you.')
  const { operator, name } = person
  return { kind: 'person', id: person.id, name, workspace: active.workspace.id, role: active.role, operator }
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

/** Whether who asked may still, while the answer goes on. In a context of its own: this answer takes no cookies any more. */
export async function mayStill(c: Context<Vars>, options: HttpOptions, scope: Scope): Promise<boolean> {
  try {
    const found = await principalOf(new Context<Vars>(c.req.raw, { env: c.env, path: c.req.path }), options)
    if (found) requireScope(found, scope)
    return found?.workspace === principal(c, scope).workspace
  } catch (error) {
    if (!isMooringError(error)) throw error
    return error.code === 'database_unavailable'
  }
}

/** The same, or one who may connect and nothing else: the route keeps it to what is its own. */
export function principalOrSession(c: Context<Vars>, scope: Scope): Principal {
  const found = c.get('principal')
  return found && isNarrow(found) ? found : principal(c, scope)
}
