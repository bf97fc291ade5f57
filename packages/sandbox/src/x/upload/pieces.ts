import { createHash } from 'node:crypto'
import type { Category } from '../media/media.ts'
import { kindOf } from '../media/media.ts'
import { MoovFinder } from '../media/moov.ts'

export interface Declared {
  id: string
  /** The user's key. */
  owner: string
  additionalOwners: string[]
  category: Category
  type: string
  totalBytes: number
  expiresAt: number
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A file on its way in pieces, which may come in any order and again. Only pieces that are too early are held. */
export class Pieces {
  readonly declared: Declared
  readonly moov = new MoovFinder()
  readonly #hash = createHash('sha256')
  /** What each piece was, by its place. */
  readonly #came = new Map<number, { size: number; sha256: string }>()
  readonly #early = new Map<number, Buffer>()
  readonly #pictures: Buffer[] = []
  #next = 0

  constructor(declared: Declared) {
    this.declared = declared
  }

  /** False where another piece is in that place already: the two cannot both be right. */
  add(place: number, bytes: Buffer): boolean {
    const piece = { size: bytes.length, sha256: sha256(bytes) }
    const known = this.#came.get(place)
    if (known) return known.sha256 === piece.sha256
    this.#came.set(place, piece)
    this.#early.set(place, bytes)
    for (let one = this.#early.get(this.#next); one; one = this.#early.get(this.#next)) {
      this.#early.delete(this.#next)
      this.#next += 1
      this.#read(one)
    }
    return true
  }

  #read(bytes: Buffer): void {
    this.#hash.update(bytes)
    if (kindOf(this.declared.category) === 'video') this.moov.push(bytes)
    else this.#pictures.push(bytes)
  }

  has(place: number): boolean {
    return this.#came.has(place)
  }

  get size(): number {
    return [...this.#came.values()].reduce((sum, one) => sum + one.size, 0)
  }

  /** All pieces from the first on, and together what was declared. */
  get isWhole(): boolean {
    return this.#early.size === 0 && this.size === this.declared.totalBytes
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  /** Of a picture; empty for a video. */
  get bytes(): Buffer {
    return Buffer.concat(this.#pictures)
  }
}
