import { afterAll, beforeAll, beforeEach } from 'vitest'
import { sampleJpeg } from '../../core/samples.ts'
import { type FileHost, openFileHost } from '../../graph/media/testing.ts'
import { type Reply, reply, START } from '../../kit.ts'
import { startSandbox } from '../../sandbox.ts'
import { GRAPH, RUPLOAD } from '../origins.ts'
import { MetaKit, NORTHWIND, REDIRECT } from '../testing.ts'

/** For tests of publishing: Mara and her Pages, with every permission that there is. */
export const SCOPE = [
  ...['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'pages_manage_engagement'],
  ...['instagram_basic', 'instagram_content_publish', 'instagram_manage_comments'],
]

type Fields = Record<string, string | undefined>

export class PageKit extends MetaKit {
  files!: FileHost
  user = ''
  token = ''

  /** A right call with the Page's token, its parameters in a form; changed by `with`. */
  async send(path: string, fields: Fields = {}, token = this.token): Promise<Reply> {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    )
    return this.raw(
      `/v26.0${path}`,
      { appsecret_proof: this.proof(token) },
      { method: 'POST', body, headers: bearer(token) },
    )
  }

  /** The same as a form with a file. */
  upload(path: string, fields: Record<string, string | Uint8Array>, token = this.token): Promise<Reply> {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields))
      body.append(
        name,
        typeof value === 'string' ? value : new Blob([new Uint8Array(value)]),
        ...((typeof value === 'string' ? [] : ['file']) as []),
      )
    return this.raw(
      `/v26.0${path}`,
      { appsecret_proof: this.proof(token) },
      { method: 'POST', body, headers: bearer(token) },
    )
  }

  read = (path: string, query: Fields = {}, token = this.token): Promise<Reply> => this.call(path, token, query)
  remove = (path: string, token = this.token): Promise<Reply> => this.call(path, token, {}, { method: 'DELETE' })

  /** Id of something that must succeed. */
  async id(made: Promise<Reply>): Promise<string> {
    const answer = await made
    if (answer.status !== 200) throw new Error(answer.text)
    return answer.json.id
  }

  post = (message: string, more: Fields = {}, page = NORTHWIND): Promise<string> =>
    this.id(this.send(`/${page}/feed`, { message, ...more }))

  /** A staged photo. */
  stage = (more: Fields = {}): Promise<string> =>
    this.id(this.send(`/${NORTHWIND}/photos`, { url: this.files.jpeg(), published: 'false', ...more }))

  /** Bytes to the upload host, with the proof of the header's token. */
  async rupload(
    path: string,
    headers: Record<string, string>,
    body?: Uint8Array,
    proof = this.proof(headers.authorization?.split(' ')[1] ?? ''),
  ): Promise<Reply> {
    const url = `${this.sandbox.origins[RUPLOAD]}${path}${proof && `?appsecret_proof=${proof}`}`
    return reply(await fetch(url, { method: 'POST', headers, body: (body ?? '') as BodyInit }))
  }

  ledger = () => this.sandbox.control.ledger('meta')
  at = (url: string): string => {
    const { origin, pathname } = new URL(url)
    return `${this.sandbox.origins[origin]}${pathname}`
  }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
export const jpeg = (): Uint8Array => sampleJpeg(800, 600)

export const errorOf = ({ status, json }: Reply) => ({
  status,
  code: json?.error?.code,
  subcode: json?.error?.error_subcode,
})

export function pageKit(): PageKit {
  const made = new PageKit()
  beforeAll(async () => {
    made.files = await openFileHost()
    made.sandbox = await startSandbox({
      only: ['meta'],
      redirectUris: { meta: [REDIRECT], 'meta-business': [REDIRECT] },
    })
  })
  beforeEach(async () => {
    made.sandbox.control.apply({ reset: true, clock: { set: START, freeze: true } })
    made.user = await made.long({ scope: SCOPE.join(',') })
    made.token = await made.page(made.user)
  })
  afterAll(async () => {
    await made.sandbox.stop()
    await made.files.close()
  })
  return made
}

/** The API's own origin, for requests by hand. */
export const api = (k: PageKit, path: string): string => `${k.sandbox.origins[GRAPH]}/v26.0${path}`
