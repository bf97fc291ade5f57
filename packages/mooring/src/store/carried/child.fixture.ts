/**
 * A Mooring of its own for the tests to kill: starts the carried PostgreSQL of a folder and tells what happens, one JSON
 * line each. Everything it needs is loaded before it gives up root, so it runs from a checkout that `nobody` cannot enter.
 */
import { writeSync } from 'node:fs'
import pg from 'pg'
import { MooringError } from '../../error.ts'
import { silent } from '../../runtime.ts'
import { startCarried } from './index.ts'
import type { ChildInput } from './testing.ts'

const input = JSON.parse(process.argv[2] ?? '{}') as ChildInput
const say = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`)

if (input.user) {
  process.setgroups?.([])
  process.setgid?.(input.user.gid)
  process.setuid?.(input.user.uid)
}

const open = async (admin: object) => {
  const client = new pg.Client({ ...admin, ssl: false })
  client.on('error', () => {})
  await client.connect()
  return client
}

try {
  say({ event: 'starting' })
  const { dataDir, sources, fsync = false } = input
  const carried = await startCarried({ dataDir, fsync, log: silent, ...(sources ? { sources } : {}) })
  const { admin, pid, version, created, startedInMs } = carried
  const client = await open(admin)
  await client.query('create table if not exists kept (id bigint primary key, filler text)')
  const kept = await client.query<{ id: string }>('select id from kept')
  carried.onExit((reason) => say({ event: 'exit', reason }))
  let next = kept.rows.reduce((highest, row) => Math.max(highest, Number(row.id)), 0) + 1
  const write = async (by: pg.Client) => {
    const id = next++
    await by.query('insert into kept values ($1, repeat($2, 200))', [id, 'x'])
    say({ event: 'ack', id })
  }
  const finish = async () => {
    // what a server does between the signal and its end: let requests finish, for longer than PostgreSQL takes to stop
    for (const until = Date.now() + 400; Date.now() < until; ) await write(client)
    await client.end()
    await carried.stop()
    say({ event: 'stopped' })
    process.exit(0)
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => void finish())
  // Last: who hears this may send a signal at once.
  say({ event: 'ready', admin, pid, version, created, startedInMs, kept: kept.rows.map((row) => Number(row.id)) })
  if (input.write) {
    for (const writer of [client, await open(admin), await open(admin)])
      void (async () => {
        for (;;) await write(writer)
      })()
  } else setInterval(() => {}, 1000)
} catch (fault) {
  if (!(fault instanceof MooringError)) throw fault
  say({ event: 'refused', code: fault.code, message: fault.message, detail: fault.detail })
  process.exit(1)
}
