import { describe, expect, it } from 'vitest'
import { API, DAY, kit, reply, START } from '../kit.ts'

const k = kit()
const CONTROL = '/__control'

const post = async (body: unknown, headers: Record<string, string> = {}, base = k.sandbox.url) =>
  reply(
    await fetch(`${base}${CONTROL}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  )

describe('over HTTP', () => {
  it('is on every port', async () => {
    for (const base of [k.sandbox.url, ...Object.values(k.sandbox.origins)]) {
      expect((await post({ clock: { advanceSeconds: 1 } }, {}, base)).status).toBe(200)
      expect((await reply(await fetch(`${base}${CONTROL}`))).json.clock.now).toBeGreaterThan(START)
    }
  })

  it('does what it does in process', async () => {
    await post({ fault: { endpoint: 'linkedin.token', kind: 'gateway' } })
    expect((await k.exchange(await k.code())).status).toBe(502)
  })

  it('does several things at once, and several faults', async () => {
    const faults = [
      { endpoint: 'linkedin.token', kind: 'gateway' },
      { endpoint: 'linkedin.token', kind: 'truncate' },
    ]
    const { status, json } = await post({ reset: true, clock: { set: 1000, freeze: true }, fault: faults })
    expect([status, json]).toEqual([
      200,
      { ok: true, clock: { now: 1000, iso: '1970-01-01T00:00:01.000Z', frozen: true } },
    ])
    expect(k.sandbox.control.state().faults).toHaveLength(2)
  })

  it.each([
    ['not JSON', '{', 400],
    ['an unknown key', { wat: 1 }, 400],
    ['an unknown fault', { fault: { endpoint: 'x', kind: 'explode' } }, 400],
    ['a fault with a misspelt field', { fault: { endpoint: 'x', kind: 'reset', wen: 'after' } }, 400],
    ['a list', [], 400],
    ['reset: false', { reset: false }, 400],
    ['a fault at an endpoint that is not there', { fault: { endpoint: 'linkedin.tokens', kind: 'reset' } }, 422],
    ['a fault at a platform that is not there', { fault: { endpoint: 'linkdin.*', kind: 'reset' } }, 422],
    ['an outage of a platform that is not there', { outage: { platform: 'linkdin' } }, 422],
    ['an unknown app', { linkedin: { app: { registration: 'nobody', scopes: [] } } }, 422],
    ['a token that is not there', { linkedin: { token: { do: 'revoke', id: 'access-99' } } }, 422],
    ['a grant that is not there', { linkedin: { revokeGrant: { member: 'mara' } } }, 422],
    ['an unknown member', { linkedin: { revokeGrant: { member: 'nobody' } } }, 400],
    ['an organization that is not there', { linkedin: { role: { member: 'mara', organization: 'nowhere' } } }, 422],
    [
      'a role that is not there',
      { linkedin: { role: { member: 'ines', organization: 'acme-bakery', remove: true } } },
      422,
    ],
    [
      'http beyond loopback',
      { linkedin: { app: { registration: 'linkedin', redirectUris: ['http://a.example/cb'] } } },
      400,
    ],
    ['a version that is no month', { linkedin: { settings: { versions: { next: '2027-01-01' } } } }, 400],
    ['a sunset that is no day', { linkedin: { settings: { versions: { '202610': 'soon' } } } }, 400],
  ])('refuses %s and says why', async (_name, body, status) => {
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(answer.json.error.length).toBeGreaterThan(5)
  })

  it('does nothing of a command of which a part is wrong', async () => {
    await post({ outage: true, fault: { endpoint: 'x', kind: 'explode' } })
    expect(k.sandbox.control.state().outage).toBeNull()
  })

  it('takes GET and POST', async () => {
    for (const method of ['PUT', 'DELETE']) {
      expect((await fetch(`${k.sandbox.url}${CONTROL}`, { method })).status).toBe(405)
    }
  })

  it('refuses a command beyond 256 KiB', async () => {
    expect((await post(`"${'x'.repeat(300_000)}"`)).status).toBe(413)
  })

  it('does not count its own calls', async () => {
    await post({})
    expect(k.sandbox.control.state().requests).toEqual({})
  })
})

describe('a page cannot steer it', () => {
  it.each([
    ['a cross-site page', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['the application’s own origin', { origin: 'http://localhost:8003' }],
  ])('%s', async (_name, headers) => {
    expect((await post({ outage: true }, headers)).status).toBe(403)
    expect(k.sandbox.control.state().outage).toBeNull()
    expect((await fetch(`${k.sandbox.url}${CONTROL}`, { headers })).status).toBe(403)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])(
    'nor a plain form: %s',
    async (type) => {
      expect((await post('{"outage":true}', { 'content-type': type })).status).toBe(415)
      expect(k.sandbox.control.state().outage).toBeNull()
    },
  )

  it('nor a name that was pointed here', async () => {
    const { request } = await import('node:http')
    const { port } = new URL(k.sandbox.url)
    const status = (host: string) =>
      new Promise<number | undefined>((done, fail) => {
        const headers = { host: `${host}:${port}` }
        const call = request({ host: '127.0.0.1', port, path: CONTROL, headers }, (answer) => {
          answer.resume()
          done(answer.statusCode)
        })
        call.on('error', fail).end()
      })
    expect(await status('evil.example')).toBe(403)
    expect([await status('localhost'), await status('127.0.0.1'), await status('[::1]')]).toEqual([200, 200, 200])
  })

  it('its own front page may', async () => {
    const answer = await post({ clearLog: true }, { 'sec-fetch-site': 'same-origin', origin: k.sandbox.url })
    expect(answer.status).toBe(200)
  })
})

describe('state', () => {
  it('is a copy', () => {
    const state = k.sandbox.control.state()
    state.linkedin.roles.length = 0
    expect(k.sandbox.control.state().linkedin.roles.length).toBeGreaterThan(0)
  })

  it('shows grants and tokens by id and condition', async () => {
    const one = await k.tokens({ scope: 'openid' })
    await k.tokens({ member: 'tomas', scope: 'openid' })
    k.steer({ linkedin: { token: { do: 'expire', kind: 'access', value: one.access_token } } })
    k.steer({ linkedin: { token: { do: 'revoke', kind: 'refresh', member: 'tomas' } } })
    const { grants, accessTokens, refreshTokens } = k.sandbox.control.state().linkedin
    expect(grants.map((grant) => [grant.member, grant.scopes, grant.revoked])).toEqual([
      ['mara', ['openid'], false],
      ['tomas', ['openid'], false],
    ])
    expect(accessTokens.map((token) => [token.id, token.member, token.status])).toEqual([
      ['access-1', 'mara', 'expired'],
      ['access-3', 'tomas', 'active'],
    ])
    expect(refreshTokens.map((token) => token.status)).toEqual(['active', 'revoked'])
    expect(Object.keys(accessTokens[0] ?? {})).not.toContain('token')
  })

  it('hides the secrets of apps', () => {
    for (const app of k.sandbox.control.state().linkedin.apps) expect(app).not.toHaveProperty('clientSecret')
  })

  it('log and requests by endpoint', async () => {
    await k.tokens()
    expect(k.sandbox.control.requests('linkedin.token')).toBe(1)
    expect(k.sandbox.control.requests('linkedin.nothing')).toBe(0)
    expect(k.sandbox.control.log('linkedin.token')).toHaveLength(1)
    expect(k.sandbox.control.log().length).toBeGreaterThan(1)
    k.steer({ clearLog: true })
    expect(k.sandbox.control.log()).toEqual([])
  })
})

describe('the clock', () => {
  it('advances, is set, freezes and goes back', async () => {
    k.steer({ clock: { advanceSeconds: 60 } })
    expect(k.sandbox.control.state().clock.now).toBe(START + 60_000)
    k.sandbox.control.advance(40)
    expect(k.sandbox.control.state().clock.now).toBe(START + 100_000)
    k.steer({ clock: { reset: true } })
    expect(k.sandbox.control.state().clock.frozen).toBe(false)
    expect(Math.abs(k.sandbox.control.state().clock.now - Date.now())).toBeLessThan(60_000)
  })
})

describe('reset', () => {
  it('brings back how it started', async () => {
    const { access_token } = await k.tokens()
    k.steer({
      outage: true,
      fault: { endpoint: '*', kind: 'truncate', times: 'always' },
      clock: { advanceSeconds: 400 * DAY },
      linkedin: {
        app: { registration: 'linkedin', scopes: ['openid'], refreshTokens: false, redirectUris: [] },
        addApp: { registration: 'extra', clientId: 'extra', clientSecret: 's', scopes: ['openid'] },
        role: { member: 'mara', organization: 'northwind-studio', remove: true },
        settings: { tokenType: 'Bearer', skipConsent: false },
        freshToken: { calls: 5 },
      },
    })
    k.sandbox.control.reset()
    k.steer({ clock: { set: START, freeze: true } })
    const state = k.sandbox.control.state()
    expect(state).toMatchObject({
      outage: null,
      faults: [],
      requests: {},
      log: [],
      linkedin: { grants: [], accessTokens: [] },
    })
    expect(state.linkedin.apps).toHaveLength(3)
    expect(state.linkedin.settings).toMatchObject({
      tokenType: 'absent',
      skipConsent: true,
      freshToken: { calls: 0, seconds: 0 },
    })
    expect((await k.get('/v2/userinfo', access_token)).json.serviceErrorCode).toBe(65600)
    expect((await k.tokens()).refresh_token).toBeTruthy()
  })
})

describe('apps', () => {
  it('can be added, with a callback of their own', async () => {
    const redirect_uri = 'https://workspace.example/callback/9'
    k.steer({
      linkedin: {
        addApp: {
          registration: 'own',
          clientId: 'own-id',
          clientSecret: 'a+b/c=',
          scopes: ['openid'],
          redirectUris: [redirect_uri],
        },
      },
    })
    const url = new URL(k.authorizeUrl({ scope: 'openid', authorize: { client_id: 'own-id', redirect_uri } }))
    const screen = await k.sandbox.browser().consent(url.href)
    expect(screen.location).toMatch(/^https:\/\/workspace\.example\/callback\/9\?code=/)
    const code = new URL(screen.location ?? '').searchParams.get('code') ?? ''
    const answer = await k.exchange(code, { client_id: 'own-id', client_secret: 'a+b/c=', redirect_uri })
    expect([answer.status, answer.json.refresh_token]).toEqual([200, undefined])
  })

  it.each([
    { registration: 'linkedin', clientId: 'new' },
    { registration: 'new', clientId: 'sandbox-linkedin' },
  ])('keep their names to themselves: %j', async (names) => {
    const { status } = await post({ linkedin: { addApp: { ...names, clientSecret: 's', scopes: ['openid'] } } })
    expect(status).toBe(422)
  })

  it('change without losing what is not named', () => {
    k.steer({ linkedin: { app: { registration: 'linkedin', name: 'Renamed' } } })
    const app = k.sandbox.control.state().linkedin.apps.find((one) => one.registration === 'linkedin')
    expect(app).toMatchObject({
      name: 'Renamed',
      refreshTokens: true,
      redirectUris: expect.arrayContaining([expect.any(String)]),
    })
  })

  it('take redirect URIs', async () => {
    k.steer({ linkedin: { app: { registration: 'linkedin', redirectUris: ['https://new.example/cb'] } } })
    expect((await k.sandbox.browser().open(k.authorizeUrl())).status).toBe(401)
    const url = k.authorizeUrl({ authorize: { redirect_uri: 'https://new.example/cb' } })
    expect((await k.sandbox.browser().open(url)).status).toBe(200)
  })
})

describe('tokens and grants', () => {
  it('a revoked grant ends tokens of that app and member only', async () => {
    const mara = await k.tokens()
    const tomas = await k.tokens({ member: 'tomas' })
    const other = await k.tokens({ registration: 'linkedin-selfserve' })
    k.steer({ linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } })
    const codes = await Promise.all(
      [mara, tomas, other].map(async (one) => (await k.get('/v2/userinfo', one.access_token)).status),
    )
    expect(codes).toEqual([401, 200, 200])
  })

  it('a new consent after it works, and does not wake the old tokens', async () => {
    const before = await k.tokens()
    k.steer({ linkedin: { revokeGrant: {} } })
    const after = await k.tokens()
    expect((await k.get('/v2/userinfo', after.access_token)).status).toBe(200)
    expect((await k.get('/v2/userinfo', before.access_token)).status).toBe(401)
    expect((await k.refresh(before.refresh_token)).status).toBe(400)
  })

  it('expiring never lengthens a life', async () => {
    const { access_token } = await k.tokens()
    k.sandbox.control.advance(61 * DAY)
    const before = k.sandbox.control.state().linkedin.accessTokens[0]?.expiresAt
    k.steer({ linkedin: { token: { do: 'expire', value: access_token } } })
    expect(k.sandbox.control.state().linkedin.accessTokens[0]?.expiresAt).toBe(before)
  })
})

it('maps the API, too', () => expect(k.api('/x')).toBe(`${k.sandbox.origins[API]}/x`))
