/** Small files that are what they say, for tests that upload something. */
import { png } from './raster.ts'

/** A picture of one colour. */
export const samplePng = (width: number, height: number, red = 0): Uint8Array =>
  png(width, height, [[red, 90, 140]], () => 0)

/** The frame of a JPEG without its pixels: enough for whoever reads headers alone. */
export function sampleJpeg(width: number, height: number): Uint8Array {
  const frame = Buffer.from('ffd8ffc0000b080000000001011100ffd9', 'hex')
  frame.writeUInt16BE(height, 7)
  frame.writeUInt16BE(width, 9)
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
  /** Of the whole file: at least 300. */
  bytes: number
  width?: number
  height?: number
}

/** The boxes of an MP4 without pictures, filled up to a size. */
export function sampleMp4({ seconds, bytes, width = 1280, height = 720 }: SampleVideo): Uint8Array {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(Math.round(seconds * 1000), 16)
  const track = Buffer.alloc(84)
  track.writeUInt32BE(width * 65536, 76)
  track.writeUInt32BE(height * 65536, 80)
  const rest = [
    box('ftyp', Buffer.from('isom\0\0\0\0')),
    box('moov', box('mvhd', header), box('trak', box('tkhd', track))),
  ]
  const used = rest.reduce((sum, one) => sum + one.length, 8)
  return Buffer.concat([...rest, box('mdat', Buffer.alloc(Math.max(0, bytes - used), 7))])
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
