import { redirect } from '../../core/answer.ts'
import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { browserOf, fromAnotherSite, showTicket, takeTicket } from '../../core/sessions.ts'
import { isRegistered } from '../../graph/redirect-uri.ts'
import type { App } from '../apps.ts'
import { FIRST_USER, userOf } from '../people.ts'
import { BASIC, isPermission } from '../scopes.ts'
import type { Grant, State } from '../state.ts'
import type { World } from '../world.ts'
import { consentPage, wrongPage } from './page.ts'

export const AUTHORIZE_PATH = '/oauth/authorize'
const COOKIE = 'mooring_sandbox_threads'

interface Request {
  app: App
  redirectUri: string
  permissions: string[]
  state: string | undefined
}

/** The request, or what the error page says: nobody is sent back from a request that is wrong. */
function judge(query: URLSearchParams, apps: readonly App[]): Request | string {
  const twice = repeated(query)
  if (twice) return `The parameter ${twice} was sent more than once.`
  const app = apps.find((known) => known.clientId === field(query, 'client_id'))
  if (!app) return 'Invalid Request: Request parameters are invalid: Invalid platform app'
  const redirectUri = field(query, 'redirect_uri') ?? ''
  if (!isRegistered(redirectUri, app.redirectUris))
    return 'Invalid Request: Request parameters are invalid: Invalid redirect_uri'
  if (field(query, 'response_type') !== 'code') return 'Invalid Request: response_type must be code'
  const permissions = [...new Set((field(query, 'scope') ?? '').split(/[\s,]+/).filter(Boolean))]
  const foreign = permissions.find((one) => !isPermission(one))
  if (foreign !== undefined || permissions.length === 0) return `Invalid scope: ${foreign ?? 'none'}`
  if (!permissions.includes(BASIC)) return `Invalid scope: ${BASIC} is required`
  return { app, redirectUri, permissions, state: field(query, 'state') }
}

export function authorize(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const request = judge(ask.query, state.apps)
  if (typeof request === 'string') return wrongPage(request)
  const { session, keep } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const user = userOf(session.member)
  if (!user) return wrongPage('There is no such account.')
  const ticket = showTicket(session, ask.rawQuery, clock.now())
  return keep(consentPage(world, { ...request, user, signedIn: session.signedIn, ticket }))
}

/** Parameters, and the fragment that Threads appends ("Business Login for Threads"). */
const back = ({ redirectUri, state }: Request, parameters: Record<string, string>): Answer => {
  const all = new URLSearchParams({ ...parameters, ...(state === undefined ? {} : { state }) })
  return redirect(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${all}#_`)
}

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
    case 'allow': {
      session.signedIn = true
      const code = opaque(200, 'AQ')
      const { app, redirectUri, permissions } = request
      const grant = give(state, app.clientId, session.member, permissions, clock.now())
      const made = { code, redirectUri, clientId: app.clientId, grant: grant.id, createdAt: clock.now(), used: false }
      state.codes.set(code, made)
      return back(request, { code })
    }
    case 'cancel':
      session.signedIn = true
      return back(request, {
        error: 'access_denied',
        error_reason: 'user_denied',
        error_description: 'The user denied your request',
      })
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

/** One grant for each app and account. */
function give(state: State, clientId: string, member: string, granted: string[], now: number): Grant {
  const before = [...state.grants.values()].find((one) => one.clientId === clientId && one.member === member)
  // Who removed the app and comes back has a new grant: the old tokens stay dead.
  if (before?.ended) for (const token of state.tokens.values()) if (token.grant === before.id) token.revoked = true
  const id = before?.id ?? `grant-${++state.issued}`
  const grant: Grant = { id, clientId, member, granted, grantedAt: now, ended: false }
  state.grants.set(id, grant)
  return grant
}
