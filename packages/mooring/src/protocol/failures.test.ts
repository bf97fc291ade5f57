/** What the network and a hostile or broken platform can do to a token request. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRuntime } from '../runtime.ts'
import { ask, faultOf, ORIGIN, type Platform, post, printed, type Reply, startPlatform } from './testing.ts'
import { MOST_BYTES, retryAfterOf } from './wire.ts'

let platform: Platform
beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform.stop())
beforeEach(() => {
  platform.asked.length = 0
})

/** The real fetch, with a time limit that a test can wait for. */
const impatient = () =>
  createRuntime({
    platformOrigins: { [ORIGIN]: platform.url },
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(150) }),
  })

describe('no answer: provider_unavailable, and the operator learns whether it was sent', () => {
  it('nobody listens: it was not sent', async () => {
    const gone = createServer().listen(0, '127.0.0.1')
    await new Promise((ready) => gone.once('listening', ready))
    const { port } = gone.address() as AddressInfo
    await new Promise((closed) => gone.close(closed))
    const runtime = createRuntime({ platformOrigins: { [ORIGIN]: `http://127.0.0.1:${port}` } })
    expect(await faultOf(ask(platform, 'refresh', { runtime }))).toMatchObject({
      code: 'provider_unavailable',
      message: 'Platform is not answering.',
      detail: 'token endpoint: the request got no answer (ECONNREFUSED); it was not sent',
    })
  })

  it.each<[string, Reply]>([
    ['cut before the answer', (request) => request.socket.destroy()],
    [
      'cut within the body',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '500' })
        response.write('{"access_token":"at"')
        setTimeout(() => response.socket?.destroy(), 30)
      },
    ],
    ['no HTTP at all', (request) => request.socket.end('hello\r\n\r\n')],
  ])('%s: it may have been carried out', async (_name, reply) => {
    platform.reply = reply
    const fault = await faultOf(ask(platform, 'refresh'))
    expect(fault.code).toBe('provider_unavailable')
    expect(fault.detail).toMatch(/^token endpoint: the request got no answer \(\w+\); it may have been carried out$/)
  })

  it.each<[string, Reply]>([
    ['silence', () => {}],
    [
      'a body that never ends',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write('{')
      },
    ],
  ])('%s until the time is over', async (_name, reply) => {
    platform.reply = reply
    const fault = await faultOf(ask(platform, 'refresh', { runtime: impatient() }))
    expect(fault).toMatchObject({
      code: 'provider_unavailable',
      detail: expect.stringContaining('(TimeoutError); it may'),
    })
  })
})

describe('#13 where a token request can be led', () => {
  it.each([301, 302, 303, 307, 308])(
    '#13 a %i to the cloud’s metadata address is refused, never followed',
    async (status) => {
      platform.reply = { status, headers: { location: 'http://169.254.169.254/latest/meta-data/' }, body: '' }
      for (const grant of ['code', 'refresh'] as const) {
        const fault = await faultOf(ask(platform, grant))
        expect(fault.code).toBe('provider_answer_invalid')
        expect(printed(fault)).not.toContain('169.254')
      }
      expect(platform.asked).toHaveLength(2)
    },
  )

  it('#13 a redirect to a second server: it hears nothing', async () => {
    const second = await startPlatform()
    platform.reply = {
      status: 307,
      headers: { location: `${second.url}/token` },
      body: { access_token: 'at', token_type: 'bearer' },
    }
    await faultOf(ask(platform, 'code'))
    expect(second.asked).toEqual([])
    await second.stop()
  })

  it.each(['http', 'http://169.254.169.254/', 'ftp://platform.example/', 'file:///etc/passwd', 'token', ''])(
    '#13 only https endpoints: %j is asked nothing',
    async (address) => {
      const tokenUrl = address === 'http' ? `${platform.url}/token` : address
      for (const grant of ['code', 'refresh'] as const) {
        const fault = await faultOf(ask(platform, grant, { oauth: { ...post, tokenUrl } }))
        expect(fault).toMatchObject({ code: 'misconfigured', detail: expect.stringContaining('could not be made') })
      }
      expect(platform.asked).toEqual([])
    },
  )
})

describe('#13 how much is read', () => {
  const big = JSON.stringify({ access_token: 'at', token_type: 'bearer', filler: 'x'.repeat(MOST_BYTES) })

  it('#13 a token answer up to 256 KB is taken', async () => {
    const body = JSON.stringify({ access_token: 'at', token_type: 'bearer', filler: 'x'.repeat(MOST_BYTES - 100) })
    expect(body.length).toBeLessThanOrEqual(MOST_BYTES)
    platform.reply = { body }
    expect((await ask(platform, 'code')).accessToken).toBe('at')
  })

  it('#13 one over that is refused', async () => {
    platform.reply = { body: big }
    expect(await faultOf(ask(platform, 'code'))).toMatchObject({
      code: 'provider_answer_invalid',
      detail: `token endpoint: 200 with over ${MOST_BYTES} bytes`,
    })
  })

  it('#13 one that never ends is cut off, and the platform sees it', async () => {
    let sent = 0
    const closed = new Promise<void>((done) => {
      platform.reply = (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const more = () => {
          sent += 65_536
          response.write(' '.repeat(65_536), () => setImmediate(more))
        }
        response.once('close', done)
        more()
      }
    })
    expect((await faultOf(ask(platform, 'refresh'))).code).toBe('provider_answer_invalid')
    await closed
    expect(sent).toBeLessThan(50 * 1024 * 1024)
  })

  it('#13 counts what comes out of a compression, not what goes in', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, ' '))
    expect(bomb.length).toBeLessThan(MOST_BYTES)
    platform.reply = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    expect((await faultOf(ask(platform, 'refresh'))).code).toBe('provider_answer_invalid')
  })

  it('#13 a long page with a failing status is still that failure', async () => {
    platform.reply = { status: 503, body: big }
    expect((await faultOf(ask(platform, 'refresh'))).code).toBe('provider_unavailable')
    platform.reply = { status: 429, body: big }
    expect((await faultOf(ask(platform, 'refresh'))).code).toBe('provider_rate_limited')
  })
})

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 21, 10, 0, 0)
  it.each([
    [null, undefined],
    ['0', 0],
    ['120', 120],
    ['Sat, 21 Nov 2026 10:01:30 GMT', 90],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['99999999999999999999', 86_400],
    ['Sat, 21 Nov 2099 10:00:00 GMT', 86_400],
    ['soon', undefined],
    ['', undefined],
    ['-5x', undefined],
  ])('%j is %j seconds', (value, seconds) => {
    expect(retryAfterOf(value, now)).toBe(seconds)
  })
})
