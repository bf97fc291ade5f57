import { type PictureFacts as Known, pictureFacts } from '../../core/picture-facts.ts'

export type PictureFacts = Omit<Known, 'type'> & { type: Known['type'] | 'image/webp' }

/** Google, "WebP Container Specification": a RIFF file that says how long it is; lossy, lossless or extended. */
function webp(bytes: Buffer): PictureFacts | undefined {
  const ascii = (from: number) => bytes.toString('latin1', from, from + 4)
  if (ascii(0) !== 'RIFF' || ascii(8) !== 'WEBP' || bytes.length < 30) return undefined
  if (bytes.length < bytes.readUInt32LE(4) + 8) return undefined
  const facts = (width: number, height: number): PictureFacts => ({ type: 'image/webp', width, height, frames: 1 })
  switch (ascii(12)) {
    case 'VP8X':
      return facts(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1)
    case 'VP8 ':
      return facts(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff)
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return facts((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
    }
    default:
      return undefined
  }
}

/** What a picture is; undefined for what is none of those that X takes, and for a part of one. */
export const pictureOf = (bytes: Uint8Array): PictureFacts | undefined =>
  pictureFacts(bytes) ?? webp(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
