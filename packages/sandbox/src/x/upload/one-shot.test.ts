import { describe, expect, it } from 'vitest'
import { sampleGif, sampleJpeg, samplePng } from '../../core/samples.ts'
import { sampleWebp } from '../media/webp-testing.ts'
import { xKit } from '../testing.ts'
import { formOf, oneShot } from './upload-testing.ts'

const k = xKit()
const MIB = 1024 * 1024

const padded = (bytes: Uint8Array, size: number): Uint8Array =>
  Buffer.concat([bytes, Buffer.alloc(size - bytes.length)])
const messages = (json: { errors: { message: string }[] }) => json.errors.map(({ message }) => message)

describe('POST /2/media/upload', () => {
  it.each([
    ['PNG', samplePng(40, 30), 'image/png', 40, 30],
    ['JPEG', sampleJpeg(800, 600), 'image/jpeg', 800, 600],
    ['GIF', sampleGif(2), 'image/gif', 1, 1],
    ['WebP', sampleWebp('VP8 ', 7, 8), 'image/webp', 7, 8],
  ])('takes a %s in its own bytes', async (_, bytes, image_type, w, h) => {
    const made = await oneShot(k, await k.token(), bytes)
    expect(made.status).toBe(200)
    const { id } = made.json.data
    expect(made.json).toEqual({
      data: {
        ...{ id, media_key: `3_${id}`, size: bytes.length, expires_after_secs: 86_400 },
        image: { image_type, w, h },
      },
    })
  })

  it('takes one in JSON, in base64', async () => {
    const media = Buffer.from(samplePng(4, 4)).toString('base64')
    const body = { media, media_category: 'tweet_image', media_type: 'image/png', shared: true }
    const made = await k.send('POST', '/2/media/upload', await k.token(), body)
    expect([made.status, made.json.data.size]).toEqual([200, samplePng(4, 4).length])
    for (const [bad, message] of [
      [{ ...body, media: '***' }, '$.media: does not match the regex pattern'],
      [{ media_category: 'tweet_image' }, '$.media: is missing but it is required'],
      [{ media }, '$.media_category: '],
      [{ ...body, name: 'x' }, '$.name: is not defined in the schema'],
    ] as const) {
      const answer = await k.send('POST', '/2/media/upload', await k.token(), bad)
      expect([answer.status, messages(answer.json)]).toEqual([400, [expect.stringContaining(message)]])
    }
  })

  it('lives as long as it is told to', async () => {
    k.steer({ settings: { mediaSeconds: 1_295_999 } })
    expect((await oneShot(k, await k.token(), samplePng(1, 1))).json.data.expires_after_secs).toBe(1_295_999)
  })

  it.each([
    ['5 MiB and a byte', padded(samplePng(4, 4), 5 * MIB + 1), {}, 'File size exceeds 5242880 bytes.'],
    ['a text', Buffer.from('hello'), {}, 'media type unrecognized.'],
    ['half a picture', samplePng(40, 40).subarray(0, 50), {}, 'media type unrecognized.'],
    ['another type than is said', samplePng(4, 4), { media_type: 'image/jpeg' }, 'media type unrecognized.'],
    [
      'a video',
      samplePng(4, 4),
      { media_category: 'tweet_video' },
      '$.media_category: does not have a value in the enumeration',
    ],
    [
      'a GIF to move',
      sampleGif(2),
      { media_category: 'tweet_gif' },
      '$.media_category: does not have a value in the enumeration',
    ],
    [
      'owners that are none',
      samplePng(4, 4),
      { additional_owners: 'a,b' },
      '$.additional_owners: does not match the regex pattern',
    ],
    ['another field', samplePng(4, 4), { command: 'INIT' }, '$.command: is not defined in the schema'],
  ])('refuses %s', async (_, bytes, fields, message) => {
    const answer = await oneShot(k, await k.token(), bytes, fields)
    expect([answer.status, messages(answer.json)]).toEqual([400, [expect.stringContaining(message)]])
    expect(k.shown().media).toEqual([])
  })

  it('takes exactly 5 MiB', async () => {
    expect((await oneShot(k, await k.token(), padded(samplePng(4, 4), 5 * MIB))).status).toBe(200)
  })

  it('refuses a form without a file or a category, and what is no form', async () => {
    const access = await k.token()
    const send = (body: unknown, headers = {}) => k.send('POST', '/2/media/upload', access, body, headers)
    expect(messages((await send(formOf({ media_category: 'tweet_image' }))).json)).toEqual([
      '$.media: is missing but it is required',
    ])
    expect(messages((await send(formOf({}, samplePng(1, 1)))).json)[0]).toContain('$.media_category')
    const plain = await send('media=abc', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(messages(plain.json)).toEqual(['Requests with bodies must have content-type of application/json.'])
  })

  it('needs media.write, at each of its calls', async () => {
    const access = await k.token('mara', 'tweet.read tweet.write users.read')
    for (const [method, path] of [
      ['POST', '/2/media/upload'],
      ['GET', '/2/media/upload?media_id=1'],
      ['POST', '/2/media/upload/initialize'],
      ['POST', '/2/media/upload/1/append'],
      ['POST', '/2/media/upload/1/finalize'],
      ['POST', '/2/media/metadata'],
    ] as const) {
      const answer = await k.send(method, path, access)
      expect([path, answer.status, answer.json]).toEqual([
        path,
        403,
        { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'Forbidden' },
      ])
    }
  })
})
