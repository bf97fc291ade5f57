/** From the command to the first "ready", with the carried PostgreSQL; then what the server takes while nobody asks for anything. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { findRunning } from '../packages/mooring/src/store/carried/index.ts'
import { startChild } from './support/child.ts'
import { temporaryFolder } from './support/cluster.ts'
import { residentMib, treeMib } from './support/process.ts'
import { finish, median, options, rounded, spread, table } from './support/report.ts'

const { rounds, idle, check } = options({ rounds: 5, idle: 20 })
const COMMAND = join(import.meta.dirname, '../packages/mooring/bin/mooring.js')
const GIVE_UP_MS = 60_000

interface Idle {
  ownMib: number
  postgresMib: number
  transactionsPerSecond: number
}

interface Round {
  firstMs: number
  secondMs: number
  stopMs: number
  bareFirstMs: number
  bareSecondMs: number
  idle: Idle | undefined
}

const results: Round[] = []
for (let round = 0; round < rounds; round += 1) results.push(await oneRound(round === rounds - 1))

const column = (key: Exclude<keyof Round, 'idle'>) => results.map((one) => one[key])
const rest = results.at(-1)?.idle ?? { ownMib: Number.NaN, postgresMib: Number.NaN, transactionsPerSecond: Number.NaN }
const nodeMib = await emptyNodeMib()
table(
  [`ms from the command, ${rounds} rounds`, 'mooring serve --sandbox', 'PostgreSQL alone'],
  [
    ['first start, an empty folder', spread(column('firstMs')), spread(column('bareFirstMs'))],
    ['second start, the same folder', spread(column('secondMs')), spread(column('bareSecondMs'))],
    ['stop', spread(column('stopMs')), ''],
  ],
)
table(
  [`idle for ${idle} s`, ''],
  [
    ['our process, MiB', rounded(rest.ownMib)],
    ['PostgreSQL, MiB (shared pages once)', rounded(rest.postgresMib)],
    ['together, MiB', rounded(rest.ownMib + rest.postgresMib)],
    ['an empty Node process, MiB', rounded(nodeMib)],
    ['transactions a second', rounded(rest.transactionsPerSecond)],
  ],
)
finish(
  'start',
  check,
  [
    { what: 'first start, s', bound: { most: 4 }, value: median(column('firstMs')) / 1000 },
    { what: 'second start, s', bound: { most: 2 }, value: median(column('secondMs')) / 1000 },
    { what: 'memory of our process when idle, MiB', bound: { most: 200 }, value: rest.ownMib },
    { what: 'transactions a second when idle', bound: { most: 3 }, value: rest.transactionsPerSecond },
  ],
  { rounds: results, emptyNodeMib: nodeMib },
)

async function oneRound(last: boolean): Promise<Round> {
  const folder = temporaryFolder()
  const bare = temporaryFolder()
  const first = await serve(folder)
  await first.stop()
  const second = await serve(folder)
  const rest = last ? await watchIdle(folder, second.pid) : undefined
  const stopMs = await second.stop()
  const round = {
    firstMs: first.ms,
    secondMs: second.ms,
    stopMs,
    bareFirstMs: await postgresAlone(bare),
    bareSecondMs: await postgresAlone(bare),
    idle: rest,
  }
  for (const one of [folder, bare]) rmSync(one, { recursive: true, force: true })
  return round
}

async function serve(folder: string) {
  const port = await freePort()
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), MOORING_DATA_DIR: folder }
  const began = performance.now()
  const child = spawn(process.execPath, [COMMAND, 'serve', '--sandbox'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (bytes) => {
    said += bytes
  })
  while (!(await ready(port))) {
    if (child.exitCode !== null || performance.now() - began > GIVE_UP_MS) throw new Error(`no start: ${said}`)
    await pause(10)
  }
  return {
    ms: performance.now() - began,
    pid: child.pid ?? 0,
    async stop(): Promise<number> {
      const asked = performance.now()
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      return performance.now() - asked
    },
  }
}

async function ready(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`)
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

async function postgresAlone(dataDir: string): Promise<number> {
  const child = await startChild(join(import.meta.dirname, 'servers/carried.ts'), { dataDir })
  const { ms } = await child.ask<{ ms: number }>('ms')
  await child.stop()
  return ms
}

/** Memory after the wait, and the transactions of every database meanwhile, without the one that asks. */
async function watchIdle(folder: string, pid: number): Promise<Idle> {
  const running = await findRunning(folder)
  if (!running) throw new Error('no PostgreSQL runs in the folder')
  const client = new pg.Client(running.admin)
  await client.connect()
  // What the start itself did is told to the statistics within seconds; it is not idling.
  await pause(5000)
  const began = performance.now()
  const before = await transactions(client)
  await pause(idle * 1000)
  const after = await transactions(client)
  const seconds = (performance.now() - began) / 1000
  const [{ postmaster } = { postmaster: '' }] = (
    await client.query<{ postmaster: string }>("select current_setting('data_directory') as postmaster")
  ).rows
  await client.end()
  const main = Number(readFileSync(join(postmaster, 'postmaster.pid'), 'utf8').split('\n')[0])
  // Each look is one transaction of ours; of the two, the first may be counted in the second's figure.
  return {
    ownMib: residentMib(pid),
    postgresMib: treeMib(main),
    transactionsPerSecond: Math.max(0, after - before - 1) / seconds,
  }
}

async function transactions(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ done: string }>(
    'select sum(xact_commit + xact_rollback) as done from pg_stat_database',
  )
  return Number(rows[0]?.done)
}

async function emptyNodeMib(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e6)'], { stdio: 'ignore' })
  await pause(1000)
  const mib = residentMib(child.pid ?? 0)
  child.kill()
  return mib
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
