/** What the first bytes of a picture say of it, by the formats' own definitions. */
export interface PictureFacts {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  width: number
  height: number
  frames: number
}

const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to)

/** W3C, "Portable Network Graphics": IHDR is the first chunk. */
function png(bytes: Buffer): PictureFacts | undefined {
  if (ascii(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n' || ascii(bytes, 12, 16) !== 'IHDR' || bytes.length < 24)
    return undefined
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), frames: 1 }
}

/** ITU-T T.81: segments of a marker and a length, up to the one that begins a frame (C0 to CF without C4, C8 and CC). */
function jpeg(bytes: Buffer): PictureFacts | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { type: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5), frames: 1 }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

/** GIF89a: blocks after the screen's head; each image among them is a frame. */
function gif(bytes: Buffer): PictureFacts | undefined {
  if (!/^GIF8[79]a$/.test(ascii(bytes, 0, 6)) || bytes.length < 13) return undefined
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  let at = 13 + table(bytes[10] ?? 0)
  let frames = 0
  while (at < bytes.length) {
    const kind = bytes[at]
    if (kind === 0x21) at += 2
    else if (kind === 0x2c) {
      frames += 1
      at += 11 + table(bytes[at + 9] ?? 0)
    } else break
    // Blocks of data, each with its length before it, until an empty one.
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0)
    at += 1
  }
  return { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), frames }
}

/** Google, "WebP Container Specification": lossy, lossless and extended files. */
function webp(bytes: Buffer): PictureFacts | undefined {
  if (ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 12) !== 'WEBP' || bytes.length < 30) return undefined
  const facts = (width: number, height: number): PictureFacts => ({ type: 'image/webp', width, height, frames: 1 })
  const chunk = ascii(bytes, 12, 16)
  if (chunk === 'VP8X') return facts(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1)
  if (chunk === 'VP8 ') return facts(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff)
  if (chunk !== 'VP8L') return undefined
  const bits = bytes.readUInt32LE(21)
  return facts((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
}

/** Undefined for what is none of the pictures that X takes. */
export function pictureFacts(given: Uint8Array): PictureFacts | undefined {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  return png(bytes) ?? jpeg(bytes) ?? gif(bytes) ?? webp(bytes)
}
