import { describe, expect, it } from 'vitest'
import { pictureFacts } from './picture-facts.ts'
import { drawn } from './raster.ts'
import { sampleGif, sampleJpeg, sampleMp4, samplePng } from './samples.ts'
import { videoFacts } from './video-facts.ts'

const half = (bytes: Uint8Array) => bytes.subarray(0, Math.ceil(bytes.length / 2))
const rest = (bytes: Uint8Array) => bytes.subarray(Math.ceil(bytes.length / 2))

describe('pictures', () => {
  it.each([
    ['png', samplePng(7, 3), { type: 'image/png', width: 7, height: 3, frames: 1 }],
    ['one that we draw', drawn('Mara'), { type: 'image/png', width: 96, height: 96, frames: 1 }],
    ['jpeg', sampleJpeg(640, 480), { type: 'image/jpeg', width: 640, height: 480, frames: 1 }],
    ['gif', sampleGif(1), { type: 'image/gif', width: 1, height: 1, frames: 1 }],
    ['gif that moves', sampleGif(251), { type: 'image/gif', width: 1, height: 1, frames: 251 }],
  ])('%s', (_, bytes, facts) => expect(pictureFacts(bytes)).toEqual(facts))

  it('a JPEG with other segments before its frame', () => {
    const whole = sampleJpeg(9, 8)
    const application = Buffer.from(`ffe00010${'00'.repeat(14)}`, 'hex')
    const tables = Buffer.from('ffdb00040000', 'hex')
    const bytes = Buffer.concat([whole.subarray(0, 2), application, tables, whole.subarray(2)])
    expect(pictureFacts(bytes)).toMatchObject({ width: 9, height: 8 })
  })

  it.each([
    ['png', samplePng(50, 50)],
    ['gif', sampleGif(40)],
    ['jpeg', sampleJpeg(5, 5)],
  ])('half of a %s is none', (_, bytes) => {
    expect(pictureFacts(half(bytes))).toBeUndefined()
    expect(pictureFacts(rest(bytes))).toBeUndefined()
  })

  it.each(['', 'GIF', '<svg/>', 'RIFF\0\0\0\0WEBPVP8 ', '%PDF-1.7'])('%j is none', (source) => {
    expect(pictureFacts(Buffer.from(source))).toBeUndefined()
  })
})

describe('videos', () => {
  const read = (given: Uint8Array) => {
    const bytes = Buffer.from(given)
    return videoFacts((offset, length) => bytes.subarray(offset, offset + length), bytes.length)
  }
  it('has what its header says', () => {
    const video = sampleMp4({ seconds: 12.5, bytes: 5000, width: 1080, height: 1920 })
    expect(video.length).toBe(5000)
    expect(read(video)).toEqual({ seconds: 12.5, width: 1080, height: 1920 })
  })
  it('reads a header of 64 bits, and boxes of 64 bits', () => {
    const video = Buffer.from(sampleMp4({ seconds: 3, bytes: 400 }))
    const header = video.indexOf('mvhd') + 4
    video[header] = 1
    video.writeUInt32BE(600, header + 20)
    video.writeBigUInt64BE(6000n, header + 24)
    expect(read(video)?.seconds).toBe(10)
    const data = video.indexOf('mdat') - 4
    const wide = Buffer.alloc(16)
    wide.writeUInt32BE(1, 0)
    wide.write('mdat', 4, 'latin1')
    wide.writeBigUInt64BE(BigInt(video.length - data + 8), 8)
    expect(read(Buffer.concat([video.subarray(0, data), wide, video.subarray(data + 8)]))?.seconds).toBe(10)
  })
  it('a part of one is none', () => {
    const video = sampleMp4({ seconds: 5, bytes: 3000 })
    expect(read(half(video))).toBeUndefined()
    expect(read(rest(video))).toBeUndefined()
    expect(read(video.subarray(0, -1))).toBeUndefined()
  })
  it('a movie without time has none', () => {
    const video = Buffer.from(sampleMp4({ seconds: 5, bytes: 400 }))
    video.writeUInt32BE(0, video.indexOf('mvhd') + 16)
    expect(read(video)?.seconds).toBe(0)
  })
  it.each(['', 'ftyp', 'not a video at all, but long enough to be read'])('%j is none', (source) => {
    expect(read(Buffer.from(source))).toBeUndefined()
  })
})
