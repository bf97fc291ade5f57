/** What a renewal writes, and what it would write if the sweep's index stood on the connections themselves. */
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sized } from './size.ts'

export interface WriteCost {
  name: string
  /** Bytes of WAL a renewal, of pages that were written to since the last checkpoint, and of pages that were not. */
  wal: number
  walCold: number
  /** How many of the updates of a connection's row touched no index. */
  hotPercent: number
}

export interface IndexCost {
  without: WriteCost
  with: WriteCost
}

const DAY = 86_400_000

export async function indexCost(sized: Sized, renewals = 500): Promise<IndexCost> {
  const without = await writeCost(sized, 'as it is', renewals)
  await sized.query('create index peers on mooring.connections (access_expires_at)')
  const withIndex = await writeCost(sized, 'with an index on connections (access_expires_at)', renewals)
  await sized.query('drop index mooring.peers')
  return { without, with: withIndex }
}

async function writeCost(sized: Sized, name: string, renewals: number): Promise<WriteCost> {
  const some = await sized.query<{ workspace_id: string; id: string }>(
    `select workspace_id, connection_id as id from bench.ranks where rank in
     (select (random() * $2::int)::int from generate_series(1, $1::int))`,
    [renewals, sized.rows - 1],
  )
  await sized.query('vacuum analyze mooring.connections')
  const before = await updates(sized)
  await sized.query('checkpoint')
  const walCold = await written(sized, () => renew(sized, some))
  const wal = await written(sized, () => renew(sized, some))
  const after = await updates(sized)
  return {
    name,
    wal: wal / some.length,
    walCold: walCold / some.length,
    hotPercent: (100 * (after.hot - before.hot)) / (after.all - before.all),
  }
}

/** By the store's own functions: the lease, then the tokens with their time and the event. */
async function renew({ store }: Sized, some: readonly { workspace_id: string; id: string }[]): Promise<void> {
  for (const { workspace_id: workspace, id } of some) {
    const row = await store.connections.token(workspace, id)
    if (!row || !(await store.connections.lease(workspace, id, row, randomUUID()))) throw new Error('no lease')
    const end = Date.now() + 60 * DAY
    const tokens = {
      access_token: `v1.RPx6aC2g.${randomBytes(300 + Math.floor(Math.random() * 350)).toString('base64url')}`,
      access_expires_at: new Date(end),
      dueAt: new Date(end - 6 * DAY),
    }
    const event = {
      id: randomUUID(),
      at: new Date(),
      type: 'connection.refreshed',
      actor: 'Mooring',
      message: 'Renewed.',
    }
    if (!(await store.connections.storeTokens(workspace, id, row.token_version, tokens, event)))
      throw new Error('the tokens moved')
  }
}

async function written(sized: Sized, work: () => Promise<void>): Promise<number> {
  const before = await position(sized)
  await work()
  return (await position(sized)) - before
}

async function position({ query }: Sized): Promise<number> {
  const [row] = await query<{ at: string }>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as at")
  return Number(row?.at)
}

async function updates({ query }: Sized): Promise<{ all: number; hot: number }> {
  // A session tells the statistics what it did when it has been idle for a second.
  await pause(1500)
  const [row] = await query<{ upd: string; hot: string }>(
    "select n_tup_upd as upd, n_tup_hot_upd as hot from pg_stat_user_tables where schemaname = 'mooring' and relname = 'connections'",
  )
  return { all: Number(row?.upd), hot: Number(row?.hot) }
}
