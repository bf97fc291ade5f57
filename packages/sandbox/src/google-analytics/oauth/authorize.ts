import { redirect } from '../../core/answer.ts'
import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { browserOf, fromAnotherSite, type Session, showTicket, takeTicket } from '../../core/sessions.ts'
import type { App } from '../apps.ts'
import { FIRST_USER, userOf } from '../people.ts'
import { BOXED, isScope, longForm, SIGN_IN } from '../scopes.ts'
import type { Grant, State } from '../state.ts'
import type { World } from '../world.ts'
import { consentPage, wrongPage } from './page.ts'
import { isRegistered, withParameters } from './redirect-uri.ts'

export const AUTHORIZE_PATH = '/o/oauth2/v2/auth'
const COOKIE = 'mooring_sandbox_google'

interface Request {
  app: App
  redirectUri: string
  scopes: string[]
  state: string | undefined
  offline: boolean
  consent: boolean
  incremental: boolean
  challenge: string | undefined
  method: 'S256' | 'plain'
}

/** The request, or the code and sentence of Google's own error page: nobody is sent back from a request that is wrong. */
function judge(query: URLSearchParams, apps: readonly App[]): Request | string {
  const twice = repeated(query)
  if (twice) return `Error 400: invalid_request. OAuth 2 parameters can only have a single value: ${twice}`
  const app = apps.find((known) => known.clientId === field(query, 'client_id'))
  if (!app) return 'Error 401: invalid_client. The OAuth client was not found.'
  const redirectUri = field(query, 'redirect_uri') ?? ''
  if (!isRegistered(redirectUri, app.redirectUris)) return 'Error 400: redirect_uri_mismatch'
  if (field(query, 'response_type') !== 'code') return 'Error 400: invalid_request. response_type must be code.'
  const scopes = [...new Set((field(query, 'scope') ?? '').split(' ').filter(Boolean))]
  const foreign = scopes.find((one) => !isScope(one))
  if (foreign !== undefined || scopes.length === 0)
    return `Error 400: invalid_scope. Some requested scopes were invalid. ${foreign ?? ''}`
  const access = field(query, 'access_type') ?? 'online'
  if (access !== 'online' && access !== 'offline')
    return `Error 400: invalid_request. Invalid parameter value for access_type: ${access}`
  const challenge = field(query, 'code_challenge')
  const method = field(query, 'code_challenge_method') ?? 'plain'
  if (method !== 'S256' && method !== 'plain') return 'Error 400: invalid_request. Invalid code_challenge_method.'
  if (challenge !== undefined && !/^[A-Za-z0-9._~-]{43,128}$/.test(challenge))
    return 'Error 400: invalid_request. Invalid code_challenge.'
  return {
    ...{ app, redirectUri, scopes: scopes.map(longForm), challenge, method },
    state: field(query, 'state'),
    offline: access === 'offline',
    consent: (field(query, 'prompt') ?? '').split(' ').includes('consent'),
    incremental: field(query, 'include_granted_scopes') === 'true',
  }
}

const grantOf = (state: State, clientId: string, member: string): Grant | undefined =>
  [...state.grants.values()].find((one) => one.clientId === clientId && one.member === member && !one.revoked)

/** Scopes that the page shows with a box. */
function boxesOf(state: State, scopes: readonly string[]): string[] {
  const boxed = scopes.filter((one) => Object.hasOwn(BOXED, one))
  return boxed.length === 1 && state.settings.singleBox === 'hidden' ? [] : boxed
}

export function authorize(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const request = judge(ask.query, state.apps)
  if (typeof request === 'string') return wrongPage(request)
  const { session, keep } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const grant = session.signedIn ? grantOf(state, request.app.clientId, session.member) : undefined
  // Who gave all of it before is not asked again, and no refresh token comes of that.
  if (grant && !request.consent && request.scopes.every((one) => grant.scopes.includes(one)))
    return keep(back(request, given(state, request, grant, false, clock.now())))
  const user = userOf(session.member)
  if (!user) return wrongPage('There is no such account.')
  const ticket = showTicket(session, ask.rawQuery, clock.now())
  const boxes = boxesOf(state, request.scopes)
  return keep(consentPage(world, { app: request.app, user, signedIn: session.signedIn, boxes, ticket }))
}

const back = ({ redirectUri, state }: Request, parameters: Record<string, string>): Answer =>
  redirect(withParameters(redirectUri, { ...(state === undefined ? {} : { state }), ...parameters }))

export function decide(world: World, ask: Ask): Answer {
  if (fromAnotherSite(ask)) return wrongPage('This form was sent from another site.', 403)
  const { state, clock } = world
  const fields = form(ask) ?? new URLSearchParams()
  const { session } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const query = takeTicket(session, field(fields, 'ticket') ?? '', clock.now())
  if (query === undefined) return wrongPage('This page was used already, is too old, or belongs to another browser.')
  const request = judge(new URLSearchParams(query), state.apps)
  if (typeof request === 'string') return wrongPage(request)
  switch (field(fields, 'press')) {
    case 'allow':
      session.signedIn = true
      return allow(state, request, session, fields, clock.now())
    case 'cancel':
      session.signedIn = true
      return back(request, { error: 'access_denied' })
    case 'switch': {
      const user = userOf(field(fields, 'member') ?? '')
      if (!user) return wrongPage('There is no such account.')
      Object.assign(session, { member: user.key, signedIn: true })
      return redirect(`${AUTHORIZE_PATH}?${query}`, 303)
    }
    default:
      return wrongPage('Press one of the buttons of the page.')
  }
}

/** What was ticked is granted, and the flow succeeds whatever that is. */
function allow(state: State, request: Request, session: Session, fields: URLSearchParams, now: number): Answer {
  const boxes = boxesOf(state, request.scopes)
  const scopes = request.scopes.filter(
    (one) => SIGN_IN.includes(one) || !boxes.includes(one) || fields.has(`scope:${one}`),
  )
  const before = grantOf(state, request.app.clientId, session.member)
  const grant: Grant = before ?? {
    id: `grant-${++state.issued}`,
    clientId: request.app.clientId,
    member: session.member,
    scopes: [],
    grantedAt: now,
    revoked: false,
  }
  grant.scopes = [...new Set([...grant.scopes, ...scopes])]
  state.grants.set(grant.id, grant)
  return back(request, given(state, { ...request, scopes }, grant, request.offline, now))
}

/** A code, and what the callback says beside it. */
function given(state: State, request: Request, grant: Grant, offline: boolean, now: number): Record<string, string> {
  const code = opaque(73, '4/0A')
  const { app, redirectUri, challenge, method, incremental } = request
  const scopes = incremental ? [...new Set([...grant.scopes, ...request.scopes])] : request.scopes
  state.codes.set(code, {
    ...{ code, scopes, redirectUri, challenge, method, offline },
    clientId: app.clientId,
    grant: grant.id,
    createdAt: now,
    used: false,
  })
  return { code, scope: scopes.join(' ') }
}
