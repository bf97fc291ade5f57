import { redirect } from '../../core/answer.ts'
import { type Answer, type Ask, field, form } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { browserOf, fromAnotherSite, showTicket, takeTicket } from '../../core/sessions.ts'
import { judgeVersion } from '../api/versions.ts'
import { pageOf } from '../people/pages.ts'
import { FIRST_USER, type User, userOf } from '../people/users.ts'
import { type Grant, grantOf, type State } from '../state.ts'
import type { World } from '../world.ts'
import { dialogPage, wrongPage } from './page.ts'
import { backTo } from './redirect-uri.ts'
import { type DialogRequest, judgeDialog } from './request.ts'

const COOKIE = 'mooring_sandbox_meta'
const DATA_ACCESS_MS = 90 * 86_400_000

const pagesOf = (state: State, member: string) =>
  state.roles.filter((role) => role.member === member).map((one) => one.page)

/** What a person who was here before is not asked again: what was granted, and, unless it is asked again, what was declined. */
function stillAsked(state: State, request: DialogRequest, user: User): string[] {
  const grant = grantOf(state, request.app.clientId, user.key)
  if (!grant || grant.ended !== null) return request.permissions
  return request.permissions.filter(
    (one) => one === 'public_profile' || grant.granted.includes(one) || request.again || !grant.declined.includes(one),
  )
}

export function dialog(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const version = judgeVersion(ask.params.version, state, ask.path, clock.now())
  if (version) return wrongPage('This version of the dialog does not exist.')
  const request = judgeDialog(ask.query, state.apps)
  if (typeof request === 'string') return wrongPage(request)
  const { session, keep } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const user = userOf(session.member)
  if (!user) return wrongPage('There is no such person.')
  if (!request.app.live && !request.app.roles.includes(user.key))
    return wrongPage(
      'App not active: This app is not currently accessible and the app developer is aware of the issue.',
    )
  const asks = stillAsked(state, request, user)
  const wantsPages = asks.some((one) => /^(pages|instagram)_/.test(one))
  return keep(
    dialogPage(world, {
      ...{ request, user, asks, signedIn: session.signedIn },
      pages: wantsPages ? pagesOf(state, user.key).flatMap((id) => pageOf(id) ?? []) : [],
      ticket: showTicket(session, ask.rawQuery, clock.now()),
    }),
  )
}

/** A button of the dialog. */
export function decide(world: World, ask: Ask): Answer {
  if (fromAnotherSite(ask)) return wrongPage('This form was sent from another site.', 403)
  const { state, clock } = world
  const fields = form(ask) ?? new URLSearchParams()
  const { session } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const query = takeTicket(session, field(fields, 'ticket') ?? '', clock.now())
  if (query === undefined) return wrongPage('This page was used already, is too old, or belongs to another browser.')
  const request = judgeDialog(new URLSearchParams(query), state.apps)
  if (typeof request === 'string') return wrongPage(request)
  const given = request.state === undefined ? {} : { state: request.state }
  switch (field(fields, 'press')) {
    case 'allow': {
      session.signedIn = true
      const grant = give(state, request, session.member, fields, clock.now())
      const code = opaque(200, 'AQ')
      const { redirectUri, app } = request
      const made = { code, redirectUri, clientId: app.clientId, grant: grant.id, createdAt: clock.now(), used: false }
      state.codes.set(code, made)
      return redirect(backTo(redirectUri, { code, ...given }))
    }
    case 'cancel':
      session.signedIn = true
      return redirect(
        backTo(request.redirectUri, {
          error: 'access_denied',
          error_code: '200',
          error_description: 'Permissions error',
          error_reason: 'user_denied',
          ...given,
        }),
      )
    case 'switch': {
      const user = userOf(field(fields, 'member') ?? '')
      if (!user) return wrongPage('There is no such person.')
      Object.assign(session, { member: user.key, signedIn: true })
      return redirect(`/v26.0/dialog/oauth?${query}`, 303)
    }
    default:
      return wrongPage('Press one of the buttons of the page.')
  }
}

/** One grant for each app and person: a new consent adds to it, and starts its 90 days anew. */
function give(state: State, request: DialogRequest, member: string, fields: URLSearchParams, now: number): Grant {
  const { app, permissions, whole } = request
  const user = userOf(member)
  const shown = user ? stillAsked(state, request, user) : permissions
  const granted = shown.filter((one) => whole || one === 'public_profile' || fields.has(`scope:${one}`))
  const declined = permissions.filter((one) => !granted.includes(one))
  const pages = pagesOf(state, member).filter((id) => fields.has(`page:${id}`))
  const before = grantOf(state, app.clientId, member)
  const living = before && before.ended === null ? before : undefined
  const grant: Grant = living ?? {
    id: before?.id ?? `grant-${++state.issued}`,
    clientId: app.clientId,
    member,
    granted: [],
    declined: [],
    pages: [],
    grantedAt: now,
    dataAccessEndsAt: 0,
    ended: null,
  }
  // Who removed the app and comes back has a new grant: the old tokens stay dead.
  if (before && !living) for (const token of state.tokens.values()) if (token.grant === before.id) token.revoked = true
  Object.assign(grant, { granted, declined, pages, dataAccessEndsAt: now + DATA_ACCESS_MS })
  state.grants.set(grant.id, grant)
  return grant
}
