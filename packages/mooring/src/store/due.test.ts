/** How the sweep's statement is carried out, whatever the statistics say: each due row once, by the index. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world.ts'
import type { Db } from './database.ts'
import { BY_INDEX, TAKE } from './due.ts'
import { openStore } from './testing.ts'

const STORED = 5000
const workspace = randomUUID()
let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await testDatabase()
  ;({ db } = await openStore(database))
  await database.query('alter table mooring.due_refreshes set (autovacuum_enabled = off)')
  await database.query('insert into mooring.workspaces (id, name) values ($1, $2)', [workspace, 'A'])
  await database.query(
    `with c as (insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state, requested_scopes, granted_scopes)
       select $1, gen_random_uuid(), 'p', 'r', 's' || n, 'x', 'connected', '{}', '{}' from generate_series(1, $2::int) n returning id)
     insert into mooring.due_refreshes select $1, id, 'r', now() + interval '1 day' from c`,
    [workspace, STORED],
  )
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

/** A sweep that takes up to `most` of the first `window`, explained. */
async function sweep(window: number, most: number): Promise<string> {
  const now = new Date()
  return db.instanceRaw(async (run) => {
    await run(BY_INDEX)
    const again = new Date(now.getTime() + 600_000)
    const { rows } = await run(`explain (analyze, timing off) ${TAKE}`, ['r', now, window, most, again])
    return rows.map((row) => (row as { 'QUERY PLAN': string })['QUERY PLAN']).join('\n')
  })
}
const makeDue = (count: number) =>
  database.query(
    `update mooring.due_refreshes set due_at = now() - interval '1 minute'
     where connection_id in (select connection_id from mooring.due_refreshes limit $1)`,
    [count],
  )

describe('the sweep', () => {
  it('looks each row up once, where the statistics still say that nothing is due', async () => {
    await database.query('vacuum analyze mooring.due_refreshes')
    await makeDue(1000)
    const plan = await sweep(2000, 1000)
    expect(plan).toMatch(/using due_refreshes_due on due_refreshes [^\n]*rows=1000\.?0* loops=1\)/)
    expect(plan).toMatch(/using due_refreshes_pkey on due_refreshes d /)
    // Nothing that holds all due rows is run again for each of them.
    expect(plan).toMatch(/Subquery Scan on c [^\n]*loops=1\)/)
  })

  it('reads the beginning of the index, where everything is due and the planner knows it', async () => {
    await makeDue(STORED)
    await database.query('vacuum analyze mooring.due_refreshes')
    const plan = await sweep(100, 50)
    expect(plan).toMatch(/Index Only Scan using due_refreshes_due on due_refreshes [^\n]*rows=100\.?0* loops=1\)/)
    expect(plan).not.toContain('Seq Scan')
  })
})
