import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BASE, createWorld, type TestBrowser, type World } from '../world.ts'
import { ask, cookieOf, count, secondPerson, secondTenant, TOKEN } from './support.ts'

describe('#3 cross-user session fixation', () => {
  let world: World
  let ada: TestBrowser
  let bela: TestBrowser
  let tokenRequests = 0
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    ada = world.browser()
    await ada.signIn()
    bela = await secondPerson(world)
  })
  afterAll(() => world.close())
  beforeEach(() => {
    tokenRequests = world.sandbox.control.requests(TOKEN)
  })
  const spent = () => world.sandbox.control.requests(TOKEN) - tokenRequests
  const flowOf = async (id: string) => (await world.api('GET', `/flows/${id}`)).body
  const errorOf = (response: Response) => new URL(response.headers.get('location') ?? BASE).searchParams.get('error')
  const SESSION = 'mooring-session'

  it('knows two persons apart', async () => {
    const [first, second] = [await ada.send('GET', '/session'), await bela.send('GET', '/session')]
    expect(first.body.person.id).not.toBe(second.body.person.id)
    expect(second.body.person.name).toBe('Bela')
  })

  it("does not let B finish A's flow in A's browser: no code is redeemed", async () => {
    const shared = world.browser()
    shared.jar.set(SESSION, ada.jar.get(SESSION) ?? '')
    const { body } = await shared.start({ provider: 'linkedin' })
    const callback = await shared.consent(body.authorizeUrl)
    shared.jar.set(SESSION, bela.jar.get(SESSION) ?? '')
    const answer = await shared.open(callback)
    expect(errorOf(answer)).toBe('flow_other_person')
    expect(spent()).toBe(0)
    expect((await flowOf(body.id)).error.code).toBe('flow_other_person')
    // It is over: A cannot be led to redeem the very answer later either.
    shared.jar.set(SESSION, ada.jar.get(SESSION) ?? '')
    expect(errorOf(await shared.open(callback))).toBe('flow_finished')
    expect(spent()).toBe(0)
  })

  it("does not let a signed-out browser finish a person's flow, nor one with an ended or a forged session", async () => {
    for (const session of ['none', 'ended', 'forged', 'key'] as const) {
      const browser = world.browser()
      await browser.signIn()
      const { body } = await browser.start({ provider: 'linkedin' })
      const callback = await browser.consent(body.authorizeUrl)
      if (session === 'ended') {
        const kept = browser.jar.get(SESSION) ?? ''
        await browser.send('DELETE', '/session')
        browser.jar.set(SESSION, kept)
      } else if (session === 'forged') browser.jar.set(SESSION, `${browser.jar.get(SESSION)}x`)
      else browser.jar.delete(SESSION)
      // A key in the request stands for no person.
      const headers = session === 'key' ? { authorization: 'Bearer mk_test_0123456789abcdef' } : {}
      const answer = await ask(world, 'GET', new URL(callback).pathname + new URL(callback).search, {
        cookie: cookieOf(browser),
        ...headers,
      })
      expect(new URL(answer.headers.get('location') ?? BASE).searchParams.get('error'), session).toBe(
        'flow_other_person',
      )
    }
    expect(spent()).toBe(0)
  })

  it("does not take the victim's consent for an authorize address that A sent", async () => {
    const connections = await count(world, 'connections')
    const { body } = await ada.start({ provider: 'linkedin' })
    // The victim is signed in, has a flow of their own under way, and consents.
    await bela.start({ provider: 'linkedin' })
    const callback = await bela.consent(body.authorizeUrl, { member: 'tomas' })
    const answer = await bela.open(callback)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('flow_other_browser')
    // Nor does a stranger's browser without any cookie.
    expect((await world.browser().open(callback)).status).toBe(403)
    expect(spent()).toBe(0)
    expect(await count(world, 'connections')).toBe(connections)
  })

  it('does not take it from the address that a program with a key was given either', async () => {
    const { body } = await world.api('POST', '/flows', { provider: 'linkedin' })
    const victim = world.browser()
    expect((await victim.open(await victim.consent(body.authorizeUrl))).status).toBe(403)
    expect(spent()).toBe(0)
  })

  const startLink = async (input: Record<string, unknown> = {}) =>
    (await world.api('POST', '/flows', { provider: 'linkedin', ...input })).body as {
      id: string
      startUrl: string
      authorizeUrl: string
    }
  const press = (browser: TestBrowser, url: string) =>
    ask(world, 'POST', new URL(url).pathname, { cookie: cookieOf(browser), 'sec-fetch-site': 'same-origin' })
  const keep = (browser: TestBrowser, headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      browser.jar.set(name, value)
    }
  }

  it('shows what a start link will do before it does anything, however often it is looked at', async () => {
    const { id, startUrl } = await startLink()
    const path = new URL(startUrl).pathname
    for (let time = 0; time < 3; time++) {
      const page = await ask(world, 'GET', path)
      expect(page.status).toBe(200)
      expect(page.text).toMatch(/Go on only if you expected this/)
      expect(page.text).toContain('My workspace')
      expect(page.headers.getSetCookie()).toEqual([])
      expect((await ask(world, 'HEAD', path)).status).toBe(200)
    }
    expect((await flowOf(id)).state).toBe('pending')
    expect((await press(world.browser(), startUrl)).status).toBe(303)
  })

  it('gives a start link to one browser: the second one is told that it is over, and cannot finish', async () => {
    const { id, startUrl, authorizeUrl } = await startLink()
    const [first, second] = [world.browser(), world.browser()]
    const taken = await press(first, startUrl)
    expect(taken.status).toBe(303)
    keep(first, taken.headers)
    const again = await press(second, startUrl)
    expect(again.status).toBe(410)
    expect(again.headers.getSetCookie()).toEqual([])
    expect(again.headers.get('location')).toBeNull()
    expect((await second.open(startUrl)).status).toBe(410)
    // What the link led to, sent on to a victim, is worth nothing in the victim's browser.
    const forwarded = await second.consent(taken.headers.get('location') ?? '', { member: 'tomas' })
    expect((await second.open(forwarded)).status).toBe(403)
    // The address of the start's own answer died when the link was taken.
    const old = await second.consent(authorizeUrl)
    expect((await second.open(old)).status).toBe(400)
    expect(spent()).toBe(0)
    const callback = await first.consent(taken.headers.get('location') ?? '')
    expect(errorOf(await first.open(callback))).toBeNull()
    expect((await flowOf(id)).state).toBe('checkpoint')
    expect(spent()).toBe(1)
  })

  it('gives a start link to exactly one of twenty browsers that press at once', async () => {
    const { startUrl } = await startLink()
    const answers = await Promise.all(Array.from({ length: 20 }, () => press(world.browser(), startUrl)))
    expect(answers.filter((one) => one.status === 303)).toHaveLength(1)
    expect(answers.filter((one) => one.status === 410)).toHaveLength(19)
    expect(answers.flatMap((one) => one.headers.getSetCookie())).toHaveLength(1)
  })

  it('lets no other page press the button, and the link is not used up by it', async () => {
    const { startUrl } = await startLink()
    for (const headers of [{}, { 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const answer = await ask(world, 'POST', new URL(startUrl).pathname, headers)
      expect(answer.status).toBe(403)
    }
    expect((await press(world.browser(), startUrl)).status).toBe(303)
  })

  it('has no start link for a person, ends one with its flow, and knows no guessed or moved one', async () => {
    const { body } = await ada.start({ provider: 'linkedin', endUser: 'somebody-else' })
    expect(body.startUrl).toBeUndefined()
    const givenUp = await startLink()
    await world.api('DELETE', `/flows/${givenUp.id}`)
    expect((await press(world.browser(), givenUp.startUrl)).status).toBe(410)
    const old = await startLink()
    const ticket = old.startUrl.split('/').at(-1) ?? ''
    const { workspace } = await secondTenant(world)
    const tail = Buffer.from(ticket, 'base64url').subarray(16)
    const moved = Buffer.concat([Buffer.from(workspace.replaceAll('-', ''), 'hex'), tail]).toString('base64url')
    for (const guess of [moved, ticket.toUpperCase(), ticket.slice(1), 'A'.repeat(64), '%00', old.id])
      expect([404, 410], guess).toContain((await press(world.browser(), `${BASE}/start/${guess}`)).status)
    world.advance(601)
    expect((await press(world.browser(), old.startUrl)).status).toBe(410)
    expect((await world.browser().open(old.startUrl)).status).toBe(410)
  })
})
