/** What the first bytes of a picture say of it. */
export interface PictureFacts {
  type: 'image/jpeg' | 'image/png' | 'image/gif'
  width: number
  height: number
  /** More than one only where it moves. */
  frames: number
}

const PNG_SIGNATURE = '89504e470d0a1a0a'

/** W3C, "Portable Network Graphics": the header is the first chunk, and a whole file has its last, IEND. */
function png(bytes: Buffer): PictureFacts | undefined {
  if (bytes.subarray(0, 8).toString('hex') !== PNG_SIGNATURE || bytes.length < 45) return undefined
  return bytes.includes('IEND', 33)
    ? { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), frames: 1 }
    : undefined
}

/** ITU-T T.81: markers with lengths, up to the start of a frame, which has the size; a whole file has its end, EOI. */
function jpeg(bytes: Buffer): PictureFacts | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8 || !bytes.includes('ffd9', 2, 'hex')) return undefined
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (startsFrame) {
      return { type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), frames: 1 }
    }
  }
  return undefined
}

const tableSize = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** GIF89a specification: blocks of sub-blocks; each image descriptor is a frame; the trailer ends a whole file. */
function gif(bytes: Buffer): PictureFacts | undefined {
  if (!/^GIF8[79]a$/.test(bytes.subarray(0, 6).toString('latin1')) || bytes.length < 14) return undefined
  let frames = 0
  let at = 13 + tableSize(bytes[10] ?? 0)
  const pastSubBlocks = (from: number): number => {
    let next = from
    while (next < bytes.length && bytes[next] !== 0) next += (bytes[next] ?? 0) + 1
    return next + 1
  }
  while (at < bytes.length) {
    const block = bytes[at]
    if (block === 0x3b)
      return frames > 0
        ? { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), frames }
        : undefined
    if (block === 0x21) at = pastSubBlocks(at + 2)
    else if (block === 0x2c) {
      frames += 1
      at = pastSubBlocks(at + 11 + tableSize(bytes[at + 9] ?? 0))
    } else return undefined
  }
  return undefined
}

/** Undefined for what is none of the three, and for a part of one. */
export function pictureFacts(given: Uint8Array): PictureFacts | undefined {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  return png(bytes) ?? jpeg(bytes) ?? gif(bytes)
}
