/** The start and the finish of a host's connect session under attack, in both deployments: Mooring on an origin of its own, and mounted. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  brought,
  COMPLETE_AT,
  complete,
  flowRow,
  go,
  HOST_ENV,
  look,
  type Made,
  makeSession,
  NOTHING,
  open,
  press,
  RETURN_TO,
  stored,
  submit,
  walk,
} from '../sessions.ts'
import { createWorld, type TestBrowser, testDatabase, type World } from '../world.ts'
import { ask, cookieOf, rows, TOKEN } from './support.ts'

const MALLORY = { endUser: { id: 'mallory', name: 'Mallory' }, workspace: { externalId: 'evil', name: 'Evil' } }
const flowsOf = (world: World) =>
  world.database.query<{ id: string; error_code: string }>('select * from mooring.flows')

async function empty(world: World): Promise<void> {
  await world.database.query(
    'truncate mooring.connections, mooring.accounts, mooring.flows, mooring.events, mooring.grant_holders, mooring.connect_sessions cascade',
  )
}

describe('#2 start CSRF, by a connect session', () => {
  let world: World
  let made: Made
  let browser: TestBrowser
  beforeAll(async () => {
    world = await createWorld({ env: HOST_ENV })
    made = await makeSession(world)
    browser = world.browser()
    await open(world, browser, made)
  })
  afterAll(() => world.close())

  it('starts nothing by looking, whatever the method, and by no other site’s form', async () => {
    const before = await rows(world, 'flows', 'flow_states', 'connect_sessions')
    const form = { 'content-type': 'application/x-www-form-urlencoded', cookie: cookieOf(browser) }
    for (const path of ['/connect-session', `/connect-session/${made.id}`, `/connect-session/${made.id}/accounts`]) {
      for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])
        await ask(world, method, `${path}?provider=linkedin&token=${made.token}`, { cookie: cookieOf(browser) })
      for (const headers of [
        {},
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
        { origin: 'null' },
        { origin: 'https://app.example.com' },
      ]) {
        const body = `provider=linkedin&token=${made.token}`
        const answer = await ask(world, 'POST', path, { ...form, ...headers }, body)
        expect([answer.status, answer.body.code], `${path} ${JSON.stringify(headers)}`).toEqual([403, 'cross_site'])
        expect(answer.headers.getSetCookie()).toEqual([])
      }
    }
    expect(await rows(world, 'flows', 'flow_states', 'connect_sessions')).toBe(before)
    expect((await press(world, browser, made)).status).toBe(303)
  })
})

describe('#3 cross-user session fixation, Mooring on an origin of its own', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({ env: HOST_ENV })
  })
  afterAll(() => world.close())
  beforeEach(() => empty(world))

  it('refuses the victim who brings back what a link of the attacker’s led to, and stores nothing', async () => {
    const victim = world.browser()
    // The link came by mail: the victim opens it, presses, and consents.
    const flow = brought(await walk(world, victim, await makeSession(world, MALLORY)))
    // The host's page sees who is signed in there, and says so.
    const answer = await complete(world, flow, 'ada')
    expect([answer.status, answer.body.code]).toEqual([403, 'flow_other_person'])
    expect(JSON.stringify(answer.body)).not.toContain('mallory')
    expect(await stored(world)).toEqual(NOTHING)
    expect(await flowRow(world, flow.flow)).toMatchObject({
      state: 'failed',
      error_code: 'flow_other_person',
      held_tokens: null,
      connection_id: null,
    })
    // It is over: the attacker, who learnt the code since, cannot have it either.
    expect((await complete(world, flow, 'mallory')).body.code).toBe('flow_finished')
    expect(await stored(world)).toEqual(NOTHING)
  })

  it('holds nothing for long where the victim is signed in nowhere and nobody completes', async () => {
    const flow = brought(await walk(world, world.browser(), await makeSession(world, MALLORY)))
    world.advance(601)
    expect((await complete(world, flow, 'mallory')).body.code).toBe('flow_expired')
    expect(await stored(world)).toEqual(NOTHING)
  })

  it('does not take the victim’s consent for the platform’s address, sent on by whoever opened the link', async () => {
    const made = await makeSession(world, MALLORY)
    const [attacker, victim] = [world.browser(), world.browser()]
    await open(world, attacker, made)
    const authorize = (await press(world, attacker, made)).to?.href ?? ''
    const before = world.sandbox.control.requests(TOKEN)
    const callback = await victim.consent(authorize)
    // With a session of their own under way, and without.
    await go(world, victim, await openedBy(victim))
    expect((await look(world, victim, callback)).status).toBe(403)
    expect((await look(world, world.browser(), callback)).text).toContain('flow_other_browser')
    expect(world.sandbox.control.requests(TOKEN)).toBe(before + 1)
    expect((await flowsOf(world)).filter((one) => one.error_code !== null)).toEqual([])
  })

  async function openedBy(browser: TestBrowser): Promise<Made> {
    const made = await makeSession(world)
    await open(world, browser, made)
    return made
  }

  it('does not put the attacker’s account into the victim’s hands: a completion sent on is refused', async () => {
    const flow = brought(await walk(world, world.browser(), await makeSession(world, MALLORY), { member: 'tomas' }))
    expect((await complete(world, flow, 'ada')).body.code).toBe('flow_other_person')
    expect(await stored(world)).toEqual(NOTHING)
  })

  it('compares the whole id: nothing that looks like it will do', async () => {
    for (const user of ['Ada', 'ada ', ' ada', 'ad', 'ada\u200b', 'user:ada', 'end-user:ada', '*']) {
      const flow = brought(await walk(world, world.browser(), await makeSession(world)))
      expect((await complete(world, flow, user)).body.code, JSON.stringify(user)).toBe('flow_other_person')
    }
    expect(await stored(world)).toEqual(NOTHING)
  })

  it('cannot be gone round by the flow’s other routes while it waits', async () => {
    const made = await makeSession(world, { ...MALLORY, workspace: undefined })
    const browser = world.browser()
    const { flow } = brought(await walk(world, browser, made))
    const accounts = ['urn:li:person:x']
    expect((await world.api('POST', `/flows/${flow}/accounts`, { accounts })).body.code).toBe('conflict')
    expect((await world.api('POST', `/flows/${flow}/candidates`)).body.code).toBe('conflict')
    expect((await world.api('GET', `/flows/${flow}`)).body).toMatchObject({ connectionId: null, candidates: [] })
    // Its browser is led back without anything.
    const there = `/connect-session/${made.id}/accounts`
    expect((await submit(world, browser, there, { account: 'urn:li:person:x' })).to?.pathname).toBe('/settings')
    expect(await stored(world)).toEqual({ ...NOTHING, completions: 1, held: 1 })
    expect((await world.api('DELETE', `/flows/${flow}`)).status).toBe(204)
    expect(await stored(world)).toEqual(NOTHING)
  })
})

describe('#3 cross-user session fixation, mounted', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({
      env: HOST_ENV,
      authenticate(request) {
        const [, id] = /host=(\w+)/.exec(request.headers.get('cookie') ?? '') ?? []
        return id === undefined ? null : { id, name: id, workspace: `of ${id}`, role: 'owner' }
      },
    })
  })
  afterAll(() => world.close())
  beforeEach(() => empty(world))
  const as = (user: string): TestBrowser => {
    const browser = world.browser()
    browser.jar.set('host', user)
    return browser
  }
  const made = (parts: Record<string, unknown> = {}) => makeSession(world, { completeAt: undefined, ...parts })
  const spent = () => world.sandbox.control.requests(TOKEN)

  it('lets its own user go the whole way, to the choice of accounts', async () => {
    const session = await made()
    const ada = as('ada')
    const back = await walk(world, ada, session)
    expect(back.to?.pathname).toBe(`/connect-session/${session.id}/accounts`)
    const page = await look(world, ada, back.to?.href ?? '')
    const account = /name="account" value="([^"]+)">/.exec(page.text)?.[1] ?? ''
    const chosen = await submit(world, ada, back.to?.pathname ?? '', { account })
    expect(chosen.to?.href.startsWith(`${RETURN_TO}?flow=`)).toBe(true)
    expect(await stored(world)).toMatchObject({ connections: 1, accounts: 1 })
  })

  it('does not even open the attacker’s link for the victim, nor use it up', async () => {
    const session = await made(MALLORY)
    for (const browser of [as('ada'), world.browser()]) {
      const seen = await open(world, browser, session)
      expect([seen.status, seen.headers.getSetCookie()]).toEqual([403, []])
      expect(seen.text).toContain('flow_other_person')
    }
    expect((await open(world, as('mallory'), session)).status).toBe(303)
  })

  it('redeems no code where another user, or nobody, is there at the callback', async () => {
    for (const present of ['ada', undefined]) {
      const session = await made(MALLORY)
      const browser = as('mallory')
      await open(world, browser, session)
      const callback = await browser.consent((await press(world, browser, session)).to?.href ?? '')
      const before = spent()
      if (present === undefined) browser.jar.delete('host')
      else browser.jar.set('host', present)
      const back = await look(world, browser, callback)
      expect(back.to?.searchParams.get('error')).toBe('flow_other_person')
      expect(spent()).toBe(before)
    }
    expect(await stored(world)).toEqual(NOTHING)
  })

  it('shows nobody else in that browser what there is to choose', async () => {
    const session = await made()
    const browser = as('ada')
    const back = await walk(world, browser, session)
    browser.jar.set('host', 'mallory')
    for (const path of ['', '/accounts']) {
      const seen = await look(world, browser, `/connect-session/${session.id}${path}`)
      expect([seen.status, seen.text.includes('Mara')]).toEqual([403, false])
    }
    const form = { account: 'urn:li:person:x' }
    expect((await submit(world, browser, back.to?.pathname ?? '', form)).status).toBe(403)
    expect(await stored(world)).toMatchObject({ connections: 1, accounts: 0 })
  })

  it('lets a host complete all the same, where it asks for it', async () => {
    const flow = brought(await walk(world, world.browser(), await made({ completeAt: COMPLETE_AT })))
    expect((await complete(world, flow, 'mallory')).body.code).toBe('flow_other_person')
    expect(await stored(world)).toEqual(NOTHING)
  })
})

describe('#20 cookie tossing, into a connect session', () => {
  it('gives its browser a cookie that only this very host can set, and reads no other', async () => {
    const database = await testDatabase()
    await database.query("insert into mooring.people (id, name, operator) values (gen_random_uuid(), 'Ada', true)")
    const env = { ...HOST_ENV, MOORING_BASE_URL: 'https://social.example.com', MOORING_VAULT_KEYS: 'set' }
    const world = await createWorld({ database, env })
    const made = await makeSession(world)
    const browser = world.browser()
    const [line = ''] = (await open(world, browser, made)).headers.getSetCookie()
    const name = `__Host-mooring-connect-${made.id}`
    expect(line).toMatch(new RegExp(`^${name}=[^;]+; Max-Age=3600; Path=/; HttpOnly; Secure; SameSite=Lax$`))
    const page = `/connect-session/${made.id}`
    const value = browser.jar.get(name) ?? ''
    expect((await look(world, browser, page)).status).toBe(200)
    // Under a name that a sibling's page can set; unsigned; and with a signature that is not ours.
    const [secret = ''] = value.split('.')
    for (const [planted, as] of [
      [`mooring-connect-${made.id}`, value],
      [name, secret],
      [name, `${secret}.${'A'.repeat(43)}=`],
    ] as const) {
      const other = world.browser()
      other.jar.set(planted, as)
      expect((await look(world, other, page)).status, planted).toBe(404)
    }
    await world.close()
    await database.drop()
  })
})
