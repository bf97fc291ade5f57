import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { ISSUER } from '../origins.ts'
import { fullName, type Member, memberId } from '../people/members.ts'

export interface SigningKey {
  kid: string
  privateKey: KeyObject
  jwk: { kty: 'RSA'; n: string; e: string; alg: 'RS256'; use: 'sig'; kid: string }
}

/** A new key at every start: a token of another sandbox does not verify here. */
export function createSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const kid = createHash('sha256').update(n).digest('base64url').slice(0, 16)
  return { kid, privateKey, jwk: { kty: 'RSA', n, e, alg: 'RS256', use: 'sig', kid } }
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export interface IdTokenRequest {
  clientId: string
  member: Member
  scopes: readonly string[]
  picture: string | undefined
  now: number
}

/** No nonce, whatever the request carried: LinkedIn does not echo it (directus issue 23645). */
export function idToken(key: SigningKey, { clientId, member, scopes, picture, now }: IdTokenRequest): string {
  const seconds = Math.floor(now / 1000)
  const claims = {
    iss: ISSUER,
    aud: clientId,
    iat: seconds,
    exp: seconds + 3600,
    sub: memberId(clientId, member.key),
    ...(scopes.includes('profile') && {
      name: fullName(member),
      given_name: member.firstName,
      family_name: member.lastName,
      locale: `${member.language}_${member.country}`,
      ...(picture && { picture }),
    }),
    ...(scopes.includes('email') && member.email && { email: member.email, email_verified: true }),
  }
  const head = `${part({ alg: 'RS256', typ: 'JWT', kid: key.kid })}.${part(claims)}`
  return `${head}.${sign('sha256', Buffer.from(head), key.privateKey).toString('base64url')}`
}
