/** A database whose host is gone without a word: who waits for it is told, and the pool is whole again when it is back. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Relay, startRelay } from '../../test/process/storm-relay.ts'
import { type TestDatabase, testDatabase } from '../../test/world.ts'
import { silent } from '../runtime.ts'
import { createDb, type Db } from './database.ts'
import { createStore } from './store.ts'

let database: TestDatabase
let relay: Relay
let db: Db
beforeAll(async () => {
  database = await testDatabase()
  relay = await startRelay(database.admin)
  db = createDb({ ...relay.admin, max: 3 }, silent, 300)
})
afterAll(async () => {
  relay.thaw()
  await db.close()
  await relay.stop()
  await database.drop()
})

describe('a database that has nothing more to say', () => {
  it('is unavailable to everybody who waits, and serves as many as before when it speaks again', async () => {
    const store = createStore(db)
    const [workspace, connection] = [randomUUID(), randomUUID()]
    const read = () => store.connections.token(workspace, connection)
    await Promise.all([read(), read(), read()])
    relay.freeze()
    const waiting = [read(), read(), store.workspaces.create(randomUUID(), 'x', null)]
    for (const one of await Promise.allSettled(waiting))
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'database_unavailable' } })
    relay.thaw()
    expect(await Promise.all([read(), read(), read(), read()])).toEqual([undefined, undefined, undefined, undefined])
  })

  it('is left in peace while nobody waits', async () => {
    const store = createStore(db)
    await store.ping()
    const pids = async () => (await db.pool.query('select pg_backend_pid() as pid')).rows[0].pid
    const before = await pids()
    // Twice the silence that a waiting client would bear.
    await db.pool.query('select 1')
    await new Promise((done) => setTimeout(done, 600))
    expect(await pids()).toBe(before)
  })
})
