import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { playedAt } from '../../core/portrait.ts'
import { reply } from '../../kit.ts'
import { MEDIA } from '../origins.ts'
import { BASIC, instagramKit, NORTHWIND, SCOPED } from '../testing.ts'

const k = instagramKit()
const ALL = 'user_id,username,name,account_type,profile_picture_url,followers_count,media_count'

describe('me', () => {
  it('has two ids: one for publishing, one of the app', async () => {
    const { json } = await k.me(await k.short(), ALL)
    expect(json).toEqual({
      ...{ id: SCOPED, user_id: NORTHWIND, username: 'northwind.studio', name: 'Northwind Studio' },
      ...{ account_type: 'BUSINESS', followers_count: 873, media_count: 41 },
      profile_picture_url: `${MEDIA}/v/${NORTHWIND}/picture`,
    })
    expect((await reply(await fetch(playedAt(k.sandbox.origins, json.profile_picture_url)))).status).toBe(200)
  })

  it('answers what was asked, and the id', async () => {
    const token = await k.short()
    expect((await k.me(token)).json).toEqual({ id: SCOPED })
    expect((await k.me(token, 'username')).json).toEqual({ username: 'northwind.studio', id: SCOPED })
  })

  it('leaves out what an account has not', async () => {
    const { json } = await k.me(await k.short({ member: 'priya' }), ALL)
    expect(Object.keys(json)).toEqual(['user_id', 'username', 'account_type', 'followers_count', 'media_count', 'id'])
    expect(json.account_type).toBe('MEDIA_CREATOR')
  })

  it('is reached without a version, by either id, and with the token in a header', async () => {
    const access_token = await k.long()
    const header = { headers: { authorization: `Bearer ${access_token}` } }
    for (const path of ['/me', `/v26.0/${NORTHWIND}`, `/${SCOPED}`])
      expect((await k.graph(path, {}, header)).json.id).toBe(SCOPED)
    expect((await k.graph('/v26.0/17841400000002001', {}, header)).json.error).toMatchObject({
      code: 100,
      error_subcode: 33,
    })
  })

  it('another app sees another id of its own, and the same one for publishing', async () => {
    const scopes = ['instagram_business_basic']
    const app = { registration: 'second', clientId: '100000000000010', clientSecret: 's', scopes, permissions: scopes }
    k.steer({ addApp: { ...app, redirectUris: ['https://second.example/cb'] } })
    const authorize = { client_id: app.clientId, redirect_uri: 'https://second.example/cb' }
    const code = await k.code({ scope: scopes.join(','), authorize })
    const { json, text } = await k.exchange(code, { ...authorize, client_secret: 's' })
    const me = (await k.me(json.access_token, 'user_id')).json
    expect(me.user_id).toBe(NORTHWIND)
    expect(me.id).not.toBe(SCOPED)
    expect(text).toContain(`"user_id":${me.id}`)
  })

  it.each([
    ['a field that it has not', 'username,email', 100],
    ['fields that cannot be read', 'username,,name', 2500],
  ])('refuses %s', async (_name, fields, code) => {
    const { status, json } = await k.me(await k.short(), fields)
    expect([status, json.error.code]).toEqual([400, code])
  })
})

describe('who may call', () => {
  it('nobody without a token', async () => {
    const { status, json, headers } = await k.graph('/v26.0/me')
    expect([status, json.error.code]).toEqual([400, 104])
    expect(headers.get('www-authenticate')).toContain('invalid_token')
  })

  it('a dead token is told apart, or not at all', async () => {
    const access_token = await k.long()
    k.steer({ endGrant: { why: 'password' } })
    const { status, json, headers } = await k.me(access_token)
    expect(status).toBe(400)
    expect(json.error).toMatchObject({
      type: 'OAuthException',
      code: 190,
      error_subcode: 460,
      fbtrace_id: expect.stringMatching(/^A/),
    })
    expect(headers.get('www-authenticate')).toContain('invalid_token')
    k.steer({ settings: { deadToken: 100 } })
    expect((await k.me(access_token)).json.error).toMatchObject({
      ...{ message: 'Unsupported request - method type: get', type: 'IGApiException', code: 100 },
    })
    k.steer({ settings: { deadToken: 190, tokenStatus: 401 } })
    expect((await k.me(access_token)).status).toBe(401)
  })

  it.each([
    ['removed', 458],
    ['checkpoint', 459],
    ['password', 460],
  ] as const)('%s ends every token, and a new consent does not wake the old ones', async (why, subcode) => {
    const token = await k.long()
    k.steer({ endGrant: { why, member: 'mara' } })
    expect((await k.me(token)).json.error.error_subcode).toBe(subcode)
    const after = await k.long()
    expect((await k.me(after)).status).toBe(200)
    expect((await k.me(token)).json.error.error_subcode).toBe(467)
  })

  it('a checkpoint can be lifted', async () => {
    const token = await k.long()
    k.steer({ endGrant: { why: 'checkpoint' } })
    k.steer({ liftCheckpoint: {} })
    expect((await k.me(token)).status).toBe(200)
  })

  it('nobody without the basic permission', async () => {
    const token = await k.long()
    k.steer({ decline: { permission: BASIC } })
    expect((await k.me(token)).json.error.code).toBe(10)
  })

  it('no account that was made a personal one again', async () => {
    const token = await k.long()
    k.steer({ account: { member: 'mara', kind: 'PERSONAL' } })
    expect((await k.me(token)).json.error.code).toBe(10)
  })

  it('a proof is checked where it is sent, and needed where the app says so', async () => {
    const access_token = await k.long()
    const right = createHmac('sha256', k.app().clientSecret).update(access_token).digest('hex')
    const asked = (appsecret_proof?: string) => k.graph('/v26.0/me', { access_token, appsecret_proof })
    expect((await asked(right)).status).toBe(200)
    expect((await asked(right.toUpperCase())).json.error.message).toContain('Invalid appsecret_proof')
    k.steer({ app: { registration: 'instagram', requireProof: true } })
    expect((await asked()).json.error.message).toContain('require an appsecret_proof')
  })
})

describe('versions', () => {
  it.each([
    ['v26.0', 'v26.0'],
    ['v21.0', 'v21.0'],
    ['v20.0', 'v21.0'],
    ['v9.0', 'v21.0'],
  ])('%s is served by %s', async (asked, served) => {
    const { headers, status } = await k.graph(`/${asked}/me`, { access_token: await k.short() })
    expect([status, headers.get('facebook-api-version')]).toEqual([200, served])
  })

  it('one that is over is refused where it is so set, and one that never was always', async () => {
    const access_token = await k.short()
    expect((await k.graph('/v27.0/me', { access_token })).json.error.code).toBe(2500)
    k.steer({ settings: { expiredVersion: 'refused' } })
    expect((await k.graph('/v20.0/me', { access_token })).json.error.code).toBe(2635)
  })
})

describe('budgets', () => {
  it('are told with every answer, climb to 100, then refuse', async () => {
    const access_token = await k.long()
    k.steer({ settings: { accountCallsPerHour: 4 } })
    k.advance(3600)
    const seen: unknown[] = []
    for (let call = 0; call < 5; call++) {
      const { status, headers, json } = await k.graph('/v26.0/me', { access_token })
      const use = JSON.parse(headers.get('x-business-use-case-usage') ?? '')[NORTHWIND][0]
      seen.push([status, use.type, use.call_count, use.estimated_time_to_regain_access, json.error?.code])
    }
    expect(seen).toEqual([
      [200, 'instagram', 25, 0, undefined],
      [200, 'instagram', 50, 0, undefined],
      [200, 'instagram', 75, 0, undefined],
      [200, 'instagram', 100, 0, undefined],
      [400, 'instagram', 100, 60, 80002],
    ])
    k.advance(3600)
    expect((await k.graph('/v26.0/me', { access_token })).status).toBe(200)
  })

  it.each([
    ['app', 4],
    ['use-case', 80002],
  ] as const)('can be spent by a switch: %s', async (limit, code) => {
    const access_token = await k.short()
    k.steer({ settings: { limited: limit, limitStatus: 403 } })
    const { status, json, headers } = await k.graph('/v26.0/me', { access_token })
    expect([status, json.error.code]).toEqual([403, code])
    expect(headers.get('retry-after')).toBeNull()
  })

  it.each([1, 2] as const)('Meta’s own error %i', async (code) => {
    const access_token = await k.short()
    k.steer({ settings: { failing: code } })
    const { status, json } = await k.graph('/v26.0/me', { access_token })
    expect([status, json.error.code, json.error.is_transient]).toEqual([500, code, code === 2])
  })
})

describe('removing the app', () => {
  const remove = (access_token: string) => k.graph('/me/permissions', { access_token }, { method: 'DELETE' })

  it('is not documented, and may be refused', async () => {
    k.steer({ settings: { revoke: 'unknown' } })
    expect((await remove(await k.long())).json.error.message).toBe('Unsupported request - method type: delete')
  })

  it('or served, with every token dead', async () => {
    k.steer({ settings: { revoke: 'works' } })
    const token = await k.long()
    expect((await remove(token)).json).toEqual({ success: true })
    expect((await k.me(token)).json.error.error_subcode).toBe(458)
  })
})
