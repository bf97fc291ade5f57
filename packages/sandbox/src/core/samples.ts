/** Small files that are what they say, for tests that upload something. */
import { png } from './raster.ts'

/** A picture of one colour. */
export const samplePng = (width: number, height: number, red = 0): Uint8Array =>
  png(width, height, [[red, 90, 140]], () => 0)

/** The frame of a JPEG without its pixels: enough for whoever reads headers alone. */
export function sampleJpeg(width: number, height: number): Uint8Array {
  const frame = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080000000001011100ffd9', 'hex')
  frame.writeUInt16BE(height, 25)
  frame.writeUInt16BE(width, 27)
  return frame
}

/** Of one pixel and so many frames. */
export function sampleGif(frames: number): Uint8Array {
  const head = Buffer.from('47494638396101000100800000ffffff000000', 'hex')
  const frame = Buffer.from('21f90400000000002c0000000001000100000202440100', 'hex')
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])])
}

export function box(name: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, body])
}

export interface SampleVideo {
  seconds: number
  /** Of the whole file: at least 300, or 800 with a `rate`. */
  bytes: number
  width?: number
  height?: number
  /** Pictures a second: with it the file has a table of them, as a whole video has. */
  rate?: number
  /** Four letters: `avc1` for H.264. */
  codec?: string
  /** The table of contents after the pictures. */
  moovLast?: boolean
}

const uint32 = (...numbers: number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 4)
  numbers.forEach((number, at) => {
    bytes.writeUInt32BE(number, at * 4)
  })
  return bytes
}

/** The boxes of a track that say how its pictures are coded, and how long each of them is shown. */
function media({ seconds, rate = 30, width = 1280, height = 720, codec = 'avc1' }: SampleVideo): Buffer {
  const count = Math.round(seconds * rate)
  const scale = 90_000
  const each = Math.round(scale / rate)
  const entry = Buffer.alloc(78)
  entry.writeUInt16BE(1, 6)
  entry.writeUInt16BE(width, 24)
  entry.writeUInt16BE(height, 26)
  entry.writeUInt16BE(1, 40)
  // H.264 of the baseline profile, without parameter sets.
  const configuration = box('avcC', Buffer.from('0142001effe000', 'hex'))
  const table = [
    box('stsd', uint32(0, 1), box(codec, entry, configuration)),
    box('stts', uint32(0, 1, count, each)),
    box('stsc', uint32(0, 1, 1, count, 1)),
    box('stsz', uint32(0, 1, count)),
    box('stco', uint32(0, 1, 0)),
  ]
  return box(
    'mdia',
    box('mdhd', uint32(0, 0, 0, scale, count * each, 0x55c40000)),
    box('hdlr', uint32(0, 0), Buffer.from('vide'), uint32(0, 0, 0), Buffer.from([0])),
    box('minf', box('vmhd', uint32(1, 0, 0)), box('stbl', ...table)),
  )
}

/** The boxes of an MP4 without pictures, filled up to a size. */
export function sampleMp4(video: SampleVideo): Uint8Array {
  const { seconds, bytes, width = 1280, height = 720, rate, moovLast = false } = video
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(Math.round(seconds * 1000), 16)
  const track = Buffer.alloc(84)
  track.writeUInt32BE(1, 12)
  track.writeUInt32BE(width * 65536, 76)
  track.writeUInt32BE(height * 65536, 80)
  const type = box('ftyp', Buffer.from('isom\0\0\0\0'))
  const trak = box('trak', box('tkhd', track), ...(rate === undefined ? [] : [media(video)]))
  const contents = box('moov', box('mvhd', header), trak)
  const pictures = box('mdat', Buffer.alloc(Math.max(0, bytes - type.length - contents.length - 8), 7))
  return Buffer.concat(moovLast ? [type, pictures, contents] : [type, contents, pictures])
}

/** What a PDF begins with, and says of its pages. */
export const samplePdf = (pages: number): Uint8Array =>
  Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Pages /Count ${pages} /Kids [] >>\nendobj\n%%EOF\n`)

export const samples = {
  png: samplePng,
  jpeg: sampleJpeg,
  gif: sampleGif,
  mp4: sampleMp4,
  pdf: samplePdf,
}
