import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { userOf } from '../people/users.ts'
import { appOf, deathOf } from '../state.ts'
import type { World } from '../world.ts'
import { graphError, noToken } from './errors.ts'
import { paramsOf, tokenOf } from './gate.ts'
import { judgeVersion } from './versions.ts'

const MESSAGES: Record<number, string> = {
  458: 'Error validating access token: The user has not authorized application.',
  463: 'Error validating access token: Session has expired.',
}

/** `GET /debug_token`: asked with the app's own token, `{app id}|{app secret}`. */
export function debugToken(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const now = clock.now()
  const version = judgeVersion(ask.params.version, state, ask.path, now)
  if (version) return version
  const params = paramsOf(ask)
  const shown = tokenOf(ask, params)
  if (shown === undefined) return noToken()
  const [id, secret] = shown.split('|')
  const app = appOf(state, id)
  if (!app || secret !== app.clientSecret || app.secretRefused)
    return graphError(400, { message: 'Invalid OAuth access token signature.', code: 190 })
  const input = field(params, 'input_token')
  if (input === undefined)
    return graphError(400, { message: '(#100) The parameter input_token is required', code: 100 })
  const token = state.tokens.get(input)
  const grant = token && state.grants.get(token.grant)
  if (!token || !grant)
    return json(200, {
      data: { error: { code: 190, message: 'Invalid OAuth access token.' }, is_valid: false, scopes: [] },
    })
  if (grant.clientId !== app.clientId)
    return graphError(400, {
      message: '(#100) The App_id in the input_token did not match the Viewing App',
      code: 100,
    })
  const death = deathOf(state, token, now)
  const seconds = (at: number) => Math.floor(at / 1000)
  return json(200, {
    data: {
      app_id: app.clientId,
      type: token.kind === 'page' ? 'PAGE' : 'USER',
      application: app.name,
      data_access_expires_at: seconds(grant.dataAccessEndsAt),
      ...(death !== undefined && {
        error: { code: 190, message: MESSAGES[death] ?? 'Error validating access token.', subcode: death },
      }),
      expires_at: token.expiresAt === null ? 0 : seconds(token.expiresAt),
      is_valid: death === undefined,
      issued_at: seconds(token.issuedAt),
      ...(token.page !== null && { profile_id: token.page }),
      scopes: death === undefined ? grant.granted : [],
      granular_scopes:
        death === undefined
          ? grant.granted
              .filter((one) => /^(pages|instagram)_/.test(one))
              .map((scope) => ({ scope, target_ids: grant.pages }))
          : [],
      user_id: userOf(grant.member)?.id,
    },
  })
}
