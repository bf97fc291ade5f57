import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers } from '../../src/providers/index.ts'
import { createWorld, type TestBrowser, type World } from '../world.ts'
import { type Acme, startAcme } from './acme.ts'
import { count, LINKEDIN_ENV, secondPerson, secondTenant } from './support.ts'

const HOUR = 3600

describe('#25 flow flooding', () => {
  let acme: Acme
  let world: World
  let owner: TestBrowser
  beforeAll(async () => {
    acme = await startAcme()
    world = await createWorld({
      providers: [...providers, acme.provider],
      platformOrigins: acme.origins,
      env: LINKEDIN_ENV,
    })
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(async () => {
    await world.close()
    await acme.stop()
  })

  const start = (browser = owner, input: Record<string, unknown> = { provider: 'linkedin' }) => browser.start(input)
  const statuses = async (work: () => Promise<{ status: number }>, times: number) => {
    const found: number[] = []
    for (let n = 0; n < times; n++) found.push((await work()).status)
    return found
  }
  const pass = (times: number) => Array.from({ length: times }, () => 201)

  it('lets a person start five times in an hour, and tells the time that is left in the answer and in Retry-After', async () => {
    expect(await statuses(() => start(), 5)).toEqual(pass(5))
    const flows = await count(world, 'flows')
    world.advance(600)
    const refused = await start()
    expect(refused.status).toBe(429)
    expect(refused.body).toMatchObject({
      code: 'rate_limited',
      detail: expect.stringMatching(/^Too many tries\. Go on in \d+ min\.$/),
    })
    const left = refused.body.retryAfter
    expect(left).toBeGreaterThan(HOUR - 600 - 60)
    expect(left).toBeLessThanOrEqual(HOUR - 600)
    expect(refused.headers.get('retry-after')).toBe(String(left))
    expect(refused.headers.getSetCookie()).toEqual([])
    expect(await count(world, 'flows')).toBe(flows)
    // The wait that was told is the right one: just before it a refusal, just after it a start.
    world.advance(left - 2)
    expect((await start()).status).toBe(429)
    world.advance(3)
    expect((await start()).status).toBe(201)
  })

  it('counts what was denied, given up or failed: trying costs, not success', async () => {
    world.advance(2 * HOUR)
    for (let n = 0; n < 5; n++) {
      const { body } = await start()
      if (n % 2 === 0) await owner.send('DELETE', `/flows/${body.id}`)
      else await owner.open(await owner.consent(body.authorizeUrl, { press: 'cancel' }))
    }
    expect((await start()).status).toBe(429)
  })

  it('counts each provider apart, but not its registrations nor a reconnect', async () => {
    world.advance(2 * HOUR)
    expect(await statuses(() => start(owner, { provider: 'acme' }), 3)).toEqual(pass(3))
    expect(await statuses(() => start(owner, { registration: 'acme-two' }), 2)).toEqual(pass(2))
    for (const input of [{ provider: 'acme' }, { registration: 'acme' }, { registration: 'acme-two' }])
      expect((await start(owner, input)).status, JSON.stringify(input)).toBe(429)
    expect((await start()).status).toBe(201)
  })

  it('counts each person and each workspace apart', async () => {
    world.advance(2 * HOUR)
    expect(await statuses(() => start(), 6)).toEqual([...pass(5), 429])
    expect((await start(await secondPerson(world))).status).toBe(201)
    const them = await secondTenant(world)
    expect((await them.api('POST', '/flows', { provider: 'linkedin' })).status).toBe(201)
  })

  it("counts a key's end users apart, and lets no person pose as one", async () => {
    world.advance(2 * HOUR)
    const byKey = (endUser?: string) =>
      world.api('POST', '/flows', { provider: 'linkedin', ...(endUser ? { endUser } : {}) })
    expect(await statuses(() => byKey('ann'), 6)).toEqual([...pass(5), 429])
    expect(await statuses(() => byKey('bob'), 5)).toEqual(pass(5))
    expect(await statuses(() => byKey(), 6)).toEqual([...pass(5), 429])
    expect((await byKey('ann ')).status).toBe(201)
    let n = 0
    expect(await statuses(() => start(owner, { provider: 'linkedin', endUser: `me-${n++}` }), 6)).toEqual([
      ...pass(5),
      429,
    ])
    const [row] = await world.database.query<{ n: string }>(
      "select count(*) as n from mooring.flows where starter like 'person:%' and end_user is not null",
    )
    expect(row?.n).toBe('0')
  })

  it('lets exactly five of twenty through that start at once', async () => {
    world.advance(2 * HOUR)
    for (const body of [
      { provider: 'linkedin', endUser: 'crowd' },
      { provider: 'acme', endUser: 'crowd' },
    ]) {
      const before = await count(world, 'flows')
      const answers = await Promise.all(Array.from({ length: 20 }, () => world.api('POST', '/flows', body)))
      expect(answers.filter((one) => one.status === 201)).toHaveLength(5)
      expect(answers.filter((one) => one.status === 429)).toHaveLength(15)
      expect(await count(world, 'flows')).toBe(before + 5)
    }
    const people = await Promise.all(Array.from({ length: 20 }, () => start()))
    expect(people.filter((one) => one.status === 201)).toHaveLength(5)
  })

  it('spends nothing on a start that is refused for another reason, or that reuses', async () => {
    world.advance(2 * HOUR)
    const person = await secondPerson(world, 'Cora')
    for (let n = 0; n < 8; n++) {
      expect((await start(person, { provider: 'linkedin', returnTo: '//evil.example' })).status).toBe(400)
      expect((await start(person, { provider: 'nobody' })).status).toBe(404)
      expect((await start(person, { reconnect: crypto.randomUUID() })).status).toBe(404)
    }
    expect(await statuses(() => start(person), 6)).toEqual([...pass(5), 429])
  })

  it('sweeps what is old: flows, and the secrets of those that nobody finished', async () => {
    world.advance(2 * HOUR)
    const old = (await start(owner, { provider: 'acme' })).body
    expect(await count(world, 'flow_states')).toBeGreaterThan(1)
    world.advance(25 * HOUR)
    const { body } = await start()
    expect(await world.database.query('select 1 from mooring.flows where id = $1', [old.id])).toEqual([])
    const mine = await world.database.query<{ id: string }>('select id from mooring.flows where workspace_id = $1', [
      world.workspace,
    ])
    expect(mine.map((row) => row.id)).toEqual([body.id])
    const states = await world.database.query<{ flow_id: string }>(
      'select flow_id from mooring.flow_states where workspace_id = $1',
      [world.workspace],
    )
    expect(states.map((row) => row.flow_id)).toEqual([body.id])
    expect((await world.api('GET', `/flows/${old.id}`)).status).toBe(404)
    expect((await owner.open(acme.approve(old.authorizeUrl))).status).toBe(400)
  })
})
