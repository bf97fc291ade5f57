/**
 * Connect sessions: a host's server says for whom, where and at which providers; one browser opens it and starts one flow.
 * The link is never authority over who finishes: that the host says, at the callback or when it completes.
 */
import { type Engine, operators } from '../connections/engine.ts'
import { ownRegistrations } from '../connections/own-registration.ts'
import { MooringError } from '../error.ts'
import type { ConnectSessionRow } from '../store/connect-sessions.ts'
import { checkReturnTo } from './return-to.ts'
import { newRoutedSecret, sameHash, sha256, workspaceOf } from './secrets.ts'
import { sessionExpired, sessionUsed } from './session-faults.ts'
import { type Started, type StartRules, startFlow } from './start.ts'

/** Until it is opened, in ms. */
export const SESSION_LIFE_MS = 15 * 60_000
/** From then on, in ms: a flow's ten minutes, ten for the host, and time to choose. */
export const USED_LIFE_MS = 60 * 60_000
const PREFIX = 'mc_'

export interface NewSession {
  providers?: string[] | undefined
  reconnects?: string | undefined
  returnTo: string
  completeAt?: string | undefined
  endUser: { id: string; name?: string | undefined }
  createdBy: string
}

export interface SessionRules extends StartRules {
  /** The host says who is signed in in a browser: its `authenticate` is set. */
  seesUsers: boolean
}

/** As much as can be is judged before `workspace` is asked, which may make one. The token is in this answer and nowhere else. */
export async function makeSession(
  engine: Engine,
  wanted: NewSession,
  rules: SessionRules,
  workspace: () => Promise<string>,
): Promise<{ session: ConnectSessionRow; token: string }> {
  const returnTo = checkReturnTo(wanted.returnTo, rules.returnOrigins, rules.baseUrl)
  const completeAt =
    wanted.completeAt === undefined
      ? null
      : checkReturnTo(wanted.completeAt, rules.returnOrigins, rules.baseUrl, 'completeAt')
  if (completeAt === null && !rules.seesUsers) throw nobodyLooks()
  for (const id of wanted.providers ?? [])
    if (!engine.registrations.some((one) => one.provider.id === id)) operators(engine, id)
  const owner = await workspace()
  for (const id of wanted.providers ?? []) await requireProvider(engine, owner, id)
  if (wanted.reconnects !== undefined && !(await engine.store.connections.get(owner, wanted.reconnects)))
    throw new MooringError('not_found', 'There is no such connection.')
  const token = PREFIX + newRoutedSecret(owner, engine.runtime.random)
  const now = engine.runtime.now()
  const session = await engine.store.connectSessions.create(owner, {
    id: engine.runtime.uuid(),
    token_hash: sha256(token),
    providers: wanted.providers ?? null,
    reconnects: wanted.reconnects ?? null,
    return_to: returnTo,
    complete_at: completeAt,
    end_user: wanted.endUser.id,
    end_user_name: wanted.endUser.name ?? wanted.endUser.id,
    created_by: wanted.createdBy,
    created_at: new Date(now),
    expires_at: new Date(now + SESSION_LIFE_MS),
  })
  return { session, token }
}

/** Whoever makes a session can send its link to anybody. Without one who looks, it would connect the victim's account to them. */
const nobodyLooks = () =>
  new MooringError('invalid_request', 'Nobody would see who comes back from the platform.', {
    detail:
      'Set completeAt to a page of yours that completes the flow for the user who is signed in there, or mount Mooring with an `authenticate` function.',
    fields: [{ path: 'completeAt', message: 'is needed' }],
  })

async function requireProvider(engine: Engine, workspace: string, id: string): Promise<void> {
  if ((await ownRegistrations(engine, workspace)).some((one) => one.provider.id === id)) return
  const all = engine.registrations.filter((one) => one.provider.id === id)
  operators(engine, (all.find((one) => one.client) ?? all[0])?.id ?? id)
}

export const isSessionToken = (token: string): boolean => token.startsWith(PREFIX)

/** The session of a token. Undefined: it is none of ours. Throws `connect_session_expired`. */
export async function sessionOfToken(engine: Engine, token: string): Promise<ConnectSessionRow | undefined> {
  const workspace = isSessionToken(token) ? workspaceOf(token.slice(PREFIX.length)) : undefined
  if (workspace === undefined) return undefined
  const session = await engine.store.connectSessions.byToken(workspace, sha256(token))
  if (session) requireLive(engine, session)
  return session
}

/**
 * A browser opens a session: from now on this browser, and no other, goes on with it. The same browser may come again with
 * what it was given. Throws `connect_session_used`.
 */
export async function openSession(
  engine: Engine,
  session: ConnectSessionRow,
  held: string | undefined,
): Promise<{ session: ConnectSessionRow; secret: string }> {
  if (held !== undefined && isBrowserOf(session, held)) return { session, secret: held }
  const secret = newRoutedSecret(session.workspace_id, engine.runtime.random)
  return { session: await use(engine, session, sha256(secret)), secret }
}

/** A page of the host's sends the token itself: then no browser opens it any more. Throws `connect_session_used`. */
export async function useToken(engine: Engine, session: ConnectSessionRow): Promise<void> {
  if (session.browser_hash !== null) throw sessionUsed()
  if (session.used_at === null) await use(engine, session, null)
}

async function use(engine: Engine, session: ConnectSessionRow, browser: Buffer | null): Promise<ConnectSessionRow> {
  const now = engine.runtime.now()
  const until = new Date(now + USED_LIFE_MS)
  const used = await engine.store.connectSessions.use(session.workspace_id, session.id, browser, new Date(now), until)
  if (!used) throw sessionUsed()
  return used
}

const isBrowserOf = (session: ConnectSessionRow, secret: string): boolean =>
  session.browser_hash !== null && sameHash(session.browser_hash, sha256(secret))

/** The session that a browser opened, by the secret in its cookie. Throws `connect_session_expired`. */
export async function sessionOfBrowser(
  engine: Engine,
  id: string,
  secret: string,
): Promise<ConnectSessionRow | undefined> {
  const workspace = workspaceOf(secret)
  if (workspace === undefined) return undefined
  const session = await engine.store.connectSessions.byBrowser(workspace, id, sha256(secret))
  if (session) requireLive(engine, session)
  return session
}

function requireLive(engine: Engine, session: ConnectSessionRow): void {
  if (session.expires_at.getTime() <= engine.runtime.now()) throw sessionExpired()
}

/** The host's user who must be seen at the callback, as flows remember a starter; undefined where the host completes. */
export const finisherOf = (session: ConnectSessionRow): string | undefined =>
  session.complete_at === null ? `user:${session.end_user}` : undefined

/** What the session may connect, set up or not being no matter to it: ids of providers, in our order. */
export async function providersOf(
  engine: Pick<Engine, 'registrations' | 'store'>,
  workspace: string,
  providers: readonly string[] | null,
): Promise<string[]> {
  const own = (await ownRegistrations(engine, workspace)).map((one) => one.provider.id)
  const ready = engine.registrations.filter((one) => one.client || own.includes(one.provider.id))
  return [...new Set(ready.map((one) => one.provider.id))].filter((id) => providers === null || providers.includes(id))
}

/** The session's one flow. Throws `forbidden` for a provider that it does not name, `connect_session_used`. */
export async function startInSession(
  engine: Engine,
  session: ConnectSessionRow,
  provider: string | undefined,
  rules: StartRules,
): Promise<Started> {
  const allowed = await providersOf(engine, session.workspace_id, session.providers)
  const chosen = provider ?? (allowed.length === 1 ? allowed[0] : undefined)
  if (chosen !== undefined && session.providers !== null && !session.providers.includes(chosen))
    throw new MooringError('forbidden', 'This may not be connected here.', {
      detail: `The connect session allows ${session.providers.join(', ')}.`,
    })
  return begun(engine, session, session.reconnects === null ? chosen : undefined, rules)
}

async function begun(
  engine: Engine,
  session: ConnectSessionRow,
  provider: string | undefined,
  rules: StartRules,
): Promise<Started> {
  // Stable over sessions, so that the limit of starts counts for the user.
  const starter = finisherOf(session) ?? `end-user:${session.end_user}`
  const result = await startFlow(
    engine,
    session.workspace_id,
    { id: starter, name: session.end_user_name, byKey: false },
    {
      provider,
      returnTo: session.return_to,
      reconnect: session.reconnects ?? undefined,
      endUser: session.end_user,
      connectSession: { id: session.id, completeAt: session.complete_at },
    },
    rules,
  )
  if ('reused' in result) throw new Error('nothing is reused in a connect session')
  return result.started
}
