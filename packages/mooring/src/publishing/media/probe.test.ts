/** What is known of real files, by their bytes. */
import { describe, expect, it } from 'vitest'
import { MooringError } from '../../error.ts'
import { probe } from './probe.ts'
import { file, moving, noise, plain, sourceIn } from './testing.ts'

const facts = async (bytes: Uint8Array, name = 'whatever.bin') =>
  JSON.parse(JSON.stringify(await probe(sourceIn(bytes), name)))
const refusalOf = (bytes: Uint8Array, name = 'x') =>
  probe(sourceIn(bytes), name).then(
    () => {
      throw new Error('it was taken')
    },
    (error: unknown) => error as MooringError,
  )

describe('a picture', () => {
  it.each([
    ['JPEG', () => plain(40, 20).jpeg(), { kind: 'image', mime: 'image/jpeg', width: 40, height: 20, frames: 1 }],
    ['PNG', () => plain(40, 20).png(), { kind: 'image', mime: 'image/png', width: 40, height: 20, frames: 1 }],
    ['WebP', () => plain(40, 20).webp(), { kind: 'image', mime: 'image/webp', width: 40, height: 20, frames: 1 }],
    ['AVIF', () => plain(40, 20).avif(), { kind: 'image', mime: 'image/avif', width: 40, height: 20, frames: 1 }],
    ['GIF that stands', () => plain(40, 20).gif(), { kind: 'image', mime: 'image/gif', frames: 1 }],
    [
      'GIF that moves',
      () => moving(40, 20, 7).gif(),
      { kind: 'gif', mime: 'image/gif', width: 40, height: 20, frames: 7 },
    ],
    [
      'WebP that moves',
      () => moving(40, 20, 7).webp(),
      { kind: 'image', mime: 'image/webp', width: 40, height: 20, frames: 7 },
    ],
  ])('%s', async (_, make, expected) => {
    expect(await facts(await make().toBuffer())).toMatchObject(expected)
  })

  it('is as large as it is shown, however the camera was held', async () => {
    for (const orientation of [5, 6, 7, 8])
      expect(await facts(await plain(40, 20).withMetadata({ orientation }).jpeg().toBuffer())).toMatchObject({
        width: 20,
        height: 40,
      })
    expect(await facts(await plain(40, 20).withMetadata({ orientation: 3 }).jpeg().toBuffer())).toMatchObject({
      width: 40,
      height: 20,
    })
  })

  it('is what its bytes say, and not its name', async () => {
    const png = await plain(4, 4).png().toBuffer()
    expect(await facts(png, 'film.mp4')).toMatchObject({ kind: 'image', mime: 'image/png' })
    expect(await facts(file('film.mp4'), 'picture.jpg')).toMatchObject({ kind: 'video', mime: 'video/mp4' })
  })

  it('of more than 100 million pixels is refused', async () => {
    const bomb = await plain(12_000, 12_000).png().toBuffer()
    expect(bomb.length).toBeLessThan(3_000_000)
    expect(await refusalOf(bomb)).toMatchObject({
      code: 'media_refused',
      message: 'This picture has more than 100 million pixels. Make it smaller.',
    })
  })

  it('of more than 64 MB is refused before it is read', async () => {
    const png = await plain(4, 4).png().toBuffer()
    const source = { ...sourceIn(png), size: 65 * 1024 ** 2 }
    await expect(probe(source, 'x')).rejects.toMatchObject({ code: 'media_refused' })
    expect(source.taken()).toBeLessThan(100_000)
  })
})

describe('a video', () => {
  const film = { kind: 'video', width: 64, height: 36, durationMs: 1000 }
  it.each([
    [
      'film.mp4',
      {
        ...film,
        mime: 'video/mp4',
        framesPerSecond: 10,
        videoCodec: 'avc',
        audioCodec: 'aac',
        audioHz: 8000,
        moovFirst: false,
      },
    ],
    ['turned.mp4', { ...film, mime: 'video/mp4', width: 36, height: 64, framesPerSecond: 10, videoCodec: 'avc' }],
    ['phone.mov', { ...film, mime: 'video/quicktime', width: 36, height: 64, videoCodec: 'avc', moovFirst: true }],
    ['hevc.mp4', { ...film, mime: 'video/mp4', framesPerSecond: 5, videoCodec: 'hevc' }],
    ['film.webm', { ...film, mime: 'video/webm', framesPerSecond: 5, videoCodec: 'vp9' }],
    ['recording.webm', { ...film, mime: 'video/webm', framesPerSecond: 5, videoCodec: 'vp8' }],
  ])('%s', async (name, expected) => {
    const known = await facts(file(name))
    expect(known).toMatchObject(expected)
    expect(Object.keys(known)).not.toContain('pages')
    if (!('audioCodec' in expected) && name !== 'turned.mp4') expect(known.audioCodec).toBeUndefined()
  })

  it('tells where its table of contents stands behind boxes of any length, and nothing where there are none', async () => {
    const whole = file('film.mp4')
    const [head, pictures, table] = [whole.subarray(0, 40), whole.subarray(40, 40 + 1275), whole.subarray(40 + 1275)]
    const long = Buffer.alloc(24)
    long.writeUInt32BE(1)
    long.write('free', 4)
    long.writeBigUInt64BE(24n, 8)
    expect(await facts(Buffer.concat([head, long, pictures, table]))).toMatchObject({ moovFirst: false })
    expect(await facts(Buffer.concat([head, long, table, pictures]))).toMatchObject({ moovFirst: true })
    expect(await facts(file('film.webm'))).not.toHaveProperty('moovFirst')
  })

  it('of a gigabyte is known by some kilobytes of it', async () => {
    const whole = file('film.mp4')
    const source = { ...sourceIn(whole), size: 1024 ** 3 }
    const read = source.read
    let taken = 0
    // What stands behind the film: a box of nothing, as long as the rest.
    const tail = Buffer.alloc(16)
    tail.writeUInt32BE(1)
    tail.write('free', 4)
    tail.writeBigUInt64BE(BigInt(1024 ** 3 - whole.length), 8)
    const told = await probe(
      {
        ...source,
        async read(from, to) {
          taken += to - from
          const part = Buffer.alloc(to - from)
          part.set(await read(from, to))
          if (from < whole.length + 16 && to > whole.length)
            for (let at = Math.max(from, whole.length); at < Math.min(to, whole.length + 16); at += 1)
              part[at - from] = tail[at - whole.length] ?? 0
          return part
        },
      },
      'x',
    )
    expect(told).toMatchObject({ width: 64, height: 36, durationMs: 1000 })
    expect(taken).toBeLessThan(2 * 1024 ** 2)
  })
})

describe('a document', () => {
  const office = 'application/vnd.openxmlformats-officedocument'
  it('of PDF has pages', async () => {
    expect(await facts(file('paper.pdf'))).toEqual({ kind: 'document', mime: 'application/pdf', pages: 7 })
  })

  it('of PDF that is locked is refused', async () => {
    expect(await refusalOf(file('locked.pdf'))).toMatchObject({
      code: 'media_refused',
      message: 'This PDF is locked with a password. Save it without one.',
    })
  })

  it('of Office is known by its inside', async () => {
    const word = { kind: 'document', mime: `${office}.wordprocessingml.document` }
    expect(await facts(file('words.docx'), 'x.zip')).toEqual(word)
    expect(await facts(file('slides.pptx'), 'x.docx')).toEqual({
      kind: 'document',
      mime: `${office}.presentationml.presentation`,
    })
  })

  it('of the old Office is known by its inside and its name together', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(5000)])
    expect(await facts(old, 'Paper.DOC')).toEqual({ kind: 'document', mime: 'application/msword' })
    expect(await facts(old, 'talk.ppt')).toEqual({ kind: 'document', mime: 'application/vnd.ms-powerpoint' })
    for (const name of ['sheet.xls', 'setup.msi', 'doc', 'x.docx'])
      expect(await refusalOf(old, name), name).toMatchObject({ code: 'media_refused' })
  })
})

describe('what is refused', () => {
  const text = (words: string) => Buffer.from(words.padEnd(5000))
  it.each([
    ['old.avi', file('old.avi'), /MP4, MOV or WebM/],
    ['sound', file('sound.m4a'), /Sound alone/],
    ['a web page', text('<!doctype html><script>alert(1)</script>'), /picture, a video/],
    ['SVG', text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), /picture/i],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(5000)]), /picture, a video/],
    ['an archive', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), /picture, a video/],
    ['HEIC', Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(500)]), /HEIC/],
    ['BMP', Buffer.concat([Buffer.from('BM'), Buffer.alloc(500)]), /JPEG, PNG/],
    ['one byte', Buffer.from('x'), /picture, a video/],
    ['text', text('hello'), /picture, a video/],
  ])('%s', async (_, bytes, words) => {
    const error = await refusalOf(bytes)
    expect(error).toMatchObject({ code: 'media_refused', status: 422, message: expect.stringMatching(words) })
  })

  it.each([
    ['a JPEG that breaks off', async () => (await noise(200, 200).jpeg().toBuffer()).subarray(0, 20)],
    [
      'a PNG of noise',
      async () => Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(400, 7)]),
    ],
    ['a GIF of noise', async () => Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(400, 7)])],
    ['an MP4 that is empty', async () => Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1')],
    ['an MP4 that breaks off', async () => file('film.mp4').subarray(0, 500)],
    ['a PDF of noise', async () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(4000, 9)])],
  ])('%s, in a sentence', async (_, make) => {
    const error = await refusalOf(await make())
    expect(error).toBeInstanceOf(MooringError)
    expect(error).toMatchObject({ code: 'media_refused', message: expect.stringMatching(/^[A-Z].*\.$/) })
  })
})
