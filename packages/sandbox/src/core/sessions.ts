import { withCookie } from './answer.ts'
import { type Answer, type Ask, cookie } from './ask.ts'
import { opaque } from './ids.ts'

/** One browser at one platform: who it is signed in as, and the consent pages that wait for a button. */
export interface Session {
  member: string
  /** A browser that has not signed in is shown the first member. */
  signedIn: boolean
  tickets: Map<string, { query: string; shownAt: number }>
}

const KEPT_SESSIONS = 5000
/** A page left open is answered for this long. */
const TICKET_MS = 30 * 60 * 1000

/** Cookies ignore ports, and other platforms are simulated on the same host: `name` says whose it is. */
export function browserOf(
  ask: Ask,
  sessions: Map<string, Session>,
  name: string,
  first: string,
): { session: Session; keep: (answer: Answer) => Answer } {
  const known = sessions.get(cookie(ask, name) ?? '')
  if (known) return { session: known, keep: (answer) => answer }
  const id = opaque(32)
  const session: Session = { member: first, signedIn: false, tickets: new Map() }
  sessions.set(id, session)
  const oldest = sessions.keys().next().value
  if (sessions.size > KEPT_SESSIONS && oldest !== undefined) sessions.delete(oldest)
  return { session, keep: (answer) => withCookie(answer, `${name}=${id}; Path=/; HttpOnly; SameSite=Lax`) }
}

export function showTicket(session: Session, query: string, now: number): string {
  const ticket = opaque(32)
  session.tickets.set(ticket, { query, shownAt: now })
  return ticket
}

/** Undefined: used already, too old, or of another browser. */
export function takeTicket(session: Session, id: string, now: number): string | undefined {
  const ticket = session.tickets.get(id)
  session.tickets.delete(id)
  return ticket && now <= ticket.shownAt + TICKET_MS ? ticket.query : undefined
}

/** A form that another site sent. */
export const fromAnotherSite = (ask: Ask): boolean =>
  ['cross-site', 'same-site'].includes(ask.headers.get('sec-fetch-site') ?? '')
