/** Large bodies, slow ones and broken ones through the proxy: bounded in memory, in size and in time, never half and whole-looking. */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BASE, KEY } from '../../test/world.ts'
import { fetched, open, type Proxying, startProxying, text, wire } from './proxy-testing.ts'

const MB = 1024 * 1024
const MANY = 50 * MB
const part = Buffer.alloc(64 * 1024, 'x')

const SIZES = { MOORING_PROXY_MAX_BODY_MB: '60', MOORING_PROXY_MAX_ANSWER_MB: '60' }

let here: Proxying
/** One that waits two seconds where nothing moves. The other waits longer than any of these tests may take. */
let hasty: Proxying
beforeAll(async () => {
  here = await startProxying({ env: { ...SIZES, MOORING_PROXY_TIMEOUT_SECONDS: '600' } })
  hasty = await startProxying({ env: { MOORING_PROXY_TIMEOUT_SECONDS: '2' } })
})
afterAll(async () => {
  await here.stop()
  await hasty.stop()
})
afterEach(() => {
  here.platform.on = undefined
})

/** Writes so many bytes at the reader's pace. Returns how many it could. */
function pump(stream: NodeJS.WritableStream & { destroyed?: boolean }, bytes: number): Promise<number> {
  return new Promise((done) => {
    let written = 0
    const more = () => {
      while (written < bytes) {
        if (stream.destroyed) return done(written)
        written += part.length
        if (!stream.write(part)) return void stream.once('drain', more)
      }
      stream.end()
      done(written)
    }
    stream.on('error', () => done(written))
    stream.once('close', () => done(written))
    more()
  })
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** The most that is held in buffers of this process, caller and platform among it, beyond what was held before. */
function watch() {
  const held = () => {
    collect()
    return process.memoryUsage().arrayBuffers
  }
  const before = held()
  let looks = 0
  let most = 0
  return {
    look: () => {
      if (looks++ % 40 === 0) most = Math.max(most, held() - before)
    },
    most: () => most,
  }
}

describe('large bodies', () => {
  it('go up at the pace of a platform that reads slowly, and are not held', async () => {
    const memory = watch()
    let arrived = 0
    const go = Promise.withResolvers<void>()
    here.platform.on = (incoming, response) => {
      void go.promise.then(async () => {
        for await (const chunk of incoming as AsyncIterable<Buffer>) {
          arrived += chunk.length
          memory.look()
        }
        response.end(String(arrived))
      })
    }
    const request = open(here.port, here.path('/up'), { method: 'POST', headers: { 'content-length': String(MANY) } })
    const answer = fetched(request)
    const pumped = pump(request, MANY)
    // While the platform reads nothing, what the caller can write is what fits into sockets.
    let stuck = 0
    for (let same = 0; same < 20; same++) {
      await new Promise((done) => setTimeout(done, 10))
      const now = request.socket?.bytesWritten ?? 0
      if (now !== stuck) same = 0
      stuck = now
    }
    expect(stuck).toBeLessThan(30 * MB)
    go.resolve()
    expect((await answer).text).toBe(String(MANY))
    expect(await pumped).toBe(MANY)
    expect(memory.most()).toBeLessThan(20 * MB)
  })

  it('come down at the pace of a caller who reads slowly, and are not held', async () => {
    const memory = watch()
    let left = 0
    here.platform.on = (_incoming, response) => {
      response.writeHead(200, { 'content-length': MANY })
      const counted = response.write.bind(response)
      response.write = ((chunk: Buffer) => {
        left += chunk.length
        return counted(chunk)
      }) as typeof response.write
      void pump(response, MANY)
    }
    const request = open(here.port, here.path('/down'))
    request.end()
    const response = await new Promise<IncomingMessage>((done) => request.on('response', done))
    let stuck = -1
    for (let same = 0; same < 20; same++) {
      await new Promise((done) => setTimeout(done, 10))
      if (left !== stuck) same = 0
      stuck = left
    }
    expect(stuck).toBeLessThan(30 * MB)
    let arrived = 0
    for await (const chunk of response as AsyncIterable<Buffer>) {
      arrived += chunk.length
      memory.look()
    }
    expect(arrived).toBe(MANY)
    expect(memory.most()).toBeLessThan(20 * MB)
  })

  it('are the very bytes that were sent, each in its own answer, where many pass at once', async () => {
    const bodies = Array.from({ length: 6 }, () => randomBytes(5 * MB))
    here.platform.on = (incoming, response) => {
      const body = bodies[Number(incoming.url?.slice(1))]
      const parts: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => parts.push(chunk))
      incoming.on('end', () => {
        const up = parts.length === 0 || (body?.equals(Buffer.concat(parts)) ?? false)
        response.writeHead(up ? 200 : 400).end(body)
      })
    }
    const asked = bodies.flatMap((body, at) => [
      { body, sent: open(here.port, here.path(`/${at}`)), up: undefined },
      {
        body,
        sent: open(here.port, here.path(`/${at}`), { method: 'PUT', headers: { 'content-length': `${body.length}` } }),
        up: body,
      },
    ])
    const whole = asked.map(async ({ body, sent, up }) => {
      const response = new Promise<IncomingMessage>((done, failed) => sent.on('response', done).on('error', failed))
      sent.end(up)
      const parts: Buffer[] = []
      for await (const chunk of (await response) as AsyncIterable<Buffer>) {
        parts.push(chunk)
        if (parts.length % 9 === 0) await new Promise(setImmediate)
      }
      return [(await response).statusCode, body.equals(Buffer.concat(parts))]
    })
    for (const one of await Promise.all(whole)) expect(one).toEqual([200, true])
  })

  it('pass as web streams, too', async () => {
    here.platform.on = (incoming, response) => {
      response.writeHead(200)
      incoming.pipe(response)
    }
    let left = 8 * MB
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left <= 0) return controller.close()
        left -= part.length
        controller.enqueue(part)
      },
    })
    const answer = await here.world.mooring.fetch(
      new Request(BASE + here.path('/echo'), {
        method: 'POST',
        headers: { authorization: `Bearer ${KEY}` },
        body,
        duplex: 'half',
      } as RequestInit),
    )
    expect((await answer.arrayBuffer()).byteLength).toBe(8 * MB)
  })
})

describe('somebody goes away', () => {
  const closed = (incoming: IncomingMessage, response: ServerResponse) =>
    new Promise<void>((done) => {
      response.on('close', done)
      incoming.on('error', () => {})
    })

  it.each(['before the answer', 'inside the answer', 'inside the body'])(
    'the caller, %s: the platform is let go',
    async (when) => {
      const begun = Promise.withResolvers<{ over: Promise<void> }>()
      here.platform.on = (incoming, response) => {
        if (when === 'inside the answer') response.write(part)
        if (when === 'inside the body') incoming.on('data', () => begun.resolve({ over: closed(incoming, response) }))
        else begun.resolve({ over: closed(incoming, response) })
      }
      const length = { 'content-length': '1000' }
      const request = open(
        here.port,
        here.path('/x'),
        when === 'inside the body' ? { method: 'POST', headers: length } : {},
      )
      request.on('error', () => {})
      if (when === 'inside the body') request.write('half')
      else request.end()
      if (when === 'inside the answer') await new Promise((done) => request.on('response', done))
      const { over } = await begun.promise
      request.destroy()
      await over
    },
  )

  it('a reader of a web stream: the platform is let go', async () => {
    const begun = Promise.withResolvers<{ over: Promise<void> }>()
    here.platform.on = (incoming, response) => {
      begun.resolve({ over: closed(incoming, response) })
      response.write(part)
    }
    const answer = await here.world.mooring.fetch(
      new Request(BASE + here.path('/x'), { headers: { authorization: `Bearer ${KEY}` } }),
    )
    const reader = answer.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    await (await begun.promise).over
  })

  it.each([
    ['a length', { 'content-length': '100000' }],
    ['chunks', { 'x-framed': 'in chunks' }],
  ])('the platform, inside a body of %s: the caller is cut off, and gets no clean end', async (_, headers) => {
    here.platform.on = (_incoming, response) => {
      response.writeHead(200, headers)
      response.write('half', () => response.socket?.destroy())
    }
    await expect(wire(here.port, here.path('/x'))).rejects.toMatchObject({ code: 'ECONNRESET' })
    const answer = await here.world.mooring.fetch(
      new Request(BASE + here.path('/x'), { headers: { authorization: `Bearer ${KEY}` } }),
    )
    await expect(answer.text()).rejects.toThrow()
  })

  it('the platform, before it answers: 502', async () => {
    here.platform.on = (incoming) => incoming.socket.destroy()
    const answer = await wire(here.port, here.path('/x'))
    expect([answer.status, answer.headers['mooring-error']]).toEqual([502, 'provider_unavailable'])
  })

  it('the platform, with what is no HTTP: 502', async () => {
    here.platform.on = (incoming) => incoming.socket.end('this is not HTTP\r\n\r\n')
    const answer = await wire(here.port, here.path('/x'))
    expect([answer.status, answer.headers['mooring-error']]).toEqual([502, 'provider_unavailable'])
  })
})

describe('limits', () => {
  it('of a body: refused by its length before anything is asked', async () => {
    here.platform.seen = []
    const request = open(here.port, here.path('/x'), {
      method: 'POST',
      headers: { 'content-length': String(60 * MB + 1) },
    })
    request.on('error', () => {})
    request.write('x')
    const answer = await fetched(request)
    expect([answer.status, answer.headers['mooring-error']]).toEqual([413, 'body_too_large'])
    expect(here.platform.seen).toEqual([])
    request.destroy()
  })

  it('of a body in chunks: refused as it passes the limit, and the platform never gets the end', async () => {
    const ended = Promise.withResolvers<string>()
    here.platform.on = (incoming) => {
      incoming
        .resume()
        .on('end', () => ended.resolve('whole'))
        .on('error', () => ended.resolve('cut'))
    }
    const request = open(here.port, here.path('/x'), { method: 'POST', headers: { 'transfer-encoding': 'chunked' } })
    request.on('error', () => {})
    const answered = new Promise<IncomingMessage>((done) => request.on('response', done))
    void pump(request, 62 * MB)
    const answer = await answered
    expect([answer.statusCode, answer.headers['mooring-error']]).toEqual([413, 'body_too_large'])
    expect(await ended.promise).toBe('cut')
    request.destroy()
  })

  it('of an answer: refused by its length, cut where it told none', async () => {
    here.platform.on = (_incoming, response) =>
      void response.writeHead(200, { 'content-length': 60 * MB + 1 }).write('x')
    const told = await wire(here.port, here.path('/x'))
    expect([told.status, told.headers['mooring-error']]).toEqual([502, 'provider_answer_invalid'])
    here.platform.on = (_incoming, response) => {
      response.writeHead(200)
      void pump(response, 62 * MB)
    }
    await expect(wire(here.port, here.path('/x'))).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('of time: 504 where no answer begins, the end of the connection where it stands still inside', async () => {
    hasty.platform.on = () => {}
    const silent = await wire(hasty.port, hasty.path('/x'))
    expect([silent.status, silent.headers['mooring-error']]).toEqual([504, 'provider_timeout'])
    hasty.platform.on = (_incoming, response) => void response.writeHead(200).write('half')
    await expect(wire(hasty.port, hasty.path('/x'))).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('of time are not those of a body that keeps moving', async () => {
    hasty.platform.on = (incoming, response) => void text(incoming).then((body) => response.end(String(body.length)))
    const request = open(hasty.port, hasty.path('/x'), { method: 'POST', headers: { 'content-length': '8' } })
    const answer = fetched(request)
    // Eight bytes in three seconds and more, where two seconds of silence end it.
    for (let at = 0; at < 8; at++) {
      request.write('x')
      await new Promise((done) => setTimeout(done, 400))
    }
    request.end()
    expect((await answer).text).toBe('8')
  })

  it('of a host that says less or more than it sends: the platform gets no second request out of it', async () => {
    const seen: string[] = []
    const server = createServer((incoming, response) => {
      seen.push(`${incoming.method} ${incoming.url}`)
      incoming.on('error', () => {})
      void text(incoming).then(
        () => response.end(),
        () => {},
      )
    })
    here.platform.on = (incoming, response) => server.emit('request', incoming, response)
    const answer = await here.world.mooring.fetch(
      new Request(BASE + here.path('/x'), {
        method: 'POST',
        headers: { authorization: `Bearer ${KEY}`, 'content-length': '4' },
        body: 'fourGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n',
      }),
    )
    expect(answer.status).toBe(400)
    expect(await wire(here.port, here.path('/after'))).toMatchObject({ status: 200 })
    expect(seen.filter((one) => one.includes('smuggled'))).toEqual([])
  })
})

it('a request that is cut off inside its head or body leaves the server well', async () => {
  for (const piece of [
    `POST ${here.path('/x')} HTTP/1.1\r\nHost: x\r\n`,
    `POST ${here.path('/x')} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\nContent-Length: 10\r\n\r\nabc`,
  ]) {
    const socket = connect(here.port, '127.0.0.1')
    await new Promise<void>((done) => socket.write(piece, () => done()))
    socket.destroy()
  }
  expect((await wire(here.port, here.path('/x'))).status).toBe(200)
  expect(here.world.logs.filter((line) => line.message.includes('mistake'))).toEqual([])
})
