import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { API, kit, reply, START } from '../../kit.ts'
import { startSandbox } from '../../sandbox.ts'

const k = kit()
const discovery = async () => (await reply(await fetch(k.www('/oauth/.well-known/openid-configuration')))).json
const jwks = async () => (await reply(await fetch(k.www('/oauth/openid/jwks')))).json
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
const claims = (token: string) => decode(token.split('.')[1])

describe('discovery', () => {
  it('names the real places, which a client maps', async () => {
    expect(await discovery()).toMatchObject({
      issuer: 'https://www.linkedin.com/oauth',
      authorization_endpoint: 'https://www.linkedin.com/oauth/v2/authorization',
      token_endpoint: 'https://www.linkedin.com/oauth/v2/accessToken',
      jwks_uri: 'https://www.linkedin.com/oauth/openid/jwks',
      userinfo_endpoint: `${API}/v2/userinfo`,
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email'],
    })
  })

  it.each([
    'token_endpoint_auth_methods_supported',
    'code_challenge_methods_supported',
    'revocation_endpoint',
    'introspection_endpoint',
    'authorization_response_iss_parameter_supported',
  ])('leaves out %s', async (name) => {
    expect(await discovery()).not.toHaveProperty(name)
  })
})

describe('the id_token', () => {
  it('verifies with the published key', async () => {
    const { id_token } = await k.tokens()
    const [head, body, signature] = id_token.split('.')
    expect(decode(head)).toMatchObject({ alg: 'RS256', typ: 'JWT' })
    const { keys } = await jwks()
    const jwk = keys.find((key: { kid: string }) => key.kid === decode(head).kid)
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    expect(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature ?? '', 'base64url'))).toBe(true)
    expect(Object.keys(jwk).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })

  it('says who, for whom and until when, by the sandbox’s clock', async () => {
    const { id_token } = await k.tokens()
    expect(claims(id_token)).toMatchObject({
      iss: 'https://www.linkedin.com/oauth',
      aud: k.app().clientId,
      iat: START / 1000,
      exp: START / 1000 + 3600,
      name: 'Mara Lindqvist',
      email: 'mara.lindqvist@example.com',
      email_verified: true,
      locale: 'en_SE',
    })
  })

  it('carries the subject of userinfo', async () => {
    const { id_token, access_token } = await k.tokens()
    expect(claims(id_token).sub).toBe((await k.get('/v2/userinfo', access_token)).json.sub)
  })

  it('tells only what the scopes allow', async () => {
    const bare = claims((await k.tokens({ scope: 'openid' })).id_token)
    expect(Object.keys(bare).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sub'])
    const ines = claims((await k.tokens({ member: 'ines' })).id_token)
    expect(ines).not.toHaveProperty('email')
    expect(ines).not.toHaveProperty('picture')
  })

  it('echoes no nonce', async () => {
    const { id_token } = await k.tokens({ authorize: { nonce: 'n-1' } })
    expect(claims(id_token)).not.toHaveProperty('nonce')
  })

  it('of another sandbox is signed with another key', async () => {
    const other = await startSandbox()
    const theirs = await reply(await fetch(`${other.origins['https://www.linkedin.com']}/oauth/openid/jwks`))
    await other.stop()
    expect(theirs.json.keys[0].n).not.toBe((await jwks()).keys[0].n)
  })
})
