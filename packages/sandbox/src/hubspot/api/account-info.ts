import { randomUUID } from 'node:crypto'
import { json, withHeaders } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { type User, userOf } from '../people.ts'
import { liveGrant, type State } from '../state.ts'
import type { World } from '../world.ts'

interface Fault {
  status: number
  category: string
  message: string
  more?: object
}

/** The general shape of the data APIs. */
const problem = ({ status, category, message, more }: Fault): Answer =>
  json(status, { status: 'error', message, correlationId: randomUUID(), category, ...more })

export const unauthorized = (): Answer =>
  problem({
    status: 401,
    category: 'EXPIRED_AUTHENTICATION',
    message: 'The OAuth token used to make this call is expired or invalid.',
  })

export const missingScopes = (scopes: readonly string[]): Answer =>
  problem({
    status: 403,
    category: 'MISSING_SCOPES',
    message: "This app hasn't been granted all required scopes to make this call.",
    more: {
      errors: [
        { message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: scopes } },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    },
  })

export const notFound = (): Answer =>
  problem({ status: 404, category: 'OBJECT_NOT_FOUND', message: 'resource not found' })

/** No Retry-After; the day's headers are not sent to OAuth apps (usage guidelines). */
export const tooMany = (policyName: string): Answer =>
  json(429, {
    status: 'error',
    message: 'You have reached your ten_secondly_rolling limit.',
    errorType: 'RATE_LIMIT',
    correlationId: randomUUID(),
    policyName,
  })

/** 110 requests in ten seconds for a portal. */
const MOST = 110
const WINDOW_MS = 10_000

function counted(state: State, user: User, now: number): { over: boolean; headers: Record<string, string> } {
  const window = Math.floor(now / WINDOW_MS)
  const key = String(user.portal.id)
  const held = state.usage.get(key)
  const calls = held?.window === window ? held.calls + 1 : 1
  state.usage.set(key, { window, calls })
  return {
    over: calls > MOST,
    headers: {
      'x-hubspot-ratelimit-max': String(MOST),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, MOST - calls)),
      'x-hubspot-ratelimit-interval-milliseconds': String(WINDOW_MS),
    },
  }
}

/** GET /account-info/{version}/details, with the scope `oauth`. */
export function accountInfo({ state, clock }: World, ask: Ask): Answer {
  const { settings } = state
  const now = clock.now()
  const value = /^Bearer +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]
  const token = state.tokens.get(value ?? '')
  const grant = token?.kind === 'access' ? liveGrant(state, token, now) : undefined
  const user = userOf(grant?.member ?? '')
  if (!grant || !user) return unauthorized()
  if (settings.migrating)
    return withHeaders(
      problem({ status: 477, category: 'MIGRATION_IN_PROGRESS', message: 'The account is being moved.' }),
      {
        'retry-after': '60',
      },
    )
  if (settings.limited) return tooMany(settings.limited)
  const { over, headers } = counted(state, user, now)
  if (over) return withHeaders(tooMany('TEN_SECONDLY_ROLLING'), headers)
  if (!grant.scopes.includes('oauth')) return withHeaders(missingScopes(['oauth']), headers)
  const { portal } = user
  return json(
    200,
    {
      portalId: portal.id,
      accountType: portal.type,
      timeZone: 'Europe/Rome',
      companyCurrency: 'EUR',
      additionalCurrencies: [],
      utcOffset: '+01:00',
      utcOffsetMilliseconds: 3_600_000,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
      // Only from 2026-09 on.
      ...(ask.params.version === '2026-09' && { portalName: portal.domain.replace(/\..*/, '') }),
    },
    headers,
  )
}
