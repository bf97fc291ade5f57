/** A picture of a name, as PNG (W3C, "Portable Network Graphics", third edition): platforms send raster images, and so do we. */
import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

const SIDE = 96
const CELLS = 6
const CELL = SIDE / CELLS

type Color = readonly [red: number, green: number, blue: number]

/** One colour a byte, by palette. */
export function png(
  width: number,
  height: number,
  palette: readonly Color[],
  at: (x: number, y: number) => number,
): Uint8Array {
  // Each row begins with its filter, 0: none.
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = at(x, y)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits, by palette, not interlaced.
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** A pattern of its own for each name, the same on the left and on the right, in shades of one colour. */
export function drawn(name: string): Uint8Array {
  const hash = createHash('sha256').update(name).digest()
  const hue = (hash[0] ?? 0) * (360 / 256)
  const palette = [shade(hue, 0.42, 0.3), shade(hue, 0.46, 0.5), shade(hue, 0.6, 0.74)]
  return png(SIDE, SIDE, palette, (x, y) => {
    const column = Math.min(Math.floor(x / CELL), CELLS - 1 - Math.floor(x / CELL))
    return (hash[1 + column * CELLS + Math.floor(y / CELL)] ?? 0) % palette.length
  })
}

/** CSS Color Module Level 4, "HSL to sRGB". */
function shade(hue: number, saturation: number, lightness: number): Color {
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12
    const a = saturation * Math.min(lightness, 1 - lightness)
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}
