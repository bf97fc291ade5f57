import { createHash } from 'node:crypto'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { type Code, liveGrant, type State } from '../state.ts'
import type { World } from '../world.ts'
import { caller } from './client.ts'
import { isAnswer, type Refuse, refuseAs } from './errors.ts'
import { given, write } from './issue.ts'

/** A code is "short-lived"; nobody says how short. */
const CODE_MS = 60_000

interface Granting {
  state: State
  app: App
  fields: URLSearchParams
  now: number
  refuse: Refuse
  v1: boolean
}

/** POST /oauth/{version}/token. */
export function token({ state, clock }: World, ask: Ask, v1 = false): Answer {
  // v1 knew the older fields alone.
  const refuse = refuseAs(v1 ? 'old' : state.settings.errorShape)
  const found = caller(state, ask, refuse)
  if (isAnswer(found)) return found
  const grant = { ...found, state, now: clock.now(), refuse, v1 }
  switch (field(found.fields, 'grant_type')) {
    case 'authorization_code':
      return redeem(grant)
    case 'refresh_token':
      return refresh(grant)
    // An app's own token, for no account: none of the apps here may have one.
    case 'client_credentials':
      return refuse({ error: 'unauthorized_client', status: 'BAD_GRANT_TYPE', message: 'grant type not allowed' })
    default:
      return refuse({
        error: 'unsupported_grant_type',
        status: 'BAD_GRANT_TYPE',
        message: 'missing or unknown grant type',
      })
  }
}

function redeem({ state, app, fields, now, refuse, v1 }: Granting): Answer {
  const code = state.codes.get(field(fields, 'code') ?? '')
  const grant = state.grants.get(code?.grant ?? '')
  const usable = code && grant && !grant.uninstalled && code.clientId === app.clientId && !code.used
  const bad = (message: string) => refuse({ error: 'invalid_grant', status: 'BAD_AUTH_CODE', message })
  if (!usable || now >= code.createdAt + CODE_MS) return bad('missing or unknown auth code')
  if (code.redirectUri !== field(fields, 'redirect_uri')) return bad('redirect uri does not match the auth code')
  if (!verifies(code, field(fields, 'code_verifier'))) return bad('code verifier does not match')
  code.used = true
  return given(state, grant, write(state, grant, 'refresh', null), now, v1)
}

/** A verifier without a challenge that was honoured is a field of the specification, and is not looked at. */
const verifies = ({ challenge }: Code, verifier: string | undefined): boolean =>
  challenge === undefined ||
  createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url') === challenge

function refresh({ state, app, fields, now, refuse, v1 }: Granting): Answer {
  const found = state.tokens.get(field(fields, 'refresh_token') ?? '')
  const grant = found?.kind === 'refresh' ? liveGrant(state, found, now) : undefined
  // Also where it is another app's (airbytehq/airbyte 79592).
  if (!found || grant?.clientId !== app.clientId)
    return refuse({
      error: 'invalid_grant',
      status: 'BAD_REFRESH_TOKEN',
      message: 'missing or invalid refresh token',
    })
  if (state.settings.refreshToken === 'same') return given(state, grant, found, now, v1)
  found.revoked = true
  return given(state, grant, write(state, grant, 'refresh', null), now, v1)
}
