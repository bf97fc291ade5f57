import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawn } from '../../core/raster.ts'
import { sampleGif, sampleJpeg, sampleMp4, samplePng } from '../../core/samples.ts'
import { fetchMedia, judgeAddress, judgeHead } from './fetch.ts'
import { MediaReader, readBytes } from './reader.ts'
import { type Shelf, shelve } from './shelf.ts'
import { type FileHost, film, openFileHost } from './testing.ts'

const facts = (bytes: Uint8Array) => readBytes(bytes).file.facts

describe('what a file says of itself', () => {
  it.each<[string, Uint8Array, object]>([
    ['JPEG', sampleJpeg(1080, 720), { kind: 'image', format: 'jpg', width: 1080, height: 720 }],
    ['PNG', samplePng(30, 20), { kind: 'image', format: 'png', width: 30, height: 20 }],
    ['one that we draw', drawn('x'), { kind: 'image', format: 'png', width: 96, height: 96 }],
    ['GIF', sampleGif(3), { kind: 'image', format: 'gif', width: 1, height: 1 }],
    [
      'MP4',
      film({ seconds: 12.5 }),
      {
        ...{ kind: 'video', format: 'mp4', width: 1080, height: 1920, seconds: 12.5, rate: 30, codec: 'avc1.42001e' },
        ...{ audio: null, moovFirst: true },
      },
    ],
  ])('%s', (_, bytes, expected) => expect(facts(bytes)).toEqual(expected))

  it('of a video: its codec, its rate, and where its contents are', () => {
    expect(facts(film({ codec: 'hvc1', rate: 60, moovLast: true }))).toMatchObject({
      codec: 'hvc1',
      rate: 60,
      moovFirst: false,
    })
  })

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['zeros', new Uint8Array(500)],
    ['a page', Buffer.from('<!doctype html><html></html>')],
    ['the beginning of a video', film().subarray(0, 300)],
    ['a video without pictures', sampleMp4({ seconds: 5, bytes: 2000 })],
    ['boxes of nothing', Buffer.from('\0\0\0\x10ftypisom and then something that is none at all')],
  ])('%s is none', (_, bytes) => expect(facts(bytes)).toEqual({ kind: 'other' }))

  it.each([1, 5, 11, 12, 4096])('comes to the same in pieces of %i', (step) => {
    for (const bytes of [film(), film({ moovLast: true }), sampleJpeg(640, 480), samplePng(9, 9)]) {
      const reader = new MediaReader()
      for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step))
      const { file } = reader.end()
      expect(file).toEqual(readBytes(bytes).file)
      expect(file).toMatchObject({ size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    }
  })

  it('is held of a picture alone, and only as long as it may be one', () => {
    expect(readBytes(sampleJpeg(9, 9)).bytes).toEqual(Buffer.from(sampleJpeg(9, 9)))
    expect(readBytes(film()).bytes).toBeUndefined()
    expect(readBytes(Buffer.concat([sampleJpeg(9, 9), Buffer.alloc(17 * 1024 * 1024)])).bytes).toBeUndefined()
  })
})

describe('a shelf', () => {
  it('holds the latest, up to a limit', () => {
    const shelf: Shelf = new Map()
    const part = new Uint8Array(20 * 1024 * 1024)
    for (const id of ['a', 'b', 'c']) shelve(shelf, id, 'image/png', part)
    shelve(shelf, 'd', 'image/png', undefined)
    shelve(shelf, 'e', 'image/png', new Uint8Array(50 * 1024 * 1024))
    expect([...shelf.keys()]).toEqual(['b', 'c'])
  })
})

describe('fetching', () => {
  let files: FileHost
  beforeAll(async () => {
    files = await openFileHost()
  })
  afterAll(() => files.close())
  const rules = { most: 10_000, timeoutMs: 5000 }

  it('takes pictures and videos', async () => {
    expect(await fetchMedia(files.jpeg(640, 480), rules)).toMatchObject({ file: { facts: { width: 640 } } })
    expect(await fetchMedia(files.mp4(), rules)).toMatchObject({ file: { size: 5000, facts: { seconds: 10 } } })
  })

  it('says why nothing came of it', async () => {
    const why = (url: string, more = {}) => fetchMedia(url, { ...rules, ...more })
    expect(await why('mailto:a@example.com')).toBe('address')
    expect(await why(files.nobody)).toBe('unreachable')
    expect(await why(files.serve('', 'image/jpeg', 500))).toBe('status')
    expect(await why(files.serve('x', 'text/html'))).toBe('type')
    expect(await why(files.mp4({ bytes: 20_000 }))).toBe('too-large')
    expect(
      await why(
        files.answering(() => 'never'),
        { timeoutMs: 30 },
      ),
    ).toBe('too-slow')
  })

  it.each([
    [200, 'image/jpeg', undefined],
    [200, 'Video/MP4; codecs="avc1"', undefined],
    [200, 'application/octet-stream', 'type'],
    [200, '', 'type'],
    [206, 'video/mp4', 'status'],
    [301, 'image/jpeg', 'redirect'],
    [401, 'image/jpeg', 'status'],
  ])('judges %i %s', (status, type, expected) => {
    expect(judgeHead({ status, headers: new Headers(type === '' ? {} : { 'content-type': type }) })).toBe(expected)
  })

  it.each([
    ['https://cdn.example/a.jpg', true],
    ['http://127.0.0.1:9/a', true],
    ['file:///etc/passwd', false],
    ['data:image/png;base64,AA', false],
    ['https://user:word@cdn.example/a.jpg', false],
    ['//cdn.example/a.jpg', false],
    ['', false],
  ])('%j is an address: %s', (url, yes) => expect(judgeAddress(url) !== undefined).toBe(yes))
})
