/** The right to refresh, as the row gives it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world.ts'
import type { Db } from './database.ts'
import type { Store } from './store.ts'
import { openStore, type Seeded, seedWorkspace } from './testing.ts'

let database: TestDatabase
let db: Db
let store: Store
let seeded: Seeded
beforeAll(async () => {
  database = await testDatabase()
  ;({ db, store } = await openStore(database))
  seeded = await seedWorkspace(store, 'A')
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

it('is not given to who saw the row before a failure: it would be tried again at once', async () => {
  const { workspace, connection } = seeded
  const seen = await store.connections.token(workspace, connection)
  if (!seen) throw new Error('the connection is not there')
  const told = { id: randomUUID(), at: new Date(), type: 'connection.failing', actor: 'test', message: 'It failed.' }
  const problem = {
    code: 'failing',
    message: 'It failed.',
    detail: undefined,
    providerCode: undefined,
    nextTryAt: null,
    dueAt: null,
  }
  const stored = await store.connections.storeProblem(
    workspace,
    connection,
    seen.token_version,
    { ...problem, state: 'failing' },
    told,
  )
  expect(stored).toBe(true)
  expect(await store.connections.lease(workspace, connection, seen, randomUUID())).toBeUndefined()
  const now = await store.connections.token(workspace, connection)
  if (!now) throw new Error('the connection is not there')
  expect(now.token_version).toBe(seen.token_version)
  expect(await store.connections.lease(workspace, connection, now, randomUUID())).toBeDefined()
})
