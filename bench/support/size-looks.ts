/** Due connections through the queue: one process or several, a platform that answers after so long, so many at once allowed. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openQueue, type Queue, REFRESH, within } from '../../packages/mooring/src/jobs/queue.ts'
import type { Look } from '../../packages/mooring/src/jobs/sweep.ts'
import { silent } from '../../packages/mooring/src/runtime.ts'
import type { SweepSettings } from '../servers/sweep.ts'
import type { PlatformSettings, Renewals } from '../servers/sweep-platform.ts'
import { type Child, startChild } from './child.ts'
import { PROVIDER, REGISTRATION, type Sized } from './size.ts'

const ORIGIN = 'https://www.linkedin.com'
const GIVE_UP_MS = 300_000

export interface LookSettings {
  processes: number
  delayMs: number
  atOnce: number
}

export interface Looks extends LookSettings {
  /** Renewals, and how many a second from the first request to the last answer. */
  renewed: number
  perSecond: number
  /** Requests that the platform had open at once, at most. */
  mostOpen: number
  /** From the handing over to the last one stored. */
  seconds: number
  transactionsEach: number
  walBytesEach: number
  /** Processor time of Mooring's processes, µs each. */
  cpuEach: number
}

const program = (name: string) => join(import.meta.dirname, '../servers', name)

/** Renews the first `count` of what is stored. */
export async function look(sized: Sized, vaultKeys: string, count: number, settings: LookSettings): Promise<Looks> {
  const { processes, delayMs, atOnce } = settings
  const platform = await startChild(program('sweep-platform.ts'), { delayMs } satisfies PlatformSettings)
  const servers = await start(sized, vaultKeys, processes, { atOnce, platform: platform.url })
  const queue = await openQueue(sized.store.foreignSql, silent)
  try {
    await sized.makeDue(count)
    await sized.query('checkpoint')
    const before = await meter(sized, servers)
    const began = performance.now()
    await handOver(sized, queue, count)
    // Asked of the platform, so that waiting costs the database nothing.
    await until('all are renewed', async () => (await platform.ask<Renewals>('renewals')).requests >= count)
    await until('all are stored', async () => (await left(sized)) === 0)
    const seconds = (performance.now() - began) / 1000
    const after = await meter(sized, servers)
    const { requests, seconds: took, atOnce: mostOpen } = await platform.ask<Renewals>('renewals')
    const each = (key: keyof Meter) => (after[key] - before[key]) / requests
    return {
      ...settings,
      renewed: requests,
      perSecond: requests / took,
      mostOpen,
      seconds,
      transactionsEach: each('transactions'),
      walBytesEach: each('wal'),
      cpuEach: each('cpu'),
    }
  } finally {
    await queue.stop({ graceful: false, close: false })
    for (const one of [...servers, platform]) await one.stop()
  }
}

/** As the sweep does it, but all at once and now: it would hand over a thousand, and look again some seconds later. */
async function handOver(sized: Sized, queue: Queue, count: number): Promise<void> {
  const parts = { registration: REGISTRATION, now: new Date(), window: count, most: count }
  await sized.store.due.take({ ...parts, again: new Date(Date.now() + 600_000) }, async (rows, run) => {
    const jobs = rows.map(({ workspace_id: workspace, connection_id: connection }) => ({
      data: { workspace, connection, provider: PROVIDER } satisfies Look,
      singletonKey: connection,
      group: { id: PROVIDER },
    }))
    await queue.insert(REFRESH, jobs, within(run))
  })
}

/** Transactions a second of so many processes for which there is nothing to do. */
export async function idle(sized: Sized, vaultKeys: string, processes: number, seconds: number): Promise<number> {
  const servers = await start(sized, vaultKeys, processes, { atOnce: 16, platform: 'http://127.0.0.1:9' })
  await pause(5000)
  const before = await transactions(sized)
  await pause(seconds * 1000)
  const after = await transactions(sized)
  for (const one of servers) await one.stop()
  return (after - before - 1) / seconds
}

async function start(sized: Sized, vaultKeys: string, processes: number, to: { atOnce: number; platform: string }) {
  const settings: SweepSettings = {
    admin: sized.admin,
    vaultKeys,
    env: {
      MOORING_BASE_URL: 'http://localhost:8003',
      PORT: '0',
      MOORING_LOG: 'warn',
      MOORING_REFRESHES_AT_ONCE: String(to.atOnce),
      LINKEDIN_CLIENT_ID: 'bench',
      LINKEDIN_CLIENT_SECRET: 'bench',
    },
    platformOrigins: { [ORIGIN]: to.platform },
  }
  const servers: Child[] = []
  for (let at = 0; at < processes; at += 1) servers.push(await startChild(program('sweep.ts'), settings))
  return servers
}

interface Meter {
  transactions: number
  wal: number
  cpu: number
}

async function meter(sized: Sized, servers: readonly Child[]): Promise<Meter> {
  let cpu = 0
  for (const one of servers) {
    const { user, system } = await one.ask<NodeJS.CpuUsage>('cpu')
    cpu += user + system
  }
  const [row] = await sized.query<{ at: string }>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as at")
  return { transactions: await transactions(sized), wal: Number(row?.at), cpu }
}

async function transactions(sized: Sized): Promise<number> {
  const [row] = await sized.query<{ done: string }>(
    'select xact_commit + xact_rollback as done from pg_stat_database where datname = current_database()',
  )
  return Number(row?.done)
}

async function left(sized: Sized): Promise<number> {
  const [row] = await sized.query<{ left: string }>(
    "select count(*) as left from mooring.connections where access_expires_at < now() + interval '7 days'",
  )
  return Number(row?.left)
}

async function until(what: string, state: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + GIVE_UP_MS; performance.now() < end; await pause(100)) if (await state()) return
  throw new Error(`waited in vain until ${what}`)
}
