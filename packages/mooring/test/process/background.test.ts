/** What is due is renewed though nobody reads it: by real servers, each connection by one of them, and also where one is killed. */
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Sandbox, startSandbox } from '@mooring/sandbox'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { asRoot } from '../../src/store/testing.ts'
import { generateKey } from '../../src/vault/keyring.ts'
import type { Json, Visit } from '../world.ts'
import { cleanUp, dataFolder, type Env, freePort, launch, run, type Server, startServer } from './harness.ts'
import { followLink } from './person.ts'

const MEMBERS: NonNullable<Visit['member']>[] = ['mara', 'tomas', 'ines', 'priya']
const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  await cleanUp()
  for (const end of ends.reverse()) await end()
})

let sandbox: Sandbox
let env: Env
let query: (sql: string, values?: unknown[]) => Promise<Json[]>
const ports: number[] = []
const running: Server[] = []
let ids: string[] = []

/** A lost job is noticed by the queue's own watch, which comes each half minute; generous, for a machine with other work. */
async function inTime(what: string, state: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 240_000; performance.now() < end; await delay(100)) if (await state()) return
  throw new Error(`Waited in vain until ${what}: ${running.map((one) => one.err()).join('\n')}`)
}

const renewals = () => sandbox.control.requests('linkedin.token')
const start = async () => {
  const server = await startServer({ dataDir: dataFolder(), port: ports[running.length] ?? 0, args: [], env })
  running.push(server)
  return server
}
/** As if the time had come: the tokens are over, and nobody has read them. */
async function allDue(): Promise<void> {
  await query("update mooring.connections set access_expires_at = now() - interval '1 second'")
  await query("update mooring.due_refreshes set due_at = now() - interval '1 second'")
}
const versions = async () =>
  (await query('select id, token_version, state, lease_until from mooring.connections order by id')) as {
    id: string
    token_version: string
    state: string
    lease_until: Date | null
  }[]

beforeAll(async () => {
  const root = inject('postgres')
  const database = `p_${randomBytes(6).toString('hex')}`
  await asRoot(root, `create database ${database}`)
  ends.push(() => asRoot(root, `drop database if exists ${database} with (force)`))
  const pool = new pg.Pool({ ...root, database, max: 2 })
  pool.on('error', () => {})
  ends.push(() => pool.end())
  query = async (sql, values) => (await pool.query(sql, values)).rows
  for (let n = 0; n < 4; n += 1) ports.push(await freePort())
  sandbox = await startSandbox({
    redirectUris: { linkedin: ports.map((port) => `http://localhost:${port}/callback/linkedin`) },
  })
  ends.push(() => sandbox.stop())
  const app = sandbox.apps.find((one) => one.registration === 'linkedin')
  env = {
    DATABASE_URL: `postgres:///${database}?host=${root.host}&port=${root.port}`,
    PGUSER: String(root.user),
    MOORING_VAULT_KEYS: generateKey(),
    MOORING_API_KEY: 'mk_test_0123456789abcdef',
    MOORING_STARTS_PER_HOUR: '100',
    MOORING_PLATFORM_ORIGINS: JSON.stringify(sandbox.origins),
    LINKEDIN_CLIENT_ID: app?.clientId ?? '',
    LINKEDIN_CLIENT_SECRET: app?.clientSecret ?? '',
    LINKEDIN_SCOPES: app?.scopes.join(' ') ?? '',
  }
  const first = await start()
  for (const member of MEMBERS) {
    const started = await first.api('POST', '/flows', { provider: 'linkedin' })
    await followLink(started.body.startUrl, { member })
    const flow = (await first.api('GET', `/flows/${started.body.id}`)).body
    ids.push(flow.connectionId)
  }
  ids = ids.sort()
})

describe('what is due', () => {
  it('is renewed by the servers that are there, each connection once, without anybody reading', async () => {
    expect(ids).toHaveLength(4)
    const before = renewals()
    await allDue()
    // Its start sweeps at once; every server looks.
    await start()
    await inTime('all are renewed', async () => (await versions()).every((one) => one.token_version === '2'))
    expect(renewals() - before).toBe(4)
    const due = await query("select due_at > now() + interval '30 days' as later from mooring.due_refreshes")
    expect(due).toEqual(ids.map(() => ({ later: true })))
  })

  it('leaves no secret in the queue', async () => {
    const jobs = await query('select name, data::text as data, output::text as output from mooring_jobs.job')
    const looks = jobs.filter((job) => job.name === 'refresh')
    expect(looks).toHaveLength(4)
    for (const look of looks) {
      const data = JSON.parse(look.data)
      expect(Object.keys(data).sort()).toEqual(['connection', 'provider', 'workspace'])
      expect(ids).toContain(data.connection)
    }
    expect(JSON.stringify(jobs)).not.toMatch(/v1\.|token|secret/i)
  })

  it('is renewed after all where every server was killed in the middle of it', async () => {
    const before = renewals()
    sandbox.control.apply({ fault: { endpoint: 'linkedin.token', kind: 'hang', times: 'always' } })
    await allDue()
    const third = await start()
    await inTime('the platform was asked', async () => renewals() - before >= 1)
    for (const server of running) server.process.kill('SIGKILL')
    await Promise.all(running.map((server) => server.ended))
    expect(third.over()).toBe(true)
    sandbox.control.apply({ clearFaults: true })
    await start()
    await inTime('all are renewed', async () => (await versions()).every((one) => one.token_version === '3'))
    for (const one of await versions()) expect(one).toMatchObject({ state: 'connected', lease_until: null })
  })

  it('is renewed by a worker, which listens on nothing and ends in order', async () => {
    const servers = running.filter((one) => !one.over())
    for (const server of servers) server.process.kill('SIGTERM')
    await Promise.all(servers.map((server) => server.ended))
    await allDue()
    // As its host is mounted: a path is no matter here.
    const place = { MOORING_BASE_URL: `http://localhost:${ports[0]}/mooring`, MOORING_DATA_DIR: dataFolder() }
    const worker = launch(['worker'], { ...env, ...place })
    const renewed = async () => (await versions()).every((one) => one.token_version === '4')
    await inTime('all are renewed', async () => {
      if (worker.over()) throw new Error(`The worker ended: ${worker.err()}`)
      return renewed()
    })
    expect(worker.out()).toContain('works in the background')
    worker.process.kill('SIGTERM')
    expect(await worker.ended).toEqual({ code: 0, signal: null })
  })

  it('a worker without a database of its operator says whose work that is', async () => {
    const { DATABASE_URL: _, ...without } = env
    const ran = await run(['worker'], { ...without, MOORING_DATA_DIR: dataFolder() })
    expect([ran.code, ran.out]).toEqual([3, ''])
    expect(ran.err).toContain('DATABASE_URL is missing')
  })
})
