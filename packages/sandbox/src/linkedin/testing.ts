/** What the tests of publishing share: somebody with a token, and requests that are right unless told otherwise. */
import { type Kit, type Reply, reply } from '../kit.ts'
import { personUrn } from './people/members.ts'

type Headers = Record<string, string | undefined>
export type Fields = Record<string, unknown>

export interface Person {
  token: string
  /** `urn:li:person:…` as the app sees them. */
  urn: string
}

export const NORTHWIND = 'urn:li:organization:91000101'
export const ACME = 'urn:li:organization:91000102'
export const KESTREL = 'urn:li:organization:91000103'

export const enc = encodeURIComponent

/** What a refusal of the newer kind names. */
export const inputErrors = ({ json }: Reply): [code: string, path: string][] =>
  (json?.errorDetails?.inputErrors ?? []).map((one: { code: string; input: { inputPath: { fieldPath: string } } }) => [
    one.code,
    one.input.inputPath.fieldPath,
  ])

export class Publisher {
  readonly k: Kit
  constructor(k: Kit) {
    this.k = k
  }

  /** Mara, and an app with every scope, unless told. */
  async person(who: { member?: string; registration?: string; scope?: string } = {}): Promise<Person> {
    const { access_token: token } = await this.k.tokens(who)
    return { token, urn: personUrn(this.k.app(who.registration).clientId, who.member ?? 'mara') }
  }

  /** A header given as undefined is left out. */
  async send(method: string, path: string, token: string, body?: unknown, headers: Headers = {}): Promise<Reply> {
    const right: Headers = {
      authorization: `Bearer ${token}`,
      'linkedin-version': '202609',
      'x-restli-protocol-version': '2.0.0',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    }
    const sent = Object.entries(right).filter((pair): pair is [string, string] => pair[1] !== undefined)
    const init = { method, headers: sent, redirect: 'manual' as const }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return reply(await fetch(this.k.api(path), { ...init, ...(body !== undefined && { body: text }) }))
  }

  body = (author: string, fields: Fields = {}): Fields => ({
    author,
    commentary: 'Good morning',
    visibility: 'PUBLIC',
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: false,
    ...fields,
  })

  /** Under the person's own name unless `author` says otherwise. */
  create = (who: Person, fields: Fields = {}, headers: Headers = {}): Promise<Reply> =>
    this.send('POST', '/rest/posts', who.token, this.body(who.urn, fields), headers)

  /** The URN of a new post. */
  async published(who: Person, fields: Fields = {}): Promise<string> {
    const answer = await this.create(who, fields)
    if (answer.status !== 201) throw new Error(`not published: ${answer.status} ${answer.text}`)
    return answer.headers.get('x-restli-id') ?? ''
  }

  get ledger() {
    return this.k.sandbox.control.ledger('linkedin')
  }

  init = (kind: string, who: Person, fields: Fields = {}): Promise<Reply> =>
    this.send('POST', `/rest/${kind}s?action=initializeUpload`, who.token, {
      initializeUploadRequest: { owner: who.urn, ...fields },
    })

  /** To an upload address, at the real origin or here. A header given as undefined is left out. */
  async upload(url: string, bytes: Uint8Array, headers: Headers = {}, method = 'PUT'): Promise<Reply> {
    const { origin, pathname, search } = new URL(url)
    const right: Headers = { 'content-type': 'application/octet-stream', ...headers }
    const sent = Object.entries(right).filter((pair): pair is [string, string] => pair[1] !== undefined)
    const address = `${this.k.sandbox.origins[origin]}${pathname}${search}`
    return reply(await fetch(address, { method, body: bytes as Uint8Array<ArrayBuffer>, headers: sent }))
  }

  /** The URN of a picture or a document that was uploaded. */
  async file(kind: 'image' | 'document', who: Person, bytes: Uint8Array, owner = who.urn): Promise<string> {
    const { value } = (await this.init(kind, who, { owner })).json
    const put = await this.upload(value.uploadUrl, bytes, { authorization: `Bearer ${who.token}` })
    if (put.status !== 201) throw new Error(`not uploaded: ${put.status} ${put.text}`)
    return value[kind]
  }

  finalize = (who: Person, fields: Fields): Promise<Reply> =>
    this.send('POST', '/rest/videos?action=finalizeUpload', who.token, {
      finalizeUploadRequest: { uploadToken: '', ...fields },
    })

  /** The URN of a video that was uploaded part by part, and joined. */
  async video(who: Person, bytes: Uint8Array, owner = who.urn): Promise<string> {
    const { value } = (await this.init('video', who, { owner, fileSizeBytes: bytes.length })).json
    const uploadedPartIds: string[] = []
    for (const { uploadUrl, firstByte, lastByte } of value.uploadInstructions) {
      const { headers } = await this.upload(uploadUrl, bytes.subarray(firstByte, lastByte + 1))
      uploadedPartIds.push((headers.get('etag') ?? '').replaceAll('"', ''))
    }
    const done = await this.finalize(who, { video: value.video, uploadedPartIds })
    if (done.status !== 200) throw new Error(`not joined: ${done.status} ${done.text}`)
    return value.video
  }
}
