/** Node's own HTTP server around the handler. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { MooringError } from '../error.ts'
import type { Handler } from '../http/context.ts'
import type { NodeProxy } from '../http/proxy-node.ts'
import { MEDIA } from '../http/routes/media.ts'

export interface Listening {
  port: number
  /** Takes no more, lets what runs finish for up to `graceMs`, then cuts. */
  stop(graceMs?: number): Promise<void>
}

/** A sender that is slower than this holds a socket for nothing, but for what the proxy takes, which has its own limits. */
const WHOLE_REQUEST_MS = 60_000
/** What the proxy takes by default, 100 MB, at a megabit a second. */
const WHOLE_PROXIED_MS = 15 * 60_000
/** A file of 2 GB, the most by default, at five megabits a second. */
const WHOLE_FILE_MS = 60 * 60_000

type Mounted = { fetch: Handler; proxy?: NodeProxy }
type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void

/** Answers Node's own requests. `alone`: this process is a server of ours and nothing else. */
export function answersOf(mooring: Mounted, alone = false): Answer {
  const faults = new WeakMap<IncomingMessage, unknown>()
  // Alone, it puts its own Request and Response in the place of the global ones: Node's own make a stream of every
  // body, at the price of a whole read of a token. In a host's process they are the host's.
  const routes = getRequestListener(
    (request, raw) => {
      const { incoming } = raw as HttpBindings
      const fault = faults.get(incoming)
      return mooring.fetch(request, fault === undefined ? { incoming } : { incoming, fault })
    },
    { overrideGlobalObjects: alone },
  )
  return (incoming, outgoing) => {
    const proxied = mooring.proxy?.(incoming, outgoing)
    if (alone && bodied(incoming)) hurry(incoming, proxied ? WHOLE_PROXIED_MS : wholeMs(incoming))
    if (proxied) {
      return void proxied.then((ended) => {
        if (!ended) return
        faults.set(incoming, ended.fault)
        void routes(incoming, outgoing)
      })
    }
    void routes(incoming, outgoing)
  }
}

export function listen(mooring: Mounted, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = createServer(answersOf(mooring, true))
    // Slow senders hold a socket, not the server (Node's defaults are minutes).
    server.headersTimeout = 15_000
    server.requestTimeout = WHOLE_FILE_MS
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, host, port)))
    server.listen(port, host, () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        stop: (graceMs = 10_000) => stop(server, graceMs),
      })
    })
  })
}

const bodied = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined

const wholeMs = ({ method, url }: IncomingMessage): number =>
  method === 'POST' && url?.split('?')[0] === MEDIA ? WHOLE_FILE_MS : WHOLE_REQUEST_MS

function hurry(incoming: IncomingMessage, ms: number): void {
  const timer = setTimeout(() => incoming.destroy(), ms)
  for (const over of ['end', 'close']) incoming.once(over, () => clearTimeout(timer))
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((done) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    // A connection that was at work when the end began is kept open by Node for a next request, for five seconds more.
    const tidy = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(tidy)
      done()
    })
    server.closeIdleConnections()
  })
}

function portFault(error: NodeJS.ErrnoException, host: string, port: number): MooringError {
  const taken = error.code === 'EADDRINUSE'
  return new MooringError('config_invalid', taken ? `Port ${port} is taken.` : `Cannot listen on ${host}:${port}.`, {
    detail: taken
      ? '  PORT is used by another program.\n    Stop it, or set PORT to another number.'
      : `  HOST or PORT cannot be used (${error.code ?? 'unknown'}).`,
  })
}
