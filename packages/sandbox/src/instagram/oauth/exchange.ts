import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field, repeated } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { formFields } from '../../graph/params.ts'
import { accountOf, scopedId } from '../people/accounts.ts'
import { type Code, type Grant, isProfessional, type State, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { exchangeError } from './errors.ts'

/** A code is good for an hour, a short token for another. */
const HOUR_MS = 3_600_000

export function write(state: State, grant: Grant, kind: Token['kind'], now: number, expiresAt: number): Token {
  const token: Token = {
    ...{ kind, issuedAt: now, expiresAt, grant: grant.id, revoked: false },
    id: `${kind}-${++state.issued}`,
    token: opaque(160, 'IGAA'),
  }
  state.tokens.set(token.token, token)
  return token
}

/** `POST api.instagram.com/oauth/access_token`: a form, of either kind, and nothing in the address. */
export function exchange({ state, clock }: World, ask: Ask): Answer {
  const now = clock.now()
  const fields = formFields(ask)
  const twice = repeated(fields)
  if (twice) return exchangeError(`The parameter ${twice} was sent more than once`)
  const app = state.apps.find((known) => known.clientId === field(fields, 'client_id'))
  if (!app) return exchangeError('Invalid platform app')
  if (field(fields, 'client_secret') !== app.clientSecret || app.secretRefused)
    return exchangeError('Error validating client secret.')
  if (field(fields, 'grant_type') !== 'authorization_code')
    return exchangeError('Invalid grant_type: must be authorization_code')
  const code = state.codes.get(field(fields, 'code') ?? '')
  const grant = state.grants.get(code?.grant ?? '')
  if (!code || !grant || code.clientId !== app.clientId || isSpent(code, grant, now))
    return exchangeError('Matching code was not found or was already used')
  if (code.redirectUri !== field(fields, 'redirect_uri'))
    return exchangeError(
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
    )
  if (!isProfessional(state, grant.member)) return exchangeError('The user must be an Instagram Business or Creator')
  code.used = true
  const { token } = write(state, grant, 'short', now, now + HOUR_MS)
  return told(state, grant, token)
}

const isSpent = (code: Code, grant: Grant, now: number): boolean =>
  code.used || grant.ended !== null || now >= code.createdAt + HOUR_MS

/** Documented wrapped and seen flat. Its `user_id` is app-scoped, and not the id for publishing. */
function told({ settings }: State, grant: Grant, access_token: string): Answer {
  const account = accountOf(grant.member)
  const one = {
    access_token,
    user_id: account && scopedId(grant.clientId, account),
    permissions: settings.permissions === 'list' ? grant.permissions : grant.permissions.join(','),
  }
  const answer = json(200, settings.tokenAnswer === 'wrapped' ? { data: [one] } : one, { 'cache-control': 'no-store' })
  if (settings.userId === 'text') return answer
  // All its digits, more than a JSON number holds for certain.
  return { ...answer, body: String(answer.body).replace(/"user_id":"(\d+)"/, '"user_id":$1') }
}
