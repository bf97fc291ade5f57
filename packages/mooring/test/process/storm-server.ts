/**
 * One of several servers for the storm: Mooring with the test's own provider, in a process of its own, that kills itself
 * by SIGKILL, or stops for a while, at the points of a refresh that its parent names. All of that is put around the
 * runtime and the store from outside; the engine knows nothing of it.
 */
import { readConfig } from '../../src/config.ts'
import { listen } from '../../src/hosts/node.ts'
import { createMooring } from '../../src/mooring.ts'
import type { Log } from '../../src/runtime.ts'
import { ROTATING_CLIENT, ROTATING_ORIGINS, rotatingProvider } from '../rotating-provider.ts'
import type { Action, Counters, Line, Order, Point, Settings } from './storm-words.ts'

const armed = new Map<Point, Action>()
const held = new Map<Point, () => void>()
const counters: Counters = { pauses: 0, reads: 0, kept: 0 }
const lines: Line[] = []
const tell = (what: object) => process.send?.(what)

async function reach(point: Point): Promise<void> {
  const action = armed.get(point)
  if (!action) return
  armed.delete(point)
  if (action === 'kill') process.kill(process.pid, 'SIGKILL')
  await new Promise<void>((go) => {
    held.set(point, go)
    tell({ reached: point })
  })
}

async function start(settings: Settings): Promise<void> {
  let offset = settings.offset
  const write = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, message, fields })
    if (settings.loud) process.stderr.write(`${settings.name} ${level} ${message} ${JSON.stringify(fields)}\n`)
  }
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  const provider = rotatingProvider(settings.reuse)
  const config = readConfig(
    {
      MOORING_BASE_URL: 'http://localhost:8003',
      MOORING_API_KEY: settings.apiKey,
      STORM_CLIENT_ID: ROTATING_CLIENT.clientId,
      STORM_CLIENT_SECRET: ROTATING_CLIENT.clientSecret,
    },
    [provider],
  )
  const mooring = await createMooring({
    config,
    database: { admin: settings.admin, poolSize: settings.pool },
    vaultKeys: settings.vaultKeys,
    platformOrigins: settings.origins,
    log,
    // Where requests are counted, the sweep's own would be among them.
    background: settings.background,
    runtime: {
      now: () => Date.now() + offset,
      // Kept in their proportions, cut to a part: a test must not wait by the clock.
      sleep: async (ms) => {
        counters.pauses += 1
        await new Promise((done) => setTimeout(done, ms / settings.hurry))
      },
      // Who holds a lease can be read from the row.
      uuid: () => `${crypto.randomUUID().slice(0, 24)}${settings.generation.toString(16).padStart(12, '0')}` as never,
    },
  })
  const { runtime, store } = mooring.engine
  const { fetch } = runtime
  runtime.fetch = async (url, init) => {
    if (url !== `${ROTATING_ORIGINS.auth}/token`) return fetch(url, init)
    await reach('before-sending')
    const response = await fetch(url, { ...init, headers: withName(init?.headers, settings.name) })
    // The platform has carried it out and begun to answer; nothing of the answer was read.
    await reach('after-sending')
    const answer = await response.text()
    await reach('before-store')
    return new Response(answer, { status: response.status, headers: response.headers })
  }
  const { connections } = store
  const { storeTokens, token } = connections
  connections.storeTokens = async (...parts) => {
    const stored = await storeTokens(...parts)
    counters.kept += 1
    await reach('after-store')
    return stored
  }
  connections.token = (...parts) => {
    counters.reads += 1
    return token(...parts)
  }
  const server = await listen(mooring, '127.0.0.1', 0)
  // As `mooring serve` ends.
  const end = async () => {
    mooring.drain()
    await server.stop()
    await mooring.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void end())
  process.on('message', (order: Order) => {
    if (order.do === 'arm') armed.set(order.point, order.action)
    if (order.do === 'disarm') armed.clear()
    if (order.do === 'release') {
      held.get(order.point)?.()
      held.delete(order.point)
    }
    if (order.do === 'advance') offset += order.seconds * 1000
    tell({ answers: order.id, counters: { ...counters }, lines: order.do === 'lines' ? lines : undefined })
  })
  tell({ url: `http://127.0.0.1:${server.port}` })
}

function withName(given: RequestInit['headers'], name: string): Headers {
  const headers = new Headers(given)
  headers.set('x-storm', name)
  return headers
}

process.once('message', (settings: Settings) => void start(settings))
// The test is gone: nobody is left to ask.
process.on('disconnect', () => process.exit(1))
