import { redirect } from '../../core/answer.ts'
import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { browserOf, fromAnotherSite, showTicket, takeTicket } from '../../core/sessions.ts'
import type { App } from '../apps.ts'
import { FIRST_USER, type User, userOf } from '../people.ts'
import { isScope } from '../scopes.ts'
import type { Grant, State } from '../state.ts'
import type { World } from '../world.ts'
import { consentPage, wrongPage } from './page.ts'
import { isRegistered, withParameters } from './redirect-uri.ts'

const COOKIE = 'mooring_sandbox_hubspot'

interface Request {
  app: App
  redirectUri: string
  required: string[]
  optional: string[]
  state: string | undefined
}

const words = (text: string | undefined): string[] => [...new Set((text ?? '').split(/[\s]+/).filter(Boolean))]

/** The request, or what HubSpot's error page says. */
function judge(query: URLSearchParams, apps: readonly App[]): Request | string {
  const twice = repeated(query)
  if (twice) return `The parameter ${twice} was sent more than once.`
  const app = apps.find((known) => known.clientId === field(query, 'client_id'))
  if (!app) return 'The client ID is not valid.'
  const redirectUri = field(query, 'redirect_uri') ?? ''
  if (!isRegistered(redirectUri, app.redirectUris))
    return 'Redirect URL mismatch: the redirect_uri does not match the URLs of the app.'
  const required = words(field(query, 'scope'))
  const optional = words(field(query, 'optional_scope'))
  if (required.length === 0) return 'The scope parameter is missing.'
  const unknown = [...required, ...optional].find((one) => !isScope(one))
  if (unknown !== undefined) return `Invalid scope: ${unknown}`
  const foreign = [...required, ...optional].find((one) => !app.required.includes(one) && !app.optional.includes(one))
  const unsent = app.required.find((one) => !required.includes(one))
  // More ticked in the app than sent, or the other way: it fails before a consent (n8n-io/n8n-docs 935).
  if (foreign !== undefined || unsent !== undefined)
    return `Insufficient scopes: the scopes of the request and of the app differ (${foreign ?? unsent}).`
  return { app, redirectUri, required, optional, state: field(query, 'state') }
}

/** What this user's portal gives: undefined where a required scope is beyond its plan. */
function given({ required, optional }: Request, { portal }: User): { scopes: string[]; dropped: string[] } | undefined {
  if (required.some((one) => portal.lacks.includes(one))) return undefined
  const has = (one: string) => !portal.lacks.includes(one)
  return { scopes: [...required, ...optional.filter(has)], dropped: optional.filter((one) => !has(one)) }
}

export function authorize(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const request = judge(ask.query, state.apps)
  if (typeof request === 'string') return wrongPage(request)
  const { session, keep } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const user = userOf(session.member)
  if (!user) return wrongPage('There is no such user.')
  const what = given(request, user)
  if (!what) return wrongPage('Your account does not have access to the scopes that this app requires.')
  const ticket = showTicket(session, ask.rawQuery, clock.now())
  return keep(consentPage({ app: request.app, user, signedIn: session.signedIn, ticket, ...what }))
}

const back = ({ redirectUri, state }: Request, parameters: Record<string, string>): Answer =>
  redirect(withParameters(redirectUri, { ...parameters, ...(state === undefined ? {} : { state }) }))

export function decide(world: World, ask: Ask): Answer {
  if (fromAnotherSite(ask)) return wrongPage('This form was sent from another site.', 403)
  const { state, clock } = world
  const fields = form(ask) ?? new URLSearchParams()
  const { session } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const query = takeTicket(session, field(fields, 'ticket') ?? '', clock.now())
  if (query === undefined) return wrongPage('This page was used already, is too old, or belongs to another browser.')
  const request = judge(new URLSearchParams(query), state.apps)
  if (typeof request === 'string') return wrongPage(request)
  const user = userOf(session.member)
  const what = user && given(request, user)
  switch (field(fields, 'press')) {
    case 'allow': {
      if (!user || !what) return wrongPage('Your account does not have access to the scopes that this app requires.')
      session.signedIn = true
      const code = opaque(36)
      const { app, redirectUri } = request
      const grant = install(state, app.clientId, user, what.scopes, clock.now())
      const made = { code, redirectUri, clientId: app.clientId, grant: grant.id, createdAt: clock.now(), used: false }
      state.codes.set(code, made)
      return back(request, { code })
    }
    case 'cancel':
      session.signedIn = true
      return back(request, { error: 'access_denied', error_description: 'The user denied the request' })
    case 'switch': {
      const other = userOf(field(fields, 'member') ?? '')
      if (!other) return wrongPage('There is no such user.')
      Object.assign(session, { member: other.key, signedIn: true })
      return redirect(`/oauth/authorize?${query}`, 303)
    }
    default:
      return wrongPage('Press one of the buttons of the page.')
  }
}

/** An install of a user: another of the same portal has its own. */
function install(state: State, clientId: string, user: User, scopes: string[], now: number): Grant {
  const before = [...state.grants.values()].find((one) => one.clientId === clientId && one.member === user.key)
  // Who uninstalled the app and comes back has new tokens: the old ones stay dead.
  if (before?.uninstalled)
    for (const token of state.tokens.values()) if (token.grant === before.id) token.revoked = true
  const id = before?.id ?? `grant-${++state.issued}`
  const grant: Grant = { id, clientId, member: user.key, scopes, grantedAt: now, uninstalled: false }
  state.grants.set(id, grant)
  return grant
}
