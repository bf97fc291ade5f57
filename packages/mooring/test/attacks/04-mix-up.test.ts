import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { providers } from '../../src/providers/index.ts'
import { createWorld, type TestBrowser, type World } from '../world.ts'
import { type Acme, startAcme } from './acme.ts'
import { ask, count, LINKEDIN_ENV, rows, TOKEN } from './support.ts'

let acme: Acme
let evil: Acme
let world: World
let owner: TestBrowser
let spentBefore = 0
beforeAll(async () => {
  acme = await startAcme()
  evil = await startAcme()
  world = await createWorld({
    providers: [...providers, acme.provider],
    platformOrigins: acme.origins,
    env: { ...LINKEDIN_ENV, MOORING_STARTS_PER_HOUR: '1000' },
  })
  owner = world.browser()
  await owner.signIn()
})
afterAll(async () => {
  await world.close()
  await Promise.all([acme.stop(), evil.stop()])
})
const requests = () => world.sandbox.control.requests(TOKEN) + acme.tokenRequests.length
beforeEach(() => {
  spentBefore = requests()
})
const spent = () => requests() - spentBefore
const errorOf = (response: Response) => new URL(response.headers.get('location') ?? 'x:').searchParams.get('error')
const start = async (input: Record<string, unknown>) => (await owner.start(input)).body
const moved = (callback: string, registration: string) => {
  const url = new URL(callback)
  url.pathname = `/callback/${registration}`
  return url.href
}

describe('#4 mix-up', () => {
  it("refuses a code that comes to another registration's address, and sends it nowhere", async () => {
    const flow = await start({ registration: 'linkedin' })
    const callback = await owner.consent(flow.authorizeUrl)
    expect(errorOf(await owner.open(moved(callback, 'linkedin-community')))).toBe('registration_mismatch')
    // The flow is over with it: the same code cannot be brought to the right address afterwards.
    expect(errorOf(await owner.open(callback))).toBe('flow_finished')
    expect(spent()).toBe(0)
  })

  it('answers 404 at the address of a registration that is not there, and uses nothing up', async () => {
    const flow = await start({ registration: 'linkedin' })
    const callback = await owner.consent(flow.authorizeUrl)
    for (const id of ['nobody', 'constructor', '__proto__', 'toString', 'LinkedIn', 'linkedin%20', 'linkedin/extra'])
      expect((await owner.open(moved(callback, id))).status, id).toBe(404)
    expect(spent()).toBe(0)
    expect(errorOf(await owner.open(callback))).toBeNull()
    expect(spent()).toBe(1)
  })

  it.each([
    ['another issuer', 'https://attacker.example'],
    ['a longer one', 'https://auth.acme.example/'],
    ['another case', 'https://AUTH.acme.example'],
    ['another scheme', 'http://auth.acme.example'],
    ['an empty one', ''],
    ["another provider's", 'https://www.linkedin.com/oauth'],
  ])('refuses %s in iss', async (_name, iss) => {
    const flow = await start({ provider: 'acme' })
    const landed = await owner.open(acme.approve(flow.authorizeUrl, { iss }))
    expect(errorOf(landed)).toBe('issuer_mismatch')
    expect(spent()).toBe(0)
  })

  it('refuses an iss that came twice, even where one of them is right', async () => {
    const flow = await start({ provider: 'acme' })
    const callback = `${acme.approve(flow.authorizeUrl, { iss: 'https://auth.acme.example' })}&iss=https%3A%2F%2Fevil.example`
    expect(errorOf(await owner.open(callback))).toBe('callback_invalid')
    expect(spent()).toBe(0)
  })

  it('refuses a wrong iss on an error too: a denial from elsewhere says nothing of this platform', async () => {
    const flow = await start({ provider: 'acme' })
    const state = new URL(flow.authorizeUrl).searchParams.get('state')
    const url = `/callback/acme?error=access_denied&state=${state}&iss=https%3A%2F%2Fevil.example`
    expect(errorOf(await owner.open(url))).toBe('issuer_mismatch')
  })

  it('takes the right iss, and none', async () => {
    for (const approval of [{ iss: 'https://auth.acme.example' }, {}]) {
      const flow = await start({ provider: 'acme' })
      expect(errorOf(await owner.open(acme.approve(flow.authorizeUrl, approval)))).toBeNull()
    }
    expect(spent()).toBe(2)
  })

  it('refuses an answer without iss where the platform is known to send it', async () => {
    const strict = await startAcme({ issRequired: true })
    const other = await createWorld({ providers: [strict.provider], platformOrigins: strict.origins })
    const browser = other.browser()
    const begin = async () => (await browser.start({ provider: 'acme' })).body.authorizeUrl
    const error = async (callback: string) => errorOf(await browser.open(callback))
    expect(await error(strict.approve(await begin()))).toBe('issuer_mismatch')
    expect(await error(strict.approve(await begin(), { iss: '' }))).toBe('issuer_mismatch')
    expect(strict.tokenRequests).toEqual([])
    expect(await error(strict.approve(await begin(), { iss: 'https://auth.acme.example' }))).toBeNull()
    await other.close()
    await strict.stop()
  })

  it("holds LinkedIn to its issuer, as LinkedIn's own answer carries it", async () => {
    for (const [iss, expected] of [
      ['wrong', 'issuer_mismatch'],
      ['right', null],
      ['absent', null],
    ] as const) {
      world.sandbox.control.apply({ linkedin: { settings: { iss } } })
      const flow = await start({ provider: 'linkedin' })
      expect(errorOf(await owner.open(await owner.consent(flow.authorizeUrl))), iss).toBe(expected)
    }
    expect(spent()).toBe(2)
  })
})

describe('#5 COAT: endpoints from whoever asks', () => {
  const wanted = () => evil.origins['https://auth.acme.example'] ?? ''
  const poison = () => ({
    authorizeUrl: `${wanted()}/authorize`,
    authorization_endpoint: `${wanted()}/authorize`,
    tokenUrl: `${wanted()}/token`,
    token_endpoint: `${wanted()}/token`,
    redirectUri: `${wanted()}/steal`,
    redirect_uri: `${wanted()}/steal`,
    issuer: wanted(),
    clientId: 'evil',
    client: { clientId: 'evil', clientSecret: 'evil' },
    oauth: { authorizeUrl: wanted(), tokenUrl: wanted(), pkce: 'unsupported', clientAuth: 'none' },
    platformOrigins: { 'https://auth.acme.example': wanted() },
    apiOrigins: [wanted()],
    scopes: ['admin'],
    baseUrl: wanted(),
  })

  it('takes no address, client or scope from a start', async () => {
    const clean = new URL((await start({ provider: 'acme' })).authorizeUrl)
    const flow = await start({ provider: 'acme', ...poison() })
    const url = new URL(flow.authorizeUrl)
    expect(url.origin).toBe(acme.origins['https://auth.acme.example'])
    for (const name of ['client_id', 'redirect_uri', 'scope'])
      expect(url.searchParams.get(name), name).toBe(clean.searchParams.get(name))
    expect(errorOf(await owner.open(acme.approve(flow.authorizeUrl)))).toBeNull()
    expect(spent()).toBe(1)
    expect(evil.tokenRequests.length + evil.apiRequests.length).toBe(0)
    const stored = await rows(world, 'flows', 'connections')
    expect(stored).not.toContain(wanted())
    expect(stored).not.toContain('admin')
  })

  it('takes no address from a callback', async () => {
    const flow = await start({ provider: 'acme' })
    const url = new URL(acme.approve(flow.authorizeUrl))
    for (const [name, value] of Object.entries(poison())) url.searchParams.set(name, String(value))
    expect(errorOf(await owner.open(url.href))).toBeNull()
    expect(acme.tokenRequests.at(-1)?.form.get('redirect_uri')).toBe('http://localhost:8003/callback/acme')
    expect(evil.tokenRequests.length + evil.apiRequests.length).toBe(0)
  })

  it('knows a registration by its id alone', async () => {
    const before = await count(world, 'flows')
    for (const registration of [
      wanted(),
      'acme-',
      '__proto__',
      'constructor',
      '../acme',
      'acme acme-two',
      ' acme',
      '',
    ]) {
      const answer = await owner.start({ registration })
      expect(answer.status, registration).toBe(404)
    }
    for (const provider of [wanted(), '__proto__', 'toString', ''])
      expect((await owner.start({ provider })).status, provider).toBe(404)
    expect((await owner.start({ provider: 'linkedin', registration: 'acme' })).body.code).toBe('invalid_request')
    expect(await count(world, 'flows')).toBe(before)
  })

  it('has no route by which a tenant could bring endpoints', async () => {
    const { paths } = (await ask(world, 'GET', '/api/v1/openapi.json')).body
    const bodies = JSON.stringify(
      Object.values(paths)
        .flatMap((path) => Object.values(path as object))
        .map((one) => one.requestBody),
    )
    expect(Object.keys(paths).length).toBeGreaterThan(10)
    expect(bodies).not.toMatch(/endpoint|tokenUrl|authorizeUrl|issuer|redirect/i)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await world.api(method, '/providers/acme', {})).status).toBe(405)
  })
})

describe('#6 CORF: context only in the address', () => {
  it('lets the flow decide, not the path: swapped both ways, no request leaves to either platform', async () => {
    const here = await start({ provider: 'linkedin' })
    const there = await start({ provider: 'acme' })
    const fromLinkedin = await owner.consent(here.authorizeUrl)
    const fromAcme = acme.approve(there.authorizeUrl)
    expect(errorOf(await owner.open(moved(fromLinkedin, 'acme')))).toBe('registration_mismatch')
    expect(errorOf(await owner.open(moved(fromAcme, 'linkedin')))).toBe('registration_mismatch')
    expect(spent()).toBe(0)
    expect(acme.apiRequests.filter((one) => one.authorization?.startsWith('Bearer AQ'))).toEqual([])
  })

  it("does not redeem one platform's code under the other's flow", async () => {
    const here = await start({ provider: 'linkedin' })
    const there = await start({ provider: 'acme' })
    const code = new URL(await owner.consent(here.authorizeUrl)).searchParams.get('code') ?? ''
    const callback = new URL(acme.approve(there.authorizeUrl))
    callback.searchParams.set('code', code)
    const before = await count(world, 'connections')
    expect(errorOf(await owner.open(callback.href))).toBe('code_refused')
    expect(await count(world, 'connections')).toBe(before)
  })

  it('keeps two registrations of one provider apart', async () => {
    const one = await start({ registration: 'acme' })
    const two = await start({ registration: 'acme-two' })
    expect(new URL(two.authorizeUrl).searchParams.get('client_id')).toBe('test-acme-two')
    expect(errorOf(await owner.open(moved(acme.approve(one.authorizeUrl), 'acme-two')))).toBe('registration_mismatch')
    expect(errorOf(await owner.open(moved(acme.approve(two.authorizeUrl), 'acme')))).toBe('registration_mismatch')
    expect(spent()).toBe(0)
  })
})
