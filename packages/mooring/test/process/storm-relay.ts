/** A way to PostgreSQL that can be cut: clients lose what they have, and find nothing until it is mended. */
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'

export interface Relay {
  /** Where to connect to instead. */
  admin: pg.ClientConfig
  /** Cuts every connection and refuses new ones. */
  sever(): Promise<void>
  mend(): Promise<void>
  /** Keeps connections and lets nothing through: what a host does that is gone without a word. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

export async function startRelay(admin: pg.ClientConfig): Promise<Relay> {
  const overSocket = String(admin.host).startsWith('/')
  const folder = mkdtempSync(join(tmpdir(), 'mooring-relay-'))
  const name = `.s.PGSQL.${admin.port}`
  const sockets = new Set<Socket>()
  let frozen = false
  let server: Server | undefined
  const serve = (client: Socket) => {
    const upstream = overSocket
      ? connect(join(String(admin.host), name))
      : connect(Number(admin.port), String(admin.host))
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      if (frozen) one.pause()
    }
  }
  const mend = () =>
    new Promise<void>((done) => {
      if (server) return done()
      server = createServer(serve)
      server.listen(join(folder, name), done)
    })
  const sever = () =>
    new Promise<void>((done) => {
      if (!server) return done()
      server.close(() => done())
      server = undefined
      for (const one of sockets) one.destroy()
    })
  await mend()
  return {
    admin: { ...admin, host: folder },
    sever,
    mend,
    freeze() {
      frozen = true
      for (const one of sockets) one.pause()
    },
    thaw() {
      frozen = false
      for (const one of sockets) one.resume()
    },
    stop: async () => {
      await sever()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
