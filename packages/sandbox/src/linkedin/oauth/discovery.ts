import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { API, ISSUER, WWW } from '../origins.ts'
import type { SigningKey } from './id-token.ts'

/**
 * LinkedIn's discovery document as captured in 2026 (api-evangelist/linkedin). What it leaves out is the point: no
 * token_endpoint_auth_methods_supported, no code_challenge_methods_supported, no revocation and no introspection endpoint.
 */
export const discovery = (): Answer =>
  json(200, {
    issuer: ISSUER,
    authorization_endpoint: `${WWW}/oauth/v2/authorization`,
    token_endpoint: `${WWW}/oauth/v2/accessToken`,
    userinfo_endpoint: `${API}/v2/userinfo`,
    jwks_uri: `${ISSUER}/openid/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email'],
    claims_supported: [
      'iss',
      'aud',
      'iat',
      'exp',
      'sub',
      'name',
      'given_name',
      'family_name',
      'picture',
      'email',
      'email_verified',
      'locale',
    ],
  })

export const jwks = (key: SigningKey): Answer => json(200, { keys: [key.jwk] })
