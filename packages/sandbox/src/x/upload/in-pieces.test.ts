import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sampleGif, samplePng } from '../../core/samples.ts'
import { movie } from '../media/mp4-testing.ts'
import { xKit } from '../testing.ts'
import { append, finalize, GIF, initialize, inPieces, VIDEO } from './upload-testing.ts'

const k = xKit()
const MIB = 1024 * 1024
const IMAGE = { media_type: 'image/png', media_category: 'tweet_image' }

const invalid = (message: string) => ({
  status: 400,
  json: { errors: [{ message }], type: 'https://api.twitter.com/2/problems/invalid-request' },
})
const begin = async (token: string, body: object): Promise<string> => (await initialize(k, token, body)).json.data.id

describe('POST /2/media/upload/initialize', () => {
  it('begins', async () => {
    const begun = await initialize(k, await k.token(), { ...VIDEO, total_bytes: 17 })
    const { id } = begun.json.data
    expect([begun.status, begun.json]).toEqual([
      200,
      { data: { id, media_key: `7_${id}`, expires_after_secs: 86_400 } },
    ])
  })

  it.each([
    ['tweet_gif', 'image/gif', '16'],
    ['amplify_video', 'video/quicktime', '13'],
    ['tweet_image', 'image/webp', '3'],
  ])('gives keys by their kind: %s', async (media_category, media_type, key) => {
    const { data } = (await initialize(k, await k.token(), { media_category, media_type, total_bytes: 1 })).json
    expect(data.media_key).toBe(`${key}_${data.id}`)
  })

  it.each([
    [{ ...VIDEO }, '$.total_bytes: is missing but it is required'],
    [{ ...VIDEO, total_bytes: '17' }, '$.total_bytes: string found, number expected'],
    [{ ...VIDEO, total_bytes: 0 }, '$.total_bytes: must have a minimum value of 1'],
    [{ ...VIDEO, total_bytes: 17_179_869_185 }, '$.total_bytes: must have a maximum value of 17179869184'],
    [{ ...VIDEO, total_bytes: 17, media_type: 'video/avi' }, '$.media_type: does not have a value in the enumeration'],
    [
      { ...VIDEO, total_bytes: 17, media_category: 'video' },
      '$.media_category: does not have a value in the enumeration',
    ],
    [{ ...VIDEO, total_bytes: 17, additional_owners: '1' }, '$.additional_owners: string found, array expected'],
    [{ ...VIDEO, total_bytes: 17, command: 'INIT' }, '$.command: is not defined in the schema'],
    [{ ...VIDEO, total_bytes: 17, media_category: 'tweet_image' }, 'media type unrecognized.'],
    [{ ...IMAGE, total_bytes: 17, media_category: 'tweet_video' }, 'media type unrecognized.'],
    [{ ...IMAGE, total_bytes: 17, media_category: 'tweet_gif' }, 'media type unrecognized.'],
    [{ ...IMAGE, total_bytes: 17, media_type: 'image/tiff' }, 'media type unrecognized.'],
    [{ ...IMAGE, total_bytes: 5 * MIB + 1 }, 'File size exceeds 5242880 bytes.'],
    [{ ...GIF, total_bytes: 15 * MIB + 1 }, 'File size exceeds 15728640 bytes.'],
    [{ ...VIDEO, total_bytes: 8 * 1024 * MIB + 1 }, 'File size exceeds 8589934592 bytes.'],
  ])('refuses %j', async (body, message) => {
    const answer = await initialize(k, await k.token('tomas'), body)
    expect(answer).toMatchObject(invalid(expect.stringContaining(message) as never))
  })

  it('lets Premium bring 16 GiB', async () => {
    expect((await initialize(k, await k.token('mara'), { ...VIDEO, total_bytes: 16 * 1024 * MIB })).status).toBe(200)
  })

  it('takes no form: that was another time', async () => {
    const answer = await k.send('POST', '/2/media/upload/initialize', await k.token(), new FormData())
    expect(answer).toMatchObject(invalid('Requests with bodies must have content-type of application/json.'))
  })
})

describe('POST /2/media/upload/{id}/append', () => {
  it('takes pieces by a form or by JSON, in any order, and again', async () => {
    const access = await k.token()
    const bytes = Buffer.from(movie({ data: 3000 }))
    const id = await begin(access, { ...VIDEO, total_bytes: bytes.length })
    const pieces = [bytes.subarray(0, 1000), bytes.subarray(1000, 2000), bytes.subarray(2000)]
    const json = { segment_index: 2, media: pieces[2]?.toString('base64') }
    const last = await k.send('POST', `/2/media/upload/${id}/append`, access, json)
    expect([last.status, last.json]).toEqual([200, { data: { expires_at: Date.UTC(2026, 10, 22, 12) / 1000 } }])
    for (const place of [1, 0, 0]) expect((await append(k, access, id, place, pieces[place] ?? bytes)).status).toBe(200)
    const { data } = (await finalize(k, access, id)).json
    expect(data).toMatchObject({ id, size: bytes.length, video: { video_type: 'video/mp4' } })
    const [kept] = k.shown().media
    expect(kept?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it.each([
    ['no place', {}, '$.segment_index: is missing but it is required'],
    ['a place that is none', { segment_index: 'x' }, '$.segment_index: does not match the regex pattern'],
    ['the thousand and first', { segment_index: '1000' }, '$.segment_index: does not match the regex pattern'],
    ['another field', { segment_index: '0', command: 'APPEND' }, '$.command: is not defined in the schema'],
  ])('refuses %s', async (_, fields, message) => {
    const access = await k.token()
    const id = await begin(access, { ...VIDEO, total_bytes: 10 })
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('media', new Blob(['x']))
    const answer = await k.send('POST', `/2/media/upload/${id}/append`, access, form)
    expect(answer).toMatchObject(invalid(expect.stringContaining(message) as never))
  })

  it('refuses what was never begun, is another’s, is whole, or is too old', async () => {
    const access = await k.token()
    const notThere = invalid('BadRequest: Not found')
    const id = await begin(access, { ...IMAGE, total_bytes: 1 })
    const tomas = await k.token('tomas')
    for (const [token, one] of [
      [access, '12345'],
      [access, 'abc'],
      [tomas, id],
    ] as const) {
      expect(await append(k, token, one, 0, Buffer.from('x'))).toMatchObject(notThere)
      expect(await finalize(k, token, one)).toMatchObject(notThere)
    }
    const whole = (await inPieces(k, access, samplePng(2, 2), IMAGE)).json.data.id
    expect(await append(k, access, whole, 1, Buffer.from('x'))).toMatchObject(notThere)
    k.steer({ settings: { mediaSeconds: 10 } })
    const short = await begin(access, { ...IMAGE, total_bytes: 1 })
    k.sandbox.control.advance(10)
    expect(await append(k, access, short, 0, Buffer.from('x'))).toMatchObject(notThere)
  })

  it('refuses more than was said, and another piece in a place that is taken', async () => {
    const access = await k.token()
    const id = await begin(access, { ...VIDEO, total_bytes: 10 })
    expect((await append(k, access, id, 0, Buffer.alloc(6))).status).toBe(200)
    const sum = invalid('Segments do not add up to provided total file size.')
    expect(await append(k, access, id, 1, Buffer.alloc(5))).toMatchObject(sum)
    expect(await append(k, access, id, 0, Buffer.alloc(6, 1))).toMatchObject({
      status: 400,
      json: { errors: [{ parameters: { segment_index: ['0'] } }] },
    })
    expect((await append(k, access, id, 1, Buffer.alloc(4))).status).toBe(200)
  })

  it('takes 8 MiB at most, by either way; or less, with an empty 431', async () => {
    const access = await k.token()
    const id = await begin(access, { ...VIDEO, total_bytes: 100 * MIB })
    const piece = Buffer.alloc(8 * MIB)
    expect((await append(k, access, id, 0, piece)).status).toBe(200)
    const json = { segment_index: 1, media: piece.toString('base64') }
    expect((await k.send('POST', `/2/media/upload/${id}/append`, access, json)).status).toBe(200)
    const larger = await append(k, access, id, 2, Buffer.alloc(8 * MIB + 1))
    expect(larger).toMatchObject(invalid('File size exceeds 8388608 bytes.'))
    k.steer({ settings: { largestPiece: 2 * MIB, pieceTooLarge: '431' } })
    expect(await append(k, access, id, 2, Buffer.alloc(2 * MIB + 1))).toMatchObject({ status: 431, text: '' })
    expect((await append(k, access, id, 2, Buffer.alloc(2 * MIB))).status).toBe(200)
  })
})

describe('POST /2/media/upload/{id}/finalize', () => {
  it('ends a picture, which is ready at once', async () => {
    const made = await inPieces(k, await k.token(), samplePng(40, 30), IMAGE, 10)
    const { id } = made.json.data
    expect(made.json.data).toEqual({
      ...{ id, media_key: `3_${id}`, size: samplePng(40, 30).length, expires_after_secs: 86_400 },
      image: { image_type: 'image/png', w: 40, h: 30 },
    })
  })

  it('refuses too little, a gap, and what is no picture', async () => {
    const access = await k.token()
    const sum = invalid('Segments do not add up to provided total file size.')
    const none = await begin(access, { ...VIDEO, total_bytes: 4 })
    expect(await finalize(k, access, none)).toMatchObject(sum)
    await append(k, access, none, 1, Buffer.alloc(4))
    expect(await finalize(k, access, none)).toMatchObject(sum)
    const text = await inPieces(k, access, Buffer.from('hello'), IMAGE)
    expect(text).toMatchObject(invalid('media type unrecognized.'))
    const other = await inPieces(k, access, sampleGif(2), IMAGE)
    expect(other).toMatchObject(invalid('media type unrecognized.'))
  })

  it('takes a body that is an object, and needs one by a switch', async () => {
    const access = await k.token()
    const path = async () => {
      const id = await begin(access, { ...IMAGE, total_bytes: samplePng(2, 2).length })
      await append(k, access, id, 0, samplePng(2, 2))
      return `/2/media/upload/${id}/finalize`
    }
    const at = await path()
    expect(await k.send('POST', at, access, '[]')).toMatchObject(invalid('Request body must be a JSON object.'))
    expect((await k.send('POST', at, access, {})).status).toBe(200)
    k.steer({ settings: { finalizeBody: 'required' } })
    const strict = await path()
    expect((await k.send('POST', strict, access)).status).toBe(400)
    expect((await k.send('POST', strict, access, {})).status).toBe(200)
  })
})
