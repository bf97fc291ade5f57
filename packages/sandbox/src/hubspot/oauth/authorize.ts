import { redirect } from '../../core/answer.ts'
import { type Answer, type Ask, field, form } from '../../core/ask.ts'
import { browserOf, fromAnotherSite, type Session, showTicket, takeTicket } from '../../core/sessions.ts'
import { APP, APP_EU } from '../origins.ts'
import { FIRST_USER, type Portal, type User, userOf } from '../people.ts'
import type { World } from '../world.ts'
import { install, isFull, newCode } from './install.ts'
import { consentPage, lackingPage, wrongPage } from './page.ts'
import { withParameters } from './redirect-uri.ts'
import { granted, type InstallRequest, judgeRequest } from './request.ts'

const COOKIE = 'mooring_sandbox_hubspot'
const NOBODY = 'There is no such user.'
const FULL = 'This app cannot be installed by more accounts until HubSpot lists it.'

/** The account of an account-pinned address, or the user's first. Undefined: they are not in it. */
const portalFor = (user: User, id: string | undefined): Portal | undefined =>
  id === undefined ? user.portals[0] : user.portals.find((one) => String(one.id) === id)

const judged = ({ state }: World, query: URLSearchParams) => judgeRequest(query, state.apps, state.settings)

/** GET /oauth/authorize, `/oauth/{account}/authorize`. The page is shown every time. */
export function authorize(world: World, ask: Ask, here: typeof APP | typeof APP_EU): Answer {
  const { state, clock, origins } = world
  const request = judged(world, ask.query)
  if (typeof request === 'string') return wrongPage(request)
  const { session, keep } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const user = userOf(session.member)
  if (!user) return wrongPage(NOBODY)
  const pinned = ask.params.account
  const portal = portalFor(user, pinned)
  // Whose data lie in Europe is moved there, and back.
  const home = portal?.hublet === 'eu1' ? APP_EU : APP
  if (portal && home !== here) return keep(redirect(`${origins[home]}${ask.path}?${ask.rawQuery}`))
  // What a button is pressed for: the query, and the account where the address names one.
  const ticket = showTicket(session, withPin(ask.rawQuery, pinned), clock.now())
  const what = portal && granted(request, user, portal)
  const shown = { app: request.app, user, signedIn: session.signedIn, ticket }
  if (!portal)
    return keep(lackingPage({ ...shown, reason: 'You are not a user of the account that this address names.' }))
  if (!what)
    return keep(
      lackingPage({ ...shown, reason: 'Your account, or you in it, has not the scopes that this app requires.' }),
    )
  if (isFull(state, request.app, portal)) return keep(lackingPage({ ...shown, reason: FULL }))
  return keep(consentPage({ ...shown, ...what, portal, portals: pinned === undefined ? user.portals : [portal] }))
}

const PIN = 'sandbox_account'
const withPin = (query: string, pin: string | undefined) => (pin === undefined ? query : `${query}&${PIN}=${pin}`)

/** The ticket's query apart from the account that the address named. */
function parted(stored: string): { query: URLSearchParams; path: string; pinned: string | undefined } {
  const query = new URLSearchParams(stored)
  const pinned = query.get(PIN) ?? undefined
  query.delete(PIN)
  const raw = pinned === undefined ? stored : stored.slice(0, stored.lastIndexOf(`&${PIN}=`))
  return { query, pinned, path: `/oauth/${pinned === undefined ? '' : `${pinned}/`}authorize?${raw}` }
}

const back = ({ redirectUri, state }: InstallRequest, parameters: Record<string, string>): Answer =>
  redirect(withParameters(redirectUri, { ...parameters, ...(state === undefined ? {} : { state }) }))

/** A button of the install page. */
export function decide(world: World, ask: Ask): Answer {
  if (fromAnotherSite(ask)) return wrongPage('This form was sent from another site.', 403)
  const fields = form(ask) ?? new URLSearchParams()
  const { session } = browserOf(ask, world.state.sessions, COOKIE, FIRST_USER)
  const stored = takeTicket(session, field(fields, 'ticket') ?? '', world.clock.now())
  if (stored === undefined) return wrongPage('This page was used already, is too old, or belongs to another browser.')
  const { query, path, pinned } = parted(stored)
  // Judged again: the app may have changed while the page was open.
  const request = judged(world, query)
  if (typeof request === 'string') return wrongPage(request)
  switch (field(fields, 'press')) {
    case 'allow':
      return allow(world, session, request, pinned ?? field(fields, 'account'))
    case 'cancel':
      session.signedIn = true
      return back(request, { error: 'access_denied', error_description: 'The user denied the request' })
    case 'switch': {
      const other = userOf(field(fields, 'member') ?? '')
      if (!other) return wrongPage(NOBODY)
      Object.assign(session, { member: other.key, signedIn: true })
      return redirect(path, 303)
    }
    default:
      return wrongPage('Press one of the buttons of the page.')
  }
}

function allow(
  { state, clock }: World,
  session: Session,
  request: InstallRequest,
  account: string | undefined,
): Answer {
  const user = userOf(session.member)
  const portal = user && portalFor(user, account)
  if (!user || !portal) return wrongPage('You are not a user of that account.')
  const what = granted(request, user, portal)
  if (!what) return wrongPage('Your account, or you in it, has not the scopes that this app requires.')
  if (isFull(state, request.app, portal)) return wrongPage(FULL)
  session.signedIn = true
  const grant = install(state, request.app, user, portal, what.scopes, clock.now())
  return back(request, { code: newCode(state, grant, request, clock.now()) })
}
