/** A provider's request onto the wire: to its own hosts alone, bodies of files in one piece where they are small, else streamed. */
import { Readable } from 'node:stream'
import { readAnswer, signed } from '../connections/api-call.ts'
import { MooringError, unknownFault } from '../error.ts'
import { type ApiAnswer, apiOriginsOf } from '../provider.ts'
import type { MultipartField, Publisher, PublishRequest } from '../provider-publishing.ts'
import type { Runtime } from '../runtime.ts'
import type { Access } from './acting.ts'
import { multipart, type Part } from './multipart.ts'
import type { MediaFiles } from './publishing.ts'

/** The request did not arrive, or its answer did not. */
export class CallFault extends Error {
  override readonly name = 'CallFault'
  /** False: for certain nothing left. */
  readonly sent: boolean
  constructor(sent: boolean, what: string) {
    super(what)
    this.sent = sent
  }
}

/** Larger ones are streamed. */
const IN_ONE_PIECE = 8 * 1024 * 1024
/** A form with a file is built in memory: platforms take files of this kind in small parts. */
const MOST_IN_A_FORM = 64 * 1024 * 1024
/** A file of a gigabyte over a slow line. */
const UPLOAD_MS = 30 * 60_000
/** Of what others will see: less than after how long it counts as not there (unknown.ts). */
const CREATE_MS = 150_000
/** What a connection that was never made fails with. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

export interface Sending {
  runtime: Runtime
  files: MediaFiles
  workspace: string
  access: Access
  publisher: Publisher
}

/**
 * Throws CallFault where nothing or no answer came, MooringError where it must not or cannot be sent: nothing left then.
 */
export async function send(sending: Sending, request: PublishRequest, create = false): Promise<ApiAnswer> {
  const { runtime, access } = sending
  const url = ownAddress(sending, request.url)
  const { body, headers, large } = await encoded(sending, request).catch(unreadable)
  const { token, registration } = access
  const target =
    request.authorization === 'none' ? url : signed(registration.provider, url, token, registration.client.clientSecret)
  let response: Response
  try {
    response = await runtime.fetch(target, {
      method: request.method,
      headers: { accept: 'application/json', ...headers, ...request.headers, ...authorization(request, token) },
      ...(body === undefined ? {} : { body, ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}) }),
      ...(large ? { limitMs: create ? CREATE_MS : UPLOAD_MS } : {}),
    })
  } catch (error) {
    if (error instanceof MooringError) throw error
    throw new CallFault(!NEVER_LEFT.has(causeOf(error)), unknownFault(error))
  }
  try {
    return await readAnswer(response)
  } catch (error) {
    throw new CallFault(true, unknownFault(error))
  }
}

/** A disk or a store that fails in the middle of a file. */
function unreadable(error: unknown): never {
  if (error instanceof MooringError) throw error
  throw new MooringError('storage_unavailable', 'A file of this post could not be read. We try again.', {
    detail: unknownFault(error),
  })
}

function authorization(request: PublishRequest, token: string): Record<string, string> {
  const how = request.authorization ?? 'Bearer'
  return how === 'none' ? {} : { authorization: `${how} ${token}` }
}

/** `fetch` wraps what went wrong; an AggregateError holds one for each address of the name. */
function causeOf(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } } | null)?.cause
  const code = cause?.code ?? cause?.errors?.[0]?.code
  return typeof code === 'string' ? code : ''
}

/**
 * The address, if it is one of the platform's. Where its origin is played by another (the sandbox, a test's own fake), an
 * answer may name that one: it is taken for the one that it plays.
 */
function ownAddress({ runtime, access, publisher }: Sending, raw: string): string {
  const url = new URL(raw)
  const allowed = [...apiOriginsOf(access.registration), ...(publisher.uploadOrigins ?? [])]
  if (allowed.includes(url.origin)) return raw
  const played = allowed.find((origin) => new URL(runtime.platformUrl(origin)).origin === url.origin)
  if (played) return played + url.pathname + url.search
  throw new MooringError('provider_answer_invalid', 'The platform named an address that is not its own.', {
    detail: `${access.registration.provider.id}: ${url.origin} is none of its origins`,
  })
}

interface Encoded {
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream
  headers: Record<string, string>
  large: boolean
}

async function encoded(sending: Sending, { body }: PublishRequest): Promise<Encoded> {
  if (body === undefined) return { headers: {}, large: false }
  if ('json' in body)
    return { body: JSON.stringify(body.json), headers: { 'content-type': 'application/json' }, large: false }
  if ('form' in body)
    return {
      body: new URLSearchParams(body.form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      large: false,
    }
  if ('multipart' in body) {
    const form = multipart(await partsOf(sending, body.multipart), `mooring-${sending.runtime.uuid()}`)
    return { body: form.body, headers: { 'content-type': form.type }, large: true }
  }
  const { media, from = 0, to } = body.bytes
  const size = (to ?? (await sizeOf(sending, media))) - from
  const bytes = await sending.files.read(sending.workspace, { id: media }, { from, to: from + size })
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) }
  if (size <= IN_ONE_PIECE) return { body: await whole(bytes), headers, large: true }
  return { body: Readable.toWeb(Readable.from(bytes)) as ReadableStream, headers, large: true }
}

async function partsOf(sending: Sending, fields: readonly MultipartField[]): Promise<Part[]> {
  const parts: Part[] = []
  for (const { name, value, media } of fields) {
    if (!media) {
      parts.push({ name, value: value ?? '' })
      continue
    }
    const { id, mime, fileName, from = 0, to = await sizeOf(sending, id) } = media
    if (to - from > MOST_IN_A_FORM) throw new MooringError('internal', 'That part of a file is too large.')
    const bytes = await whole(await sending.files.read(sending.workspace, { id }, { from, to }))
    parts.push({ name, bytes, mime, fileName })
  }
  return parts
}

async function sizeOf({ files, workspace }: Sending, media: string): Promise<number> {
  return files.size(workspace, { id: media })
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}
