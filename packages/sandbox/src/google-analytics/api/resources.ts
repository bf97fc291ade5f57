import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { type User, userOf } from '../people.ts'
import { pictureUrl } from '../picture.ts'
import { READS } from '../scopes.ts'
import { appOf, liveGrant, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { disabled, exhausted, invalid, scopeMissing, unauthenticated } from './errors.ts'

function caller(world: World, ask: Ask): { user: User; token: Token; adminApi: boolean } | undefined {
  const { state, clock } = world
  const value = /^Bearer +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]
  const token = state.tokens.get(value ?? '')
  const grant = token?.kind === 'access' ? liveGrant(state, token, clock.now()) : undefined
  const user = userOf(grant?.member ?? '')
  return token && grant && user ? { user, token, adminApi: appOf(state, grant.clientId)?.adminApi === true } : undefined
}

/** GET https://openidconnect.googleapis.com/v1/userinfo: claims by the scopes that are there. */
export function userinfo(world: World, ask: Ask): Answer {
  const found = caller(world, ask)
  if (!found?.token.scopes.includes('openid'))
    return json(401, { error: 'invalid_request', error_description: 'Invalid Credentials' })
  const { user, token } = found
  const has = (name: string) => token.scopes.some((one) => one.endsWith(`/userinfo.${name}`))
  const [given_name = '', ...rest] = user.name.split(' ')
  return json(200, {
    sub: user.sub,
    ...(has('profile') && { name: user.name, given_name, family_name: rest.join(' ') }),
    ...(has('profile') && user.picture && { picture: pictureUrl(user) }),
    ...(has('email') && { email: user.email, email_verified: true }),
  })
}

const STANDARD = 50
const MOST = 200

/** GET /v1beta/accountSummaries. Fields that are empty are left out. */
export function accountSummaries(world: World, ask: Ask): Answer {
  const { settings } = world.state
  const found = caller(world, ask)
  if (!found) return unauthenticated(settings)
  if (!found.adminApi) return disabled(settings)
  if (!found.token.scopes.some((one) => READS.includes(one))) return scopeMissing(settings)
  if (settings.limited) return exhausted(settings)
  const wanted = field(ask.query, 'pageSize')
  if (wanted !== undefined && !/^\d{1,9}$/.test(wanted)) return invalid(settings, 'Invalid value at page_size.')
  // A larger one is clamped, not refused.
  const size = Math.min(Number(wanted ?? STANDARD) || STANDARD, MOST)
  const token = field(ask.query, 'pageToken')
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8').replace(/^at:/, ''))
  if (!Number.isInteger(from) || from < 0) return invalid(settings, 'The page token is invalid.')
  const all = found.user.analytics
  const shown = all.slice(from, from + size).map((account) => ({
    name: `accountSummaries/${account.id}`,
    account: `accounts/${account.id}`,
    displayName: account.name,
    ...(account.properties.length > 0 && {
      propertySummaries: account.properties.map(({ id, name, type }) => ({
        property: `properties/${id}`,
        displayName: name,
        propertyType: type,
        parent: `accounts/${account.id}`,
        canEdit: true,
      })),
    }),
  }))
  const next = from + shown.length
  return json(200, {
    ...(shown.length > 0 && { accountSummaries: shown }),
    ...(next < all.length && { nextPageToken: Buffer.from(`at:${next}`).toString('base64url') }),
  })
}
