import { describe, expect, it } from 'vitest'
import { type AuthorizeParts, authorizationUrl, challengeOf, newVerifier } from './authorize.ts'
import { post } from './testing.ts'

const parts: AuthorizeParts = {
  oauth: post,
  client: { clientId: 'client 1&x', clientSecret: 'secret', redirectUri: 'https://app.example/callback/a?b=c&d=e' },
  scopes: ['openid', 'w_member_social'],
  separator: ' ',
  state: 'st+ate/=&',
}
const s256 = { ...post, pkce: 'S256' as const }
const query = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('the address that asks for consent', () => {
  it('holds what RFC 6749 §4.1.1 names, and nothing else', () => {
    expect(query(authorizationUrl(parts))).toEqual({
      response_type: 'code',
      client_id: 'client 1&x',
      redirect_uri: 'https://app.example/callback/a?b=c&d=e',
      scope: 'openid w_member_social',
      state: 'st+ate/=&',
    })
  })

  it('never holds the client secret', () => {
    expect(authorizationUrl(parts)).not.toContain('secret')
  })

  it('writes a space as %20 and a plus as %2B', () => {
    const url = authorizationUrl(parts)
    expect(url).toContain('scope=openid%20w_member_social')
    expect(url).toContain('state=st%2Bate%2F%3D%26')
    expect(url).not.toContain('+')
  })

  it('parts scopes by commas where the platform wants them so', () => {
    expect(authorizationUrl({ ...parts, separator: ',' })).toContain('scope=openid%2Cw_member_social')
  })

  it('keeps what the endpoint’s own address asks for, and lets nothing of it stand in for ours', () => {
    const oauth = { ...post, authorizeUrl: 'https://platform.example/auth?access_type=offline&state=theirs&scope=all' }
    const url = new URL(authorizationUrl({ ...parts, oauth }))
    expect(url.searchParams.getAll('access_type')).toEqual(['offline'])
    expect(url.searchParams.getAll('state')).toEqual(['st+ate/=&'])
    expect(url.searchParams.getAll('scope')).toEqual(['openid w_member_social'])
  })
})

describe('PKCE', () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

  it('the challenge of RFC 7636, appendix B', () => {
    expect(challengeOf(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  })

  it('is sent as S256 where the platform takes it', () => {
    const url = authorizationUrl({ ...parts, oauth: s256, challenge: challengeOf(verifier) })
    expect(query(url)).toMatchObject({ code_challenge: challengeOf(verifier), code_challenge_method: 'S256' })
    expect(url).not.toContain(verifier)
  })

  it('#7 cannot be left out where it belongs, nor sent where it breaks the exchange', () => {
    expect(() => authorizationUrl({ ...parts, oauth: s256 })).toThrow(TypeError)
    expect(() => authorizationUrl({ ...parts, challenge: challengeOf(verifier) })).toThrow(TypeError)
    expect(query(authorizationUrl(parts))).not.toHaveProperty('code_challenge')
  })

  it('#7 a verifier is 256 random bits: never a constant, always of RFC 7636’s alphabet and length', () => {
    const made = Array.from({ length: 200 }, () =>
      newVerifier((bytes) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes)))),
    )
    expect(new Set(made).size).toBe(200)
    expect(made.every((one) => /^[A-Za-z0-9_-]{43}$/.test(one))).toBe(true)
  })

  it('asks the random source for 32 bytes', () => {
    const asked: number[] = []
    newVerifier((bytes) => {
      asked.push(bytes)
      return Buffer.alloc(bytes)
    })
    expect(asked).toEqual([32])
  })
})
