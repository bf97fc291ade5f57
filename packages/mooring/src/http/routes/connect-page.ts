/**
 * What the browser of a connect session sees: it opens the link, confirms, and chooses accounts. Its own cookie says which
 * session it opened; where the host says who is signed in, that must be the session's user on every page.
 */
import type { Context } from 'hono'
import { isMooringError, MooringError } from '../../error.ts'
import { chooseAccounts } from '../../flows/choose.ts'
import {
  finisherOf,
  openSession,
  providersOf,
  sessionOfBrowser,
  sessionOfToken,
  startInSession,
  USED_LIFE_MS,
} from '../../flows/connect-session.ts'
import { returnUrl, sessionPage } from '../../flows/return-to.ts'
import { sessionUsed } from '../../flows/session-faults.ts'
import { type FlowView, viewFlow } from '../../flows/view.ts'
import { beforeConnect } from '../../provider.ts'
import type { ConnectSessionRow } from '../../store/connect-sessions.ts'
import { present, requireSameOrigin } from '../auth.ts'
import { type Asked, choicePage, confirmPage, OPENER_SCRIPT, openerPage, refusedPage } from '../connect-page.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { clearConnect, readConnect, writeConnect, writeFlow } from '../cookies.ts'
import { formHeaders } from '../form-page.ts'

type Page = (c: Context<Vars>) => Promise<Response>

export function connectPageRoutes(app: App, options: HttpOptions): void {
  const { engine, baseUrl } = options

  app.get('/connect-session', (c) => {
    formHeaders(c, { script: true })
    return c.html(openerPage())
  })
  app.get('/connect-session.js', (c) => c.body(OPENER_SCRIPT, 200, { 'Content-Type': 'text/javascript' }))

  app.post(
    '/connect-session',
    explained(async (c) => {
      requireSameOrigin(c, options)
      const { token } = await c.req.parseBody()
      const found = typeof token === 'string' ? await sessionOfToken(engine, token) : undefined
      if (!found) throw notOurs()
      await requireUser(c, options, found)
      const { session, secret } = await openSession(engine, found, await readConnect(c, options, found.id))
      await writeConnect(c, options, session.id, secret, USED_LIFE_MS / 1000)
      return c.redirect(sessionPage(baseUrl, session.id), 303)
    }),
  )

  app.get(
    '/connect-session/:id',
    explained(async (c) => {
      const session = await sessionIn(c, options)
      const flow = await flowIn(options, session)
      if (flow?.row.state === 'checkpoint') return c.redirect(sessionPage(baseUrl, session.id, '/accounts'), 303)
      if (flow) throw sessionUsed()
      const ids = await offered(options, session)
      const named = ids.map((id) => ({ id, name: nameOf(options, id), before: before(options, id) }))
      const given = { error: 'access_denied', message: 'Given up. Nothing was changed.' }
      const cancel = returnUrl(session.return_to, baseUrl, given)
      return c.html(confirmPage(await asked(options, session, cancel), named))
    }),
  )
  app.post(
    '/connect-session/:id',
    explained(async (c) => {
      requireSameOrigin(c, options)
      const session = await sessionIn(c, options)
      const { provider } = await c.req.parseBody()
      const chosen = typeof provider === 'string' ? provider : undefined
      const started = await startInSession(engine, session, chosen, options)
      await writeFlow(c, options, started.flowId, started.binding, started.cookieSeconds)
      return c.redirect(started.authorizeUrl, 303)
    }),
  )

  const choose = async (c: Context<Vars>, session: ConnectSessionRow, flow: FlowView, alert?: string) => {
    const cancel = returnUrl(session.return_to, baseUrl, { flow: flow.row.id, checkpoint: 'accounts' })
    const view = await asked(options, session, cancel)
    return c.html(choicePage(view, nameOf(options, flow.row.provider), flow.candidates, alert), alert ? 422 : 200)
  }
  app.get(
    '/connect-session/:id/accounts',
    explained(async (c) => {
      const session = await sessionIn(c, options)
      const flow = await flowIn(options, session)
      if (flow?.row.state !== 'checkpoint') return leave(c, options, session, flow)
      return choose(c, session, flow)
    }),
  )
  app.post(
    '/connect-session/:id/accounts',
    explained(async (c) => {
      requireSameOrigin(c, options)
      const session = await sessionIn(c, options)
      const flow = await flowIn(options, session)
      if (flow?.row.state !== 'checkpoint') return leave(c, options, session, flow)
      const { account = [] } = await c.req.parseBody({ all: true })
      const ids = [account].flat().filter((one) => typeof one === 'string')
      try {
        return leave(c, options, session, await chooseAccounts(engine, session.workspace_id, flow.row.id, ids))
      } catch (error) {
        if (!isMooringError(error) || error.code !== 'accounts_refused') throw error
        return choose(c, session, flow, error.message)
      }
    }),
  )
}

/** A refusal is a page with its sentence, and with the way back where the session is known. */
const explained =
  (work: Page): Page =>
  async (c) => {
    formHeaders(c)
    try {
      return await work(c)
    } catch (error) {
      // The right browser is told where to go on; a request of another site is told as everywhere.
      if (!isMooringError(error) || error.status >= 500 || error.code === 'cross_site') throw error
      const back = c.get('sessionReturn')
      return c.html(refusedPage(error.message, error.code, back), error.status as 400)
    }
  }

const notOurs = () =>
  new MooringError('not_found', 'This link is not one of ours, or is long over. Go back to where you came from.')

/** The session that this browser opened. Throws `not_found` for any other browser, and `flow_other_person`. */
async function sessionIn(c: Context<Vars>, options: HttpOptions): Promise<ConnectSessionRow> {
  const id = c.req.param('id') ?? ''
  const secret = await readConnect(c, options, id)
  const session = secret === undefined ? undefined : await sessionOfBrowser(options.engine, id, secret)
  if (!session) throw notOurs()
  await requireUser(c, options, session)
  formHeaders(c, { leadsTo: new URL(session.return_to, options.baseUrl).origin })
  c.set('sessionReturn', returnUrl(session.return_to, options.baseUrl, {}))
  return session
}

/** Where the host says whose browser this is, a link that was sent on is refused before anything comes of it. */
async function requireUser(c: Context<Vars>, options: HttpOptions, session: ConnectSessionRow): Promise<void> {
  const needed = finisherOf(session)
  if (needed === undefined || (await present(c, options)).includes(needed)) return
  throw new MooringError('flow_other_person', 'This was made for someone else. Sign in as yourself and begin again.')
}

async function flowIn({ engine }: HttpOptions, session: ConnectSessionRow): Promise<FlowView | undefined> {
  const id = await engine.store.connectSessions.flowOf(session.workspace_id, session.id)
  return id === undefined ? undefined : viewFlow(engine, session.workspace_id, id)
}

async function offered({ engine }: HttpOptions, session: ConnectSessionRow): Promise<string[]> {
  const ids = await providersOf(engine, session.workspace_id, session.providers)
  if (session.reconnects === null) return ids
  const row = await engine.store.connections.get(session.workspace_id, session.reconnects)
  return ids.filter((id) => id === row?.provider)
}

const before = ({ engine }: HttpOptions, id: string): string | null => {
  const provider = engine.registrations.find((one) => one.provider.id === id)?.provider
  return provider ? beforeConnect(provider) : null
}

const nameOf = ({ engine }: HttpOptions, provider: string): string =>
  engine.registrations.find((one) => one.provider.id === provider)?.provider.name ?? provider

async function asked({ engine, baseUrl }: HttpOptions, session: ConnectSessionRow, cancel: string): Promise<Asked> {
  const workspace = (await engine.store.workspaces.byId(session.workspace_id))?.name ?? ''
  return { workspace, endUser: session.end_user_name, host: new URL(session.return_to, baseUrl).host, cancel }
}

/** The session has done what it was for: the browser goes back, without its cookie. */
function leave(
  c: Context<Vars>,
  options: HttpOptions,
  session: ConnectSessionRow,
  flow: FlowView | undefined,
): Response {
  if (!flow) return c.redirect(sessionPage(options.baseUrl, session.id), 303)
  clearConnect(c, options, session.id)
  const { id, error_code, error_message } = flow.row
  const outcome = {
    flow: id,
    checkpoint: undefined,
    error: error_code ?? undefined,
    message: error_message ?? undefined,
  }
  return c.redirect(returnUrl(session.return_to, options.baseUrl, outcome), 303)
}
