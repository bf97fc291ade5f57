/**
 * Everything that reaches the world outside, in one object that is read late, so that a test can move the clock,
 * count requests or point a platform's origin at a fake. Nothing else in the engine touches these globals.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { MooringError } from './error.ts'
import { createOutside, type Outside, type OutsideRules } from './runtime-outside.ts'
import { createStreams, type Exchange, type StreamRequest } from './runtime-stream.ts'

export { isLoopback } from './runtime-outside.ts'
export type { Exchange, StreamAnswer } from './runtime-stream.ts'

export type LogFields = Record<string, unknown>

export interface Log {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }

export interface Runtime {
  /** Like the global fetch, with platform origins mapped, redirects never followed and a time limit (`limitMs`, 20 s without) that holds for the body too. */
  fetch(url: string, init?: RequestInit & { limitMs?: number }): Promise<Response>
  /** One request whose bodies stream and may take long. Origins mapped as in `fetch`. */
  stream(request: StreamRequest): Exchange
  /** To addresses that somebody entered, and never into the machine's own network. */
  outside: Outside
  /** Where a browser must be sent for this platform URL: the same mapping that `fetch` applies. */
  platformUrl(url: string): string
  /** Milliseconds since 1970. */
  now(): number
  random(bytes: number): Buffer
  uuid(): string
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `work` every so often, until the returned function is called. Keeps no process alive. */
  every(ms: number, work: () => void): () => void
  log: Log
}

/** From 0 to 1, for what is to be spread. Four bytes: with one, what falls due together would meet at 256 moments. */
export const fraction = (runtime: Pick<Runtime, 'random'>): number => runtime.random(4).readUInt32BE() / 0xffff_ffff

export interface RuntimeOptions {
  log?: Log
  /** Real origin → the origin that plays it, e.g. `https://www.linkedin.com` → `http://127.0.0.1:9701`. */
  platformOrigins?: Readonly<Record<string, string>>
  fetch?: typeof fetch
  now?: () => number
  /** How long a streamed request may stand still, in ms. */
  streamIdleMs?: number
  /** Without it nothing but public addresses over https. */
  outside?: OutsideRules
}

/** The longest time one request to a platform may take, in ms. Shorter than the refresh lease, which it must never outlive. */
export const PLATFORM_TIMEOUT_MS = 20_000
const STREAM_IDLE_MS = 60_000

/** An answer that leads elsewhere is an answer. */
const ONCE = { redirect: 'manual' } as const
/**
 * `fetch` keeps all of a body a second time, for asking again elsewhere or with a password, unless neither can be: no window, and
 * an answer that leads elsewhere is a fault (Fetch Standard, "HTTP-network-or-cache fetch", where the request is cloned).
 */
const KEPT_ONCE = { redirect: 'error', window: null } as const

export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const origins = new Map(Object.entries(options.platformOrigins ?? {}))
  const platformUrl = (raw: string) => {
    const url = new URL(raw)
    const mapped = origins.get(url.origin)
    return mapped === undefined ? raw : mapped + url.pathname + url.search + url.hash
  }
  return {
    platformUrl,
    outside: createOutside(options.outside ?? { loopback: false, origins: [] }),
    stream: createStreams(origins, options.streamIdleMs ?? STREAM_IDLE_MS),
    fetch(raw, init = {}) {
      const target = platformUrl(raw)
      const secure = target.startsWith('https:') || target !== raw
      if (!secure)
        throw new MooringError('internal', 'A platform address must be https.', { detail: new URL(raw).origin })
      const { limitMs = PLATFORM_TIMEOUT_MS, ...rest } = init
      const limit = AbortSignal.timeout(limitMs)
      const signal = rest.signal ? AbortSignal.any([rest.signal, limit]) : limit
      return (options.fetch ?? globalThis.fetch)(target, {
        ...rest,
        ...(rest.body instanceof ReadableStream ? KEPT_ONCE : ONCE),
        signal,
      })
    },
    now: options.now ?? Date.now,
    random: randomBytes,
    uuid: randomUUID,
    sleep: async (ms, signal) => {
      await delay(ms, undefined, signal ? { signal } : {})
    },
    every(ms, work) {
      const timer = setInterval(work, ms).unref()
      return () => clearInterval(timer)
    },
    log: options.log ?? silent,
  }
}
