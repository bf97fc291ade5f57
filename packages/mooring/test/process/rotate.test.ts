/**
 * From one vault key to the next while four real processes serve: rolled out in two steps by restarting them one after
 * the other, everything sealed anew, killed in the middle and run again, the old key taken out. Nobody notices.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Sandbox, startSandbox } from '@mooring/sandbox'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { asRoot } from '../../src/store/testing.ts'
import { createKeyRing, generateKey } from '../../src/vault/keyring.ts'
import { createVault } from '../../src/vault/vault.ts'
import type { Json } from '../world.ts'
import {
  bearer,
  cleanUp,
  dataFolder,
  type Env,
  freePort,
  launch,
  run,
  type Server,
  startServer,
  until,
} from './harness.ts'
import { connect } from './person.ts'

const API_KEY = 'mk_test_0123456789abcdef'
const OLD = generateKey()
const NEW = generateKey()
const [oldKid, newKid] = [OLD, NEW].map((key) => createKeyRing(key).newest) as [string, string]
const WORKSPACES = 20
const EACH = 60

const root = inject('postgres')
const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  await cleanUp()
})

describe('four processes and two keys', () => {
  const name = `p_${randomBytes(6).toString('hex')}`
  const dataDir = dataFolder()
  let sandbox: Sandbox
  let sql: pg.Client
  let shared: Env
  let ports: number[]
  const slots: (Server | undefined)[] = []
  const said: string[] = []
  /** Requests that are under way, by slot: who is taken out gets no more and finishes these, as behind a balancer. */
  const busy = [0, 0, 0, 0]
  let leastUp = 4
  /** What must be read, by connection; undefined where it is renewed all the time. */
  const tokens = new Map<string, string | undefined>()
  const failures: unknown[] = []
  const done = { reads: 0, refreshes: 0 }
  let going = true
  const loops: Promise<void>[] = []

  const start = async (slot: number, keys: string) => {
    const env = { ...shared, MOORING_VAULT_KEYS: keys, MOORING_LOG: 'debug' }
    slots[slot] = await startServer({ dataDir, port: ports[slot] ?? 0, args: [], env })
  }
  const stop = async (slot: number) => {
    const server = slots[slot]
    slots[slot] = undefined
    leastUp = Math.min(leastUp, slots.filter((one) => one !== undefined).length)
    await until('it has answered what it was asked', () => busy[slot] === 0)
    expect(await server?.stop()).toEqual({ code: 0, signal: null })
    said.push(server?.out() ?? '', server?.err() ?? '')
  }
  /** One after the other; `between` runs when the first is through. */
  const roll = async (keys: string, between?: () => Promise<void>) => {
    for (const slot of [0, 1, 2, 3]) {
      await stop(slot)
      await start(slot, keys)
      if (slot === 0) await between?.()
    }
  }
  const command = async (args: string[], env: Env) => {
    const ran = await run(args, { ...env, MOORING_DATA_DIR: dataDir })
    said.push(ran.out, ran.err)
    return ran
  }
  const onServer = (slot: number): Env => ({ MOORING_URL: slots[slot]?.url ?? '', MOORING_API_KEY: API_KEY })

  async function ask(method: string, id: string, path: string): Promise<Json> {
    const up = [0, 1, 2, 3].filter((slot) => slots[slot])
    const slot = up[Math.floor(Math.random() * up.length)] ?? 0
    busy[slot] = (busy[slot] ?? 0) + 1
    try {
      const answer = await slots[slot]?.api(method, `/connections/${id}${path}`, undefined, bearer(API_KEY))
      if (answer?.status !== 200) failures.push({ method, slot, status: answer?.status, body: answer?.body })
      return answer?.body
    } catch (error) {
      failures.push({ method, slot, error: String(error) })
    } finally {
      busy[slot] = (busy[slot] ?? 0) - 1
    }
  }
  async function readOn(): Promise<void> {
    const ids = [...tokens.keys()]
    while (going) {
      const id = ids[Math.floor(Math.random() * ids.length)] ?? ''
      const body = await ask('GET', id, '/token')
      const expected = tokens.get(id)
      if (body && expected !== undefined && body.accessToken !== expected) failures.push({ id, body })
      done.reads += 1
      await delay(2)
    }
  }
  async function refreshOn(id: string): Promise<void> {
    while (going) {
      await ask('POST', id, '/refresh')
      done.refreshes += 1
      await delay(5)
    }
  }

  const under = async (kid: string): Promise<number> => {
    const { rows } = await sql.query<{ n: number }>(
      `select (count(*) filter (where access_token like $1) + count(*) filter (where refresh_token like $1)
              + (select count(*) from mooring.flow_states where verifier like $1))::int as n from mooring.connections`,
      [`v1.${kid}.%`],
    )
    return rows[0]?.n ?? 0
  }

  /** Connections as a year of work leaves them, under the old key: some of them in the workspace that is read. */
  async function seed(): Promise<void> {
    const vault = createVault(createKeyRing(OLD))
    const { rows } = await sql.query<{ id: string }>('select id from mooring.workspaces')
    const own = rows[0]?.id ?? ''
    const workspaces = [own, ...Array.from({ length: WORKSPACES }, () => randomUUID())]
    await sql.query("insert into mooring.workspaces (id, name) select id, 'another' from unnest($1::uuid[]) id", [
      workspaces.slice(1),
    ])
    const values = workspaces.flatMap((workspace) =>
      Array.from({ length: EACH }, () => {
        const record = randomUUID()
        const token = `token of ${record}`
        if (workspace === own) tokens.set(record, token)
        const seal = (field: string, text: string) => vault.seal(text, { workspace, record, field })
        return [workspace, record, seal('access_token', token), seal('refresh_token', 'x')] as const
      }),
    )
    await sql.query(
      `insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state, requested_scopes,
         granted_scopes, access_token, refresh_token, access_expires_at, connected_at)
       select w, id, 'linkedin', 'linkedin', id::text, 'x', 'connected', '{}', '{}', a, r, now() + interval '50 days', now()
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as v(w, id, a, r)`,
      [0, 1, 2, 3].map((at) => values.map((one) => one[at])),
    )
  }

  beforeAll(async () => {
    await asRoot(root, `create database ${name}`)
    ends.push(() => asRoot(root, `drop database if exists ${name} with (force)`))
    sql = new pg.Client({ ...root, database: name })
    await sql.connect()
    ends.push(() => sql.end())
    ports = [await freePort(), await freePort(), await freePort(), await freePort()]
    sandbox = await startSandbox({
      redirectUris: { linkedin: ports.map((port) => `http://localhost:${port}/callback/linkedin`) },
    })
    ends.push(() => sandbox.stop())
    const app = sandbox.apps.find((one) => one.registration === 'linkedin')
    shared = {
      DATABASE_URL: `postgres:///${name}?host=${root.host}&port=${root.port}&user=${root.user}`,
      MOORING_DATABASE_POOL: '5',
      MOORING_API_KEY: API_KEY,
      MOORING_STARTS_PER_HOUR: '100',
      MOORING_PLATFORM_ORIGINS: JSON.stringify(sandbox.origins),
      LINKEDIN_CLIENT_ID: app?.clientId ?? '',
      LINKEDIN_CLIENT_SECRET: app?.clientSecret ?? '',
      LINKEDIN_SCOPES: app?.scopes.join(' ') ?? '',
    }
    await Promise.all([0, 1, 2, 3].map((slot) => start(slot, OLD)))
    const [server] = slots
    if (!server) throw new Error('no server')
    const { id } = await connect(server)
    await seed()
    tokens.set(id, undefined)
    for (let reader = 0; reader < 3; reader += 1) loops.push(readOn())
    loops.push(refreshOn(id))
  })

  const nothingFailed = () => expect(failures.slice(0, 3)).toEqual([])

  it('step one: the new key is added at the end, everywhere, one process after the other', async () => {
    await roll(`${OLD},${NEW}`)
    nothingFailed()
    const status = (await command(['keys', 'status', '--json'], onServer(2))).json()
    expect(status.processes.map((one: Json) => one.kids)).toEqual(Array(4).fill([oldKid, newKid]))
    expect(status.processes.filter((one: Json) => one.current)).toHaveLength(1)
    expect(status.keys.map((one: Json) => [one.kid, one.sealing, one.values > 0])).toEqual([
      [oldKid, true, true],
      [newKid, false, false],
    ])
  })

  it('step two: it is moved to the front; to seal anew before all have it there is refused, and says who has not', async () => {
    await roll(`${NEW},${OLD}`, async () => {
      const early = await command(['keys', 'rotate'], onServer(0))
      expect([early.code, early.out]).toEqual([1, ''])
      expect(early.err).toContain('A process still seals with another key. Nothing was sealed anew.')
      expect(early.err).toMatch(
        new RegExp(`Process [0-9a-f-]{36} on \\S+ \\(pid \\d+, .+ seals with ${oldKid} and not with ${newKid}`),
      )
    })
    nothingFailed()
  })

  it('the rotation is killed in the middle, and leaves both keys in use', async () => {
    // Somewhere after the middle of the walk somebody holds a row: it comes to stand before it.
    const holder = new pg.Client({ ...root, database: name })
    await holder.connect()
    await holder.query('begin')
    // An offset beside `for update` would lock what it skips, too.
    const { rows } = await holder.query(
      `select 1 from mooring.connections where id = (select id from mooring.connections where access_token like $1
         order by workspace_id, id offset $2 limit 1) for update`,
      [`v1.${oldKid}.%`, Math.floor((WORKSPACES * EACH) / 2)],
    )
    expect(rows).toHaveLength(1)
    const rotating = launch(['keys', 'rotate'], {
      ...shared,
      MOORING_VAULT_KEYS: `${NEW},${OLD}`,
      MOORING_DATA_DIR: dataDir,
    })
    await until('the rotation waits for the row', async () => {
      const { rows: waiting } = await sql.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'update mooring.%'",
      )
      return waiting.length > 0 || rotating.over()
    })
    rotating.process.kill('SIGKILL')
    expect(await rotating.ended).toEqual({ code: null, signal: 'SIGKILL' })
    said.push(rotating.out(), rotating.err())
    await holder.query('rollback')
    await holder.end()
    expect(await under(oldKid)).toBeGreaterThan(EACH * WORKSPACES * 0.5)
    expect(await under(newKid)).toBeGreaterThan(EACH * WORKSPACES * 0.5)
    nothingFailed()
  })

  it('run again, it goes on to the end, and says that the old key may go', async () => {
    const rest = await under(oldKid)
    const ran = await command(['keys', 'rotate'], onServer(1))
    expect([ran.code, ran.err]).toEqual([0, ''])
    expect(ran.out).toMatch(new RegExp(`^(${rest}|${rest - 1}|${rest - 2}) values were sealed anew\\.\n`))
    expect(ran.out).toContain(`0 values rest on ${oldKid} and every process has the new key: ${oldKid} may go.`)
    expect(await under(oldKid)).toBe(0)
    nothingFailed()
    const status = (await command(['keys', 'status', '--json'], onServer(3))).json()
    expect(status).toMatchObject({ safeToRemove: [oldKid] })
    expect(status.total).toBe((WORKSPACES + 1) * EACH * 2 + 2)
    expect(await under(newKid)).toBe(status.total)
  })

  it('the old key is taken out everywhere, and all is read as before', async () => {
    await roll(NEW)
    const before = done.reads
    await until('much was read without the old key', () => done.reads > before + 200)
    going = false
    await Promise.all(loops)
    nothingFailed()
    expect(leastUp).toBe(3)
    expect(done.reads).toBeGreaterThan(1000)
    expect(done.refreshes).toBeGreaterThan(50)
    for (const [id, token] of tokens) {
      const { status, body } = (await slots[0]?.api('GET', `/connections/${id}/token`)) ?? {}
      expect([status, token === undefined || body.accessToken === token]).toEqual([200, true])
    }
    const { rows } = await sql.query('select distinct state, problem_code from mooring.connections')
    expect(rows).toEqual([{ state: 'connected', problem_code: null }])
  })

  it('neither key was ever said', async () => {
    for (const slot of [0, 1, 2, 3]) await stop(slot)
    expect(said.join('').length).toBeGreaterThan(10_000)
    for (const key of [OLD, NEW]) expect(said.join('')).not.toContain(key.slice(0, 20))
    expect((await sql.query('select 1 from mooring.processes')).rows).toEqual([])
  })
})
