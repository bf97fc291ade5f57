import { describe, expect, it } from 'vitest'
import { kit, REDIRECT, reply } from '../../kit.ts'

const k = kit()
const TOKEN = '/oauth/v2/accessToken'
const MISMATCH =
  'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists'

describe('a right exchange', () => {
  it('answers what is documented and no more', async () => {
    const answer = await k.exchange(await k.code())
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.json)).toEqual([
      'access_token',
      'expires_in',
      'refresh_token',
      'refresh_token_expires_in',
      'scope',
      'id_token',
    ])
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('lives sixty days, its refresh token a year', async () => {
    const tokens = await k.tokens()
    expect(tokens.expires_in).toBe(5_184_000)
    expect(tokens.refresh_token_expires_in).toBe(365 * 24 * 3600)
  })

  it('is never a second short of its life, on a running clock either', async () => {
    k.steer({ clock: { freeze: false } })
    const lives = await Promise.all(Array.from({ length: 20 }, async () => (await k.tokens()).expires_in))
    expect(new Set(lives)).toEqual(new Set([5_184_000]))
  })

  it('gives opaque tokens of about 500 characters', async () => {
    const tokens = await k.tokens()
    expect(tokens.access_token).toMatch(/^[\w-]{500}$/)
    expect(tokens.refresh_token).toMatch(/^[\w-]{500}$/)
    expect(tokens.access_token).not.toBe(tokens.refresh_token)
  })

  it('separates scopes by commas, in an order of its own', async () => {
    expect((await k.tokens({ scope: 'w_member_social openid email' })).scope).toBe('email,openid,w_member_social')
  })

  it('can separate them by spaces, and send a token_type', async () => {
    k.settings({ scopeSeparator: ' ', tokenType: 'Bearer' })
    const { json } = await k.exchange(await k.code({ scope: 'profile openid' }))
    expect(json).toMatchObject({ scope: 'openid profile', token_type: 'Bearer' })
  })

  it('has an id_token with openid only', async () => {
    expect((await k.exchange(await k.code({ scope: 'w_member_social' }))).json.id_token).toBeUndefined()
    const community = await k.tokens({ registration: 'linkedin-community' })
    expect(community.id_token).toBeUndefined()
  })

  it('takes a charset behind the content type', async () => {
    const code = await k.code()
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }
    expect((await k.exchange(code, {}, headers)).status).toBe(200)
  })

  it('a self-serve app gets no refresh token', async () => {
    const tokens = await k.tokens({ registration: 'linkedin-selfserve' })
    expect(Object.keys(tokens)).toEqual(['access_token', 'expires_in', 'scope', 'id_token'])
  })
})

describe('how a request is read', () => {
  it('GET is a 400', async () => {
    const answer = await reply(await fetch(k.www(`${TOKEN}?grant_type=authorization_code`)))
    expect([answer.status, answer.json.error]).toEqual([400, 'invalid_request'])
  })

  it.each(['PUT', 'DELETE', 'PATCH'])('%s is not taken', async (method) => {
    expect((await fetch(k.www(TOKEN), { method })).status).toBe(405)
  })

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', ''])(
    'a body declared %j is no form',
    async (type) => {
      const answer = await k.exchange(await k.code(), {}, { 'content-type': type })
      expect([answer.status, answer.json.error_description]).toEqual([
        400,
        'A required parameter "grant_type" is missing',
      ])
    },
  )

  it('parameters in the query are not read', async () => {
    const { clientId, clientSecret } = k.app()
    const query = new URLSearchParams({
      grant_type: 'authorization_code',
      code: await k.code(),
      redirect_uri: REDIRECT,
      client_id: clientId,
      client_secret: clientSecret,
    })
    expect((await k.post(`${TOKEN}?${query}`, {})).status).toBe(400)
  })

  it.each(['code', 'client_id', 'client_secret', 'grant_type', 'redirect_uri', 'anything'])(
    '%s sent twice is refused',
    async (name) => {
      const { clientId, clientSecret } = k.app()
      const fields = new URLSearchParams({
        grant_type: 'authorization_code',
        code: await k.code(),
        redirect_uri: REDIRECT,
        client_id: clientId,
        client_secret: clientSecret,
        anything: '1',
      })
      fields.append(name, fields.get(name) ?? '')
      const answer = await k.post(TOKEN, fields.toString())
      expect([answer.status, answer.json.error]).toEqual([400, 'invalid_request'])
      expect(answer.json.error_description).toContain(name)
    },
  )

  it('a body beyond 64 KiB is refused, declared or not', async () => {
    expect((await k.post(TOKEN, `a=${'x'.repeat(70_000)}`)).status).toBe(413)
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('x'.repeat(20_000)))
      },
    })
    const init = {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }
    const sent = await fetch(k.www(TOKEN), init as RequestInit)
      .then((r) => r.status)
      .catch(() => 'cut off')
    expect([413, 'cut off']).toContain(sent)
  })
})

describe('missing parameters', () => {
  it.each(['grant_type', 'code', 'redirect_uri', 'client_id', 'client_secret'])('%s', async (name) => {
    const code = await k.code()
    for (const value of [undefined, '']) {
      const answer = await k.exchange(code, { [name]: value })
      expect(answer.status).toBe(400)
      expect(answer.json).toEqual({
        error: 'invalid_request',
        error_description: `A required parameter "${name}" is missing`,
      })
    }
    // None of that used the code up.
    expect((await k.exchange(code)).status).toBe(200)
  })

  it.each(['client_credentials', 'password', 'urn:ietf:params:oauth:grant-type:device_code'])(
    'the grant %s is not given',
    async (grant_type) => {
      const answer = await k.exchange('x', { grant_type })
      expect([answer.status, answer.json.error]).toEqual([400, 'unsupported_grant_type'])
    },
  )
})

describe('who the client is', () => {
  const basic = (id: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
  })

  it('Basic is answered as if there were no secret', async () => {
    const { clientId, clientSecret } = k.app()
    const header = basic(clientId, clientSecret)
    for (const fields of [{ client_secret: undefined, client_id: undefined }, { client_secret: undefined }, {}]) {
      const answer = await k.exchange(await k.code(), fields, header)
      expect(answer.status).toBe(400)
      expect(answer.json).toEqual({
        error: 'invalid_request',
        error_description: 'A required parameter "client_secret" is missing',
      })
    }
  })

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }],
    ['another app’s secret', { client_secret: 'SANDBOX.community/not+a/real+secret==' }],
    ['an unknown client', { client_id: 'nobody' }],
    ['a secret with a blank behind it', { client_secret: 'SANDBOX.linkedin/not+a/real+secret== ' }],
  ])('%s is a 401', async (_name, fields) => {
    const answer = await k.exchange(await k.code(), fields)
    expect(answer.status).toBe(401)
    expect(answer.json).toEqual({ error: 'invalid_client', error_description: 'Client authentication failed' })
  })

  it('a secret that was not form-encoded is a wrong secret: its plus signs arrive as blanks', async () => {
    const { clientId, clientSecret } = k.app()
    expect(clientSecret).toMatch(/\/.*\+.*=/)
    const raw = `grant_type=authorization_code&code=${await k.code()}&redirect_uri=${encodeURIComponent(REDIRECT)}&client_id=${clientId}&client_secret=${clientSecret}`
    expect((await k.post(TOKEN, raw)).status).toBe(401)
  })

  it('refuses every secret when told to, and takes a new one', async () => {
    k.steer({ linkedin: { app: { registration: 'linkedin', secretRefused: true } } })
    expect((await k.exchange(await k.code())).json.error).toBe('invalid_client')
    k.steer({ linkedin: { app: { registration: 'linkedin', secretRefused: false, clientSecret: 'rotated' } } })
    expect((await k.exchange(await k.code())).json.error).toBe('invalid_client')
    expect((await k.exchange(await k.code(), { client_secret: 'rotated' })).status).toBe(200)
  })

  it('a code_verifier on the standard flow is a 401, with or without a challenge before it', async () => {
    const verifier = 'v'.repeat(43)
    const challenge = 'mKUGSFwrpDbBsRQsPyNpkwjBrmVd3RoZJQKHqHOm-Ug'
    const authorize = { code_challenge: challenge, code_challenge_method: 'S256' }
    for (const who of [{}, { authorize }]) {
      const code = await k.code(who)
      for (const code_verifier of [verifier, '']) {
        const answer = await k.exchange(code, { code_verifier })
        expect([answer.status, answer.json.error]).toEqual([401, 'invalid_client'])
      }
      expect((await k.exchange(code)).status).toBe(200)
    }
  })
})

describe('what the code is bound to', () => {
  it('one that never was: 401', async () => {
    const answer = await k.exchange('never-was')
    expect(answer.status).toBe(401)
    expect(answer.json).toEqual({
      error: 'invalid_request',
      error_description: 'Unable to retrieve access token: authorization code not found',
    })
  })

  it('used once: the second time is the 400 that names everything', async () => {
    const code = await k.code()
    expect((await k.exchange(code)).status).toBe(200)
    const again = await k.exchange(code)
    expect(again.status).toBe(400)
    expect(again.json).toEqual({ error: 'invalid_request', error_description: MISMATCH })
  })

  it('a second use leaves the tokens of the first alone', async () => {
    const code = await k.code()
    const { json } = await k.exchange(code)
    await k.exchange(code)
    expect((await k.get('/v2/userinfo', json.access_token)).status).toBe(200)
  })

  it('two uses at once: one wins', async () => {
    const code = await k.code()
    const answers = await Promise.all(Array.from({ length: 8 }, () => k.exchange(code)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(answers.filter((answer) => answer.status === 400)).toHaveLength(7)
  })

  it('lives thirty minutes', async () => {
    const [good, late] = [await k.code(), await k.code()]
    k.sandbox.control.advance(30 * 60 - 1)
    expect((await k.exchange(good)).status).toBe(200)
    k.sandbox.control.advance(1)
    expect((await k.exchange(late)).json.error_description).toBe(MISMATCH)
  })

  it.each(['https://app.example/callback/two', `${REDIRECT}?x=1`, `${REDIRECT}/`])(
    'another redirect_uri: %s',
    async (redirect_uri) => {
      const code = await k.code()
      const answer = await k.exchange(code, { redirect_uri })
      expect(answer.status).toBe(400)
      expect(answer.json).toEqual({ error: 'invalid_redirect_uri', error_description: MISMATCH })
      expect((await k.exchange(code)).status).toBe(200)
    },
  )

  it('another app, with its own right secret', async () => {
    const { clientId, clientSecret } = k.app('linkedin-selfserve')
    const answer = await k.exchange(await k.code(), { client_id: clientId, client_secret: clientSecret })
    expect([answer.status, answer.json.error_description]).toEqual([400, MISMATCH])
  })

  it('a member who took the consent back in between, even if it is given again', async () => {
    const code = await k.code()
    k.steer({ linkedin: { revokeGrant: { member: 'mara' } } })
    expect((await k.exchange(code)).status).toBe(400)
    await k.code()
    expect((await k.exchange(code)).status).toBe(400)
  })
})
