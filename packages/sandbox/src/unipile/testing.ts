/** What the tests of Unipile share: a client of v1 and of v2 with the right key, each call changed where a test says so. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest'
import type { CommandInput } from '../control/command.ts'
import { type Bench, bench } from '../core/testing.ts'
import type { Reply } from '../kit.ts'
import { API, DSN } from './origins.ts'
import { DOMAIN, PASSWORD } from './people.ts'

type Json = Record<string, unknown>
interface Call {
  method?: string
  body?: Json | string
  key?: string | undefined
  headers?: Record<string, string>
}

export class UnipileKit {
  readonly on: Bench
  constructor(on: Bench) {
    this.on = on
  }

  key = (registration = 'unipile'): string =>
    this.on.sandbox.apps.find((one) => one.registration === registration)?.clientSecret ?? ''

  steer = (unipile: CommandInput['unipile']): void => this.on.sandbox.control.apply({ unipile })
  settings = (settings: NonNullable<NonNullable<CommandInput['unipile']>['settings']>): void => this.steer({ settings })
  advance = (seconds: number): void => this.on.sandbox.control.advance(seconds)
  shown = () => this.on.sandbox.control.state().unipile

  private call(url: string, key: string, { method, body, headers, ...rest }: Call): Promise<Reply> {
    const sent = 'key' in rest ? rest.key : key
    return this.on.send(url, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(sent !== undefined && { 'x-api-key': sent }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }

  v1 = (path: string, call: Call = {}): Promise<Reply> => this.call(`${DSN}/api/v1${path}`, this.key(), call)
  v2 = (path: string, call: Call = {}): Promise<Reply> => this.call(`${API}/v2${path}`, this.key('unipile-v2'), call)

  connect = (who: string, more: Json = {}): Promise<Reply> =>
    this.v1('/accounts', {
      body: { provider: 'LINKEDIN', username: `${who}@${DOMAIN}`, password: PASSWORD, ...more },
    })

  reconnect = (id: string, who: string, more: Json = {}): Promise<Reply> =>
    this.v1(`/accounts/${id}`, {
      body: { provider: 'LINKEDIN', username: `${who}@${DOMAIN}`, password: PASSWORD, ...more },
    })

  solve = (account_id: string, code: string, more: Json = {}): Promise<Reply> =>
    this.v1('/accounts/checkpoint', { body: { provider: 'LINKEDIN', account_id, code, ...more } })

  resend = (account_id: string, more: Json = {}): Promise<Reply> =>
    this.v1('/accounts/checkpoint/resend', { body: { provider: 'LINKEDIN', account_id, ...more } })

  /** The id of an account that was linked, or that waits at its checkpoint. */
  id = async (who: string): Promise<string> => (await this.connect(who)).json.account_id

  intent = (who: string, more: Json = {}): Promise<Reply> =>
    this.v2('/auth/intent', {
      body: { provider: 'linkedin', credentials: { username: `${who}@${DOMAIN}`, password: PASSWORD }, ...more },
    })

  check = (intent_id: string, code: string): Promise<Reply> =>
    this.v2('/auth/checkpoint', { body: { intent_id, code } })
}

export const unipileKit = (): UnipileKit => new UnipileKit(bench('unipile', []))

/** What an answer says went wrong. */
export const fault = ({ status, json }: Reply): [number, string] => [status, json?.type]

/** Somebody who is told things: answers as it is bidden, and remembers. */
export interface Listener {
  readonly url: string
  readonly heard: { headers: IncomingHttpHeaders; body: string }[]
  /** The status of the next answers. */
  answers: number
  hears(count: number): Promise<void>
}

export function listener(): Listener {
  const heard: Listener['heard'] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      response.writeHead(made.answers).end()
    })
  })
  const made = {
    heard,
    answers: 200,
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/heard`
    },
    hears: (count: number) => vi.waitFor(() => expect(heard.length).toBe(count), { timeout: 60_000, interval: 20 }),
  }
  beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
  beforeEach(() => {
    heard.length = 0
    made.answers = 200
  })
  afterAll(() => new Promise<void>((done) => void server.close(() => done())))
  return made
}
