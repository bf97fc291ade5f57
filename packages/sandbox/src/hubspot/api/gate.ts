import { withHeaders } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { type Portal, portalOf } from '../people.ts'
import { type Grant, liveGrant, type State } from '../state.ts'
import type { World } from '../world.ts'
import { deadToken, locked, migrating, missingScopes, noToken, tooMany } from './errors.ts'

export interface Call {
  /** One of these is enough. */
  scopes: readonly string[]
  /** CRM search has a limit of its own and is not counted in the other. */
  search?: boolean
}

/** Usage guidelines: of an app in an account. */
const BURST = { most: 110, ms: 10_000 }
/** CRM search guide: of an account, whatever the app. */
const SEARCH = { most: 5, ms: 1000 }

/** Counts a call; how many of the window are left, less than none where it is over. */
function left(state: State, key: string, { most, ms }: typeof BURST, now: number): number {
  const calls = [...(state.usage.get(key) ?? []).filter((at) => at > now - ms), now].slice(-most - 1)
  state.usage.set(key, calls)
  return most - calls.length
}

/** Everything that stands before an answer: the token, the account's condition, the limit, the scope. */
export function passGate(
  { state, clock }: World,
  ask: Ask,
  { scopes, search = false }: Call,
  answer: (portal: Portal, grant: Grant) => Answer,
): Answer {
  const value = /^Bearer +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]
  if (value === undefined) return noToken()
  const now = clock.now()
  const token = state.tokens.get(value)
  const grant = token?.kind === 'access' ? liveGrant(state, token, now) : undefined
  const portal = portalOf(grant?.portal ?? 0)
  if (!grant || !portal) return deadToken()
  const { settings } = state
  if (settings.migrating) return migrating()
  if (settings.locked) return locked()
  if (settings.limited) return tooMany(settings.limited, settings)
  const lacking = !scopes.some((one) => grant.scopes.includes(one))
  if (search) {
    // No header tells how much is left.
    if (left(state, `search ${portal.id}`, SEARCH, now) < 0) return tooMany('SECONDLY', settings)
    return lacking ? missingScopes(scopes) : answer(portal, grant)
  }
  const room = left(state, `${grant.clientId} ${portal.id}`, BURST, now)
  // The headers of the day are not sent to OAuth apps.
  const headers = {
    'x-hubspot-ratelimit-max': String(BURST.most),
    'x-hubspot-ratelimit-remaining': String(Math.max(0, room)),
    'x-hubspot-ratelimit-interval-milliseconds': String(BURST.ms),
  }
  if (room < 0) return withHeaders(tooMany('TEN_SECONDLY_ROLLING', settings), headers)
  return withHeaders(lacking ? missingScopes(scopes) : answer(portal, grant), headers)
}
