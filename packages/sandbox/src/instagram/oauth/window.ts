import { redirect } from '../../core/answer.ts'
import { type Answer, type Ask, field, form } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { browserOf, fromAnotherSite, showTicket, takeTicket } from '../../core/sessions.ts'
import { backTo } from '../../graph/redirect-uri.ts'
import { type Account, accountOf, FIRST_ACCOUNT } from '../people/accounts.ts'
import { BASIC } from '../scopes.ts'
import { type Grant, grantOf, isProfessional, type State } from '../state.ts'
import type { World } from '../world.ts'
import { windowPage, wrongPage } from './page.ts'
import { judgeWindow, type WindowRequest } from './request.ts'

export const AUTHORIZE_PATH = '/oauth/authorize'
const COOKIE = 'mooring_sandbox_instagram'

export function authorize(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const { session, keep } = browserOf(ask, state.sessions, COOKIE, FIRST_ACCOUNT)
  const found = visitOf(state, ask.query, session.member)
  if (typeof found === 'string') return wrongPage(found)
  return keep(
    windowPage(world, {
      ...found,
      professional: isProfessional(state, session.member),
      signedIn: session.signedIn,
      ticket: showTicket(session, ask.rawQuery, clock.now()),
    }),
  )
}

interface Visit {
  request: WindowRequest
  account: Account
}

/** The request with who is there, or what the error page says. */
function visitOf(state: State, query: URLSearchParams, member: string): Visit | string {
  const request = judgeWindow(query, state.apps, state.settings)
  if (typeof request === 'string') return request
  const account = accountOf(member)
  if (!account) return 'There is no such account.'
  if (!request.app.live && !request.app.roles.includes(account.key))
    return 'Insufficient Developer Role: Insufficient developer role'
  return { request, account }
}

/** A button of the window. */
export function decide(world: World, ask: Ask): Answer {
  if (fromAnotherSite(ask)) return wrongPage('This form was sent from another site.', 403)
  const { state, clock } = world
  const fields = form(ask) ?? new URLSearchParams()
  const { session } = browserOf(ask, state.sessions, COOKIE, FIRST_ACCOUNT)
  const query = takeTicket(session, field(fields, 'ticket') ?? '', clock.now())
  if (query === undefined) return wrongPage('This page was used already, is too old, or belongs to another browser.')
  if (field(fields, 'press') === 'switch') {
    const other = accountOf(field(fields, 'member') ?? '')
    if (!other) return wrongPage('There is no such account.')
    Object.assign(session, { member: other.key, signedIn: true })
    return redirect(`${AUTHORIZE_PATH}?${query}`, 303)
  }
  const found = visitOf(state, new URLSearchParams(query), session.member)
  if (typeof found === 'string') return wrongPage(found)
  session.signedIn = true
  return answerTo(state, found, fields, clock.now())
}

function answerTo(state: State, { request, account }: Visit, fields: URLSearchParams, now: number): Answer {
  const { app, redirectUri } = request
  const back = request.state === undefined ? {} : { state: request.state }
  switch (field(fields, 'press')) {
    case 'allow': {
      if (!isProfessional(state, account.key)) return wrongPage('Only a professional account can be connected.')
      const grant = give(state, request, account, fields)
      const code = opaque(200, 'AQ')
      const made = { code, redirectUri, clientId: app.clientId, grant: grant.id, createdAt: now, used: false }
      state.codes.set(code, made)
      // Instagram's own fragment.
      return redirect(backTo(redirectUri, { code, ...back }, '#_'))
    }
    case 'cancel':
      return redirect(
        backTo(redirectUri, {
          error: 'access_denied',
          error_reason: 'user_denied',
          error_description: 'The user denied your request',
          ...back,
        }),
      )
    default:
      return wrongPage('Press one of the buttons of the page.')
  }
}

/** One grant for each app and account: the newest consent says what it holds. */
function give(state: State, { app, permissions }: WindowRequest, account: Account, fields: URLSearchParams): Grant {
  const before = grantOf(state, app.clientId, account.key)
  // Who removed the app and comes back has a new grant: the old tokens stay dead.
  if (before && before.ended !== null)
    for (const token of state.tokens.values()) if (token.grant === before.id) token.revoked = true
  const grant: Grant = {
    id: before?.id ?? `grant-${++state.issued}`,
    ...{ clientId: app.clientId, member: account.key, ended: null },
    permissions: permissions.filter((one) => one === BASIC || fields.has(`scope:${one}`)),
  }
  state.grants.set(grant.id, grant)
  return grant
}
