import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { pictureUrl } from '../media/picture.ts'
import { MEMBERS } from '../people/members.ts'
import { type AccessToken, appOf, type Code, grantOf, type RefreshToken } from '../state.ts'
import type { World } from '../world.ts'
import { YEAR_MS } from './consent.ts'
import { idToken } from './id-token.ts'

/** Sixty days (Microsoft Learn: authorization-code-flow). */
const ACCESS_MS = 5_184_000 * 1000
/** About what they measure today; clients are told to have room for a thousand characters. */
const TOKEN_LENGTH = 500

const secondsLeft = (until: number, now: number): number => Math.floor((until - now) / 1000)

interface Subject {
  clientId: string
  member: string
  scopes: string[]
  authorizedAt: number
}

function writeAccess({ state }: World, subject: Subject, lifeMs: number, now: number): AccessToken {
  const { calls, seconds } = state.settings.freshToken
  const token: AccessToken = {
    ...subject,
    id: `access-${++state.issued}`,
    token: opaque(TOKEN_LENGTH, 'AQ'),
    createdAt: now,
    expiresAt: now + lifeMs,
    revoked: false,
    // 0 where there is no such time: a clock that is set back must not bring it about.
    notYet: { calls, until: seconds > 0 ? now + seconds * 1000 : 0 },
  }
  state.access.set(token.token, token)
  return token
}

function writeRefresh({ state }: World, subject: Subject, native: boolean): RefreshToken {
  const token: RefreshToken = {
    ...subject,
    id: `refresh-${++state.issued}`,
    token: opaque(TOKEN_LENGTH, 'AQ'),
    expiresAt: subject.authorizedAt + YEAR_MS,
    revoked: false,
    native,
  }
  state.refresh.set(token.token, token)
  return token
}

/** All of one answer is judged at one moment, the token's making: a full life is never a second short. */
function body(world: World, access: AccessToken, refresh: RefreshToken | undefined): Record<string, unknown> {
  const { settings } = world.state
  const now = access.createdAt
  return {
    access_token: access.token,
    expires_in: secondsLeft(access.expiresAt, now),
    ...(refresh && { refresh_token: refresh.token, refresh_token_expires_in: secondsLeft(refresh.expiresAt, now) }),
    // Sorted: the order is not that of the request.
    scope: [...access.scopes].sort().join(settings.scopeSeparator),
    ...(settings.tokenType === 'Bearer' && { token_type: 'Bearer' }),
  }
}

const NO_STORE = { 'cache-control': 'no-store' }

/** Redeems a judged code: it is used up and its tokens are written. */
export function redeemCode(world: World, code: Code): Answer {
  code.used = true
  const now = world.clock.now()
  const { clientId, member: key, scopes } = code
  const authorizedAt = grantOf(world.state, clientId, key)?.consentedAt ?? now
  const subject = { clientId, member: key, scopes, authorizedAt }
  const access = writeAccess(world, subject, ACCESS_MS, now)
  const refresh = appOf(world.state, clientId)?.refreshTokens
    ? writeRefresh(world, subject, code.challenge !== undefined)
    : undefined
  const answer = body(world, access, refresh)
  const member = MEMBERS.find((one) => one.key === key)
  if (member && scopes.includes('openid')) {
    answer.id_token = idToken(world.key, { clientId, member, scopes, picture: pictureUrl(world, member), now })
  }
  return json(200, answer, NO_STORE)
}

/**
 * The refresh token comes back as it was, its year running on from consent. Near its end the access token gets shorter
 * with it: day 360 gives five days (Microsoft Learn: programmatic-refresh-tokens).
 */
export function redeemRefresh(world: World, refresh: RefreshToken): Answer {
  const { clientId, member, scopes, authorizedAt } = refresh
  const now = world.clock.now()
  const left = refresh.expiresAt - now
  const access = writeAccess(world, { clientId, member, scopes, authorizedAt }, Math.min(ACCESS_MS, left), now)
  return json(200, body(world, access, refresh), NO_STORE)
}
