/** The way out for bodies that stream: undici's dispatcher, with connections kept. The only importer of undici. */
import type { Readable } from 'node:stream'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import { MooringError } from './error.ts'

export interface StreamRequest {
  /** The platform's, like `https://api.example.com`; mapped as `Runtime.fetch` maps. */
  origin: string
  /** Path and query exactly as they go onto the wire, from the first `/`: no part of it can name a host. */
  target: string
  method: string
  /** Name, value, name, value; without Host and Connection. A body without Content-Length goes in chunks. */
  headers: readonly string[]
  body: Readable | undefined
}

/** Where an answer's body goes. `data` returns false to have no more until `resume`. Ends with one of `end` and `fail`. */
export interface Sink {
  data(chunk: Buffer): boolean
  end(): void
  fail(error: Error): void
}

export interface StreamAnswer {
  status: number
  /** As they came: name, value, name, value. */
  headers: string[]
  /** To be called once. */
  flow(sink: Sink): void
  resume(): void
}

export interface Exchange {
  /** The head of the answer. Rejects where there is none; `reused`, on the error, says that the connection had been kept. */
  answer: Promise<StreamAnswer>
  /** Lets go of the platform, in the middle of whatever it is. Safe at any time. */
  cut(): void
}

/**
 * Redirects are not followed and nothing is decoded. A request on which nothing moves for `idleMs`, before the answer
 * or inside it, fails with the code ETIMEDOUT.
 */
export function createStreams(origins: ReadonlyMap<string, string>, idleMs: number) {
  const dial = buildConnector({ allowH2: false, timeout: idleMs })
  const agent = new Agent({
    // The socket's own clock is the better one: it runs anew with each byte that moves, either way.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, done) =>
      dial(options, (error, socket) => {
        if (error || !socket) return done(error ?? new Error('no socket'), null)
        socket.setTimeout(idleMs, () =>
          socket.destroy(Object.assign(new Error('nothing moved'), { code: 'ETIMEDOUT' })),
        )
        socket.prependListener('error', (broken) => Object.assign(broken, { reused: socket.bytesRead > 0 }))
        done(null, socket)
      }),
  })
  const ways = new Map<string, { origin: string; host: string }>()

  const wayTo = (origin: string) => {
    const mapped = origins.get(origin)
    const { protocol, host, origin: to } = new URL(mapped ?? origin)
    if (protocol !== 'https:' && mapped === undefined)
      throw new MooringError('internal', 'A platform address must be https.', { detail: origin })
    const way = { origin: to, host }
    ways.set(origin, way)
    return way
  }

  return ({ origin, target, method, headers, body }: StreamRequest): Exchange => {
    const way = ways.get(origin) ?? wayTo(origin)
    const answering = new Answering()
    agent.dispatch(
      {
        origin: way.origin,
        path: target,
        method: method as Dispatcher.HttpMethod,
        headers: ['Host', way.host, ...headers],
        body: body ?? null,
      },
      answering,
    )
    return answering
  }
}

/** One request under way: undici's handler on one side, an `Exchange` and its answer on the other. */
class Answering implements Exchange, StreamAnswer, Dispatcher.DispatchHandler {
  readonly answer: Promise<StreamAnswer>
  status = 0
  headers: string[] = []
  #resolve!: (answer: StreamAnswer) => void
  #reject!: (error: Error) => void
  #controller: Dispatcher.DispatchController | undefined
  #cut = false
  #sink: Sink | undefined
  /** What came before there was a sink: at most what one read of the socket brought, since it is paused then. */
  #early: Buffer[] = []
  #ended = false
  #failed: Error | undefined

  constructor() {
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  cut(): void {
    // Whoever has it all says so, too; an error would cost a trace of the stack each time.
    if (this.#ended || this.#failed) return
    this.#cut = true
    this.#controller?.abort(new Error('cut'))
  }

  flow(sink: Sink): void {
    this.#sink = sink
    let room = true
    for (const chunk of this.#early) room = sink.data(chunk) && room
    this.#early = []
    if (this.#failed) sink.fail(this.#failed)
    else if (this.#ended) sink.end()
    else if (room) this.resume()
  }

  resume(): void {
    this.#controller?.resume()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#cut) controller.abort(new Error('cut'))
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // Words on the way (RFC 9110 §15.2), not the answer.
    if (status < 200) return
    this.status = status
    // Bytes, as HTTP/1.1 has them, which Node's own server writes in the same way.
    this.headers = (controller.rawHeaders as Buffer[]).map((one) => one.toString('latin1'))
    this.#resolve(this)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#sink) {
      if (!this.#sink.data(chunk)) controller.pause()
      return
    }
    this.#early.push(chunk)
    controller.pause()
  }

  onResponseEnd(): void {
    this.#ended = true
    this.#sink?.end()
  }

  onResponseError(_: unknown, error: Error): void {
    this.#failed = error
    if (this.status === 0) this.#reject(error)
    else this.#sink?.fail(error)
  }
}
