import { describe, expect, it } from 'vitest'
import { PASSWORD } from '../people.ts'
import { fault, listener, unipileKit } from '../testing.ts'

const k = unipileKit()
const l = listener()
const GOOD = 'https://app.example/good?x=1'
const BAD = 'https://app.example/bad'

const body = (more: Record<string, unknown> = {}) => ({
  ...{ type: 'create', providers: ['LINKEDIN'], api_url: 'https://api1.unipile.com:13111' },
  ...{ expiresOn: '2026-11-21T12:30:00.000Z', name: 'user-1', notify_url: l.url },
  ...{ success_redirect_url: GOOD, failure_redirect_url: BAD },
  ...more,
})
const make = (more: Record<string, unknown> = {}) => k.v1('/hosted/accounts/link', { body: body(more) })
const link = async (more: Record<string, unknown> = {}): Promise<string> => (await make(more)).json.url
const makeV2 = (more: Record<string, unknown> = {}) =>
  k.v2('/auth/link', {
    body: {
      ...{ expires_on: '2026-11-21T12:30:00.000Z', redirect_uri: 'https://app.example/back?y=1' },
      ...{ providers: ['linkedin'], state: 'state-1', ...more },
    },
  })

const browser = () => k.on.sandbox.browser()
const press = (url: string, button: string, fields: Record<string, string> = {}) =>
  browser().submit(url, { press: button, ...fields })
const signIn = (url: string, who: string, password = PASSWORD) =>
  press(url, 'sign-in', { username: `${who}@sandbox.example`, password })
const told = () => JSON.parse(l.heard.at(-1)?.body ?? '{}')

describe('a link of v1', () => {
  it('is made', async () => {
    const { status, json } = await make()
    expect([status, json]).toEqual([
      201,
      { object: 'HostedAuthURL', url: expect.stringMatching(/^https:\/\/account\.unipile\.com\/[\w-]+$/) },
    ])
    expect((await browser().open(json.url)).html).toContain('Connect your LinkedIn account')
  })

  it.each([
    [{ type: undefined }, 400, 'errors/missing_parameters'],
    [{ type: 'other' }, 400, 'errors/invalid_parameters'],
    [{ providers: undefined }, 400, 'errors/missing_parameters'],
    [{ providers: ['GOOGLE'] }, 501, 'errors/feature_not_implemented'],
    [{ api_url: undefined }, 400, 'errors/missing_parameters'],
    [{ api_url: 'https://api.unipile.com' }, 400, 'errors/invalid_parameters'],
    [{ expiresOn: undefined }, 400, 'errors/missing_parameters'],
    [{ expiresOn: '2026-11-21T12:30:00Z' }, 400, 'errors/invalid_parameters'],
    [{ expiresOn: '2026-11-21T12:30:00.000+01:00' }, 400, 'errors/invalid_parameters'],
    [{ expiresOn: '2026-11-21T12:00:00.000Z' }, 400, 'errors/invalid_parameters'],
    [{ notify_url: 'nowhere' }, 400, 'errors/invalid_parameters'],
    [{ type: 'reconnect' }, 400, 'errors/missing_parameters'],
    [{ type: 'reconnect', reconnect_account: 'nobody' }, 404, 'errors/resource_not_found'],
  ])('with %j is refused: %i %s', async (more, status, type) => {
    expect(fault(await make(more))).toEqual([status, type])
  })

  it('dies at its end, at the daily restart, and when it was used', async () => {
    const dead = async (url: string) => (await browser().open(url)).status
    const short = await link()
    k.advance(1800)
    expect(await dead(short)).toBe(410)
    const long = await link({ expiresOn: '2027-01-01T00:00:00.000Z' })
    expect(await dead(long)).toBe(200)
    k.advance(12 * 3600)
    expect(await dead(long)).toBe(410)
    const killed = await link({ expiresOn: '2027-01-01T00:00:00.000Z' })
    k.steer({ restart: true })
    expect(await dead(killed)).toBe(410)
    const used = await link({ expiresOn: '2027-01-01T00:00:00.000Z' })
    await signIn(used, 'ada')
    expect(await dead(used)).toBe(410)
    expect(await dead('https://account.unipile.com/made-up')).toBe(410)
  })

  it('is in no log', async () => {
    const url = await link()
    await browser().open(url)
    const token = new URL(url).pathname.slice(1)
    expect(JSON.stringify(k.on.sandbox.control.state())).not.toContain(token)
  })
})

describe('the hosted page', () => {
  it('signs in, sends back, and tells whoever made the link', async () => {
    const { location } = await signIn(await link(), 'ada')
    expect(location).toBe(GOOD)
    await l.hears(1)
    const [seat] = k.shown().seats
    expect(told()).toEqual({ status: 'CREATION_SUCCESS', account_id: seat?.id, name: 'user-1' })
    expect((await k.v1(`/accounts/${seat?.id}`)).status).toBe(200)
  })

  it('lets a wrong password be typed again, and a wrong code', async () => {
    const url = await link()
    expect((await signIn(url, 'otp', 'wrong')).html).toContain('The password is not right.')
    expect((await signIn(url, 'otp')).html).toContain('name="code"')
    expect((await press(url, 'resend')).html).toContain('sent a moment ago')
    k.advance(30)
    expect((await press(url, 'resend')).html).toContain('on its way')
    expect((await press(url, 'solve', { code: '123456' })).html).toContain('The code is not right.')
    expect((await press(url, 'solve', { code: '654321' })).location).toBe(GOOD)
  })

  it.each([
    ['captcha', [['captcha']]],
    ['approve', [['approve']]],
    ['approve-or-code', [['another-way'], ['solve', '123456']]],
    [
      'phone',
      [
        ['solve', '(+33)0612345678'],
        ['solve', '123456'],
      ],
    ],
    [
      'twice',
      [
        ['solve', '123456'],
        ['solve', '123456'],
      ],
    ],
  ])('leads %s to the end', async (who, steps) => {
    const url = await link()
    let screen = await signIn(url, who)
    for (const [button = '', code = ''] of steps) screen = await press(url, button, { code })
    expect(screen.location).toBe(GOOD)
  })

  it('takes a captcha also where the API refuses it', async () => {
    k.settings({ captcha: 'refused' })
    const url = await link()
    expect((await signIn(url, 'captcha')).html).toContain('I am not a robot')
  })

  it('looks by itself after who approves in the app', async () => {
    const url = await link()
    await signIn(url, 'approve')
    k.advance(10)
    await l.hears(1)
    expect((await browser().open(url)).location).toBe(GOOD)
  })

  it.each([
    ['locked', 'is restricted', []],
    ['dies', 'is killed', [['solve', '123456']]],
    ['otp', 'left', [['cancel']]],
  ])('sends %s back who %s, and tells nobody', async (who, _why, steps) => {
    const url = await link()
    let screen = await signIn(url, who)
    for (const [button = '', code = ''] of steps) screen = await press(url, button, { code })
    expect(screen.location).toBe(BAD)
    expect(k.shown().deliveries).toEqual([])
  })

  it('says itself what came of it where nobody is sent back', async () => {
    const bare = { success_redirect_url: undefined, failure_redirect_url: undefined, notify_url: undefined }
    expect((await signIn(await link(bare), 'ada')).html).toContain('Your account is connected')
    expect((await press(await link(bare), 'cancel')).html).toContain('was not connected')
  })

  it('links the same account anew, and no other', async () => {
    const id = await k.id('ada')
    k.steer({ seat: { id, status: 'CREDENTIALS' } })
    const url = await link({ type: 'reconnect', reconnect_account: id })
    expect((await signIn(url, 'twice')).html).toContain('another account')
    expect((await signIn(url, 'ada')).location).toBe(GOOD)
    await l.hears(1)
    expect(told()).toEqual({ status: 'RECONNECTED', account_id: id, name: 'user-1' })
  })

  it('takes no form from another site', async () => {
    const url = k.on.at(await link())
    const headers = { 'sec-fetch-site': 'cross-site' }
    const body = new URLSearchParams({ press: 'sign-in', username: 'ada@sandbox.example', password: PASSWORD })
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400)
    expect(k.shown().seats).toEqual([])
  })
})

describe('a link of v2', () => {
  it('sends back the account, or the title of an error, and the state', async () => {
    const { status, json } = await makeV2()
    expect([status, json]).toEqual([200, { object: 'HostedAuthLink', link: expect.any(String) }])
    const { location } = await signIn(json.link, 'ada')
    const { searchParams } = new URL(location ?? '')
    const [seat] = k.shown().seats
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ y: '1', account_id: seat?.id, provider: 'linkedin', state: 'state-1' },
    })
    const other = await press((await makeV2()).json.link, 'cancel')
    expect(Object.fromEntries(new URL(other.location ?? '').searchParams)).toEqual({
      ...{ y: '1', error_title: 'The person left.', state: 'state-1' },
    })
  })

  it('leads through a code or an approval', async () => {
    const { link: url } = (await makeV2()).json
    expect((await signIn(url, 'approve-or-code')).html).toContain('Or the code')
    expect((await press(url, 'solve', { code: '123456' })).location).toContain('account_id=acc_')
  })

  it.each([
    [{ expires_on: '2026-11-21T12:30:00Z' }, 400],
    [{ expires_on: '2026-11-21T11:00:00.000Z' }, 400],
    [{ redirect_uri: undefined }, 400],
    [{ providers: ['google'] }, 400],
    [{ providers: undefined }, 400],
    [{ providers: undefined, account_id: 'acc_nobody' }, 404],
    [{ domain: 'auth.elsewhere.example' }, 400],
  ])('with %j is refused: %i', async (more, status) => {
    expect((await makeV2(more)).status).toBe(status)
  })
})
