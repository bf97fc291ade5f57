/** What leaves by `fetch`: how a large body goes, and what an answer that leads elsewhere is. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRuntime } from './runtime.ts'

const MIB = 1024 ** 2
const PIECE = new Uint8Array(64 * 1024)

describe('a body that streams', () => {
  let server: Server
  let received = 0
  let url = ''
  const runtime = createRuntime({
    fetch: (target, init) => fetch(String(target).replace('https://platform.example', url), init),
  })
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      for await (const piece of request) received += (piece as Buffer).length
      if (request.url === '/elsewhere') return void response.writeHead(302, { location: '/' }).end()
      response.end('done')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  const film = (bytes: number, seen: () => void) => {
    let left = bytes
    return new ReadableStream({
      pull(controller) {
        seen()
        if (left <= 0) return controller.close()
        left -= PIECE.length
        controller.enqueue(PIECE.slice())
      },
    })
  }
  const send = (path: string, bytes: number, seen: () => void = () => {}) =>
    runtime.fetch(`https://platform.example${path}`, {
      method: 'POST',
      body: film(bytes, seen),
      ...({ duplex: 'half' } as object),
    })

  it('is not kept: a film of 256 MB takes no 100 MB of memory', async () => {
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    received = 0
    const response = await send('/', 256 * MIB, () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    })
    expect(await response.text()).toBe('done')
    expect(received).toBe(256 * MIB)
    expect(most / MIB).toBeLessThan(100)
  })

  it('is sent to no other address: that is a fault', async () => {
    await expect(send('/elsewhere', MIB)).rejects.toThrow('fetch failed')
  })

  it('without one, an answer that leads elsewhere is an answer', async () => {
    const response = await runtime.fetch('https://platform.example/elsewhere', { method: 'POST', body: 'text' })
    expect([response.status, response.headers.get('location')]).toEqual([302, '/'])
  })
})
