import { afterAll, beforeAll, beforeEach } from 'vitest'
import { REDIRECT as INSTAGRAM_REDIRECT, InstagramKit } from '../../instagram/testing.ts'
import { type Reply, START } from '../../kit.ts'
import { defined, REDIRECT as META_REDIRECT, MetaKit } from '../../meta/testing.ts'
import { startSandbox } from '../../sandbox.ts'
import { type FileHost, openFileHost } from '../media/testing.ts'
import type { PublishSettings } from './settings.ts'

/** Mara's account, the same behind her Page and by its own login. */
export const ACCOUNT = '17841400000001001'
export const TOMAS = '17841400000002001'

type Fields = Record<string, string | undefined>

/** A well-behaved client of one of the two hosts, so that one test tries both. */
export interface Publisher {
  via: 'meta' | 'instagram'
  files: FileHost
  call(method: 'GET' | 'POST', path: string, params?: Fields): Promise<Reply>
  settings(settings: Partial<PublishSettings>): void
  failProcessing(subcode: number, times?: number): void
  refuse(endpoint: 'container' | 'publish' | 'comment', is: number): void
  advance(seconds: number): void
  ledger(): readonly {
    id: string
    kind: string
    text: string
    at: number
    media: readonly object[]
    replyTo: string | null
  }[]
  /** Ids of containers, made and ready. */
  container(params: Fields): Promise<string>
  publish(params: Fields): Promise<string>
  /** Where a real address is played. */
  at(url: string): string
}

const META_SCOPE = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'instagram_basic']
const INSTAGRAM_SCOPE = ['basic', 'content_publish', 'manage_comments'].map((one) => `instagram_business_${one}`)

export function publisher(via: Publisher['via']): Publisher {
  const meta = new MetaKit()
  const instagram = new InstagramKit()
  const kit = via === 'meta' ? meta : instagram
  let token = ''
  const made: Publisher = {
    via,
    files: undefined as unknown as FileHost,
    call(method, path, params = {}) {
      const shown = via === 'meta' ? { appsecret_proof: meta.proof(token) } : {}
      const init = {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(method === 'POST' && { body: new URLSearchParams(defined({ ...shown, ...params })) }),
      }
      const query = method === 'POST' ? {} : { ...shown, ...params }
      return via === 'meta' ? meta.raw(`/v26.0${path}`, query, init) : instagram.graph(`/v26.0${path}`, query, init)
    },
    settings: (settings) => (via === 'meta' ? meta.steer({ settings }) : instagram.steer({ settings })),
    failProcessing: (subcode, times = 1) =>
      via === 'meta'
        ? meta.steer({ failProcessing: { what: 'container', subcode, times } })
        : kit.sandbox.control.apply({ instagram: { failProcessing: { subcode, times } } }),
    refuse: (endpoint, is) =>
      kit.sandbox.control.apply(
        via === 'meta'
          ? { meta: { refuse: { endpoint: `meta.ig-${endpoint}`, is: is as 2207051 } } }
          : { instagram: { refuse: { endpoint: `instagram.${endpoint}`, is: is as 2207051 } } },
      ),
    advance: (seconds) => kit.sandbox.control.advance(seconds),
    ledger: () => kit.sandbox.control.ledger(via),
    async container(params) {
      const answer = await made.call('POST', `/${ACCOUNT}/media`, params)
      if (answer.status !== 200) throw new Error(`no container: ${answer.text}`)
      return answer.json.id
    },
    async publish(params) {
      const creation_id = await made.container(params)
      made.advance(10)
      const answer = await made.call('POST', `/${ACCOUNT}/media_publish`, { creation_id })
      if (answer.status !== 200) throw new Error(`not published: ${answer.text}`)
      return answer.json.id
    },
    at(url) {
      const { origin, pathname } = new URL(url)
      return `${kit.sandbox.origins[origin]}${pathname}`
    },
  }
  beforeAll(async () => {
    made.files = await openFileHost()
    kit.sandbox = await startSandbox({
      only: [via],
      redirectUris: { meta: [META_REDIRECT], instagram: [INSTAGRAM_REDIRECT] },
    })
  })
  beforeEach(async () => {
    kit.sandbox.control.apply({ reset: true, clock: { set: START, freeze: true } })
    const scope = [...META_SCOPE, 'instagram_content_publish', 'instagram_manage_comments'].join(',')
    token = via === 'meta' ? await meta.long({ scope }) : await instagram.long({ scope: INSTAGRAM_SCOPE.join(',') })
  })
  afterAll(async () => {
    await kit.sandbox.stop()
    await made.files.close()
  })
  return made
}

/** The fields of an error that a client goes by. */
export const errorOf = ({ status, json }: Reply) => ({
  status,
  code: json?.error?.code,
  subcode: json?.error?.error_subcode,
})
