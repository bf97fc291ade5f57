/** Signing in at a strange OpenID provider: oidc-provider, which OpenID certified, found by discovery over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OIDC_CLIENT, type Oidc, startOidc } from '../../test/oidc.ts'
import { BASE, createWorld, type TestBrowser, type World } from '../../test/world.ts'

const CALLBACK = `${BASE}/api/v1/session/oidc/callback`
const PASSWORD = 'brisk otter lantern 44'

describe('another sign-in', () => {
  let oidc: Oidc
  let world: World
  let owner: TestBrowser
  beforeAll(async () => {
    oidc = await startOidc({ redirectUris: [CALLBACK], clientAuth: 'basic', discovered: true })
    world = await createWorld({
      env: {
        MOORING_OIDC_ISSUER: oidc.issuer,
        MOORING_OIDC_CLIENT_ID: OIDC_CLIENT.clientId,
        MOORING_OIDC_CLIENT_SECRET: OIDC_CLIENT.clientSecret,
        MOORING_OIDC_NAME: 'Acme SSO',
      },
    })
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(async () => {
    await world.close()
    await oidc.stop()
  })

  /** To the provider and back; answers with where the browser ends. */
  async function go(browser: TestBrowser, account: string, link = false) {
    const started = await (link
      ? browser.send('POST', '/me/oidc', (await me(browser)).hasPassword ? { password: PASSWORD } : {})
      : browser.send('POST', '/session/oidc'))
    expect(started.status).toBe(200)
    const callback = await oidc.login(started.body.url, { account })
    const response = await browser.open(callback)
    return { callback, to: new URL(response.headers.get('location') ?? BASE, BASE), status: response.status }
  }
  const me = async (browser: TestBrowser) => (await browser.send('GET', '/me')).body
  const who = async (browser: TestBrowser) => (await browser.send('GET', '/session')).body

  async function invited(email: string): Promise<TestBrowser> {
    const { body } = await owner.send('POST', '/invitations', { email, role: 'viewer' })
    const browser = world.browser()
    const token = new URL(body.link).hash.slice(1)
    const answer = await browser.send('POST', '/session/invitation/accept', { token, name: 'New', password: PASSWORD })
    expect(answer.status).toBe(200)
    return browser
  }

  it('is named on the page', async () => {
    expect((await world.browser().send('GET', '/session/ways')).body).toMatchObject({ oidc: 'Acme SSO' })
  })

  it('asks with PKCE, a state and this one callback', async () => {
    const { body } = await world.browser().send('POST', '/session/oidc')
    const { searchParams } = new URL(body.url)
    expect(searchParams.get('redirect_uri')).toBe(CALLBACK)
    expect(searchParams.get('code_challenge_method')).toBe('S256')
    expect(searchParams.get('state')).toMatch(/^[\w-]{20,}$/)
  })

  it('lets nobody in who is not known here: sign-up is closed', async () => {
    const browser = world.browser()
    const { to } = await go(browser, 'stranger')
    expect(to.pathname).toBe('/sign-in')
    expect(to.searchParams.get('error')).not.toBeNull()
    expect((await who(browser)).code).toBe('unauthorized')
    expect(await world.database.query("select 1 from mooring.people where email = 'stranger@example.com'")).toEqual([])
  })

  it('is no proof for an account that an invitation made: whoever invites has the link, too', async () => {
    await invited('ceo@example.com')
    const browser = world.browser()
    const { to } = await go(browser, 'ceo')
    expect(to.pathname).toBe('/sign-in')
    expect((await who(browser)).code).toBe('unauthorized')
  })

  it('linked once and again, keeps no token', async () => {
    const ada = await invited('ada@example.com')
    for (let times = 0; times < 2; times += 1)
      expect((await go(ada, 'ada', true)).to.pathname).toBe('/settings/security')
    const browser = world.browser()
    const { to } = await go(browser, 'ada')
    expect([to.pathname, to.searchParams.get('error')]).toEqual(['/accounts', null])
    expect((await who(browser)).person.email).toBe('ada@example.com')
    const rows = await world.database.query<Record<string, unknown>>(
      "select * from mooring.logins where provider_id = 'oidc'",
    )
    expect(rows).toHaveLength(1)
    for (const name of ['access_token', 'refresh_token', 'id_token', 'password']) expect(rows[0]?.[name]).toBeNull()
  })

  it('takes no address that the provider never checked for proof of anybody', async () => {
    await invited('unchecked-bo@example.com')
    const browser = world.browser()
    const { to } = await go(browser, 'unchecked-bo')
    expect(to.pathname).toBe('/sign-in')
    expect((await who(browser)).code).toBe('unauthorized')
  })

  it('takes no address that its holder never proved here: nobody waits in ambush for a victim to sign in', async () => {
    const attacker = await invited('mallory@example.com')
    expect((await attacker.send('PATCH', '/me', { email: 'victim@example.com', password: PASSWORD })).status).toBe(200)
    const victim = world.browser()
    const { to } = await go(victim, 'victim')
    expect(to.pathname).toBe('/sign-in')
    expect((await who(victim)).code).toBe('unauthorized')
  })

  it('is linked by who is signed in, whatever its address, and opens that account from then on', async () => {
    expect(await owner.send('POST', '/me/oidc', {})).toMatchObject({ status: 409 })
    await owner.send('PATCH', '/me', { email: 'owner@example.com' })
    expect((await me(owner)).oidc).toBe(false)
    const { to } = await go(owner, 'boss', true)
    expect([to.pathname, to.searchParams.get('error')]).toEqual(['/settings/security', null])
    expect((await me(owner)).oidc).toBe(true)
    const browser = world.browser()
    await go(browser, 'boss')
    expect((await who(browser)).person.id).toBe((await who(owner)).person.id)
  })

  it('is linked and unlinked by nobody who only found a session: the password is asked for, and both are noted', async () => {
    const cleo = await invited('cleo@example.com')
    for (const body of [{}, { password: 'not the one 123' }])
      expect(await cleo.send('POST', '/me/oidc', body)).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } })
    expect(await cleo.send('POST', '/me/oidc/remove', { password: PASSWORD })).toMatchObject({ status: 404 })
    await go(cleo, 'cleo', true)
    expect((await cleo.send('POST', '/me/oidc/remove', {})).status).toBe(401)
    expect((await cleo.send('POST', '/me/oidc/remove', { password: PASSWORD })).status).toBe(204)
    expect((await me(cleo)).oidc).toBe(false)
    expect((await go(world.browser(), 'cleo')).to.pathname).toBe('/sign-in')
    const noted = await world.database.query<{ action: string }>(
      "select action from mooring.audit_entries where action like 'other-sign-in.%' and actor_id = $1 order by at",
      [(await me(cleo)).id],
    )
    expect(noted.map(({ action }) => action)).toEqual(['other-sign-in.linked', 'other-sign-in.unlinked'])
  })

  it('that is the only way in stays', async () => {
    const dora = await invited('dora@example.com')
    await go(dora, 'dora', true)
    await world.database.query("delete from mooring.logins where provider_id = 'credential' and person_id = $1", [
      (await me(dora)).id,
    ])
    expect(await dora.send('POST', '/me/oidc/remove', {})).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect((await me(dora)).oidc).toBe(true)
  })

  it('ends on a page whatever the address says', async () => {
    const response = await world.browser().open(`${CALLBACK}?state=a&state=b&code=c&code=d`)
    expect(response.status).toBe(303)
    const to = new URL(response.headers.get('location') ?? '', BASE)
    expect(to.pathname).toBe('/sign-in')
    expect(to.searchParams.get('error')).not.toBeNull()
  })

  it('finishes in the browser that began it, and once', async () => {
    const started = await world.browser().send('POST', '/session/oidc')
    const callback = await oidc.login(started.body.url, { account: 'boss' })
    const other = world.browser()
    const landed = await other.open(callback)
    expect(new URL(landed.headers.get('location') ?? '', BASE).pathname).toBe('/sign-in')
    expect((await who(other)).code).toBe('unauthorized')
    const browser = world.browser()
    const { callback: used } = await go(browser, 'boss')
    await browser.send('DELETE', '/session')
    await browser.open(used)
    expect((await who(browser)).code).toBe('unauthorized')
  })

  it('that was away when the server began is asked again, and not until a restart', async () => {
    const late = await startOidc({ redirectUris: [CALLBACK], clientAuth: 'basic', discovered: true })
    late.away = true
    const fresh = await createWorld({
      env: {
        MOORING_OIDC_ISSUER: late.issuer,
        MOORING_OIDC_CLIENT_ID: OIDC_CLIENT.clientId,
        MOORING_OIDC_CLIENT_SECRET: OIDC_CLIENT.clientSecret,
        MOORING_OIDC_NAME: 'Acme SSO',
      },
    })
    const away = await fresh.browser().send('POST', '/session/oidc')
    expect(away).toMatchObject({ status: 502, body: { code: 'provider_unavailable' } })
    late.away = false
    // It was asked a moment ago.
    expect((await fresh.browser().send('POST', '/session/oidc')).status).toBe(502)
    fresh.advance(6)
    const browser = fresh.browser()
    await browser.signIn()
    await browser.send('PATCH', '/me', { email: 'owner@example.com' })
    const started = await browser.send('POST', '/me/oidc', {})
    expect(started.status).toBe(200)
    await browser.open(await late.login(started.body.url, { account: 'late' }))
    expect((await browser.send('GET', '/me')).body.oidc).toBe(true)
    await fresh.close()
    await late.stop()
  })

  it('is not there where it is not set up', async () => {
    const plain = await createWorld()
    expect((await plain.browser().send('POST', '/session/oidc', {})).status).toBe(404)
    expect((await plain.browser().open(`${CALLBACK}?code=x&state=y`)).status).toBe(404)
    await plain.close()
  })
})
