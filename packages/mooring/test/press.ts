/** A small strict platform of posts, over HTTP, with what goes wrong on demand. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PRESS_ORIGINS } from './press-provider.ts'

export { type PressRules, pressAccount, pressProvider } from './press-provider.ts'

/**
 * What becomes of the next create: refused before or after it was carried out, without an answer or with one of the
 * platform's own faults, or with an answer that comes late.
 */
export type Trouble =
  | 'reset-before'
  | 'reset-after'
  | '500-before'
  | '500-after'
  | '503-sure'
  | '401'
  | '403'
  | '422'
  | '429'
  | '429-days'
  | 'duplicate'
  | 'garbled'
  | 'hold'
  | 'hold-after'

export interface Printed {
  id: string
  author: string
  text: string
  at: number
  after: string | null
}

export interface Press {
  origins: Record<string, string>
  /** Everything that was ever published. */
  printed: Printed[]
  /** What happens to the next requests, in turn: `POST /posts`, `POST /uploads`, `GET /posts`. `text`: to this post's alone. */
  trouble: { on: string; what: Trouble; text?: string }[]
  /** Requests as they came: `POST /posts`. */
  asked: string[]
  /** Lets go of what is held. */
  release(): void
  /** How many `GET /uploads/…` say "not yet". */
  notReady: number
  now: () => number
  stop(): Promise<void>
}

export async function startPress(): Promise<Press> {
  let count = 0
  let held: (() => void)[] = []
  const press: Press = {
    origins: {},
    printed: [],
    trouble: [],
    asked: [],
    notReady: 0,
    now: Date.now,
    release() {
      for (const go of held) go()
      held = []
    },
    stop: () =>
      new Promise((done) => {
        press.release()
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  const body = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const raw = Buffer.concat(parts).toString()
    return raw === '' ? {} : JSON.parse(raw)
  }
  const send = (response: ServerResponse, status: number, what: unknown, headers: Record<string, string> = {}) => {
    const date = new Date(press.now()).toUTCString()
    response.writeHead(status, { 'content-type': 'application/json', date, ...headers })
    response.end(JSON.stringify(what))
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://press')
    const on = `${request.method} /${url.pathname.split('/')[1]}`
    press.asked.push(on)
    const sent = await body(request)
    const place = press.trouble.findIndex((one) => one.on === on && (one.text ?? sent.text) === sent.text)
    const trouble = place < 0 ? undefined : press.trouble.splice(place, 1)[0]?.what
    if (request.headers.authorization !== 'Bearer press-token') return send(response, 401, { code: 'TOKEN' })
    const refusals: Partial<Record<Trouble, [number, unknown, Record<string, string>?]>> = {
      '500-before': [500, { code: 'OOPS' }],
      '503-sure': [503, { code: 'NOT_TAKEN' }],
      '401': [401, { code: 'TOKEN' }],
      '403': [403, { code: 'ROLE' }],
      '422': [422, { code: 'TEXT' }],
      '429': [429, { code: 'RATE' }, { 'retry-after': '120' }],
      '429-days': [429, { code: 'RATE' }, { 'retry-after': String(4 * 86_400) }],
    }
    if (trouble === 'reset-before') return void request.socket.destroy()
    const refusal = trouble && refusals[trouble]
    if (refusal) return send(response, ...refusal)
    if (trouble === 'hold') await new Promise<void>((go) => held.push(go))
    if (on === 'GET /posts') {
      const author = url.searchParams.get('author')
      return send(response, 200, { posts: press.printed.filter((one) => one.author === author).reverse() })
    }
    if (on === 'POST /uploads') return send(response, 201, { id: `file-${++count}` })
    if (on === 'GET /uploads') return send(response, 200, { ready: press.notReady-- <= 0 })
    if (on === 'DELETE /posts') {
      const id = url.pathname.split('/')[2]
      press.printed = press.printed.filter((one) => one.id !== id)
      return send(response, 200, {})
    }
    if (on !== 'POST /posts') return send(response, 404, { code: 'NONE' })
    const twin = (one: Printed) => one.author === sent.author && one.text === sent.text
    const same = sent.refuseTwins ? press.printed.find(twin) : undefined
    if (same) return send(response, 422, { code: 'DUPLICATE', existing: same.id })
    const id = `post-${++count}`
    const printed = { id, author: String(sent.author), text: String(sent.text), at: press.now() }
    press.printed.push({ ...printed, after: typeof sent.after === 'string' ? sent.after : null })
    if (trouble === 'hold-after') await new Promise<void>((go) => held.push(go))
    if (trouble === 'reset-after') return void request.socket.destroy()
    if (trouble === '500-after') return send(response, 500, { code: 'OOPS' })
    if (trouble === 'garbled') return send(response, 201, { what: 'ever' })
    send(response, 201, { id })
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  press.origins = { [PRESS_ORIGINS.api]: origin, [PRESS_ORIGINS.auth]: origin }
  return press
}
