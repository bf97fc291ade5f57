import { describe, expect, it } from 'vitest'
import { sampleGif, samplePng } from '../../core/samples.ts'
import { movie } from '../media/mp4-testing.ts'
import { xKit } from '../testing.ts'
import { GIF, initialize, inPieces, oneShot, status, VIDEO } from './upload-testing.ts'

const k = xKit()
const NOT_FOUND = { status: 400, json: { errors: [{ message: 'BadRequest: Not found' }] } }
const UNSUPPORTED = { code: 1, name: 'InvalidMedia', message: 'Unsupported video format' }

describe('GET /2/media/upload', () => {
  it('tells how far a video is: pending, in progress, succeeded', async () => {
    const access = await k.token()
    k.steer({ settings: { processingSeconds: 8 } })
    const made = await inPieces(k, access, movie(), VIDEO)
    const { id } = made.json.data
    expect(made.json.data.processing_info).toEqual({ state: 'pending', check_after_secs: 4 })
    const info = async () => (await status(k, access, id)).json.data.processing_info
    k.sandbox.control.advance(1)
    expect(await info()).toEqual({ state: 'pending', check_after_secs: 4 })
    k.sandbox.control.advance(1)
    expect(await info()).toEqual({ state: 'in_progress', check_after_secs: 3, progress_percent: 25 })
    k.sandbox.control.advance(5)
    expect(await info()).toEqual({ state: 'in_progress', check_after_secs: 1, progress_percent: 87 })
    k.sandbox.control.advance(1)
    expect((await status(k, access, id)).json.data).toEqual({
      ...{ id, media_key: `7_${id}`, size: movie().length, expires_after_secs: 86_392 },
      video: { video_type: 'video/mp4' },
      processing_info: { state: 'succeeded', progress_percent: 100 },
    })
  })

  it.each([
    ['another codec', movie({ codec: 'hvc1' }), VIDEO],
    ['no video', Buffer.from('hello there, this is a text'), VIDEO],
    [
      'WebM',
      Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
      { ...VIDEO, media_type: 'video/webm' },
    ],
    ['no GIF', samplePng(4, 4), GIF],
  ])('tells that it failed: %s', async (_, bytes, body) => {
    const access = await k.token()
    const made = await inPieces(k, access, bytes, body)
    expect(made.json.data.processing_info.state).toBe('pending')
    k.sandbox.control.advance(1)
    const answer = await status(k, access, made.json.data.id)
    expect([answer.status, answer.json.data.processing_info]).toEqual([
      200,
      { state: 'failed', progress_percent: 100, error: UNSUPPORTED },
    ])
  })

  it('fails what control wants to fail, and no more', async () => {
    const access = await k.token()
    const error = { code: 3, name: 'UnsupportedMedia', message: 'Duration exceeds max duration' }
    k.steer({ failMedia: { times: 1, ...error } })
    // A picture is not processed, and uses nothing up.
    await oneShot(k, access, samplePng(2, 2))
    const infos = []
    for (const bytes of [movie(), movie({ seconds: 3 })]) {
      const { id } = (await inPieces(k, access, bytes, VIDEO)).json.data
      k.sandbox.control.advance(1)
      infos.push((await status(k, access, id)).json.data.processing_info)
    }
    expect(infos).toMatchObject([{ state: 'failed', error }, { state: 'succeeded' }])
  })

  it('is ready at once where processing takes no time', async () => {
    k.steer({ settings: { processingSeconds: 0 } })
    const made = await inPieces(k, await k.token(), sampleGif(2), GIF)
    expect(made.json.data.processing_info).toEqual({ state: 'succeeded', progress_percent: 100 })
  })

  it('knows nothing of a picture, of another’s, of what is not whole or too old', async () => {
    const access = await k.token()
    const picture = (await oneShot(k, access, samplePng(2, 2))).json.data.id
    const begun = (await initialize(k, access, { ...VIDEO, total_bytes: 4 })).json.data.id
    const video = (await inPieces(k, access, movie(), VIDEO)).json.data.id
    for (const id of [picture, begun, '1']) expect(await status(k, access, id)).toMatchObject(NOT_FOUND)
    expect(await status(k, await k.token('tomas'), video)).toMatchObject(NOT_FOUND)
    expect((await k.get(`/2/media/upload?media_id=${video}`, access)).status).toBe(200)
    k.sandbox.control.advance(24 * 3600)
    expect(await status(k, await k.token(), video)).toMatchObject(NOT_FOUND)
  })

  it.each([
    ['', 'media_id'],
    ['?command=STATUS', 'media_id'],
    ['?media_id=x', 'media_id'],
    ['?command=INIT&media_id=1', 'command'],
    ['?media_id=1&x=1', 'x'],
  ])('refuses %s', async (query, name) => {
    const answer = await k.get(`/2/media/upload${query}`, await k.token())
    expect([answer.status, Object.keys(answer.json.errors[0].parameters)]).toEqual([400, [name]])
  })
})
