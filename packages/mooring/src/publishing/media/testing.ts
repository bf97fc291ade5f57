/** For tests of files: real ones from `test/media`, and pictures made as they are wanted. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import type { Source } from './source.ts'

const FOLDER = join(import.meta.dirname, '../../../test/media')
export const file = (name: string): Buffer => readFileSync(join(FOLDER, name))

/** Every pixel is another, so that nothing packs it small. */
export function noise(width: number, height: number): Sharp {
  const raw = Buffer.alloc(width * height * 3)
  let seed = 1
  for (let at = 0; at < raw.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    raw[at] = seed >> 16
  }
  return sharp(raw, { raw: { width, height, channels: 3 } })
}

/** A picture of so many pictures, one after another. */
export function moving(width: number, height: number, frames: number): Sharp {
  const raw = Buffer.alloc(width * height * frames * 3)
  // Pictures that are alike are one to whoever packs them.
  for (let at = 0; at < raw.length; at += 1) raw[at] = (at * (1 + Math.floor(at / (width * height * 3)))) % 251
  return sharp(raw, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
}

export const plain = (width: number, height: number, color = '#c33'): Sharp =>
  sharp({ create: { width, height, channels: 3, background: color } })

export async function* pieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Counts what is read of it. */
export function sourceIn(bytes: Uint8Array): Source & { read: Source['read']; taken: () => number } {
  let taken = 0
  return {
    size: bytes.length,
    taken: () => taken,
    async read(from, to) {
      const part = bytes.slice(from, to)
      taken += part.length
      return part
    },
    stream: async () => (await import('node:stream')).Readable.from(pieces(bytes)),
  }
}
