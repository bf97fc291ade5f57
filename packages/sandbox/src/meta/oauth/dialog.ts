import { redirect } from '../../core/answer.ts'
import { type Answer, type Ask, field, form } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { browserOf, fromAnotherSite, showTicket, takeTicket } from '../../core/sessions.ts'
import { backTo } from '../../graph/redirect-uri.ts'
import { judgeVersion } from '../../graph/versions.ts'
import { FIRST_USER, type User, userOf } from '../people/users.ts'
import { type Grant, grantOf, type State } from '../state.ts'
import type { World } from '../world.ts'
import { askedOf, given, livingGrant } from './asked.ts'
import { dialogPage, wrongPage } from './page.ts'
import { type DialogRequest, judgeDialog } from './request.ts'

/** What Facebook appends to every way back. */
const FRAGMENT = '#_=_'
const COOKIE = 'mooring_sandbox_meta'
const DATA_ACCESS_MS = 90 * 86_400_000

export function dialog(world: World, ask: Ask): Answer {
  const { state, clock } = world
  if (judgeVersion(ask.params.version, state.settings.expiredVersion, ask.path, clock.now()))
    return wrongPage('This version of the dialog does not exist.')
  const { session, keep } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const found = visitOf(state, ask.query, session.member)
  if (typeof found === 'string') return wrongPage(found)
  const { request, user } = found
  return keep(
    dialogPage(world, {
      ...{ request, user, signedIn: session.signedIn },
      asked: askedOf(state, request, user),
      ticket: showTicket(session, ask.rawQuery, clock.now()),
    }),
  )
}

interface Visit {
  request: DialogRequest
  user: User
}

/** The request with who is there, or what the error page says. */
function visitOf(state: State, query: URLSearchParams, member: string): Visit | string {
  const request = judgeDialog(query, state.apps, state.settings)
  if (typeof request === 'string') return request
  const user = userOf(member)
  if (!user) return 'There is no such person.'
  if (!request.app.live && !request.app.roles.includes(user.key))
    return 'App not active: This app is not currently accessible and the app developer is aware of the issue.'
  return { request, user }
}

/** A button of the dialog. */
export function decide(world: World, ask: Ask): Answer {
  if (fromAnotherSite(ask)) return wrongPage('This form was sent from another site.', 403)
  const { state, clock } = world
  const fields = form(ask) ?? new URLSearchParams()
  const { session } = browserOf(ask, state.sessions, COOKIE, FIRST_USER)
  const query = takeTicket(session, field(fields, 'ticket') ?? '', clock.now())
  if (query === undefined) return wrongPage('This page was used already, is too old, or belongs to another browser.')
  if (field(fields, 'press') === 'switch') {
    const other = userOf(field(fields, 'member') ?? '')
    if (!other) return wrongPage('There is no such person.')
    Object.assign(session, { member: other.key, signedIn: true })
    return redirect(`/v26.0/dialog/oauth?${query}`, 303)
  }
  const found = visitOf(state, new URLSearchParams(query), session.member)
  if (typeof found === 'string') return wrongPage(found)
  session.signedIn = true
  return answerTo(state, found, fields, clock.now())
}

function answerTo(state: State, visit: Visit, fields: URLSearchParams, now: number): Answer {
  const { app, redirectUri, configuration, ...request } = visit.request
  const back = request.state === undefined ? {} : { state: request.state }
  switch (field(fields, 'press')) {
    case 'allow': {
      const grant = give(state, visit, fields, now)
      const code = opaque(200, 'AQ')
      const made = { code, redirectUri, clientId: app.clientId, grant: grant.id, createdAt: now, used: false }
      state.codes.set(code, { ...made, configuration: configuration?.id ?? null })
      return redirect(backTo(redirectUri, { code, ...back }, FRAGMENT))
    }
    case 'cancel':
      return redirect(
        backTo(
          redirectUri,
          {
            error: 'access_denied',
            error_code: '200',
            error_description: 'Permissions error',
            error_reason: 'user_denied',
            ...back,
          },
          FRAGMENT,
        ),
      )
    default:
      return wrongPage('Press one of the buttons of the page.')
  }
}

/** One grant for each app and person: a new consent adds to it, and starts its 90 days anew. */
function give(state: State, { request, user }: Visit, fields: URLSearchParams, now: number): Grant {
  const { clientId } = request.app
  const before = grantOf(state, clientId, user.key)
  const living = livingGrant(state, request, user)
  const asked = askedOf(state, request, user)
  // Who removed the app and comes back has a new grant: the old tokens stay dead.
  if (before && !living) for (const token of state.tokens.values()) if (token.grant === before.id) token.revoked = true
  const grant: Grant = {
    id: before?.id ?? `grant-${++state.issued}`,
    ...{ clientId, member: user.key, ended: null },
    grantedAt: living?.grantedAt ?? now,
    dataAccessEndsAt: now + DATA_ACCESS_MS,
    ...given(request, asked, living, (box) => fields.has(box)),
  }
  state.grants.set(grant.id, grant)
  return grant
}
