/** For the proxy's tests: a platform of their own over HTTP, a connection at it, and a client that sends bytes as they are. */
import { createServer, type IncomingMessage, type RequestOptions, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Acme, startAcme } from '../../test/attacks/acme.ts'
import { createWorld, KEY, type World, type WorldOptions } from '../../test/world.ts'
import { listen } from '../hosts/node.ts'

export const API = 'https://api.acme.example'
export const FILES = 'https://files.acme.example'

export interface Seen {
  method: string
  url: string
  headers: IncomingMessage['headers']
  raw: string[]
  /** Which of the platform's hosts was asked. */
  host: 'api' | 'files'
  body: string
}

export interface Platform {
  seen: Seen[]
  /** Answers instead of what is usual; `seen` then has no body. */
  on: ((incoming: IncomingMessage, response: ServerResponse, seen: Seen) => void) | undefined
  origins: Record<string, string>
  stop(): Promise<void>
}

/** Serves two hosts; knows every live token of `acme`, and answers with what it got. */
async function startPlatform(): Promise<Platform> {
  const servers = await Promise.all(
    (['api', 'files'] as const).map(async (host) => {
      const server = createServer((incoming, response) => {
        const { method = '', url = '', headers, rawHeaders: raw } = incoming
        const seen: Seen = { method, url, headers, raw, host, body: '' }
        if (url === '/me') return void usual(response, { id: headers.authorization ?? 'nobody' })
        platform.seen.push(seen)
        if (platform.on) return platform.on(incoming, response, seen)
        text(incoming).then(
          (body) => {
            seen.body = body
            usual(response, { method, url, body })
          },
          // Cut off inside its body.
          () => {},
        )
      })
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
    }),
  )
  const platform: Platform = {
    seen: [],
    on: undefined,
    origins: { [API]: servers[0]?.origin ?? '', [FILES]: servers[1]?.origin ?? '' },
    stop: async () => {
      for (const { server } of servers) {
        server.closeAllConnections()
        await new Promise((done) => server.close(done))
      }
    },
  }
  return platform
}

const usual = (response: ServerResponse, body: unknown) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))

export async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString()
}

export interface Proxying {
  world: World
  acme: Acme
  platform: Platform
  port: number
  /** A connection of the first workspace, to which `path` leads. */
  connection: string
  connect(subject: string): Promise<string>
  /** The path of a request through the proxy. */
  path(rest?: string): string
  stop(): Promise<void>
}

export async function startProxying(options: WorldOptions = {}): Promise<Proxying> {
  const platform = await startPlatform()
  const acme = await startAcme({ apiOrigins: [API, FILES] })
  const world = await createWorld({
    providers: [acme.provider],
    ...options,
    platformOrigins: { ...acme.origins, ...platform.origins },
    env: { MOORING_STARTS_PER_HOUR: '1000', ...options.env },
  })
  const server = await listen(world.mooring, '127.0.0.1', 0)
  const connect = async (subject: string) => {
    const owner = world.browser()
    await owner.signIn()
    const flow = (await owner.start({ provider: 'acme' })).body
    await owner.open(acme.approve(flow.authorizeUrl, { subject }))
    return (await world.api('GET', `/flows/${flow.id}`)).body.connectionId
  }
  const proxying: Proxying = {
    world,
    acme,
    platform,
    port: server.port,
    connection: await connect('ada'),
    connect,
    path: (rest = '') => `/api/v1/proxy/${proxying.connection}${rest}`,
    stop: async () => {
      await server.stop(100)
      await world.close()
      await acme.stop()
      await platform.stop()
    },
  }
  return proxying
}

export interface Answered {
  status: number
  headers: IncomingMessage['headers']
  raw: string[]
  text: string
}

/** A request over the wire, its path and headers as they are given; the key is sent unless another is. */
export function open(port: number, path: string, options: RequestOptions = {}) {
  const headers = { host: 'localhost:8003', authorization: `Bearer ${KEY}`, ...options.headers }
  return request({ host: '127.0.0.1', port, path, agent: false, ...options, headers })
}

/** The whole answer; rejects where it was cut off. */
export function fetched(sent: ReturnType<typeof open>): Promise<Answered> {
  return new Promise((resolve, reject) => {
    sent.on('error', reject).on('response', (response) => {
      text(response).then(
        (body) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            raw: response.rawHeaders,
            text: body,
          }),
        reject,
      )
    })
  })
}

export function wire(port: number, path: string, options: RequestOptions = {}, body?: string | Buffer) {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const sent = open(port, path, { ...options, headers: { ...length, ...options.headers } })
  sent.end(body)
  return fetched(sent)
}
