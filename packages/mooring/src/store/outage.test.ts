/** The database goes away under the server, and comes back. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type TestDatabase, type World } from '../../test/world.ts'
import { silent } from '../runtime.ts'
import { type CarriedPostgres, startCarried } from './carried/index.ts'
import { until } from './carried/testing.ts'
import { asRoot } from './testing.ts'

describe('the database goes away', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mooring-outage-'))
  const name = `t_${randomBytes(6).toString('hex')}`
  /** A socket's folder that stays the same over a restart, as an operator's server has one. */
  const address = join(dataDir, 's')
  let carried: CarriedPostgres
  let world: World
  let connection: string
  const start = async () => {
    carried = await startCarried({ dataDir, log: silent, fsync: false })
    rmSync(address, { force: true })
    symlinkSync(carried.admin.host, address)
  }
  beforeAll(async () => {
    await start()
    await asRoot(carried.admin, `create database ${name}`)
    const database: TestDatabase = {
      admin: { ...carried.admin, host: address, database: name },
      query: () => Promise.reject(new Error('not needed')),
      drop: async () => {},
    }
    world = await createWorld({ database, env: { MOORING_STARTS_PER_HOUR: '100' } })
    connection = (await world.browser().connectAll()).connectionId
  })
  afterAll(async () => {
    await world?.close()
    await carried?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const get = (path: string) => world.mooring.fetch(new Request(`http://localhost:8003${path}`))
  const ready = async () => (await get('/readyz')).status
  const token = () => world.api('GET', `/connections/${connection}/token`)
  const unavailable = { code: 'database_unavailable', status: 503, retryAfter: 5 }

  it('under running requests: each is answered, right or with 503, and the next ones work', async () => {
    const client = new pg.Client({ ...carried.admin, database: 'postgres' })
    client.on('error', () => {})
    await client.connect()
    const before = (await token()).body.accessToken
    const answers: { status: number; body: unknown }[] = []
    let over = false
    const paths = [`/connections/${connection}/token`, '/connections', `/connections/${connection}/events`, '/accounts']
    const asking = paths.flatMap((path) =>
      Array.from({ length: 3 }, async () => {
        while (!over) answers.push(await world.api('GET', path))
      }),
    )
    for (let round = 1; round <= 5; round += 1) {
      await until('requests run', () => answers.length > round * 40)
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    }
    const cut = answers.length
    await until('more are answered', () => answers.length > cut + 40)
    over = true
    await Promise.all(asking)
    await client.end()
    for (const { status, body } of answers) if (status !== 200) expect(body).toMatchObject(unavailable)
    expect(answers.filter((one) => one.status === 200).length).toBeGreaterThan(100)
    expect(await token()).toMatchObject({ status: 200, body: { accessToken: before } })
    expect(await ready()).toBe(200)
  })

  it('altogether: every route says 503 and when to try again, readiness says no, liveness yes; then all is as before', async () => {
    const browser = world.browser()
    await browser.signIn()
    const before = (await token()).body.accessToken
    const started = await browser.start({ provider: 'linkedin' })
    const callback = await browser.consent(started.body.authorizeUrl, { member: 'tomas' })

    await carried.stop()
    const failed = await token()
    expect(failed.body).toMatchObject(unavailable)
    expect(failed.headers.get('retry-after')).toBe('5')
    for (const [method, path] of [
      ['GET', '/connections'],
      ['GET', '/accounts'],
      ['POST', '/flows'],
      ['DELETE', `/connections/${connection}`],
      ['POST', `/connections/${connection}/test`],
      ['POST', `/connections/${connection}/refresh`],
    ] as const) {
      const answer = await world.api(method, path, path === '/flows' ? { provider: 'linkedin' } : undefined)
      expect(answer.body, path).toMatchObject(unavailable)
    }
    expect((await browser.send('GET', '/session')).body).toMatchObject(unavailable)
    expect((await browser.send('POST', '/session', { token: 'x' })).body).toMatchObject(unavailable)
    expect((await browser.open(callback)).status).toBe(503)
    expect(await ready()).toBe(503)
    expect((await get('/healthz')).status).toBe(200)
    // What needs no database goes on.
    expect((await world.api('GET', '/providers')).status).toBe(200)

    await start()
    await until('it is ready', async () => (await ready()) === 200)
    expect(await token()).toMatchObject({ status: 200, body: { accessToken: before } })
    // The person is still signed in, and the flow that met the outage can be finished: nothing was consumed.
    expect((await browser.send('GET', '/session')).status).toBe(200)
    const landed = await browser.open(callback)
    expect([landed.status, new URL(landed.headers.get('location') ?? '').searchParams.get('error')]).toEqual([
      303,
      null,
    ])
    expect((await world.api('GET', `/flows/${started.body.id}`)).body).toMatchObject({
      identity: { label: expect.any(String) },
    })
  })

  it('tells the operator by code alone, in the log', () => {
    const lines = world.logs.filter((line) => line.fields.code === 'database_unavailable')
    expect(lines.length).toBeGreaterThan(5)
    const known = /^database: (error|Error|AggregateError|DatabaseError)( [A-Z0-9_]+)?$/
    for (const line of lines) if (line.fields.detail !== undefined) expect(line.fields.detail).toMatch(known)
  })
})
