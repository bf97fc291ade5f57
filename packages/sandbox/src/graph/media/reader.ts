import { createHash } from 'node:crypto'
import { type Facts, type MediaFile, OTHER, pictureFacts, videoFormat } from './facts.ts'
import { VideoReader } from './video-reader.ts'

/** No picture that is taken anywhere is larger, and what is larger is no picture to anybody. */
const HELD = 16 * 1024 * 1024
/** What the kind of a file is told by. */
const HEAD = 12

/** A file as it passes by: its size, its digest and what it says of itself. A picture is held whole, a video never. */
export class MediaReader {
  readonly #hash = createHash('sha256')
  #size = 0
  #held: Uint8Array[] = []
  #video: VideoReader | undefined
  #decided = false

  get size(): number {
    return this.#size
  }

  push(piece: Uint8Array): void {
    this.#hash.update(piece)
    this.#size += piece.byteLength
    if (this.#video) this.#video.push(piece)
    else if (this.#size <= HELD) this.#hold(piece)
    else this.#held = []
  }

  #hold(piece: Uint8Array): void {
    this.#held.push(new Uint8Array(piece))
    if (this.#decided || this.#size < HEAD) return
    this.#decided = true
    const head = Buffer.concat(this.#held)
    const format = videoFormat(head)
    if (!format) return
    this.#video = new VideoReader(format)
    this.#video.push(head)
    this.#held = []
  }

  /** Ends the reading. `bytes`: of a picture alone. */
  end(): { file: MediaFile; bytes: Uint8Array | undefined } {
    const bytes = this.#video || this.#size > HELD ? undefined : Buffer.concat(this.#held)
    const facts: Facts = this.#video ? this.#video.end() : bytes ? pictureFacts(bytes) : OTHER
    const file = { size: this.#size, sha256: this.#hash.digest('hex'), facts }
    return { file, bytes: facts.kind === 'image' ? bytes : undefined }
  }
}

export type ReadMedia = ReturnType<MediaReader['end']>

export function readBytes(bytes: Uint8Array): ReadMedia {
  const reader = new MediaReader()
  reader.push(bytes)
  return reader.end()
}
