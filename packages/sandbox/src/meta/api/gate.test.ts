import { describe, expect, it } from 'vitest'
import { DAY, metaKit, NORTHWIND } from '../testing.ts'

const k = metaKit()

describe('a token', () => {
  it('is a parameter, or in the header after Bearer or OAuth', async () => {
    const token = await k.long()
    const appsecret_proof = k.proof(token)
    expect((await k.raw('/me', { access_token: token, appsecret_proof })).status).toBe(200)
    for (const scheme of ['Bearer', 'OAuth']) {
      const init = { headers: { authorization: `${scheme} ${token}` } }
      expect((await k.raw('/me', { appsecret_proof }, init)).status).toBe(200)
    }
    const basic = { headers: { authorization: `Basic ${token}` } }
    expect((await k.raw('/me', { appsecret_proof }, basic)).json.error.code).toBe(2500)
  })

  it('that is none is refused, and so is no token', async () => {
    const none = await k.raw('/v26.0/me')
    expect([none.status, none.json.error.code]).toEqual([400, 2500])
    const other = await k.raw('/v26.0/me', { access_token: 'EAAother' })
    expect(other.json.error).toMatchObject({ type: 'OAuthException', code: 190 })
    expect(other.json.error).not.toHaveProperty('error_subcode')
  })

  it.each([
    ['removed', 458],
    ['checkpoint', 459],
    ['password', 460],
    ['unconfirmed', 464],
  ] as const)('ended because: %s, with its subcode, the person’s and every Page’s', async (why, subcode) => {
    const user = await k.long()
    const page = await k.page(user)
    const tomas = await k.long({ member: 'tomas' })
    k.steer({ endGrant: { why, member: 'mara' } })
    for (const token of [user, page]) {
      const { status, json, headers } = await k.call('/me', token)
      expect([status, json.error.code, json.error.error_subcode]).toEqual([400, 190, subcode])
      expect(headers.get('www-authenticate')).toBe(`OAuth "Facebook Platform" "invalid_token" "${json.error.message}"`)
    }
    expect((await k.call('/me', tomas)).status).toBe(200)
  })

  it('that was ended stays dead after another consent, which works', async () => {
    const before = await k.page(await k.long())
    k.steer({ endGrant: { why: 'password' } })
    const after = await k.page(await k.long())
    expect((await k.call('/me', after)).status).toBe(200)
    expect((await k.call('/me', before)).json.error.error_subcode).toBe(467)
  })

  it('says when its time was over', async () => {
    const token = await k.short()
    k.steer({ token: { do: 'expire' } })
    const { message } = (await k.call('/me', token)).json.error
    expect(message).toMatch(/Session has expired on .*2026.* The current time is .*2026/)
  })

  it('may be answered with 401, and with 102', async () => {
    const token = await k.long()
    k.steer({ settings: { tokenStatus: 401, tokenCode: 102 }, token: { do: 'revoke' } })
    const { status, json } = await k.call('/me', token)
    expect([status, json.error.code, json.error.error_subcode]).toEqual([401, 102, 467])
  })

  it('is dead after the app’s secret was reset', async () => {
    const token = await k.page(await k.long())
    k.steer({ resetSecret: { registration: 'meta', clientSecret: 'new' } })
    expect((await k.call('/me', token)).json.error.code).toBe(190)
  })

  it('is back where a checkpoint was lifted', async () => {
    const token = await k.long()
    k.steer({ endGrant: { why: 'checkpoint' } })
    k.steer({ liftCheckpoint: {} })
    expect((await k.call('/me', token)).status).toBe(200)
  })

  it('comes with words for the person, in their language, where they must act at Facebook', async () => {
    const token = await k.long()
    k.steer({ endGrant: { why: 'checkpoint' } })
    const english = (await k.call('/me', token)).json.error
    expect(english).toMatchObject({ error_user_title: 'You Need to Log In', error_user_msg: expect.any(String) })
    const german = (await k.call('/me', token, { locale: 'de_DE' })).json.error
    expect(german.error_user_title).toBe('Du musst dich anmelden')
  })
})

describe('appsecret_proof', () => {
  it('is needed with every call where the app requires it', async () => {
    const token = await k.long()
    const { status, json } = await k.call('/me', token, {}, { proof: false })
    expect([status, json.error.code, json.error.type]).toEqual([400, 100, 'GraphMethodException'])
    k.steer({ app: { registration: 'meta', requireProof: false } })
    expect((await k.call('/me', token, {}, { proof: false })).status).toBe(200)
  })

  it.each([true, false])('is right or refused, required: %s', async (requireProof) => {
    k.steer({ app: { registration: 'meta', requireProof } })
    const user = await k.long()
    const page = await k.page(user)
    for (const appsecret_proof of [k.proof(user).toUpperCase(), k.proof(user, 'meta-business'), k.proof(page), 'x'])
      expect((await k.call('/me', user, { appsecret_proof })).json.error.message).toContain('Invalid appsecret_proof')
    // Each token has its own.
    expect((await k.call('/me', page, { appsecret_proof: k.proof(user) })).status).toBe(400)
    expect((await k.call('/me', page, { appsecret_proof: k.proof(page) })).status).toBe(200)
  })
})

describe('the 90 days of data access', () => {
  it('end what reads data, and not the token', async () => {
    const user = await k.long()
    const page = await k.page(user)
    k.advance(59 * DAY)
    const again = (await k.lengthen(user)).json.access_token
    k.advance(31 * DAY)
    expect((await k.accounts(again)).json.error).toMatchObject({ code: 10 })
    for (const path of ['/me', `/${NORTHWIND}`]) expect((await k.call(path, page)).json.error.code).toBe(10)
    expect((await k.call('/me', again)).status).toBe(200)
    expect((await k.call('/me/permissions', again)).status).toBe(200)
    const { data } = (await k.debug(page)).json
    expect(data).toMatchObject({ is_valid: true, expires_at: 0 })
    expect(data.data_access_expires_at * 1000).toBeLessThanOrEqual(k.sandbox.control.state().clock.now)
    k.steer({ settings: { dataAccess: 'token' } })
    expect((await k.accounts(again)).json.error.code).toBe(190)
    k.steer({ settings: { dataAccess: 'served' } })
    expect((await k.accounts(again)).status).toBe(200)
  })

  it('begin anew with a login', async () => {
    const user = await k.long()
    k.steer({ dataAccessEnds: { at: 0 } })
    expect((await k.accounts(user)).status).toBe(400)
    await k.back()
    expect((await k.accounts(user)).status).toBe(200)
  })
})

describe('versions', () => {
  const asked = async (version: string) => {
    const { status, headers, json } = await k.call('/me', await k.long(), {}, { version })
    return [status, headers.get('facebook-api-version'), json.error?.code]
  }

  it.each([
    ['/v26.0', 'v26.0'],
    ['/v22.0', 'v22.0'],
    ['', 'v21.0'],
    ['/v20.0', 'v21.0'],
    ['/v3.2', 'v21.0'],
  ])('%s is served by %s', async (version, served) => {
    expect(await asked(version)).toEqual([200, served, undefined])
  })

  it.each(['/v27.0', '/v26.1', '/v99.0'])('%s never was', async (version) => {
    expect((await asked(version))[2]).toBe(2500)
  })

  it('end by the calendar', async () => {
    k.steer({ settings: { expiredVersion: 'refused', dataAccess: 'served' } })
    expect((await asked('/v20.0'))[2]).toBe(2635)
    expect(await asked('/v21.0')).toEqual([200, 'v21.0', undefined])
    k.advance(61 * DAY)
    expect((await asked('/v21.0'))[2]).toBe(2635)
    expect(await asked('')).toEqual([200, 'v22.0', undefined])
  })
})

describe('budgets', () => {
  const usage = (headers: Headers) => JSON.parse(headers.get('x-app-usage') ?? '')

  it('of the app are told with every answer, climb to 100, then end in code 4', async () => {
    const token = await k.long()
    k.advance(3600)
    k.steer({ settings: { callsPerHour: 4 } })
    const seen = []
    for (let call = 0; call < 5; call++) {
      const { status, headers, json } = await k.call('/me', token)
      seen.push([status, usage(headers), json.error?.code, json.error?.is_transient])
    }
    const at = (call_count: number) => ({ call_count, total_time: call_count, total_cputime: call_count })
    expect(seen).toEqual([
      [200, at(25), undefined, undefined],
      [200, at(50), undefined, undefined],
      [200, at(75), undefined, undefined],
      [200, at(100), undefined, undefined],
      [400, at(100), 4, true],
    ])
  })

  it('are longer spent for who goes on calling', async () => {
    const token = await k.long()
    k.advance(3600)
    k.steer({ settings: { callsPerHour: 1 } })
    await k.call('/me', token)
    await k.call('/me', token)
    k.advance(1800)
    expect((await k.call('/me', token)).json.error.code).toBe(4)
    k.advance(3599)
    expect((await k.call('/me', token)).json.error.code).toBe(4)
    k.advance(3600)
    expect((await k.call('/me', token)).status).toBe(200)
  })

  it('of a person end in code 17, and another goes on', async () => {
    const [mara, tomas] = [await k.long(), await k.long({ member: 'tomas' })]
    k.steer({ settings: { userCallsPerHour: 1 } })
    await k.call('/me', mara)
    expect((await k.call('/me', mara)).json.error.code).toBe(17)
    expect((await k.call('/me', tomas)).status).toBe(200)
  })

  it.each([
    ['pages-use-case', 80001],
    ['page', 32],
  ] as const)('of a Page are told by its id, and end in: %s', async (pageLimit, code) => {
    const token = await k.page(await k.long())
    k.steer({ settings: { pageCallsPerHour: 2, pageLimit } })
    const one = await k.call('/me', token)
    const told = (headers: Headers) => JSON.parse(headers.get('x-business-use-case-usage') ?? '')[NORTHWIND][0]
    expect(told(one.headers)).toMatchObject({ type: 'pages', call_count: 50, estimated_time_to_regain_access: 0 })
    await k.call('/me', token)
    const over = await k.call('/me', token)
    expect([over.status, over.json.error.code]).toEqual([400, code])
    expect(told(over.headers)).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 60 })
    expect(over.headers.get('retry-after')).toBeNull()
  })

  it.each([
    ['app', 4],
    ['user', 17],
    ['page', 32],
    ['application', 341],
    ['custom', 613],
    ['pages-use-case', 80001],
    ['instagram-use-case', 80002],
  ] as const)('can be spent by a switch: %s', async (limited, code) => {
    const token = await k.long()
    k.steer({ settings: { limited, limitStatus: 403 } })
    const { status, json, headers } = await k.call('/me', token)
    expect([status, json.error.code]).toEqual([403, code])
    expect(headers.get('x-app-usage')).not.toBeNull()
  })

  it('are told with refusals, too', async () => {
    const token = await k.long()
    k.steer({ endGrant: { why: 'password' } })
    expect(usage((await k.call('/me', token)).headers)).toMatchObject({ call_count: 1 })
  })
})

describe('what has nothing to do with the call', () => {
  it.each([
    [1, 500, false],
    [2, 500, true],
    [3, 400, undefined],
    [368, 400, false],
  ] as const)('Meta’s own error %i', async (failing, status, transient) => {
    const token = await k.long()
    k.steer({ settings: { failing } })
    const answer = await k.call('/me', token)
    expect([answer.status, answer.json.error.code, answer.json.error.is_transient]).toEqual([
      status,
      failing,
      transient,
    ])
    expect((await k.debug(token)).json.error.code).toBe(failing)
    expect((await k.lengthen(token)).json.error.code).toBe(failing)
  })

  it('a path and a method that are none', async () => {
    const token = await k.long()
    expect((await k.call('/me/friends', token)).json.error).toMatchObject({ code: 2500 })
    const { status, json } = await k.call('/me', token, {}, { method: 'POST' })
    expect([status, json.error.message]).toEqual([400, 'Unsupported post request.'])
  })

  it('a throttle fault speaks as Meta does', async () => {
    const token = await k.long()
    k.sandbox.control.fault({ endpoint: 'meta.me', kind: 'throttle', level: 'member' })
    expect((await k.call('/me', token)).json.error.code).toBe(17)
  })
})
