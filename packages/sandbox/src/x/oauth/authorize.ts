import { redirect, withCookie } from '../../core/answer.ts'
import { type Answer, type Ask, cookie, field, form } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { FIRST_USER, userOf } from '../people/users.ts'
import type { Session, State } from '../state.ts'
import type { World } from '../world.ts'
import { judgeAuthorization } from './authorization-request.ts'
import { consentPage, wrongPage } from './pages.ts'
import { withParameters } from './redirect-uri.ts'

export const AUTHORIZE_PATH = '/i/oauth2/authorize'

/** Cookies ignore ports, and other platforms are simulated on the same host: the name says whose it is. */
const COOKIE = 'mooring_sandbox_x'
const KEPT_SESSIONS = 5000
/** A page left open is answered for this long. */
const TICKET_MS = 30 * 60 * 1000

function browserOf(ask: Ask, state: State): { session: Session; cookie: string | undefined } {
  const known = state.sessions.get(cookie(ask, COOKIE) ?? '')
  if (known) return { session: known, cookie: undefined }
  const id = opaque(32)
  const session: Session = { member: FIRST_USER, signedIn: false, tickets: new Map() }
  state.sessions.set(id, session)
  const oldest = state.sessions.keys().next().value
  if (state.sessions.size > KEPT_SESSIONS && oldest !== undefined) state.sessions.delete(oldest)
  return { session, cookie: `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax` }
}

/** The page is shown every time: X remembers no answer. */
export function authorize(world: World, ask: Ask): Answer {
  const request = judgeAuthorization(ask.query, world.state.apps, world.state.settings)
  if (typeof request === 'string') return wrongPage(400, request)
  const { session, cookie: set } = browserOf(ask, world.state)
  const user = userOf(session.member)
  if (!user) return wrongPage(400, 'There is no such user.')
  const ticket = opaque(32)
  session.tickets.set(ticket, { query: ask.rawQuery, shownAt: world.clock.now() })
  const shown = consentPage(world, {
    app: request.app,
    scopes: request.scopes,
    user,
    signedIn: session.signedIn,
    ticket,
  })
  return set ? withCookie(shown, set) : shown
}

/** A button of the consent page. */
export function decide(world: World, ask: Ask): Answer {
  const site = ask.headers.get('sec-fetch-site')
  if (site === 'cross-site' || site === 'same-site') return wrongPage(403, 'This form was sent from another site.')
  const { state } = world
  const fields = form(ask) ?? new URLSearchParams()
  const { session } = browserOf(ask, state)
  const id = field(fields, 'ticket') ?? ''
  const ticket = session.tickets.get(id)
  session.tickets.delete(id)
  if (!ticket || world.clock.now() > ticket.shownAt + TICKET_MS)
    return wrongPage(400, 'This page was used already, is too old, or belongs to another browser.')
  // Judged again: the app may have changed while the page was open.
  const request = judgeAuthorization(new URLSearchParams(ticket.query), state.apps, state.settings)
  if (typeof request === 'string') return wrongPage(400, request)
  const { redirectUri } = request
  switch (field(fields, 'press')) {
    case 'allow': {
      session.signedIn = true
      const code = opaque(90)
      const { app, scopes, challenge, method } = request
      state.codes.set(code, {
        ...{ code, scopes, redirectUri, challenge, method },
        clientId: app.clientId,
        member: session.member,
        createdAt: world.clock.now(),
        used: false,
      })
      return redirect(withParameters(redirectUri, { state: request.state, code }))
    }
    case 'cancel':
      session.signedIn = true
      return redirect(withParameters(redirectUri, { error: 'access_denied', state: request.state }))
    case 'switch': {
      const user = userOf(field(fields, 'member') ?? '')
      if (!user) return wrongPage(400, 'There is no such user.')
      Object.assign(session, { member: user.key, signedIn: true })
      return redirect(`${AUTHORIZE_PATH}?${ticket.query}`, 303)
    }
    default:
      return wrongPage(400, 'Press one of the buttons of the page.')
  }
}
