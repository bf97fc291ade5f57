/** The file of the audit, over a real socket: whole for who reads it, and no further than its reader. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWorld, KEY, type World } from '../../test/world.ts'
import { type Listening, listen } from '../hosts/node.ts'

const PAGE = 500
const PAGES = 20

let world: World
let server: Listening
beforeAll(async () => {
  world = await createWorld()
  server = await listen(world.mooring, '127.0.0.1', 0)
  await world.database.query(
    `insert into mooring.audit_entries (workspace_id, id, at, action, outcome, actor_kind, actor_name)
     select $1, gen_random_uuid(), now() - n * interval '1 second', 'connection.tested', 'ok', 'key', 'API key'
     from generate_series(1, $2::int) n`,
    [world.workspace, PAGE * PAGES],
  )
})
afterAll(async () => {
  await server.stop(100)
  await world.close()
})

/** Counts the pages that are read, and holds the one of this number until it is let go. */
function watchPages(held?: number) {
  const { audit } = world.mooring.engine.store
  const { page } = audit
  const reached = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  const watch = { read: 0, reached: reached.promise, go: () => go.resolve(), end: () => {} }
  audit.page = async (...wanted) => {
    watch.read += 1
    if (watch.read === held) {
      reached.resolve()
      await go.promise
    }
    return page(...wanted)
  }
  watch.end = () => {
    audit.page = page
  }
  return watch
}

const ask = async (format: string): Promise<IncomingMessage> => {
  const asked = request({
    port: server.port,
    host: '127.0.0.1',
    path: `/api/v1/audit/export?format=${format}&action=connection.tested`,
    headers: { authorization: `Bearer ${KEY}` },
  })
  asked.on('error', () => {})
  asked.end()
  const [response] = await once(asked, 'response')
  return response
}
const linesOf = async (response: IncomingMessage): Promise<number> => {
  let lines = 0
  for await (const part of response) for (const byte of part as Buffer) if (byte === 10) lines += 1
  return lines
}

const LEFT = 'the reader of an export went away'
beforeEach(() => {
  world.logs.length = 0
})

describe.each([['ndjson', 0] as const, ['csv', 1] as const])('the audit as %s', (format, heads) => {
  it('is whole', async () => {
    const pages = watchPages()
    try {
      expect(await linesOf(await ask(format))).toBe(PAGE * PAGES + heads)
    } finally {
      pages.end()
    }
    // The last one is empty.
    expect(pages.read).toBe(PAGES + 1)
    expect(world.logs.map((line) => line.message)).not.toContain(LEFT)
  })

  it('is read no further when its reader has gone', async () => {
    const pages = watchPages(2)
    try {
      const response = await ask(format)
      response.on('error', () => {})
      response.resume()
      await pages.reached
      const { socket } = response
      const closed = once(socket, 'close')
      socket.destroy()
      await closed
      pages.go()
      await vi.waitFor(() => expect(world.logs.map((line) => line.message)).toContain(LEFT), { timeout: 30_000 })
      // What was under way when the socket closed, and none of the eighteen after it.
      expect(pages.read).toBeLessThan(6)
    } finally {
      pages.end()
    }
  })
})
