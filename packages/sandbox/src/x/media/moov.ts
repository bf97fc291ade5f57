/** A `moov` of more than this is nobody's: it would only fill the memory. */
const LARGEST = 64 * 1024 * 1024

/**
 * Finds the `moov` box in a file that passes by in pieces, so that a video of gigabytes is never held. It may stand before
 * the pictures or after them.
 */
export class MoovFinder {
  #moov: Buffer | undefined
  #held: Buffer[] = []
  /** How many bytes are to be held before they mean something: a box's head, or the whole of the moov. */
  #missing = 8
  #reading: 'head' | 'moov' | 'nothing' = 'head'
  #skip = 0

  get found(): Buffer | undefined {
    return this.#moov
  }

  push(piece: Buffer): void {
    let rest = piece
    while (rest.length > 0 && this.#reading !== 'nothing') {
      const wanted = this.#skip > 0 ? this.#skip : this.#missing
      const part = rest.subarray(0, wanted)
      rest = rest.subarray(part.length)
      if (this.#skip > 0) this.#skip -= part.length
      else this.#hold(part)
    }
  }

  #hold(part: Buffer): void {
    this.#held.push(part)
    this.#missing -= part.length
    if (this.#missing > 0) return
    const held = Buffer.concat(this.#held)
    if (this.#reading === 'moov') {
      this.#moov = held
      this.#reading = 'nothing'
    } else this.#judge(held)
  }

  /** A size of 1 means that 64 bits of size follow the name, 0 that the box goes on to the end of the file. */
  #judge(head: Buffer): void {
    const told = head.readUInt32BE(0)
    if (told === 1 && head.length === 8) {
      this.#held = [head]
      this.#missing = 8
      return
    }
    const body = (told === 1 ? Number(head.readBigUInt64BE(8)) : told) - head.length
    const isMoov = head.toString('latin1', 4, 8) === 'moov'
    this.#held = []
    this.#missing = isMoov ? body : 8
    this.#skip = isMoov ? 0 : body
    if (body < 0 || (isMoov && (body === 0 || body > LARGEST))) this.#reading = 'nothing'
    else if (isMoov) this.#reading = 'moov'
  }
}
