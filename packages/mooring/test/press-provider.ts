/** The provider that publishes at the tests' platform of posts, and accounts there. */
import { randomUUID } from 'node:crypto'
import { defineProvider, isOk, list, need, type OAuthProvider, text } from '../src/provider.ts'
import type { Publisher } from '../src/provider-publishing.ts'
import type { Vault } from '../src/vault/vault.ts'
import type { TestDatabase, World } from './world.ts'

export const PRESS_ORIGINS = { auth: 'https://auth.press.example', api: 'https://api.press.example' }

export interface PressRules {
  /** The list of posts can be read. */
  readBack?: boolean
  /** The platform refuses twins, and the operator lets us settle by that. */
  resend?: boolean
  /** It says which one is there already. */
  names?: boolean
}

const urlOf = (id: string) => `https://press.example/${id}`

const judge: Publisher['judge'] = (answer, { limited = false }) => {
  const code = text(answer.body, 'code')
  if (answer.status === 401) return { class: 'auth', code, message: 'Reconnect.' }
  if (answer.status === 403) return { class: 'permission', code, message: 'The role is missing. Ask an admin.' }
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get('retry-after')) * (limited ? 10 : 1)
    return { class: 'rate', code, message: 'Press asked us to slow down.', againAfterMs: seconds * 1000 }
  }
  if (text(answer.body, 'existing')) return { class: 'duplicate', code, message: 'That is there.' }
  if (answer.status === 503)
    return { class: 'platform', code, message: 'Press is busy.', againAfterMs: 5000, unknown: false }
  if (answer.status >= 500) return { class: 'platform', code, message: 'Press met a fault.', againAfterMs: 5000 }
  const message = 'Press does not take this text. Change it.'
  return { class: 'content', code, message, learnt: { 'file.0': null } }
}

const publisher = ({ readBack = true, resend = false, names = true }: PressRules): Publisher => ({
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
        reads: [422],
        read: (answer) => {
          const existing = text(answer.body, 'existing')
          if (existing && names)
            return { fault: { class: 'duplicate', message: 'That is there.', existing: { [key]: existing } } }
          if (!isOk(answer)) return { fault: judge(answer, { endpoint: 'POST /posts', create: true }, 0) }
          return { learnt: { [key]: need(text(answer.body, 'id'), 'Press', 'id') } }
        },
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
  judge,
  ...(readBack
    ? {
        readBack: (content, { account }, progress, { part, since, others }) => {
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
              return id !== undefined && !others.has(id) && !Object.values(progress).includes(id)
                ? { found: { [`post.${place}`]: id } }
                : { absent: true }
            },
          }
        },
      }
    : {}),
  resendSettles: (_as, _content, ageMs) => resend && ageMs < 480_000,
  remove: (id) => [
    {
      request: { method: 'DELETE', url: `${PRESS_ORIGINS.api}/posts/${id}` },
      endpoint: 'DELETE /posts',
      gone: ({ status }) => status === 404,
    },
  ],
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
export const pressAccount = (world: World, name = 'ann', state = 'connected'): Promise<string> =>
  addPressAccount({ ...world, vault: world.mooring.engine.vault }, name, state)

export interface PressHome {
  workspace: string
  vault: Vault
  database: Pick<TestDatabase, 'query'>
}

/** The same for who has no Mooring in its own process. */
export async function addPressAccount(
  { workspace, vault, database }: PressHome,
  name = 'ann',
  state = 'connected',
): Promise<string> {
  const connection = randomUUID()
  const account = randomUUID()
  const token = vault.seal('press-token', { workspace, record: connection, field: 'access_token' })
  await database.query(
    `insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state, requested_scopes,
       granted_scopes, access_token, access_expires_at)
     values ($1, $2, 'press', 'press', $3, $3, $4, '{write}', '{write}', $5, now() + interval '400 days')`,
    [workspace, connection, `${name}-${connection}`, state, token],
  )
  await database.query(
    `insert into mooring.accounts (workspace_id, id, connection_id, provider, kind, subject, label, added_at)
     values ($1, $2, $3, 'press', 'person', $4, $5, now())`,
    [workspace, account, connection, account, name],
  )
  return account
}
