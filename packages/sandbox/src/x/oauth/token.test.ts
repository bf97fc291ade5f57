import { describe, expect, it } from 'vitest'
import { REDIRECT, VERIFIER, xKit } from '../testing.ts'

const k = xKit()
const CODE = { error: 'invalid_request', error_description: 'Value passed for the authorization code was invalid.' }
const HEADER = { error: 'unauthorized_client', error_description: 'Missing valid authorization header' }
const missing = (name: string) => ({
  error: 'invalid_request',
  error_description: `Missing required parameter [${name}].`,
})

describe('an exchange', () => {
  it('answers two hours, the scopes in another order, and a refresh token', async () => {
    const { status, json, headers } = await k.exchange(await k.code())
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(json).toEqual({
      token_type: 'bearer',
      expires_in: 7200,
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      scope: 'media.write offline.access tweet.read tweet.write users.read',
    })
  })

  it('gives no refresh token without offline.access, and two hours all the same', async () => {
    const tokens = await k.tokens({ scope: 'tweet.read users.read' })
    expect(tokens).toMatchObject({ expires_in: 7200, scope: 'tweet.read users.read' })
    expect(tokens).not.toHaveProperty('refresh_token')
  })

  it('takes a code once', async () => {
    const code = await k.code()
    expect((await k.exchange(code)).status).toBe(200)
    expect(await k.exchange(code)).toMatchObject({ status: 400, json: CODE })
  })

  it('takes a code for thirty seconds', async () => {
    const inTime = await k.code()
    k.sandbox.control.advance(29.999)
    expect((await k.exchange(inTime)).status).toBe(200)
    const late = await k.code()
    k.sandbox.control.advance(30)
    expect(await k.exchange(late)).toMatchObject({ status: 400, json: CODE })
  })

  it.each([
    ['a code of nobody', { code: 'invented' }, CODE],
    [
      'another redirect URI, be it registered',
      { redirect_uri: 'https://app.example/callback/x' },
      {
        error: 'invalid_request',
        error_description: 'Value passed for the redirect uri did not match the uri of the authorization code.',
      },
    ],
    [
      'another verifier',
      { code_verifier: 'w'.repeat(43) },
      {
        error: 'invalid_request',
        error_description: 'Value passed for the code verifier did not match the code challenge',
      },
    ],
    ['no verifier', { code_verifier: undefined }, missing('code_verifier')],
    ['no code', { code: undefined }, missing('code')],
    ['no redirect URI', { redirect_uri: undefined }, missing('redirect_uri')],
    ['no grant type', { grant_type: undefined }, missing('grant_type')],
    [
      'another grant type',
      { grant_type: 'client_credentials' },
      {
        error: 'invalid_request',
        error_description:
          'Value passed for the grant type was invalid. Grant type should be one of [authorization_code, refresh_token].',
      },
    ],
  ])('is refused for %s', async (_, fields, json) => {
    expect(await k.exchange(await k.code(), fields)).toMatchObject({ status: 400, json })
  })

  it('may be refused as invalid_grant', async () => {
    k.steer({ settings: { grantError: 'invalid_grant' } })
    expect((await k.exchange('invented')).json.error).toBe('invalid_grant')
  })

  it('of one app is not taken from another', async () => {
    expect((await k.exchange(await k.code(), {}, {}, 'x-native')).json).toEqual(CODE)
  })

  it('is a form', async () => {
    const { clientId } = k.app()
    const body = { grant_type: 'authorization_code', code: await k.code(), redirect_uri: REDIRECT, client_id: clientId }
    const answer = await k.post('/2/oauth2/token', JSON.stringify({ ...body, code_verifier: VERIFIER }), {
      'content-type': 'application/json',
      authorization: k.basic(),
    })
    expect(answer).toMatchObject({ status: 400, json: missing('client_id') })
  })
})

describe('a confidential client', () => {
  it.each([
    ['no header', undefined],
    ['another secret', 'wrong'],
    ['a secret that was escaped more than it needs', 'escaped'],
  ])('is refused for %s, in the same words', async (_, how) => {
    const { clientSecret } = k.app()
    const escaped = clientSecret.replaceAll('-', '%2D').replaceAll('_', '%5F')
    const secret = { wrong: 'wrong', escaped }[how ?? '']
    const authorization = how === undefined ? undefined : k.basic('x', secret)
    expect(await k.exchange(await k.code(), {}, { authorization })).toMatchObject({ status: 401, json: HEADER })
  })

  it('cannot show its secret in the body', async () => {
    const { clientSecret } = k.app()
    const answer = await k.exchange(await k.code(), { client_secret: clientSecret }, { authorization: undefined })
    expect(answer).toMatchObject({ status: 401, json: HEADER })
  })

  it('names itself in the body too, unless X does not ask', async () => {
    expect((await k.exchange(await k.code(), { client_id: undefined })).json).toEqual(missing('client_id'))
    k.steer({ settings: { clientIdInBody: 'optional' } })
    expect((await k.exchange(await k.code(), { client_id: undefined })).status).toBe(200)
  })

  it('is unknown, or its secret was changed', async () => {
    expect(await k.exchange('any', { client_id: 'nobody' })).toMatchObject({
      status: 401,
      json: { error: 'invalid_client' },
    })
    k.steer({ app: { registration: 'x', secretRefused: true } })
    expect(await k.exchange(await k.code())).toMatchObject({ status: 401, json: HEADER })
  })
})

describe('a public client', () => {
  it('names itself in the body and shows nothing', async () => {
    const tokens = await k.tokens({ registration: 'x-native' })
    expect((await k.refresh(tokens.refresh_token, {}, {}, 'x-native')).status).toBe(200)
  })

  it('must name itself, and have no secret', async () => {
    const code = await k.code({ registration: 'x-native' })
    expect((await k.exchange(code, { client_id: undefined }, {}, 'x-native')).json).toEqual(missing('client_id'))
    const header = { authorization: k.basic('x-native', 'anything') }
    expect((await k.exchange(code, {}, header, 'x-native')).status).toBe(401)
    expect((await k.exchange(code, {}, {}, 'x-native')).status).toBe(200)
  })
})
