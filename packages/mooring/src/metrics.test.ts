/** The numbers of a whole Mooring, read as Prometheus reads them, after everything that can become of a refresh. */
import { readFileSync } from 'node:fs'
import { Histogram, Registry } from 'prom-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, connected, DAY, holdAnswer, look, steer, token } from '../test/linkedin.ts'
import { createWorld, type World } from '../test/world.ts'
import { createMetrics, type Facts } from './metrics.ts'
import { timings } from './metrics-cells.ts'
import { silent } from './runtime.ts'

let world: World
/** Another process on the same database, at the same platform. */
let second: World
beforeAll(async () => {
  const env = { MOORING_STARTS_PER_HOUR: '1000' }
  world = await createWorld({ env })
  const { database, vaultKeys, sandbox } = world
  second = await createWorld({ env, database, vaultKeys, platformOrigins: sandbox.origins })
})
afterAll(async () => {
  await second.close()
  await world.close()
})
beforeEach(() => clean(world))

type Samples = Map<string, number>

/** Every sample of a scrape, by its name and labels as they are written. */
function samples(text: string): Samples {
  const found: Samples = new Map()
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const at = line.lastIndexOf(' ')
    // A series told twice is refused by Prometheus as a whole.
    expect(found.has(line.slice(0, at)), line).toBe(false)
    found.set(line.slice(0, at), Number(line.slice(at + 1)))
  }
  return found
}
const scrape = async (one: World): Promise<Samples> => samples(await one.mooring.engine.metrics.text())

/** What the work added to the counters, and nothing that it did not touch. Histograms by their count. */
async function added(one: World, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await scrape(one)
  await work()
  const grown: Record<string, number> = {}
  for (const [name, value] of await scrape(one)) {
    const by = value - (before.get(name) ?? 0)
    if (by !== 0 && /^mooring_(refresh|lease|token|sweep|proxy)\w+_(total|count)[{ ]/.test(`${name} `)) grown[name] = by
  }
  return grown
}

const refreshed = (outcome: string) => ({ [`mooring_refreshes_total{provider="linkedin",outcome="${outcome}"}`]: 1 })
const read = (outcome: string, times = 1, provider = 'linkedin') => ({
  [`mooring_token_reads_total{provider="${provider}",outcome="${outcome}"}`]: times,
})
const ASKED = { 'mooring_refresh_duration_seconds_count{provider="linkedin"}': 1 }
const DUE = 54 * DAY
const secret = (refused: boolean) =>
  steer(world, { linkedin: { app: { registration: 'linkedin', secretRefused: refused } } })

describe('what comes of a refresh', () => {
  it('renewed: once, and the reads after it find a living token', async () => {
    const { id } = await connected(world)
    world.advance(DUE)
    const grown = await added(world, async () => {
      for (let reads = 0; reads < 5; reads += 1) expect((await token(world, id)).status).toBe(200)
    })
    expect(grown).toEqual({ ...refreshed('renewed'), ...ASKED, ...read('renewed'), ...read('live', 4) })
  })

  it('failing: the platform is out, and its token is used on', async () => {
    const { id } = await connected(world)
    world.advance(DUE)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'gateway', times: 5 } })
    const grown = await added(world, () => token(world, id))
    expect(grown).toEqual({ ...refreshed('failing'), ...ASKED, ...read('live') })
    world.advance(7 * DAY)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'gateway', times: 5 } })
    expect(await added(world, () => token(world, id))).toEqual({
      ...refreshed('failing'),
      ...ASKED,
      ...read('failing'),
    })
  })

  it('refused: the grant is over, and nobody is asked again', async () => {
    const { id } = await connected(world)
    world.advance(DUE)
    steer(world, { linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } })
    const grown = await added(world, () => token(world, id))
    expect(grown).toEqual({ ...refreshed('refused'), ...ASKED, ...read('reauthorize') })
    expect(await added(world, () => token(world, id))).toEqual(read('reauthorize'))
  })

  it('refused_alive: the platform renews no more, and the access token works', async () => {
    const { id } = await connected(world)
    steer(world, { linkedin: { token: { do: 'revoke', kind: 'refresh' } } })
    world.advance(DUE)
    const grown = await added(world, () => token(world, id))
    expect(grown).toEqual({ ...refreshed('refused_alive'), ...ASKED, ...read('live') })
  })

  it('misconfigured and shut: the secret is refused once, and the rest is not asked', async () => {
    const { id } = await connected(world)
    const other = await connected(world, { member: 'tomas' })
    secret(true)
    world.advance(DUE)
    const grown = await added(world, () => token(world, id))
    expect(grown).toEqual({ ...refreshed('misconfigured'), ...ASKED, ...read('live') })
    expect(await added(world, () => token(world, other.id))).toEqual({ ...refreshed('shut'), ...read('live') })
    expect((await scrape(world)).get('mooring_operator_alerts{registration="linkedin"}')).toBe(1)
    // Another process sees the same alert: it is the database's.
    expect((await scrape(second)).get('mooring_operator_alerts{registration="linkedin"}')).toBe(1)
    secret(false)
    await world.api('POST', `/connections/${id}/refresh`)
    expect((await scrape(world)).get('mooring_operator_alerts{registration="linkedin"}')).toBe(0)
  })

  it('lost, and a wait: a sibling renews while this one’s answer hangs', async () => {
    const { id } = await connected(world)
    world.advance(61 * DAY)
    second.advance((world.now() - second.now()) / 1000)
    const held = holdAnswer(world, 'accessToken')
    const first = token(world, id)
    await held.answered
    const waiting = added(second, () => token(second, id))
    const { runtime } = second.mooring.engine
    const { sleep } = runtime
    const paused = new Promise<void>((done) => {
      runtime.sleep = (ms, signal) => {
        done()
        return sleep(ms, signal)
      }
    })
    await paused
    // The first one's lease runs out, and what it hears comes too late.
    await world.database.query(
      "update mooring.connections set lease_until = now() - interval '1 second', lease_id = null",
    )
    const grown = await waiting
    runtime.sleep = sleep
    expect(grown).toEqual({
      ...refreshed('renewed'),
      ...ASKED,
      ...read('renewed'),
      'mooring_lease_waits_total{provider="linkedin"}': 1,
      'mooring_lease_wait_seconds_count{provider="linkedin"}': 1,
    })
    const late = await added(world, async () => {
      held.release()
      expect((await first).status).toBe(200)
    })
    expect(late).toMatchObject({ ...refreshed('lost'), ...ASKED })
  })

  it('a read that comes to nothing is counted by its reason', async () => {
    const { id } = await connected(world)
    await world.api('DELETE', `/connections/${id}`)
    expect(await added(world, () => token(world, id))).toEqual(read('disconnected'))
    const nobody = '5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f'
    expect(await added(world, () => token(world, nobody))).toEqual(read('not_found', 1, 'none'))
  })
})

describe('what is due', () => {
  it('is a number and an age, by all processes together, and ends with the renewal', async () => {
    const { id } = await connected(world)
    const [row] = await world.database.query<{ due_at: Date }>('select due_at from mooring.due_refreshes')
    const at = (name: string) => async (one: World) => (await scrape(one)).get(`${name}{registration="linkedin"}`)
    const backlog = at('mooring_due_backlog')
    const oldest = at('mooring_due_oldest_seconds')
    expect([await backlog(world), await oldest(world)]).toEqual([0, 0])
    const ahead = ((row?.due_at.getTime() ?? 0) - world.now()) / 1000 + 1800
    world.advance(ahead)
    expect(await backlog(world)).toBe(1)
    expect(await oldest(world)).toBeGreaterThan(1700)
    expect(await oldest(world)).toBeLessThan(1800 + 300)
    await token(world, id)
    expect([await backlog(world), await oldest(world)]).toEqual([0, 0])
    expect((await look(world, id)).state).toBe('connected')
  })
})

describe('a registry', () => {
  const facts = (answer: Partial<Facts> = {}): Facts => ({
    due: async () => new Map(),
    alerts: async () => [],
    pool: () => ({ total: 3, idle: 2, waiting: 1, max: 10 }),
    now: () => 0,
    ...answer,
  })
  const provider = { id: 'acme' }
  const of = (answer: Partial<Facts> = {}) =>
    createMetrics({
      version: '1.2.3',
      registrations: [
        { id: 'one', client: {}, provider },
        { id: 'two', provider: { id: 'nobody' } },
      ],
      facts: facts(answer),
      log: silent,
    })

  it('tells when what a configured app rests on ends, and nothing of an app that is not', async () => {
    const retires = (settings: Readonly<Record<string, string>>) => [
      { what: `Acme API ${settings.V}`, at: 1_800_000_000_000, certain: true, mend: 'Update.' },
    ]
    const acme = { id: 'acme', retires }
    const made = createMetrics({
      version: '1',
      registrations: [
        { id: 'one', client: {}, settings: { V: 'v1' }, provider: acme },
        { id: 'two', settings: { V: 'v2' }, provider: acme },
      ],
      facts: facts(),
      log: silent,
    })
    const found = [...samples(await made.text())].filter(([name]) => name.includes('api_version_ends'))
    expect(found).toEqual([
      ['mooring_api_version_ends_timestamp_seconds{registration="one",what="Acme API v1"}', 1_800_000_000],
    ])
  })

  it('belongs to one Mooring: a second in the process begins at nothing, and both have Node’s numbers', async () => {
    const [mine, other] = [of(), of()]
    mine.swept('one', 7)
    mine.looked('acme', 'renewed')
    mine.proxied('acme', 503, 0.2)
    const [here, there] = [samples(await mine.text()), samples(await other.text())]
    expect(here.get('mooring_sweep_taken_total{registration="one"}')).toBe(7)
    expect(there.get('mooring_sweep_taken_total{registration="one"}')).toBe(0)
    expect(here.get('mooring_sweep_looks_total{provider="acme",outcome="renewed"}')).toBe(1)
    expect(here.get('mooring_proxy_requests_total{provider="acme",status_class="5xx"}')).toBe(1)
    expect(here.get('mooring_proxy_request_duration_seconds_sum{provider="acme"}')).toBe(0.2)
    for (const each of [here, there]) {
      expect(each.get('mooring_build_info{version="1.2.3"}')).toBe(1)
      expect(each.get('process_resident_memory_bytes')).toBeGreaterThan(1e6)
      expect([...each.keys()].some((name) => name.startsWith('nodejs_eventloop_lag_p99_seconds'))).toBe(true)
    }
  })

  it('begins at nothing where the labels are known, so that the first is seen to rise', async () => {
    const found = samples(await of().text())
    for (const outcome of ['renewed', 'refused', 'refused_alive', 'failing', 'misconfigured', 'lost', 'shut', 'error'])
      expect(found.get(`mooring_refreshes_total{provider="acme",outcome="${outcome}"}`), outcome).toBe(0)
    expect(found.get('mooring_token_reads_total{provider="acme",outcome="live"}')).toBe(0)
    expect(found.get('mooring_lease_waits_total{provider="acme"}')).toBe(0)
    // What nobody set up has no series.
    expect([...found.keys()].filter((name) => name.includes('"nobody"') || name.includes('"two"'))).toEqual([])
  })

  it('leaves out what the database does not say, and says so; the pool and the counters stay', async () => {
    let away = false
    const fails = async () => {
      if (away) throw new Error('CANARY')
    }
    const metrics = of({ due: () => fails().then(() => new Map([['one', { backlog: 5, oldest: -60_000 }]])) })
    const there = samples(await metrics.text())
    expect(there.get('mooring_database_up')).toBe(1)
    expect(there.get('mooring_due_backlog{registration="one"}')).toBe(5)
    expect(there.get('mooring_due_oldest_seconds{registration="one"}')).toBe(60)
    away = true
    const text = await metrics.text()
    const gone = samples(text)
    expect(gone.get('mooring_database_up')).toBe(0)
    for (const name of ['due_backlog', 'due_oldest_seconds', 'operator_alerts'])
      expect([...gone.keys()].filter((one) => one.startsWith(`mooring_${name}`))).toEqual([])
    expect(gone.get('mooring_database_pool_clients{state="busy"}')).toBe(1)
    expect(gone.get('mooring_database_pool_waiting')).toBe(1)
    expect(text).not.toContain('CANARY')
    away = false
    expect(samples(await metrics.text()).get('mooring_database_up')).toBe(1)
  })

  it('answers without a database that hangs, and asks it one question at a time', async () => {
    let questions = 0
    const { promise, resolve } = Promise.withResolvers<void>()
    const metrics = of({
      due: async () => {
        questions += 1
        await promise
        return new Map()
      },
    })
    const [one, two] = await Promise.all([metrics.text(), metrics.text()])
    for (const text of [one, two]) expect(samples(text).get('mooring_database_up')).toBe(0)
    expect(questions).toBe(1)
    resolve()
    expect(samples(await metrics.text()).get('mooring_database_up')).toBe(1)
  })

  it('has no series for each method that somebody makes up', async () => {
    const metrics = of()
    for (const method of ['GET', 'BREW', 'PROPFIND', 'GET']) metrics.served(method, '/api/v1/x', 200, 0.01)
    const found = samples(await metrics.text())
    expect(found.get('mooring_http_requests_total{route="/api/v1/x",method="GET",status="200"}')).toBe(2)
    expect(found.get('mooring_http_requests_total{route="/api/v1/x",method="other",status="200"}')).toBe(2)
    expect(found.get('mooring_http_request_duration_seconds_count{route="/api/v1/x",method="other"}')).toBe(2)
  })
})

describe('the histogram that writes itself', () => {
  it('is what the library writes of the same values', async () => {
    const bounds = [0.001, 0.25, 1]
    const values = [0, 0.001, 0.0011, 0.25, 0.9, 1, 1.5, 100]
    const registry = new Registry()
    const theirs = new Histogram({
      name: 'x_seconds',
      help: 'How long.',
      buckets: bounds,
      labelNames: ['a', 'b'],
      registers: [registry],
    })
    const ours = timings('x_seconds', 'How long.', bounds, ['a', 'b'])
    for (const labels of [
      ['/x/:id', 'GET'],
      ['q"uo\\te\n', ''],
    ] as const) {
      const timing = ours.timing(...labels)
      for (const value of values) {
        timing.observe(value)
        theirs.labels(...labels).observe(value)
      }
    }
    const kept = samples(ours.text())
    expect(kept.size).toBe(12)
    expect([...kept].sort()).toEqual([...samples(await registry.metrics())].sort())
  })
})

describe('names', () => {
  it('follow the rules of Prometheus: our prefix, base units, _total for counters alone', async () => {
    const text = await world.mooring.engine.metrics.text()
    const ours = [...text.matchAll(/^# TYPE (mooring_\w+) (\w+)$/gm)].map(([, name = '', type = '']) => ({
      name,
      type,
    }))
    expect(ours.length).toBeGreaterThan(15)
    for (const { name, type } of ours) {
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter'])
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|count|kb|mb)$/)
      if (type === 'histogram') expect(name).toMatch(/_seconds$/)
      expect(text).toMatch(new RegExp(`^# HELP ${name} [A-Z1].+\\.$`, 'm'))
    }
    const others = [...text.matchAll(/^# TYPE (\w+) /gm)]
      .map((match) => match[1])
      .filter((one) => !/^mooring_/.test(one ?? ''))
    for (const name of others) expect(name).toMatch(/^(process|nodejs)_/)
  })

  it('stand in the guide, each with its kind and its labels, and none that is not there', async () => {
    world.mooring.engine.metrics.looked('linkedin', 'renewed')
    world.mooring.engine.metrics.proxied('linkedin', 200, 0.1)
    world.mooring.engine.metrics.delivered('linkedin', 'published')
    const text = await world.mooring.engine.metrics.text()
    const guide = readFileSync(new URL('../../../docs/guides/metrics.md', import.meta.url), 'utf8')
    const rows = [...guide.matchAll(/^\| `(mooring_\w+)(?:\{([\w,]+)\})?` \| (\w+) \|/gm)].map((row) => row.slice(1, 4))
    const labelsOf = (name: string) =>
      new RegExp(`^${name}(?:_count)?(?:\\{(.*?)\\})? `, 'm').exec(text)?.[1]?.replace(/="[^"]*"/g, '')
    const there = [...text.matchAll(/^# TYPE (mooring_\w+) (\w+)$/gm)].map(([, name = '', type]) => [
      name,
      labelsOf(name),
      type,
    ])
    expect(rows.toSorted()).toEqual(there.toSorted())
    // What the rules ask for is there, too.
    const asked = new Set([...guide.matchAll(/\b(mooring_\w+?)(?:_bucket)?\b/g)].map((match) => match[1]))
    for (const name of asked) expect(text, name).toContain(`# TYPE ${name} `)
  })
})
