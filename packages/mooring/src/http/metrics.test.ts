/** `GET /metrics`: who may read it, what stands in it, and that it answers when the database does not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokensIn } from '../../test/attacks/canaries.ts'
import { secondTenant, sha256 } from '../../test/attacks/support.ts'
import { until } from '../../test/process/harness.ts'
import { type Relay, startRelay } from '../../test/process/storm-relay.ts'
import { createWorld, KEY, type TestDatabase, testDatabase, type World } from '../../test/world.ts'
import { readConfig } from '../config.ts'
import { providers } from '../providers/index.ts'
import { startProxying, wire } from './proxy-testing.ts'
import { bearer, expectProblem, keyWith, send, UNKNOWN } from './testing.ts'

const scrape = (world: World, headers: Record<string, string> = {}) => send(world, 'GET', '/metrics', headers)
const TEXT = 'text/plain; version=0.0.4; charset=utf-8'

describe('who may read it', () => {
  it('is said by the base URL, unless MOORING_METRICS says it', () => {
    const of = (env: Record<string, string>) =>
      readConfig({ MOORING_VAULT_KEYS: 'x', DATABASE_URL: 'postgres://x', ...env }, providers).metrics
    const there = { MOORING_BASE_URL: 'https://social.example.com' }
    expect([of({}), of(there)]).toEqual(['open', 'key'])
    for (const word of ['open', 'key', 'off']) {
      expect(of({ MOORING_METRICS: word })).toBe(word)
      expect(of({ ...there, MOORING_METRICS: word })).toBe(word)
    }
    expect(() => of({ MOORING_METRICS: 'yes' })).toThrow(
      expect.objectContaining({
        fields: [{ path: 'MOORING_METRICS', message: 'cannot be used. Use open, key or off.' }],
      }),
    )
  })

  it('on this machine: whoever reaches it', async () => {
    const world = await createWorld()
    try {
      const answer = await scrape(world)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, TEXT])
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.text).toContain('\nmooring_database_up 1\n')
      expectProblem(await send(world, 'POST', '/metrics'), 405, 'method_not_allowed')
    } finally {
      await world.close()
    }
  })

  it('elsewhere: an API key of the instance with metrics:read, and nobody else', async () => {
    const world = await createWorld({ env: { MOORING_METRICS: 'key' } })
    try {
      for (const headers of [{}, bearer('mk_live_nobody'), { authorization: `Basic ${btoa(`x:${KEY}`)}` }])
        expectProblem(await scrape(world, headers), 401, 'unauthorized')
      const browser = world.browser()
      await browser.signIn()
      expectProblem(await scrape(world, { cookie: [...browser.jar].map((one) => one.join('=')).join('; ') }), 401)
      const other = await keyWith(world, 'connections:read', 'connections:write', 'tokens:read', 'proxy', 'keys:write')
      expectProblem(await scrape(world, bearer(other)), 403, 'forbidden')
      // A workspace's own key would see what all of them do.
      const tenant = await secondTenant(world)
      await world.database.query(
        "update mooring.api_keys set scopes = scopes || '{metrics:read}' where key_hash = $1",
        [sha256(tenant.key)],
      )
      expectProblem(await scrape(world, bearer(tenant.key)), 403, 'forbidden')
      const key = await keyWith(world, 'metrics:read')
      for (const good of [KEY, key]) expect((await scrape(world, bearer(good))).status).toBe(200)
      // And it opens nothing else.
      expectProblem(await send(world, 'GET', '/api/v1/connections', bearer(key)), 403, 'forbidden')
    } finally {
      await world.close()
    }
  })

  it('off: nobody, not even who holds every key', async () => {
    const world = await createWorld({ env: { MOORING_METRICS: 'off' } })
    try {
      for (const headers of [{}, bearer()]) expectProblem(await scrape(world, headers), 404, 'not_found')
    } finally {
      await world.close()
    }
  })
})

describe('what stands in it', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '100' } })
  })
  afterAll(() => world.close())

  it('no token, no secret, no name, no e-mail, no address, and no id of anything, whatever was asked', async () => {
    const secrets: Record<string, string> = { key: KEY, 'vault key': world.vaultKeys }
    const browser = world.browser()
    const { connectionId, id } = await browser.connectAll()
    await browser.connectAll({ provider: 'linkedin' }, { press: 'cancel' }).catch(() => {})
    world.advance(55 * 86_400)
    await world.api('GET', `/connections/${connectionId}/token`)
    await world.api('POST', `/connections/${connectionId}/refresh`)
    await world.api('GET', `/connections/${UNKNOWN}/token`)
    for (const path of [`/start/${KEY}`, `/callback/${KEY}?code=${KEY}`, `/nowhere/${KEY}`, `/api/v1/flows/${KEY}`])
      await send(world, 'GET', path, bearer())
    await tokensIn(world.database, world.vaultKeys, secrets)
    const { text } = await scrape(world)
    for (const [name, secret] of Object.entries(secrets)) expect(text.includes(secret), name).toBe(false)
    for (const found of [connectionId, id, world.workspace, 'Mara', 'Lindqvist', '@', 'urn:li'])
      expect(text, found).not.toContain(found)
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
    expect(text).not.toContain('nowhere')
    const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map((match) => match[1]))
    expect([...labels].filter((name) => /workspace|connection|person|user|id$/.test(name ?? ''))).toEqual([])
  })

  it('requests by the pattern of their route', async () => {
    for (let times = 0; times < 3; times += 1)
      await send(world, 'GET', `/api/v1/connections/${UNKNOWN}/token`, bearer())
    await send(world, 'GET', `/api/v1/connections/${UNKNOWN}/events`, bearer())
    const { text } = await scrape(world)
    const of = (route: string, status: number) =>
      new RegExp(
        `^mooring_http_requests_total\\{route="${route}",method="GET",status="${status}"\\} (\\d+)$`,
        'm',
      ).exec(text)?.[1]
    expect(Number(of('/api/v1/connections/:id/token', 404))).toBeGreaterThanOrEqual(3)
    expect(of('/api/v1/connections/:id/events', 404)).toBe('1')
    expect(text).toMatch(
      /mooring_http_request_duration_seconds_count\{route="\/api\/v1\/connections\/:id\/token",method="GET"\} \d/,
    )
  })
})

describe('the proxy', () => {
  it('is counted by what the platform answered, over Node and as a handler, and never by path', async () => {
    const here = await startProxying()
    try {
      here.platform.on = (incoming, response) =>
        response.writeHead(incoming.url?.startsWith('/gone') ? 404 : 200).end('{}')
      for (const path of ['/things/1', '/gone/2', '/things/3'])
        await wire(here.port, here.path(path), { method: 'GET' })
      expect((await send(here.world, 'GET', here.path('/things/4'), bearer())).status).toBe(200)
      // The last byte is on its way before it is counted.
      const metric = async (name: string) => {
        const { text } = await scrape(here.world)
        return Number(
          text
            .split('\n')
            .find((line) => line.startsWith(`${name} `))
            ?.split(' ')
            .at(-1) ?? 0,
        )
      }
      const took = 'mooring_proxy_request_duration_seconds_count{provider="acme"}'
      await until('all are counted', async () => (await metric(took)) === 4)
      expect(await metric('mooring_proxy_requests_total{provider="acme",status_class="2xx"}')).toBe(3)
      expect(await metric('mooring_proxy_requests_total{provider="acme",status_class="4xx"}')).toBe(1)
      const route = 'mooring_http_requests_total{route="/api/v1/proxy/:id/*",method="GET"'
      expect([await metric(`${route},status="200"}`), await metric(`${route},status="404"}`)]).toEqual([3, 1])
      expect((await scrape(here.world)).text).not.toMatch(/things|gone/)
    } finally {
      await here.stop()
    }
  })
})

describe('the database is away', () => {
  let database: TestDatabase
  let relay: Relay
  let world: World
  let key: string
  beforeAll(async () => {
    database = await testDatabase()
    relay = await startRelay(database.admin)
    world = await createWorld({ database: { ...database, admin: relay.admin }, env: { MOORING_METRICS: 'key' } })
    key = await keyWith(world, 'metrics:read')
    expect((await scrape(world, bearer(key))).status).toBe(200)
    // What was believed from memory is forgotten: from here on a key is looked up again.
    world.advance(60)
  })
  afterAll(async () => {
    relay.thaw()
    await relay.mend()
    await world.close()
    await relay.stop()
    await database.drop()
  })

  const expectNumbers = async () => {
    for (const good of [KEY, key]) {
      const answer = await scrape(world, bearer(good))
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, TEXT])
      expect(answer.text).toContain('\nmooring_database_up 0\n')
      expect(answer.text).toMatch(/^mooring_http_requests_total\{/m)
      expect(answer.text).not.toMatch(/^mooring_(due_backlog|operator_alerts)\{/m)
    }
  }

  it('refusing: the numbers of this process are answered, to who was let in before', async () => {
    await relay.sever()
    await expectNumbers()
    // Nobody can know whether this one is good.
    expectProblem(await scrape(world, bearer('mk_live_never_seen')), 503, 'database_unavailable')
    await relay.mend()
    const back = await scrape(world, bearer(key))
    expect(back.text).toContain('\nmooring_database_up 1\n')
  })

  it('silent: the same, though every question hangs until it is thawed', async () => {
    world.advance(60)
    relay.freeze()
    await expectNumbers()
    relay.thaw()
    await until('the database answers', async () => (await send(world, 'GET', '/readyz')).status === 200)
  })

  it('a key that was taken back meanwhile is not let in any more', async () => {
    await database.query('delete from mooring.api_keys where key_hash = $1', [sha256(key)])
    world.advance(60)
    expectProblem(await scrape(world, bearer(key)), 401, 'unauthorized')
    await relay.sever()
    world.advance(60)
    expectProblem(await scrape(world, bearer(key)), 503, 'database_unavailable')
    await relay.mend()
  })
})
