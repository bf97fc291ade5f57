/** Counts and hashes what streams by, and ends it where it is too much. */
import { createHash } from 'node:crypto'
import { MooringError } from '../../error.ts'

export interface Tally {
  /** To be read once, to its end. Throws `body_too_large`. */
  bytes: AsyncIterable<Uint8Array>
  size(): number
  /** In hexadecimal. To be asked once, at the end. */
  sha256(): string
}

export function tallied(from: AsyncIterable<Uint8Array>, most: number): Tally {
  const hash = createHash('sha256')
  let size = 0
  async function* bytes() {
    for await (const piece of from) {
      size += piece.byteLength
      if (size > most) throw tooLarge(most)
      hash.update(piece)
      yield piece
    }
  }
  return { bytes: bytes(), size: () => size, sha256: () => hash.digest('hex') }
}

export const tooLarge = (most: number) =>
  new MooringError('body_too_large', `That file is too large. It may have ${Math.floor(most / 1024 ** 2)} MB.`, {
    detail: 'Set MOORING_MEDIA_MAX_MB for larger ones.',
  })
