/** What a database's error means to the product, and that none of what was asked rides along in it. */
import { randomBytes, randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world.ts'
import { isMooringError, MooringError } from '../error.ts'
import { type Db, databaseFault } from './database.ts'
import type { Store } from './store.ts'
import { newAccount, openStore, type Seeded, seedWorkspace } from './testing.ts'

const CANARY = 'CANARY-7d1c'

describe("a database's error", () => {
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

  const caught = async (work: Promise<unknown>): Promise<MooringError> => {
    const error = await work.then(
      () => undefined,
      (fault: unknown) => fault,
    )
    if (!isMooringError(error)) throw new Error(`not ours: ${inspect(error)}`)
    return error
  }
  const raised = (code: string) =>
    caught(
      db.workspace(seeded.workspace, (trx) =>
        sql
          .raw(`do $$ begin raise exception 'about ${CANARY}' using errcode = '${code}', detail = '${CANARY}'; end $$`)
          .execute(trx),
      ),
    )

  it.each([
    ['53100', 'storage_full', 507],
    ['53200', 'database_unavailable', 503],
    ['53300', 'database_unavailable', 503],
    ['08006', 'database_unavailable', 503],
    ['57P01', 'database_unavailable', 503],
    ['57P03', 'database_unavailable', 503],
    ['57014', 'database_unavailable', 503],
    ['25006', 'database_unavailable', 503],
    ['40001', 'internal', 500],
    ['42501', 'internal', 500],
    ['XX000', 'internal', 500],
  ])('SQLSTATE %s is %s (%i)', async (code, ours, status) => {
    const fault = await raised(code)
    expect(fault).toMatchObject({ code: ours, status })
    expect(fault.detail).toContain(code)
    expect(fault.retryAfter).toBe(ours === 'database_unavailable' ? 5 : undefined)
    expect(inspect(fault, { depth: 10, showHidden: true })).not.toContain(CANARY)
  })

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])(
    '%s is a database that is away',
    (code) => {
      const fault = databaseFault(Object.assign(new Error(`connect ${CANARY}`), { code }))
      expect(fault).toMatchObject({ code: 'database_unavailable', retryAfter: 5, detail: `database: Error ${code}` })
    },
  )

  it.each([
    ['the login is refused', '28P01'],
    ['the database is gone', '3D000'],
    ['the database takes no connections', '55000'],
  ])('%s while the server runs: it is away, whatever the code', (_, code) => {
    const fatal = Object.assign(new Error(CANARY), { code, severity: 'FATAL' })
    expect(databaseFault(fatal)).toMatchObject({ code: 'database_unavailable', retryAfter: 5 })
  })

  it('leaves alone what is ours, and what is nobody’s', () => {
    const ours = new MooringError('not_found', 'That does not exist.')
    expect(databaseFault(ours)).toBe(ours)
    for (const other of [new TypeError('x'), 'text', undefined, null, { code: 7 }])
      expect(databaseFault(other)).toBe(other)
  })

  it('carries no parameter of the query, through any way to the database', async () => {
    const { workspace, connection } = seeded
    const long = `${CANARY}${randomBytes(9000).toString('base64')}`
    const faults = await Promise.all([
      // A value of the wrong kind, which PostgreSQL repeats in its message.
      caught(db.workspace(workspace, (trx) => sql`select ${CANARY}::int`.execute(trx))),
      caught(db.instance((trx) => sql`select ${CANARY}::timestamptz`.execute(trx))),
      // Keys and rows, which it repeats in its detail.
      caught(
        db.instance((trx) =>
          sql`insert into mooring.people (id, name, email) values (${randomUUID()}, ${CANARY}, 'NOT@small')`.execute(
            trx,
          ),
        ),
      ),
      caught(
        db.workspace(workspace, (trx) =>
          trx
            .insertInto('accounts')
            .values({
              ...newAccount(CANARY),
              workspace_id: workspace,
              connection_id: randomUUID(),
              provider: 'x',
              added_at: new Date(),
            })
            .execute(),
        ),
      ),
      caught(
        db.workspace(workspace, async (trx) => {
          const account = {
            ...newAccount(CANARY),
            workspace_id: workspace,
            connection_id: connection,
            provider: 'x',
            added_at: new Date(),
          }
          await trx.insertInto('accounts').values([account, account]).execute()
        }),
      ),
      // Longer than an index takes.
      caught(
        store.accounts.choose(workspace, { id: connection, provider: CANARY }, [newAccount(long)], false, new Date()),
      ),
      caught(store.connections.token(workspace, CANARY)),
      caught((async () => store.connections.get(CANARY, connection))()),
    ])
    expect(faults.map((fault) => fault.detail ?? fault.code)).toEqual([
      'SQLSTATE 22P02',
      'SQLSTATE 22007',
      'SQLSTATE 23514',
      'SQLSTATE 23503',
      'SQLSTATE 23505',
      'SQLSTATE 54000',
      'not_found',
      'not_found',
    ])
    for (const fault of faults) {
      expect(inspect(fault, { depth: 10, showHidden: true })).not.toContain(CANARY)
      expect(fault.cause).toBeUndefined()
    }
  })

  it('leaves the client fit for the next query', async () => {
    for (let at = 0; at < 20; at += 1)
      await caught(db.workspace(seeded.workspace, (trx) => sql`select 1/0`.execute(trx)))
    expect(await store.connections.get(seeded.workspace, seeded.connection)).toBeDefined()
    expect(db.pool.waitingCount).toBe(0)
    expect(db.pool.totalCount).toBe(db.pool.idleCount)
  })
})
