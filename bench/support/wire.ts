/**
 * A relay in front of PostgreSQL that reads what the client asks of it: every statement and every round trip, whoever
 * sends it. https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
import { rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Admin } from '../../packages/mooring/src/store/carried/index.ts'
import { temporaryFolder } from './cluster.ts'

export interface Wire {
  /** Where to connect to instead. */
  admin: Admin
  /** Statements in the order in which they came, since the last call. A prepared one shows as its text every time it runs. */
  statements(): string[]
  /** How often the client waited for an answer, since the last call. */
  roundTrips(): number
  /** How often a statement was parsed, since the last call. */
  parses(): number
  stop(): Promise<void>
}

interface Seen {
  statements: string[]
  trips: number
  parses: number
}

export async function tapWire(admin: Admin): Promise<Wire> {
  const folder = temporaryFolder()
  const name = `.s.PGSQL.${admin.port}`
  const seen: Seen = { statements: [], trips: 0, parses: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(join(admin.host, name))
    const read = reader(seen)
    client.on('data', (bytes) => {
      read(bytes)
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => client.write(bytes))
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((done) => server.listen(join(folder, name), done))
  const take = <K extends keyof Seen>(key: K, fresh: Seen[K]): Seen[K] => {
    const value = seen[key]
    seen[key] = fresh
    return value
  }
  return {
    admin: { ...admin, host: folder },
    statements: () => take('statements', []),
    roundTrips: () => take('trips', 0),
    parses: () => take('parses', 0),
    stop: () =>
      new Promise((done) => {
        for (const one of sockets) one.destroy()
        server.close(() => {
          rmSync(folder, { recursive: true, force: true })
          done()
        })
      }),
  }
}

/** Reads one client's messages. The first has no type byte; a password is passed on and not kept. */
function reader(seen: Seen): (bytes: Buffer) => void {
  const prepared = new Map<string, string>()
  let rest: Buffer = Buffer.alloc(0)
  let greeted = false
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    for (;;) {
      const head = greeted ? 1 : 0
      if (rest.length < head + 4) return
      const end = head + rest.readUInt32BE(head)
      if (rest.length < end) return
      if (greeted) note(seen, prepared, String.fromCharCode(rest[0] ?? 0), rest.subarray(5, end))
      greeted = true
      rest = rest.subarray(end)
    }
  }
}

function note(seen: Seen, prepared: Map<string, string>, type: string, body: Buffer): void {
  const [first = '', second = ''] = body.toString('latin1', 0, Math.min(body.length, 4000)).split('\0', 2)
  switch (type) {
    case 'Q':
      seen.statements.push(first)
      seen.trips += 1
      return
    case 'P':
      prepared.set(first, second)
      seen.parses += 1
      return
    case 'B':
      // Bind names the portal, then the statement.
      seen.statements.push(prepared.get(second) ?? '')
      return
    case 'S':
      seen.trips += 1
  }
}
