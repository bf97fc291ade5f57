/** Each quirk of a platform that was found in its documentation or in reports, over real HTTP. One test a quirk, named by it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask, faultOf, type Platform, post, type Reply, SECRETS, startPlatform } from './testing.ts'

let platform: Platform
beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform.stop())
beforeEach(() => {
  platform.asked.length = 0
})

const s256 = { ...post, pkce: 'S256' as const }
const tokens = { access_token: 'at', token_type: 'Bearer', expires_in: 3600 }
const exchanged = (body: unknown, more: Exclude<Reply, (...all: never[]) => void> = {}) => {
  platform.reply = { body, ...more }
  return ask(platform, 'code')
}
const refused = (status: number, body: unknown, headers = {}) => {
  platform.reply = { status, body, headers }
}
/** As X's: a refresh token that is over is `invalid_request`, and so is a parameter that we forgot. */
const judgeLikeX = ({
  grant,
  error,
  description,
}: {
  grant: 'code' | 'refresh'
  error: string
  description: string
}) =>
  error === 'unauthorized_client'
    ? 'misconfigured'
    : /was invalid/.test(description) || grant === 'refresh'
      ? 'reauthorize'
      : 'ours'

describe('LinkedIn', () => {
  it('no PKCE: neither a verifier nor an empty one is sent', async () => {
    await exchanged(tokens)
    expect([...(platform.asked[0]?.form.keys() ?? [])].toSorted()).toEqual(
      ['client_id', 'client_secret', 'code', 'grant_type', 'redirect_uri'].toSorted(),
    )
  })

  it('client_secret_post: the secret is in the body, and there is no Authorization header', async () => {
    await exchanged(tokens)
    expect(platform.asked[0]?.form.get('client_secret')).toBe(SECRETS.clientSecret)
    expect(platform.asked[0]?.headers.authorization).toBeUndefined()
  })

  it('a secret with / = + and & arrives as it is', async () => {
    platform.reply = { body: tokens }
    await ask(platform, 'code', { client: { clientSecret: 'a/b=c+d&e%f==' } })
    expect(platform.asked[0]?.form.get('client_secret')).toBe('a/b=c+d&e%f==')
  })

  it('token_type missing', async () => {
    expect((await exchanged({ access_token: 'at', expires_in: 5_184_000 })).tokenType).toBe('bearer')
  })

  it('scope list separated by commas in the answer, or URL-encoded', async () => {
    expect((await exchanged({ ...tokens, scope: 'email,openid,profile' })).scopes).toEqual([
      'email',
      'openid',
      'profile',
    ])
    expect((await exchanged({ ...tokens, scope: 'email%20openid' })).scopes).toEqual(['email', 'openid'])
  })

  it('an id_token without nonce, of another issuer, or that is none at all, has no say', async () => {
    const claims = Buffer.from(
      JSON.stringify({ iss: 'https://www.linkedin.com', sub: 'x', aud: 'other', exp: 1 }),
    ).toString('base64url')
    for (const id_token of [`eyJhbGciOiJSUzI1NiJ9.${claims}.c2ln`, 'garbage', '', null, 7]) {
      expect((await exchanged({ ...tokens, id_token })).accessToken).toBe('at')
    }
  })

  it('the same refresh token comes back with a smaller life, and the access token with what is left', async () => {
    platform.reply = {
      body: { ...tokens, expires_in: 432_000, refresh_token: SECRETS.refreshToken, refresh_token_expires_in: 432_000 },
    }
    const renewed = await ask(platform, 'refresh')
    expect(renewed.refreshToken).toBe(SECRETS.refreshToken)
    expect(Math.round(((renewed.refreshExpiresAt ?? 0) - Date.now()) / 86_400_000)).toBe(5)
  })

  it('no refresh token at all is a good answer', async () => {
    expect((await exchanged(tokens)).refreshToken).toBeUndefined()
  })

  it('an error in the shape of the API', async () => {
    refused(401, {
      status: 401,
      serviceErrorCode: 65_604,
      code: 'EMPTY_ACCESS_TOKEN',
      message: 'Empty oauth2 access token',
    })
    expect(await faultOf(ask(platform, 'code'))).toMatchObject({
      providerCode: 'EMPTY_ACCESS_TOKEN',
      detail: expect.stringContaining('Empty oauth2 access token'),
    })
  })
})

describe('X', () => {
  const basic = { ...s256, clientAuth: 'basic' as const }

  it('PKCE S256 and Basic: - and _ go raw', async () => {
    platform.reply = { body: { ...tokens, scope: 'tweet.read offline.access' } }
    const client = { clientId: 'a-b_c.d~e', clientSecret: '-RoKx_9-' }
    await ask(platform, 'code', { oauth: basic, client, verifier: 'w'.repeat(43) })
    const [asked] = platform.asked
    expect(Buffer.from(asked?.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString()).toBe(
      'a-b_c.d~e:-RoKx_9-',
    )
    expect(asked?.form.get('code_verifier')).toBe('w'.repeat(43))
    expect(asked?.form.has('client_secret')).toBe(false)
  })

  it('400 invalid_request on the refresh grant: reauthorize', async () => {
    refused(400, { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' })
    const fault = await faultOf(ask(platform, 'refresh', { judgeToken: judgeLikeX }))
    expect(fault).toMatchObject({ code: 'reauthorize', providerCode: 'invalid_request' })
    expect(fault.detail).toBe('token endpoint: 400 invalid_request Value passed for the token was invalid.')
  })

  it('400 invalid_request on the code grant: the code was bad, or we were', async () => {
    refused(400, {
      error: 'invalid_request',
      error_description: 'Value passed for the authorization code was invalid.',
    })
    expect((await faultOf(ask(platform, 'code', { judgeToken: judgeLikeX }))).code).toBe('code_refused')
    refused(400, { error: 'invalid_request', error_description: 'Missing required parameter [code_verifier].' })
    expect((await faultOf(ask(platform, 'code', { judgeToken: judgeLikeX }))).code).toBe('provider_answer_invalid')
  })

  it('401 unauthorized_client: misconfigured, never the person’s to mend', async () => {
    refused(401, { error: 'unauthorized_client', error_description: 'Missing valid authorization header' })
    expect((await faultOf(ask(platform, 'refresh', { judgeToken: judgeLikeX }))).code).toBe('misconfigured')
  })
})

describe('Meta', () => {
  it('sometimes no expires_in: no end is known', async () => {
    expect(await exchanged({ access_token: 'at', token_type: 'bearer' })).toMatchObject({
      accessExpiresAt: undefined,
      tokenType: 'bearer',
    })
  })

  it('the error is an object, with WWW-Authenticate, as text/javascript', async () => {
    refused(
      400,
      {
        error: {
          message: 'Error validating access token: Session has expired',
          type: 'OAuthException',
          code: 190,
          fbtrace_id: 'A1b',
        },
      },
      {
        'www-authenticate': 'OAuth "Facebook Platform" "invalid_token"',
        'content-type': 'text/javascript; charset=UTF-8',
      },
    )
    const seen: string[] = []
    const judgeToken = ({ error }: { error: string }) => {
      seen.push(error)
      return 'reauthorize' as const
    }
    const fault = await faultOf(ask(platform, 'refresh', { judgeToken }))
    expect(seen).toEqual(['OAuthException_190'])
    expect(fault).toMatchObject({ code: 'reauthorize', providerCode: 'OAuthException_190' })
    expect(fault.detail).toContain('Session has expired')
  })

  it('tokens as text/javascript', async () => {
    expect((await exchanged(tokens, { headers: { 'content-type': 'text/javascript' } })).accessToken).toBe('at')
  })
})

describe('Instagram and Threads', () => {
  it('no token_type, the answer wrapped in data, a user_id past 2^53', async () => {
    const body = '{"data":[{"access_token":"at","user_id":17841400000000000123,"permissions":"a,b"}]}'
    expect((await exchanged(body)).accessToken).toBe('at')
  })

  it('not wrapped, without token_type', async () => {
    expect((await exchanged({ access_token: 'at', user_id: 1 })).accessToken).toBe('at')
  })
})

describe('HubSpot', () => {
  it('hub_id and a list of scopes beside the answer', async () => {
    expect((await exchanged({ ...tokens, hub_id: 1, scopes: ['crm.objects.contacts.read', 'oauth'] })).scopes).toEqual([
      'crm.objects.contacts.read',
      'oauth',
    ])
    expect((await exchanged({ ...tokens, scope: 'oauth', scopes: ['other'] })).scopes).toEqual(['oauth'])
  })

  it('the old error {status, message}', async () => {
    refused(400, { status: 'BAD_REFRESH_TOKEN', message: 'missing or unknown refresh token', correlationId: 'x' })
    const judgeToken = ({ error }: { error: string }) => (error === 'BAD_REFRESH_TOKEN' ? 'reauthorize' : 'ours')
    const fault = await faultOf(ask(platform, 'refresh', { judgeToken }))
    expect(fault).toMatchObject({ code: 'reauthorize', providerCode: 'BAD_REFRESH_TOKEN' })
  })

  it('the new error has both shapes: the standard’s code is told, and the older one is judged, too', async () => {
    refused(400, { error: 'invalid_grant', error_description: 'expired', status: 'BAD_AUTH_CODE', message: 'expired' })
    expect((await faultOf(ask(platform, 'refresh'))).providerCode).toBe('invalid_grant')
    refused(400, { error: 'invalid_request', status: 'BAD_REFRESH_TOKEN', message: 'unknown refresh token' })
    const judgeToken = ({ also }: { also?: string }) => (also === 'BAD_REFRESH_TOKEN' ? 'reauthorize' : 'ours')
    const fault = await faultOf(ask(platform, 'refresh', { judgeToken }))
    expect(fault).toMatchObject({ code: 'reauthorize', providerCode: 'invalid_request' })
  })

  it('the general body of its API, whose status says no more than "error"', async () => {
    refused(400, { status: 'error', message: 'No.', correlationId: 'x', category: 'VALIDATION_ERROR' })
    expect((await faultOf(ask(platform, 'refresh'))).providerCode).toBe('VALIDATION_ERROR')
    refused(400, { status: 'error', message: 'No.' })
    expect((await faultOf(ask(platform, 'refresh'))).providerCode).toBe('error')
  })
})

describe('Google', () => {
  it('refresh_token_expires_in for apps in testing', async () => {
    const given = await exchanged({ ...tokens, refresh_token: 'rt', refresh_token_expires_in: 604_799 })
    expect(Math.round(((given.refreshExpiresAt ?? 0) - Date.now()) / 86_400_000)).toBe(7)
  })

  it('scopes that are addresses', async () => {
    const scope = 'https://www.googleapis.com/auth/analytics.readonly openid'
    expect((await exchanged({ ...tokens, scope })).scopes).toEqual(scope.split(' '))
  })
})
