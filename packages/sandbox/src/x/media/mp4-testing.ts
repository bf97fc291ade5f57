import { box } from '../../core/samples.ts'

export interface Movie {
  seconds?: number
  width?: number
  height?: number
  framesPerSecond?: number
  codec?: string
  /** Of pictures that follow. */
  data?: number
  /** Where the `moov` stands. */
  moov?: 'first' | 'last'
}

const numbers = (...all: number[]): Buffer => {
  const bytes = Buffer.alloc(all.length * 4)
  for (const [n, value] of all.entries()) bytes.writeUInt32BE(value, n * 4)
  return bytes
}

/** An MP4 without a picture in it that says all that the sandbox reads. */
export function movie({
  seconds = 12,
  width = 1280,
  height = 720,
  framesPerSecond = 30,
  codec = 'avc1',
  data = 500,
  moov = 'first',
}: Movie = {}): Uint8Array {
  const frames = Math.round(seconds * framesPerSecond)
  const entry = Buffer.concat([numbers(16), Buffer.from(codec, 'latin1'), numbers(0, 0)])
  const track = Buffer.alloc(84)
  track.writeUInt32BE(width * 65_536, 76)
  track.writeUInt32BE(height * 65_536, 80)
  const handler = (name: string) => box('hdlr', numbers(0, 0), Buffer.from(name, 'latin1'), Buffer.alloc(13))
  const media = box(
    'mdia',
    box('mdhd', numbers(0, 0, 0, 1000, Math.round(seconds * 1000), 0)),
    handler('vide'),
    box(
      'minf',
      box('stbl', box('stsd', numbers(0, 1), entry), box('stts', numbers(0, 2, 1, 33, Math.max(0, frames - 1), 33))),
    ),
  )
  const head = box(
    'moov',
    box('mvhd', numbers(0, 0, 0, 1000, Math.round(seconds * 1000)), Buffer.alloc(80)),
    box('trak', box('tkhd', Buffer.alloc(84)), box('mdia', handler('soun'))),
    box('trak', box('tkhd', track), media),
  )
  const pictures = box('mdat', Buffer.alloc(data, 7))
  const rest = moov === 'first' ? [head, pictures] : [pictures, head]
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0')), box('free'), ...rest])
}
