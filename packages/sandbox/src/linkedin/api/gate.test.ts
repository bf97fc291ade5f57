import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { DAY, kit, reply, START } from '../../kit.ts'

const k = kit()
const ACLS = '/rest/organizationAcls?q=roleAssignee'

describe('the token', () => {
  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic eDp5', 'token abc'])(
    'Authorization %j is no token',
    async (authorization) => {
      const rest = await k.get(ACLS, '', { authorization })
      expect([rest.status, rest.json]).toEqual([
        401,
        { status: 401, code: 'EMPTY_ACCESS_TOKEN', message: 'Empty oauth2_access_token' },
      ])
      const v2 = await k.get('/v2/userinfo', '', { authorization })
      expect(v2.json).toEqual({ status: 401, serviceErrorCode: 401, message: 'Empty oauth2_access_token' })
    },
  )

  it('in the query is no token', async () => {
    const { access_token } = await k.tokens()
    const answer = await k.get(`/v2/userinfo?oauth2_access_token=${access_token}`, '', { authorization: undefined })
    expect(answer.status).toBe(401)
  })

  it('takes the scheme in any case', async () => {
    const { access_token } = await k.tokens()
    expect((await k.get('/v2/userinfo', '', { authorization: `bearer ${access_token}` })).status).toBe(200)
  })

  it('that never was: 65600', async () => {
    const answer = await k.get('/v2/userinfo', 'AQmade-up')
    expect(answer.json).toEqual({
      status: 401,
      serviceErrorCode: 65600,
      code: 'INVALID_ACCESS_TOKEN',
      message: 'Invalid access token',
    })
  })

  it('a refresh token is no access token', async () => {
    expect((await k.get('/v2/userinfo', (await k.tokens()).refresh_token)).json.serviceErrorCode).toBe(65600)
  })

  it('revoked: 65601', async () => {
    const { access_token } = await k.tokens()
    k.steer({ linkedin: { revokeGrant: { member: 'mara' } } })
    expect((await k.get('/v2/userinfo', access_token)).json).toEqual({
      status: 401,
      serviceErrorCode: 65601,
      code: 'REVOKED_ACCESS_TOKEN',
      message: 'The token used in the request has been revoked by the user',
    })
  })

  it('lives sixty days to the second, then 65602', async () => {
    const { access_token } = await k.tokens()
    k.sandbox.control.advance(60 * DAY - 1)
    expect((await k.get('/v2/userinfo', access_token)).status).toBe(200)
    k.sandbox.control.advance(1)
    expect((await k.get('/v2/userinfo', access_token)).json).toEqual({
      status: 401,
      serviceErrorCode: 65602,
      code: 'EXPIRED_ACCESS_TOKEN',
      message: 'The token used in the request has expired',
    })
  })

  it('survives a change of the app’s scopes: they bear on new tokens only', async () => {
    const { access_token } = await k.tokens()
    k.steer({ linkedin: { app: { registration: 'linkedin', scopes: ['openid'] } } })
    expect((await k.get(ACLS, access_token)).status).toBe(200)
  })
})

describe('a fresh token that reads as revoked', () => {
  it('for so many calls', async () => {
    k.steer({ linkedin: { freshToken: { calls: 3 } } })
    const { access_token } = await k.tokens()
    const seen: number[] = []
    for (let i = 0; i < 5; i++) seen.push((await k.get('/v2/userinfo', access_token)).json.serviceErrorCode ?? 200)
    expect(seen).toEqual([65601, 65601, 65601, 200, 200])
  })

  it('for so many seconds of the sandbox’s clock', async () => {
    k.steer({ linkedin: { freshToken: { seconds: 10 } } })
    const { access_token } = await k.tokens()
    k.sandbox.control.advance(9)
    expect((await k.get('/v2/userinfo', access_token)).json.serviceErrorCode).toBe(65601)
    k.sandbox.control.advance(1)
    expect((await k.get('/v2/userinfo', access_token)).status).toBe(200)
  })

  it('bears on tokens given afterwards, refreshed ones too', async () => {
    const before = await k.tokens()
    k.steer({ linkedin: { freshToken: { calls: 1 } } })
    expect((await k.get('/v2/userinfo', before.access_token)).status).toBe(200)
    const { json } = await k.refresh(before.refresh_token)
    expect((await k.get('/v2/userinfo', json.access_token)).status).toBe(401)
    expect((await k.get('/v2/userinfo', json.access_token)).status).toBe(200)
  })

  it('can be switched off again', async () => {
    k.steer({ linkedin: { freshToken: { calls: 3 } } })
    k.steer({ linkedin: { freshToken: {} } })
    expect((await k.get('/v2/userinfo', (await k.tokens()).access_token)).status).toBe(200)
  })
})

describe('the version', () => {
  it.each([undefined, '', ' '])('%j is none', async (version) => {
    const answer = await k.get(ACLS, (await k.tokens()).access_token, { 'linkedin-version': version })
    expect([answer.status, answer.json]).toEqual([
      400,
      {
        status: 400,
        code: 'VERSION_MISSING',
        message: 'A version must be present. Please specify a version by adding the Linkedin-Version header.',
      },
    ])
  })

  it.each([
    ['202511', '20251101'],
    ['202512', '20251201'],
    ['202412', '20241201'],
    ['209901', '20990101'],
    ['202610', '20261001'],
    ['2026-09', '2026-09'],
    ['v2', 'v2'],
    ['20260901', '20260901'],
  ])('%s is not active', async (version, shown) => {
    const answer = await k.get(ACLS, (await k.tokens()).access_token, { 'linkedin-version': version })
    expect([answer.status, answer.json]).toEqual([
      426,
      { status: 426, code: 'NONEXISTENT_VERSION', message: `Requested version ${shown} is not active` },
    ])
  })

  it('is not looked at on /v2', async () => {
    const { access_token } = await k.tokens()
    for (const version of [undefined, '201001']) {
      expect((await k.get('/v2/userinfo', access_token, { 'linkedin-version': version })).status).toBe(200)
    }
  })

  it('dies on its day by the sandbox’s clock', async () => {
    k.steer({ clock: { set: Date.UTC(2027, 8, 14, 23, 59, 59) } })
    const { access_token } = await k.tokens()
    expect((await k.get(ACLS, access_token)).status).toBe(200)
    k.sandbox.control.advance(1)
    expect((await k.get(ACLS, access_token)).status).toBe(426)
  })

  it('the token is looked at first, then the version, then the permission', async () => {
    expect((await k.get(ACLS, 'nope', { 'linkedin-version': undefined })).status).toBe(401)
    const { access_token } = await k.tokens({ scope: 'openid' })
    expect((await k.get(ACLS, access_token, { 'linkedin-version': undefined })).status).toBe(400)
    expect((await k.get(ACLS, access_token)).status).toBe(403)
  })
})

describe('Rest.li', () => {
  it.each(['3.0.0', '2', 'latest'])('protocol %s is not known', async (version) => {
    const answer = await k.get(ACLS, (await k.tokens()).access_token, { 'x-restli-protocol-version': version })
    expect(answer.status).toBe(400)
    expect(answer.json.message).toContain(version)
  })

  it('1.0.0 applies without the header, and says so', async () => {
    const answer = await k.get(ACLS, (await k.tokens()).access_token, { 'x-restli-protocol-version': undefined })
    expect([answer.status, answer.headers.get('x-restli-protocol-version')]).toEqual([200, '1.0.0'])
  })

  it('a query beyond 4000 characters must be tunnelled', async () => {
    const { access_token } = await k.tokens()
    const query = `ids=List(${Array.from({ length: 480 }, (_, i) => 91000101 + i).join(',')})`
    expect(query.length).toBeGreaterThan(4000)
    expect((await k.get(`/rest/organizationsLookup?${query}`, access_token)).status).toBe(414)
    const tunnelled = await tunnel('/rest/organizationsLookup', query, access_token)
    expect([tunnelled.status, Object.keys(tunnelled.json.statuses).length]).toEqual([200, 480])
  })

  it('a tunnelled query is read as a query', async () => {
    const { access_token } = await k.tokens()
    const answer = await tunnel('/rest/organizationAcls', 'q=roleAssignee&count=1', access_token)
    expect(answer.json.paging).toMatchObject({ count: 1, total: 2 })
  })

  it.each([
    [{ 'x-http-method-override': 'DELETE' }],
    [{ 'x-http-method-override': '' }],
    [{ 'x-http-method-override': 'GET', 'content-type': 'application/json' }],
  ])('a POST that is no tunnel is not taken: %j', async (headers) => {
    const { access_token } = await k.tokens()
    expect((await tunnel('/rest/organizationAcls', 'q=roleAssignee', access_token, headers)).status).toBe(405)
  })
})

async function tunnel(path: string, body: string, token: string, headers: Record<string, string> = {}) {
  return reply(
    await fetch(k.api(path), {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${token}`,
        'linkedin-version': '202609',
        'x-restli-protocol-version': '2.0.0',
        'x-http-method-override': 'GET',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
    }),
  )
}

describe('the rest of the gate', () => {
  it('a POST that does not say its length: 411', async () => {
    const { access_token } = await k.tokens()
    const { hostname, port } = new URL(k.api('/'))
    const head = `POST /v2/userinfo HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${access_token}\r\nConnection: close\r\n\r\n`
    const first = await new Promise<string>((done, fail) => {
      const socket = connect(Number(port), hostname, () => socket.write(head))
      let seen = ''
      socket.on('data', (data) => {
        seen += data
      })
      socket.on('end', () => done(seen))
      socket.on('error', fail)
    })
    expect(first).toMatch(/^HTTP\/1.1 411 /)
  })

  it('an unknown path: 404 in LinkedIn’s words', async () => {
    for (const path of [
      '/rest/nope',
      '/v2',
      '/',
      '/rest/organizationAcls/',
      '/v2/organizationalEntityAcls',
      '/rest/organizations/%E0%A4%A/x',
    ]) {
      if (path === '/') continue
      const answer = await k.get(path, (await k.tokens()).access_token)
      expect([path, answer.status, answer.json]).toEqual([
        path,
        404,
        { status: 404, code: 'RESOURCE_NOT_FOUND', message: 'No virtual resource found' },
      ])
    }
  })

  it('answers of the API carry the ids that LinkedIn wants quoted, errors too', async () => {
    for (const token of [(await k.tokens()).access_token, 'nope']) {
      const { headers } = await k.get('/v2/userinfo', token)
      for (const name of ['x-li-uuid', 'x-li-fabric', 'x-li-request-id']) expect(headers.get(name)).toBeTruthy()
    }
  })

  it('HEAD answers like GET, without a body', async () => {
    const { access_token } = await k.tokens()
    const answer = await fetch(k.api('/v2/userinfo'), {
      method: 'HEAD',
      headers: { authorization: `Bearer ${access_token}` },
    })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  it.each(['PUT', 'DELETE', 'PATCH'])('%s is not supported', async (method) => {
    const answer = await reply(await fetch(k.api('/v2/me'), { method }))
    expect([answer.status, answer.json.status, answer.headers.get('allow')]).toEqual([405, 405, 'GET, POST'])
  })

  it('the two hosts are apart: no API at www, no OAuth at api', async () => {
    expect((await fetch(k.www('/v2/userinfo'))).status).toBe(404)
    expect((await fetch(k.api('/oauth/v2/accessToken'), { method: 'POST' })).status).toBe(404)
  })
})

describe('quotas', () => {
  const quota = (limits: { member?: number; application?: number }) =>
    k.steer({ linkedin: { app: { registration: 'linkedin', quota: limits } } })
  const status = async (token: string, path = '/v2/userinfo') => (await k.get(path, token)).status

  it('are none on the standard tier', async () => {
    const { access_token } = await k.tokens()
    for (let i = 0; i < 30; i++) expect(await status(access_token)).toBe(200)
  })

  it('per member: the next one is 429, without any header that says when', async () => {
    quota({ member: 2 })
    const { access_token } = await k.tokens()
    const tomas = await k.tokens({ member: 'tomas' })
    expect([await status(access_token), await status(access_token), await status(access_token)]).toEqual([
      200, 200, 429,
    ])
    expect(await status(tomas.access_token)).toBe(200)
    const { json, headers } = await k.get('/v2/userinfo', access_token)
    expect(json).toMatchObject({
      status: 429,
      serviceErrorCode: 101,
      message: 'Resource level throttle MEMBER DAY limit for calls to this resource is reached.',
    })
    expect([...headers.keys()].filter((name) => /retry|ratelimit/i.test(name))).toEqual([])
  })

  it('per app, over all its members', async () => {
    quota({ application: 2 })
    const one = await k.tokens()
    const two = await k.tokens({ member: 'tomas' })
    expect([await status(one.access_token), await status(two.access_token), await status(one.access_token)]).toEqual([
      200, 200, 429,
    ])
    expect((await k.get('/v2/userinfo', one.access_token)).json.message).toContain('APPLICATION DAY')
  })

  it('are counted by endpoint', async () => {
    quota({ member: 1 })
    const { access_token } = await k.tokens()
    expect(await status(access_token)).toBe(200)
    expect(await status(access_token, ACLS)).toBe(200)
    expect(await status(access_token, ACLS)).toBe(429)
  })

  it('begin anew at 00:00 UTC', async () => {
    quota({ member: 1 })
    const { access_token } = await k.tokens()
    expect([await status(access_token), await status(access_token)]).toEqual([200, 429])
    k.steer({ clock: { set: Date.UTC(2026, 10, 21, 23, 59, 59) } })
    expect(await status(access_token)).toBe(429)
    k.sandbox.control.advance(1)
    expect(await status(access_token)).toBe(200)
    expect(START).toBeLessThan(k.sandbox.control.state().clock.now)
  })

  it('of the development tier are 100 a member', async () => {
    k.steer({ linkedin: { app: { registration: 'linkedin', tier: 'development' } } })
    const { access_token } = await k.tokens()
    const seen = await Promise.all(Array.from({ length: 101 }, () => status(access_token)))
    expect(seen.filter((one) => one === 200)).toHaveLength(100)
    k.steer({ linkedin: { app: { registration: 'linkedin', tier: 'standard' } } })
    expect(await status(access_token)).toBe(200)
  })
})
