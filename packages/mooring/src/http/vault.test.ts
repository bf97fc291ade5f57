/** The vault's keys over the API: several processes on one database, each with a ring of its own, and the way from one key to the next. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, history, look, token } from '../../test/linkedin.ts'
import { createWorld, type Json, type TestDatabase, testDatabase, type World } from '../../test/world.ts'
import { readConfig } from '../config.ts'
import { createMooring, VERSION } from '../mooring.ts'
import { createKeyRing, generateKey } from '../vault/keyring.ts'
import { createVault } from '../vault/vault.ts'
import { expectProblem, keyWith, send } from './testing.ts'

const [A, B, C] = [generateKey(), generateKey(), generateKey()]
const kidOf = (key: string) => createKeyRing(key).newest
const [a, b, c] = [A, B, C].map(kidOf) as [string, string, string]

let database: TestDatabase
const open: World[] = []
const ended = new Set<World>()
/** One more process on the same database and platform, with these keys. */
async function withKeys(...keys: string[]): Promise<World> {
  const first = open[0]
  const world = await createWorld({
    database,
    vaultKeys: keys.join(','),
    env: { MOORING_STARTS_PER_HOUR: '1000' },
    ...(first ? { platformOrigins: first.sandbox.origins } : {}),
  })
  if (first) {
    await world.sandbox.stop()
    world.sandbox = first.sandbox
  }
  open.push(world)
  return world
}
/** Ends the process; the platform that came with it stays. */
async function end(world: World): Promise<void> {
  ended.add(world)
  await world.mooring.close()
}
async function endAll(): Promise<void> {
  const [first] = open
  for (const world of open.splice(0)) if (!ended.has(world)) await world.mooring.close()
  await first?.sandbox.stop()
}
beforeEach(async () => {
  await endAll()
  await database?.drop()
  database = await testDatabase()
})
afterAll(async () => {
  await endAll()
  await database?.drop()
})

const state = async (world: World): Promise<Json> => {
  const { status, body } = await world.api('GET', '/vault')
  expect(status).toBe(200)
  return body
}
const values = async (world: World): Promise<Record<string, number>> =>
  Object.fromEntries((await state(world)).keys.map((one: Json) => [one.kid, one.values]))
const rotate = (world: World, body: object = {}) => world.api('POST', '/vault/rotate', body)
async function rotateAll(world: World, body: object = {}): Promise<Json> {
  const sum = { rewrapped: 0, skipped: 0, failed: [] as Json[] }
  for (let cursor: string | undefined; ; ) {
    const part = await rotate(world, { ...body, ...(cursor ? { cursor } : {}) })
    expect(part).toMatchObject({ status: 200 })
    sum.rewrapped += part.body.rewrapped
    sum.skipped += part.body.skipped
    sum.failed.push(...part.body.failed)
    expect(part.body.done).toBe(part.body.cursor === null)
    if (part.body.done) return sum
    cursor = part.body.cursor
  }
}
async function connect(world: World, member: 'mara' | 'tomas' | 'ines'): Promise<string> {
  const flow = await world.browser().connectAll({ provider: 'linkedin' }, { member })
  expect(flow).toMatchObject({ state: 'connected', error: null })
  return flow.connectionId
}
/** Rows as another system would leave them, by the hundred. */
const seed = async (world: World, keys: string, count: number): Promise<void> => {
  const vault = createVault(createKeyRing(keys))
  const { workspace } = world
  const rows = Array.from({ length: count }, () => {
    const id = randomUUID()
    return { id, token: vault.seal('token', { workspace, record: id, field: 'access_token' }) }
  })
  await database.query(
    `insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state, requested_scopes, granted_scopes, access_token)
     select $1, id, 'linkedin', 'linkedin', id::text, 'x', 'connected', '{}', '{}', token from unnest($2::uuid[], $3::text[]) as v(id, token)`,
    [workspace, rows.map((row) => row.id), rows.map((row) => row.token)],
  )
}

describe('GET /vault', () => {
  it('tells of each key what rests on it, by column, and which seals; and which process runs with which', async () => {
    const one = await withKeys(A)
    await connect(one, 'mara')
    const two = await withKeys(A, B)
    const vault = await state(two)
    expect(vault.keys).toEqual([
      {
        kid: a,
        sealing: true,
        inRing: true,
        values: 2,
        byColumn: { 'connections.access_token': 1, 'connections.refresh_token': 1 },
      },
      { kid: b, sealing: false, inRing: true, values: 0, byColumn: {} },
    ])
    expect(vault).toMatchObject({ total: 2, safeToRemove: [b] })
    expect(vault.processes).toEqual([
      { ...one_process, kids: [a], current: false },
      { ...one_process, kids: [a, b], current: true },
    ])
    expect((await state(one)).keys.map((key: Json) => [key.kid, key.inRing])).toEqual([
      [a, true],
      [b, false],
    ])
    await end(two)
    expect((await state(one)).processes).toHaveLength(1)
    expect(JSON.stringify(vault)).not.toMatch(new RegExp([A, B].map((key) => key.slice(0, 43)).join('|')))
  })

  it('shows values that nobody here can open under the key that is missing, and what is no sealed value', async () => {
    const one = await withKeys(A)
    const id = await connect(one, 'mara')
    const two = await withKeys(B)
    await database.query("update mooring.connections set refresh_token = 'nonsense' where id = $1", [id])
    expect((await state(two)).keys).toEqual([
      { kid: b, sealing: true, inRing: true, values: 0, byColumn: {} },
      { kid: a, sealing: false, inRing: false, values: 1, byColumn: { 'connections.access_token': 1 } },
      { kid: 'none', sealing: false, inRing: false, values: 1, byColumn: { 'connections.refresh_token': 1 } },
    ])
  })

  it('and POST /vault/rotate are for who may make keys of the instance', async () => {
    const one = await withKeys(A)
    const may = await keyWith(one, 'keys:write')
    const mayNot = await keyWith(one, 'connections:read', 'connections:write', 'tokens:read')
    const ask = (method: string, path: string, key: string) =>
      send(
        one,
        method,
        `/api/v1/vault${path}`,
        { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        method === 'POST' ? '{}' : undefined,
      )
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/rotate'],
    ] as const) {
      expect((await ask(method, path, may)).status).toBe(200)
      expectProblem(await ask(method, path, mayNot), 403, 'forbidden')
      expectProblem(await send(one, method, `/api/v1/vault${path}`), 401, 'unauthorized')
      // A key of one workspace, whatever its row says.
      await database.query("update mooring.api_keys set workspace_id = $1 where name = 'keys:write'", [one.workspace])
      one.advance(10)
      expectProblem(await ask(method, path, may), 403, 'forbidden')
      await database.query("update mooring.api_keys set workspace_id = null where name = 'keys:write'")
      one.advance(10)
    }
    const owner = one.browser()
    await owner.signIn()
    expect((await owner.send('GET', '/vault')).status).toBe(200)
    expect((await owner.send('POST', '/vault/rotate', {})).status).toBe(200)
    expect((await owner.send('POST', '/vault/rotate', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

const one_process = {
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  startedAt: expect.stringMatching(/Z$/),
  seenAt: expect.stringMatching(/Z$/),
  version: VERSION,
  host: expect.stringMatching(/\S/),
  pid: process.pid,
}

describe('POST /vault/rotate', () => {
  it('seals everything anew while it is read and renewed, and the old key may go', async () => {
    const old = await withKeys(A)
    const mara = await connect(old, 'mara')
    const tomas = await connect(old, 'tomas')
    await seed(old, A, 300)
    const one = await withKeys(B, A)
    await end(old)
    const before = await token(one, mara)
    expect(await values(one)).toEqual({ [b]: 0, [a]: 304 })
    const rotating = rotateAll(one)
    const meanwhile = await Promise.all([
      one.api('POST', `/connections/${tomas}/refresh`),
      ...Array.from({ length: 20 }, () => token(one, mara)),
    ])
    expect(meanwhile.map((answer) => answer.status)).toEqual(meanwhile.map(() => 200))
    const done = await rotating
    expect(done).toMatchObject({ failed: [] })
    expect(done.rewrapped + done.skipped).toBeGreaterThanOrEqual(302)
    expect(await rotateAll(one)).toEqual({ rewrapped: 0, skipped: 0, failed: [] })
    expect(await state(one)).toMatchObject({ total: 304, safeToRemove: [a] })
    expect(await values(one)).toEqual({ [b]: 304, [a]: 0 })
    const alone = await withKeys(B)
    expect((await token(alone, mara)).body).toEqual(before.body)
    expect((await token(alone, tomas)).status).toBe(200)
    expect((await alone.api('POST', `/connections/${mara}/refresh`)).status).toBe(200)
    expect(await history(alone, mara)).toEqual(['connection.connected', 'connection.refreshed'])
  })

  it('is bounded, and goes on from its cursor', async () => {
    const old = await withKeys(A)
    await seed(old, A, 7000)
    const one = await withKeys(B, A)
    await end(old)
    const first = (await rotate(one)).body
    expect(first).toMatchObject({ skipped: 0, failed: [], done: false })
    expect(first.rewrapped).toBeGreaterThan(0)
    expect(first.rewrapped).toBeLessThan(7000)
    expect((await values(one))[b]).toBe(first.rewrapped)
    let rest = first
    let rewrapped = 0
    while (!rest.done) {
      rest = (await rotate(one, { cursor: rest.cursor })).body
      rewrapped += rest.rewrapped
    }
    expect(rewrapped).toBe(7000 - first.rewrapped)
    expect(await values(one)).toEqual({ [b]: 7000, [a]: 0 })
  })

  it('goes on past what does not open, tells each, and changes nothing about it', async () => {
    const other = await withKeys(C)
    const lost = await connect(other, 'ines')
    await end(other)
    const old = await withKeys(A)
    const mara = await connect(old, 'mara')
    const tomas = await connect(old, 'tomas')
    const one = await withKeys(B, A)
    await end(old)
    await database.query("update mooring.connections set refresh_token = 'nonsense' where id = $1", [mara])
    const rows = () =>
      database.query('select * from mooring.connections where id = any($1) order by id', [[lost, mara]])
    const before = (await rows()).map(({ access_token: _, ...row }) => row)
    const done = await rotateAll(one)
    const told = (id: string, column: string, code: string) => ({
      workspaceId: one.workspace,
      connectionId: id,
      recordId: id,
      column,
      code,
    })
    const byPlace = (x: Json, y: Json) => `${x.connectionId}${x.column}`.localeCompare(`${y.connectionId}${y.column}`)
    expect(done.failed.sort(byPlace)).toEqual(
      [
        told(lost, 'connections.access_token', 'vault_unknown_key'),
        told(lost, 'connections.refresh_token', 'vault_unknown_key'),
        told(mara, 'connections.refresh_token', 'vault_tampered'),
      ].sort(byPlace),
    )
    expect([done.rewrapped, done.skipped]).toEqual([3, 0])
    expect((await rows()).map(({ access_token: _, ...row }) => row)).toEqual(before)
    expect(await values(one)).toEqual({ [b]: 3, [a]: 0, [c]: 2, none: 1 })
    for (const id of [mara, tomas]) expect((await token(one, id)).status).toBe(200)
    // With the key put back, nothing is left.
    const whole = await withKeys(B, A, C)
    expect((await rotateAll(whole, { force: true })).failed).toHaveLength(1)
    expect(await values(whole)).toEqual({ [b]: 5, [a]: 0, [c]: 0, none: 1 })
  })

  it('is refused while a process lacks the newest key or seals with another, and says which; a killed one counts for two minutes', async () => {
    const old = await withKeys(A)
    await connect(old, 'mara')
    const one = await withKeys(B, A)
    const [{ id } = { id: '' }] = await database.query<{ id: string }>(
      'select id from mooring.processes where kids = $1',
      [[a]],
    )
    const refused = await rotate(one)
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(refused.body.detail).toBe('A process does not have the newest key. Nothing was sealed anew.')
    expect(refused.body.operatorDetail).toContain(`Process ${id} on `)
    expect(refused.body.operatorDetail).toContain(` holds ${a} and not ${b}`)
    expect(await state(one)).toMatchObject({ safeToRemove: [] })
    const first = await withKeys(A, B)
    await end(old)
    const behind = await rotate(one)
    expect(behind).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(behind.body.operatorDetail).toContain(`seals with ${a} and not with ${b}`)
    expect(await values(one)).toEqual({ [b]: 0, [a]: 2 })
    // Killed: its row stays, and is not seen any more.
    await database.query("update mooring.processes set seen_at = now() - interval '119 seconds' where kids = $1", [
      [a, b],
    ])
    expect((await rotate(one)).status).toBe(409)
    await database.query("update mooring.processes set seen_at = now() - interval '121 seconds' where kids = $1", [
      [a, b],
    ])
    expect((await state(one)).processes).toHaveLength(1)
    expect((await rotate(one)).body).toMatchObject({ rewrapped: 2, done: true })
    await end(first)
  })

  it('goes ahead when forced, and who lacks the key says so, and heals with it', async () => {
    const old = await withKeys(A)
    const mara = await connect(old, 'mara')
    const one = await withKeys(B, A)
    expect((await rotate(one, { force: true })).body).toMatchObject({ rewrapped: 2, done: true })
    expect(await token(old, mara)).toMatchObject({ status: 503, body: { code: 'misconfigured' } })
    expect(await look(old, mara)).toMatchObject({ problem: { code: 'vault_unknown_key' } })
    expect((await token(one, mara)).status).toBe(200)
    expect(await look(one, mara)).toMatchObject({ state: 'connected', problem: null })
  })

  it('never goes back: a cursor names the key that it goes towards, and cursors of others are refused', async () => {
    const old = await withKeys(A)
    await seed(old, A, 6000)
    const one = await withKeys(B, A)
    const { cursor } = (await rotate(one, { force: true })).body
    const back = await rotate(old, { cursor, force: true })
    expect(back).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(back.body.operatorDetail).toContain(`towards ${b}, and this process seals with ${a}`)
    const coded = (text: string) => Buffer.from(text).toString('base64url')
    const dashes = coded(`${b} 0 ${'-'.repeat(36)} ${'-'.repeat(36)}`)
    for (const wrong of ['', 'x', coded('nonsense'), dashes, `${cursor}x`.repeat(5)])
      expect((await rotate(one, { cursor: wrong, force: true })).body.code, wrong).toBe('invalid_request')
  })

  it('a key that is removed too early is missed by what rests on it alone, and all is well when it is back', async () => {
    const old = await withKeys(A)
    const mara = await connect(old, 'mara')
    const one = await withKeys(B, A)
    await end(old)
    const tomas = await connect(one, 'tomas')
    const early = await withKeys(B)
    expect((await token(early, tomas)).status).toBe(200)
    expect(await token(early, mara)).toMatchObject({ status: 503, body: { code: 'misconfigured' } })
    expect(await look(early, tomas)).toMatchObject({ state: 'connected', problem: null })
    expect((await look(early, mara)).problem.code).toBe('vault_unknown_key')
    await end(early)
    expect((await token(one, mara)).status).toBe(200)
    expect(await look(one, mara)).toMatchObject({ state: 'connected', problem: null })
  })
})

describe('the list of processes', () => {
  it('is written at the start, kept by a heartbeat, swept of the dead by it, and left at the end', async () => {
    const world = await withKeys(A)
    let beat: () => void = () => {}
    let stopped = 0
    let pace = 0
    const mooring = await createMooring({
      config: readConfig({}, []),
      database: { admin: database.admin },
      vaultKeys: B,
      runtime: {
        every: (ms, work) => {
          // The audit and the webhooks have a pace of their own.
          if (ms !== 30_000) return () => {}
          pace = ms
          beat = work
          return () => {
            stopped += 1
          }
        },
      },
    })
    const mine = async () =>
      (
        await database.query<{ started_at: Date; seen_at: Date }>('select * from mooring.processes where kids = $1', [
          [b],
        ])
      )[0]
    const until = async (what: string, there: () => Promise<boolean>) => {
      for (const end = performance.now() + 60_000; performance.now() < end; ) if (await there()) return
      throw new Error(`waited in vain until ${what}`)
    }
    expect(pace).toBe(30_000)
    const started = (await mine())?.started_at
    await database.query(
      "update mooring.processes set seen_at = now() - interval '1 hour', started_at = now() - interval '1 day'",
    )
    beat()
    await until('it is seen', async () => ((await mine())?.seen_at.getTime() ?? 0) > Date.now() - 60_000)
    await until(
      'the other is swept',
      async () => (await database.query('select 1 from mooring.processes')).length === 1,
    )
    // Swept by others while its machine slept: it comes back, as old as it is.
    await database.query('delete from mooring.processes')
    beat()
    await until('it is back', async () => (await mine()) !== undefined)
    expect((await mine())?.started_at).toEqual(started)
    await mooring.close()
    expect([stopped, await mine()]).toEqual([1, undefined])
    beat()
    expect(await mine()).toBeUndefined()
    await end(world)
  })

  it('has nobody that answers one command and goes', async () => {
    const mooring = await createMooring({
      config: readConfig({}, []),
      database: { admin: database.admin },
      vaultKeys: A,
      serves: false,
    })
    expect(await database.query('select 1 from mooring.processes')).toEqual([])
    await mooring.close()
  })
})

describe('a session', () => {
  it('outlives the key that it began under: the secret that signs it is sealed anew with all else', async () => {
    const old = await withKeys(A)
    const owner = old.browser()
    await owner.signIn()
    const cookie = [...owner.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const session = async (world: World) =>
      (await send(world, 'GET', '/api/v1/session', { cookie, 'sec-fetch-site': 'same-origin' })).status
    expect(await session(old)).toBe(200)
    const both = await withKeys(B, A)
    expect(await session(both)).toBe(200)
    // Before the rotation, who has the new key alone cannot know it.
    expect(await session(await withKeys(B))).toBe(401)
    const { body } = await both.api('POST', '/vault/rotate', { force: true })
    expect(body).toMatchObject({ done: true, failed: [] })
    const alone = await withKeys(B)
    expect(await session(alone)).toBe(200)
    // Its end is the one that it had.
    alone.advance(31 * DAY)
    expect(await session(alone)).toBe(401)
  })
})
