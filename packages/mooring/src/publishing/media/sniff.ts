/** What kind of file some bytes are, by the bytes and not by a name. */
import { fileTypeFromTokenizer } from 'file-type'
import { AbstractTokenizer, EndOfStreamError, type IReadChunkOptions } from 'strtok3'
import { MooringError } from '../../error.ts'
import type { MediaKind } from '../../provider-publishing.ts'
import type { Source } from './source.ts'

type Readable = Pick<Source, 'size' | 'read'>

export interface Sniffed {
  /** An image that moves is found out later. */
  kind: Exclude<MediaKind, 'gif'>
  mime: string
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const SLIDES = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
/** What file-type calls it, and what the networks call it. */
const TAKEN: Readonly<Record<string, Sniffed>> = {
  'image/jpeg': { kind: 'image', mime: 'image/jpeg' },
  'image/png': { kind: 'image', mime: 'image/png' },
  'image/apng': { kind: 'image', mime: 'image/png' },
  'image/gif': { kind: 'image', mime: 'image/gif' },
  'image/webp': { kind: 'image', mime: 'image/webp' },
  'image/avif': { kind: 'image', mime: 'image/avif' },
  'video/mp4': { kind: 'video', mime: 'video/mp4' },
  'video/x-m4v': { kind: 'video', mime: 'video/mp4' },
  'video/quicktime': { kind: 'video', mime: 'video/quicktime' },
  'video/webm': { kind: 'video', mime: 'video/webm' },
  'application/pdf': { kind: 'document', mime: 'application/pdf' },
  [WORD]: { kind: 'document', mime: WORD },
  [SLIDES]: { kind: 'document', mime: SLIDES },
}
/** Both are one kind of container, and only the name tells which. */
const OLD_OFFICE = 'application/x-cfb'
const OLD: Readonly<Record<string, string>> = { doc: 'application/msword', ppt: 'application/vnd.ms-powerpoint' }
/** The beginning of a file of Office is that of any archive. */
const PERHAPS = new Set([OLD_OFFICE, 'application/zip'])

/** Refuses by the first bytes what will be refused in any case. Throws `media_refused`. */
export async function refuseEarly(head: Readable): Promise<void> {
  const mime = await nameOf(head)
  if (mime !== undefined && TAKEN[mime] === undefined && !PERHAPS.has(mime)) throw refusal(mime)
}

/** Throws `media_refused`. */
export async function sniff(source: Readable, fileName: string): Promise<Sniffed> {
  const mime = await nameOf(source)
  const old = mime === OLD_OFFICE ? OLD[extensionOf(fileName)] : undefined
  if (old !== undefined) return { kind: 'document', mime: old }
  const taken = mime === undefined ? undefined : TAKEN[mime]
  if (taken) return taken
  throw refusal(mime)
}

const nameOf = async (source: Readable): Promise<string | undefined> =>
  (await fileTypeFromTokenizer(new SourceTokenizer(source)))?.mime

const extensionOf = (fileName: string): string => /\.(\w{1,8})$/.exec(fileName)?.[1]?.toLowerCase() ?? ''

function refusal(mime: string | undefined): MooringError {
  const family = mime?.split('/')[0]
  if (mime === 'image/heic' || mime === 'image/heif')
    return refused('No network takes HEIC pictures. Save it as JPEG first.', mime)
  if (family === 'image') return refused('Use a picture in JPEG, PNG, GIF, WebP or AVIF.', mime)
  if (family === 'video') return refused('Use a video in MP4, MOV or WebM.', mime)
  if (family === 'audio') return refused('Sound alone cannot be posted. Make a video of it.', mime)
  return refused('Use a picture, a video, a PDF, or a document of Word or PowerPoint.', mime)
}

const refused = (message: string, mime: string | undefined) =>
  new MooringError('media_refused', message, { detail: `By its bytes it is ${mime ?? 'nothing that we know'}.` })

/** file-type's way of reading, over a file that lies somewhere else. */
class SourceTokenizer extends AbstractTokenizer {
  readonly fileInfo: { size: number }
  readonly #source: Readable

  constructor(source: Readable) {
    super()
    this.#source = source
    this.fileInfo = { size: source.size }
  }

  supportsRandomAccess(): boolean {
    return true
  }

  setPosition(position: number): void {
    this.position = position
  }

  async readBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position } = this.normalizeOptions(target, options)
    const count = await this.peekBuffer(target, options)
    this.position = position + count
    return count
  }

  async peekBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position, length, mayBeLess } = this.normalizeOptions(target, options)
    const bytes = await this.#source.read(position, position + length)
    if (!mayBeLess && bytes.length < length) throw new EndOfStreamError()
    target.set(bytes)
    return bytes.length
  }
}
