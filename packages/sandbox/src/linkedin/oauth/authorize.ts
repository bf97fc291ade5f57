import { redirect, withCookie } from '../../core/answer.ts'
import { type Answer, type Ask, field, form } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { ISSUER } from '../origins.ts'
import { MEMBERS } from '../people/members.ts'
import { grantOf, type Session } from '../state.ts'
import type { World } from '../world.ts'
import { type AuthorizationRequest, type Finding, type FlowKind, judgeAuthorization } from './authorization-request.ts'
import { issueCode, recordConsent, skippable } from './consent.ts'
import { bummerPage, consentPage } from './consent-page.ts'
import { withParameters } from './redirect-uri.ts'
import { browserOf, fromElsewhere } from './session.ts'

export const STANDARD_PATH = '/oauth/v2/authorization'
export const NATIVE_PATH = '/oauth/native-pkce/authorization'

/** A page left open is answered for this long. */
const TICKET_MS = 30 * 60 * 1000

function issuer(setting: string): string | undefined {
  if (setting === 'absent') return undefined
  if (setting === 'right') return ISSUER
  return setting === 'wrong' ? 'https://issuer.invalid' : setting
}

const back = (world: World, uri: string, fields: Record<string, string | undefined>): Answer =>
  redirect(withParameters(uri, { ...fields, iss: issuer(world.state.settings.iss) }))

function refusal(world: World, finding: Exclude<Finding, { kind: 'ask' }>): Answer {
  if (finding.kind === 'page') return bummerPage(finding.status, finding.reason)
  const { redirectUri, error, description, state } = finding
  return back(world, redirectUri, { error, error_description: description, state })
}

function agreed(world: World, request: AuthorizationRequest, scopes: readonly string[], member: string): Answer {
  const code = issueCode(world.state, request, scopes, member, world.clock.now())
  return back(world, request.redirectUri, { code, state: request.state })
}

function question(
  world: World,
  request: AuthorizationRequest,
  session: Session,
  ask: Pick<Ask, 'rawQuery' | 'path'>,
): Answer {
  const member = MEMBERS.find((one) => one.key === session.member) ?? MEMBERS[0]
  if (!member) return bummerPage(400, 'There is no such member.')
  const ticket = opaque(32)
  session.tickets.set(ticket, { query: ask.rawQuery, path: ask.path, shownAt: world.clock.now() })
  return consentPage(world, { app: request.app, scopes: request.scopes, member, signedIn: session.signedIn, ticket })
}

/**
 * `prompt=none` is not documented; a member without a grant gets LinkedIn's error page, one with a grant gets a token that
 * lacks what was never consented to (postiz issues 1197 and 1658).
 */
function silent(world: World, request: AuthorizationRequest, session: Session): Answer {
  const grant = session.signedIn ? grantOf(world.state, request.app.clientId, session.member) : undefined
  const scopes = request.scopes.filter((scope) => grant?.scopes.includes(scope))
  return scopes.length > 0
    ? agreed(world, request, scopes, session.member)
    : bummerPage(400, 'You need to sign in and agree first.')
}

export function authorize(world: World, ask: Ask, flow: FlowKind): Answer {
  const finding = judgeAuthorization(ask.query, world.state.apps, flow)
  if (finding.kind !== 'ask') return refusal(world, finding)
  const { request } = finding
  const { session, cookie } = browserOf(ask, world.state)
  const answer = () => {
    if (request.prompt === 'none') return silent(world, request, session)
    const skipped = session.signedIn ? skippable(world.state, request, session.member, world.clock.now()) : undefined
    return skipped ? agreed(world, request, skipped, session.member) : question(world, request, session, ask)
  }
  return cookie ? withCookie(answer(), cookie) : answer()
}

/** A button of the consent page. */
export function decide(world: World, ask: Ask): Answer {
  if (fromElsewhere(ask)) return bummerPage(403, 'This form was sent from another site.')
  const fields = form(ask) ?? new URLSearchParams()
  const { session } = browserOf(ask, world.state)
  const ticket = session.tickets.get(field(fields, 'ticket') ?? '')
  session.tickets.delete(field(fields, 'ticket') ?? '')
  if (!ticket || world.clock.now() > ticket.shownAt + TICKET_MS) {
    return bummerPage(
      400,
      'This page was used already, is too old, or belongs to another browser. Start again from the application.',
    )
  }
  const flow: FlowKind = ticket.path === NATIVE_PATH ? 'native' : 'standard'
  // Judged again: the app may have changed while the page was open.
  const finding = judgeAuthorization(new URLSearchParams(ticket.query), world.state.apps, flow)
  if (finding.kind !== 'ask') return refusal(world, finding)
  const { request } = finding
  const { redirectUri, state } = request
  switch (field(fields, 'press')) {
    case 'allow':
      session.signedIn = true
      recordConsent(world.state, request, session.member, world.clock.now())
      return agreed(world, request, request.scopes, session.member)
    case 'cancel':
      session.signedIn = true
      return back(world, redirectUri, {
        error: 'user_cancelled_authorize',
        error_description: 'The user cancelled the authorization',
        state,
      })
    case 'leave':
      session.signedIn = false
      return back(world, redirectUri, {
        error: 'user_cancelled_login',
        error_description: 'The user cancelled LinkedIn login',
        state,
      })
    case 'switch': {
      const member = MEMBERS.find((one) => one.key === field(fields, 'member'))
      if (!member) return bummerPage(400, 'There is no such member.')
      Object.assign(session, { member: member.key, signedIn: true })
      return redirect(`${ticket.path}?${ticket.query}`, 303)
    }
    default:
      return bummerPage(400, 'Press one of the buttons of the page.')
  }
}
