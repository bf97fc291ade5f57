/** A small strict platform of posts, over HTTP, with what goes wrong on demand; and the provider that publishes there. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { defineProvider, list, need, type OAuthProvider, text } from '../src/provider.ts'
import type { Publisher } from '../src/provider-publishing.ts'
import type { World } from './world.ts'

export const PRESS_ORIGINS = { auth: 'https://auth.press.example', api: 'https://api.press.example' }

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
  | 'duplicate'
  | 'garbled'
  | 'hold'

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
  /** What happens to the next requests, in turn: `POST /posts`, `POST /uploads`, `GET /posts`. */
  trouble: { on: string; what: Trouble }[]
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
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(what))
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://press')
    const on = `${request.method} /${url.pathname.split('/')[1]}`
    press.asked.push(on)
    const sent = await body(request)
    const place = press.trouble.findIndex((one) => one.on === on)
    const trouble = place < 0 ? undefined : press.trouble.splice(place, 1)[0]?.what
    if (request.headers.authorization !== 'Bearer press-token') return send(response, 401, { code: 'TOKEN' })
    const refusals: Partial<Record<Trouble, [number, unknown, Record<string, string>?]>> = {
      '500-before': [500, { code: 'OOPS' }],
      '503-sure': [503, { code: 'NOT_TAKEN' }],
      '401': [401, { code: 'TOKEN' }],
      '403': [403, { code: 'ROLE' }],
      '422': [422, { code: 'TEXT' }],
      '429': [429, { code: 'RATE' }, { 'retry-after': '120' }],
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
    const same = press.printed.find((one) => one.author === sent.author && one.text === sent.text)
    if (same && sent.refuseTwins) return send(response, 422, { code: 'DUPLICATE', existing: same.id })
    const id = `post-${++count}`
    const printed = { id, author: String(sent.author), text: String(sent.text), at: press.now() }
    press.printed.push({ ...printed, after: typeof sent.after === 'string' ? sent.after : null })
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

export interface PressRules {
  /** The list of posts can be read. */
  readBack?: boolean
  /** The platform refuses twins, and the operator lets us settle by that. */
  resend?: boolean
}

const urlOf = (id: string) => `https://press.example/${id}`

const publisher = ({ readBack = true, resend = false }: PressRules): Publisher => ({
  kinds: ['person'],
  features: () => ({
    text: { limit: 100, weighted: false },
    images: 4,
    videos: 0,
    documents: 0,
    mixed: false,
    needsMedia: false,
    altText: 0,
    link: 'plain',
    poll: null,
    thread: true,
    firstComment: true,
    visibility: ['public'],
    formats: ['feed'],
    mentions: 'none',
    deletes: true,
  }),
  check: ({ text: said }) => ({
    issues:
      said.length > 100
        ? [{ severity: 'error', code: 'text_too_long', message: 'Write at most 100 characters.', at: 'text' }]
        : [],
    counters: [{ at: 'text', used: said.length, limit: 100 }],
  }),
  next(content, { account }, progress) {
    const { api } = PRESS_ORIGINS
    for (const [place] of content.media.entries()) {
      const key = `file.${place}`
      if (progress[key] === undefined)
        return {
          do: 'call',
          name: `Upload picture ${place + 1}`,
          endpoint: 'POST /uploads',
          request: { method: 'POST', url: `${api}/uploads` },
          read: ({ body }) => ({ learnt: { [key]: need(text(body, 'id'), 'Press', 'id') } }),
          assume: { [key]: `<file ${place + 1}>` },
        }
      if (progress[`${key}.ready`] === undefined)
        return {
          do: 'call',
          name: 'Is it ready?',
          endpoint: 'GET /uploads',
          request: { method: 'GET', url: `${api}/uploads/${progress[key]}` },
          read: ({ body }) =>
            (body as { ready?: boolean }).ready ? { learnt: { [`${key}.ready`]: true } } : { wait: 2000 },
          assume: { [`${key}.ready`]: true },
        }
    }
    const parts = [content.text, ...content.thread.map((one) => one.text)]
    for (const [place, said] of parts.entries()) {
      const key = `post.${place}`
      if (progress[key] !== undefined) continue
      return {
        do: 'call',
        name: place === 0 ? 'Publish' : `Publish part ${place + 1}`,
        endpoint: 'POST /posts',
        request: {
          method: 'POST',
          url: `${api}/posts`,
          body: {
            json: {
              author: account.subject,
              text: said,
              after: progress[`post.${place - 1}`] ?? null,
              refuseTwins: resend,
            },
          },
        },
        create: { part: place === 0 ? 'post' : `thread.${place - 1}` },
        read: ({ body }) => ({ learnt: { [key]: need(text(body, 'id'), 'Press', 'id') } }),
        assume: { [key]: `<post ${place}>` },
      }
    }
    if (content.firstComment !== undefined && progress.comment === undefined)
      return {
        do: 'call',
        name: 'Comment',
        endpoint: 'POST /posts',
        request: {
          method: 'POST',
          url: `${api}/posts`,
          body: { json: { author: account.subject, text: content.firstComment, after: progress['post.0'] ?? null } },
        },
        create: {
          part: 'comment',
          optional: { learnt: { comment: 'none' }, warning: 'The first comment is not there.' },
        },
        read: ({ body }) => ({ learnt: { comment: need(text(body, 'id'), 'Press', 'id') } }),
        assume: { comment: '<comment>' },
      }
    const id = String(progress['post.0'])
    return { do: 'done', id, url: urlOf(id) }
  },
  judge(answer, { limited = false }) {
    const code = text(answer.body, 'code')
    const existing = text(answer.body, 'existing')
    if (answer.status === 401) return { class: 'auth', code, message: 'Reconnect.' }
    if (answer.status === 403) return { class: 'permission', code, message: 'The role is missing. Ask an admin.' }
    if (answer.status === 429) {
      const seconds = Number(answer.headers.get('retry-after')) * (limited ? 10 : 1)
      return { class: 'rate', code, message: 'Press asked us to slow down.', againAfterMs: seconds * 1000 }
    }
    if (existing)
      return { class: 'duplicate', code, message: 'That is there.', existing: { id: existing, url: urlOf(existing) } }
    if (answer.status === 503)
      return { class: 'platform', code, message: 'Press is busy.', againAfterMs: 5000, unknown: false }
    if (answer.status >= 500) return { class: 'platform', code, message: 'Press met a fault.', againAfterMs: 5000 }
    const message = 'Press does not take this text. Change it.'
    return { class: 'content', code, message, learnt: { 'file.0': null } }
  },
  ...(readBack
    ? {
        readBack: (content, { account }, progress, { part, since }) => {
          const place = part === 'post' ? 0 : Number(part.split('.')[1]) + 1
          const said = place === 0 ? content.text : content.thread[place - 1]?.text
          if (part === 'comment') return undefined
          return {
            endpoint: 'GET /posts',
            request: { method: 'GET', url: `${PRESS_ORIGINS.api}/posts?author=${account.subject}` },
            read: ({ body }) => {
              const found = list(body, 'posts').find(
                (one) => text(one, 'text') === said && Number((one as { at?: number }).at) >= since - 120_000,
              )
              const id = text(found, 'id')
              return id !== undefined && !Object.values(progress).includes(id)
                ? { found: { [`post.${place}`]: id } }
                : { absent: true }
            },
          }
        },
      }
    : {}),
  resendSettles: () => resend,
  remove: (id) => ({
    request: { method: 'DELETE', url: `${PRESS_ORIGINS.api}/posts/${id}` },
    endpoint: 'DELETE /posts',
    gone: [404],
  }),
  idFrom: (pasted) => {
    const id = /post-\d+$/.exec(pasted)?.[0]
    return id === undefined ? undefined : { id, url: urlOf(id) }
  },
})

export const pressProvider = (rules: PressRules = {}): OAuthProvider =>
  defineProvider({
    id: 'press',
    name: 'Press',
    issuer: PRESS_ORIGINS.auth,
    oauth: {
      authorizeUrl: `${PRESS_ORIGINS.auth}/authorize`,
      tokenUrl: `${PRESS_ORIGINS.auth}/token`,
      clientAuth: 'basic',
      pkce: 'S256',
    },
    apiOrigins: [PRESS_ORIGINS.api],
    apps: [{ id: 'press', name: 'Press', envPrefix: 'PRESS', scopes: ['write'], setup: [], when: 'In tests.' }],
    settings: [],
    scopes: { separator: ' ', info: {} },
    refresh: { how: 'none', rotates: false },
    lifetime: { accessSeconds: 3600, renewBeforeSeconds: 600 },
    redirectErrors: {},
    judgeToken: () => 'ours',
    judgeApi: ({ status }) => (status === 401 ? 'reauthorize' : 'ours'),
    apiCode: ({ body }) => text(body, 'code'),
    identity: async () => ({ subject: 'nobody', label: 'Nobody' }),
    accounts: async () => [],
    publishing: publisher(rules),
    docs: 'none',
  })

/** An account of a connection that lives for a year; returns its id. */
export async function pressAccount(world: World, name = 'ann', state = 'connected'): Promise<string> {
  const { vault, runtime } = world.mooring.engine
  const connection = runtime.uuid()
  const account = runtime.uuid()
  const token = vault.seal('press-token', { workspace: world.workspace, record: connection, field: 'access_token' })
  await world.database.query(
    `insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state, requested_scopes,
       granted_scopes, access_token, access_expires_at)
     values ($1, $2, 'press', 'press', $3, $3, $4, '{write}', '{write}', $5, now() + interval '400 days')`,
    [world.workspace, connection, `${name}-${connection}`, state, token],
  )
  await world.database.query(
    `insert into mooring.accounts (workspace_id, id, connection_id, provider, kind, subject, label, added_at)
     values ($1, $2, $3, 'press', 'person', $4, $5, now())`,
    [world.workspace, account, connection, account, name],
  )
  return account
}
