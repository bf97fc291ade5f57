import { type Answer, type Ask, field } from '../../core/ask.ts'
import type { World } from '../world.ts'
import { isAnswer, readForm } from './client.ts'
import { judgeCode } from './code-grant.ts'
import { oauthError } from './errors.ts'
import { redeemCode, redeemRefresh } from './issue.ts'
import { judgeRefresh } from './refresh-grant.ts'

/** POST /oauth/v2/accessToken. */
export function token(world: World, ask: Ask): Answer {
  const fields = readForm(ask, ['grant_type'])
  if (isAnswer(fields)) return fields
  const now = world.clock.now()
  switch (field(fields, 'grant_type')) {
    case 'authorization_code': {
      const code = judgeCode(fields, world.state, now)
      return isAnswer(code) ? code : redeemCode(world, code)
    }
    case 'refresh_token': {
      const refresh = judgeRefresh(fields, world.state, now)
      return isAnswer(refresh) ? refresh : redeemRefresh(world, refresh)
    }
    default:
      return oauthError(400, 'unsupported_grant_type', 'The grant_type is not supported for this application')
  }
}

/** GET is answered 400 since 2023-06-30 (react-linkedin-login-oauth2 issue 88). */
export const tokenByGet = (): Answer =>
  oauthError(400, 'invalid_request', 'The access token endpoint takes a POST only')
