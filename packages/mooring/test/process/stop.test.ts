/** How a running server ends: in order, at once, killed, or because PostgreSQL went away under it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../world.ts'
import { type Answer, answers, cleanUp, postgresGone, postgresOf, type Server, startServer, until } from './harness.ts'
import { connect, requestsOf, steer } from './person.ts'

afterAll(cleanUp)

const USERINFO = 'linkedin.userinfo'

describe('one folder, ended in every way', () => {
  let server: Server
  let connection: string
  beforeAll(async () => {
    server = await startServer()
    connection = (await connect(server)).id
  })

  const again = async () => {
    server = await startServer({ dataDir: server.dataDir, port: server.port })
  }
  /** A request that the platform keeps under way for so long, in ms. */
  const slowRequest = async (ms: number): Promise<{ answer: Promise<Answer | Error> }> => {
    await steer(server.sandbox(), { clearLog: true, fault: { endpoint: USERINFO, kind: 'slow', ms } })
    const answer = server.api('POST', `/connections/${connection}/test`).catch((error: Error) => error)
    await until('the request is under way', async () => (await requestsOf(server.sandbox(), USERINFO)) === 1)
    return { answer }
  }
  /** PostgreSQL had the time to end in order, and told so by removing its own notes. */
  const inOrder = () => {
    expect(existsSync(join(server.dataDir, 'server.json'))).toBe(false)
    expect(existsSync(join(server.dataDir, 'postgres/running.json'))).toBe(false)
    expect(postgresOf(server.dataDir)).toBe(0)
    expect(postgresGone(server.dataDir)).toBe(true)
  }
  const keys = async (): Promise<string[]> =>
    (await server.api('GET', '/api-keys')).body.data.map((one: Json) => one.id)

  it('SIGTERM: what is under way is answered, nothing new is taken, all is put away', async () => {
    const { answer } = await slowRequest(2000)
    const ended = server.stop('SIGTERM')
    await until('no new request is taken', async () => !(await answers(`${server.url}/healthz`)))
    expect(await answer).toMatchObject({ status: 200, body: { ok: true } })
    expect(await ended).toEqual({ code: 0, signal: null })
    inOrder()
  })

  it('two signals of one moment, as of a Ctrl+C that npm passes on, are one: all is put away', async () => {
    await again()
    // Two of the same kind would reach it as one.
    server.process.kill('SIGINT')
    expect(await server.stop('SIGTERM')).toEqual({ code: 0, signal: null })
    inOrder()
  })

  it('another signal, while it waits for a request, ends it at once, and PostgreSQL with it', async () => {
    await again()
    const { answer } = await slowRequest(60_000)
    for (server.process.kill('SIGTERM'); !server.over(); await delay(50)) server.process.kill('SIGTERM')
    expect(await server.ended).toEqual({ code: 130, signal: null })
    expect(await answer).toBeInstanceOf(Error)
    await until('PostgreSQL is gone', () => postgresGone(server.dataDir))
  })

  it('killed three times under writes: every acknowledged one is there after each start', async () => {
    const acknowledged: string[] = []
    for (let kill = 0; kill < 3; kill++) {
      await again()
      expect(await keys()).toEqual(expect.arrayContaining(acknowledged))
      const before = acknowledged.length
      const writers = Array.from({ length: 4 }, async () => {
        for (;;) {
          const made = await server
            .api('POST', '/api-keys', { name: 'k', scopes: ['connections:read'] })
            .catch(() => null)
          if (made === null) return
          expect(made.status).toBe(201)
          acknowledged.push(made.body.id)
        }
      })
      await until('writes are under way', () => acknowledged.length > before + 20)
      server.process.kill('SIGKILL')
      await Promise.all(writers)
    }
    await again()
    const kept = new Set(await keys())
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(60)
    expect((await server.api('GET', `/connections/${connection}/token`)).status).toBe(200)
  })

  it('PostgreSQL killed under it: it says so, ends with code 6, and the next start is whole', async () => {
    const before = await keys()
    process.kill(postgresOf(server.dataDir), 'SIGKILL')
    expect(await server.ended).toEqual({ code: 6, signal: null })
    expect(server.err()).toContain('PostgreSQL ended by itself, so the server stops.')
    expect(existsSync(join(server.dataDir, 'server.json'))).toBe(false)
    await again()
    expect(await keys()).toEqual(before)
    expect((await server.api('POST', `/connections/${connection}/test`)).body.ok).toBe(true)
    expect((await server.stop()).code).toBe(0)
    inOrder()
  })
})
