import type { Ask } from '../../core/ask.ts'
import { cookie } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { FIRST_MEMBER } from '../people/members.ts'
import type { Session, State } from '../state.ts'

/** Cookies ignore ports, and Mooring itself may live on the same host: the name says whose it is. */
const COOKIE = 'mooring_sandbox_linkedin'
const KEPT = 5000

/** Whether a form was sent by a page of another site. */
export function fromElsewhere(ask: Ask): boolean {
  const site = ask.headers.get('sec-fetch-site')
  return site === 'cross-site' || site === 'same-site'
}

export interface Browser {
  session: Session
  /** To be set where the browser is new. */
  cookie: string | undefined
}

export function browserOf(ask: Ask, state: State): Browser {
  const known = state.sessions.get(cookie(ask, COOKIE) ?? '')
  if (known) return { session: known, cookie: undefined }
  const id = opaque(32)
  const session: Session = { member: FIRST_MEMBER, signedIn: false, tickets: new Map() }
  state.sessions.set(id, session)
  const oldest = state.sessions.keys().next().value
  if (state.sessions.size > KEPT && oldest !== undefined) state.sessions.delete(oldest)
  return { session, cookie: `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax` }
}
