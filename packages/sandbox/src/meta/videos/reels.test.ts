import { request } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import { film } from '../../graph/media/testing.ts'
import { START } from '../../kit.ts'
import { errorOf, pageKit } from '../posts/testing.ts'
import { CERAMICS, NORTHWIND } from '../testing.ts'

const k = pageKit()
const bytes = film({ bytes: 20_000 })
const reels = (fields: Record<string, string | undefined>, token?: string) =>
  k.send(`/${NORTHWIND}/video_reels`, fields, token)
const begin = async (edge = 'video_reels') => (await k.send(`/${NORTHWIND}/${edge}`, { upload_phase: 'start' })).json
const oauth = (token = k.token) => ({ authorization: `OAuth ${token}` })
const path = (upload_url: string) => new URL(upload_url).pathname
const proven = (url: string) => `${k.at(url)}?appsecret_proof=${k.proof(k.token)}`
const send = (url: string, part: Uint8Array, offset = 0, size = bytes.length) =>
  k.rupload(path(url), { ...oauth(), offset: String(offset), file_size: String(size) }, part)
const end = (video_id: string, more: Record<string, string> = {}) =>
  reels({ upload_phase: 'finish', video_id, video_state: 'PUBLISHED', description: 'A reel', ...more })
const status = async (id: string) => (await k.read(`/${id}`, { fields: 'status' })).json.status

async function uploaded(film = bytes, edge?: string): Promise<string> {
  const { video_id, upload_url } = await begin(edge)
  const answer = await send(upload_url, film, 0, film.length)
  if (answer.status !== 200) throw new Error(answer.text)
  return video_id
}

describe('a reel', () => {
  it('begins, is sent, ends, and is seen once it is processed', async () => {
    const { video_id, upload_url } = await begin()
    expect(upload_url).toBe(`https://rupload.facebook.com/video-upload/v26.0/${video_id}`)
    expect(await status(video_id)).toMatchObject({
      video_status: 'uploading',
      uploading_phase: { status: 'not_started' },
    })
    expect((await send(upload_url, bytes)).json).toEqual({ success: true })
    expect(await status(video_id)).toMatchObject({
      video_status: 'upload_complete',
      publishing_phase: { status: 'not_started' },
    })
    expect((await end(video_id)).json).toEqual({ success: true })
    expect(k.ledger()).toEqual([])
    k.advance(3)
    expect(await status(video_id)).toMatchObject({
      ...{ video_status: 'ready', processing_phase: { status: 'complete' } },
      publishing_phase: { status: 'complete', publish_status: 'published', publish_time: START / 1000 + 3 },
    })
    const [entry] = k.ledger()
    expect(entry).toMatchObject({ kind: 'reel', text: 'A reel', account: NORTHWIND, at: START + 3000 })
    k.advance(5)
    const { json } = await k.read(`/${video_id}`, { fields: 'post_id,permalink_url,description' })
    expect(json).toMatchObject({ post_id: entry?.id, permalink_url: `/reel/${video_id}/`, description: 'A reel' })
    expect((await fetch(k.at(`https://www.facebook.com/reel/${video_id}/`))).status).toBe(200)
    expect((await k.read(`/${NORTHWIND}/video_reels`, { fields: 'id' })).json.data).toEqual([{ id: video_id }])
  })

  it('is published once, however often it is ended', async () => {
    const id = await uploaded()
    await Promise.all([end(id), end(id, { description: 'Another' }), end(id)])
    expect((await end(id)).json).toEqual({ success: true })
    k.advance(3)
    expect(k.ledger()).toHaveLength(1)
  })

  it('is a draft, or waits for its time', async () => {
    await end(await uploaded(), { video_state: 'DRAFT' })
    const time = String(START / 1000 + 3600)
    await end(await uploaded(), { video_state: 'SCHEDULED', scheduled_publish_time: time })
    k.advance(60)
    expect(k.ledger()).toEqual([])
    k.advance(3600)
    expect(k.ledger()).toHaveLength(1)
  })

  it.each<[string, Record<string, string | undefined>, number, number | undefined]>([
    ['no phase', {}, 100, undefined],
    ['a phase that is none', { upload_phase: 'transfer' }, 100, undefined],
    ['no video', { upload_phase: 'finish', video_state: 'PUBLISHED' }, 100, undefined],
    ['a video that is not there', { upload_phase: 'finish', video_id: '14', video_state: 'PUBLISHED' }, 100, undefined],
  ])('is refused: %s', async (_, fields, code, subcode) => {
    expect(errorOf(await reels(fields))).toEqual({ status: 400, code, subcode })
  })

  it.each<[string, Record<string, string>]>([
    ['no state', { video_state: '' }],
    ['a state that is none', { video_state: 'LIVE' }],
    ['a schedule without a time', { video_state: 'SCHEDULED' }],
    ['a time too far away', { video_state: 'SCHEDULED', scheduled_publish_time: '+30 days' }],
    ['a time of what is published', { scheduled_publish_time: '+1 hour' }],
    ['too long a text', { description: 'a'.repeat(63_207) }],
  ])('is refused: %s', async (_, more) => {
    expect(errorOf(await end(await uploaded(), more))).toMatchObject({ status: 400, code: 100 })
    k.advance(3)
    expect(k.ledger()).toEqual([])
  })

  it('is refused an end before its bytes', async () => {
    const { video_id } = await begin()
    expect(errorOf(await end(video_id))).toEqual({ status: 400, code: 6000, subcode: 1363130 })
  })

  it('is refused to a person', async () => {
    expect(errorOf(await reels({ upload_phase: 'start' }, k.user))).toMatchObject({ status: 403, code: 200 })
  })

  it('is one of thirty in a day', async () => {
    k.steer({ settings: { reelsPerDay: 1 } })
    await end(await uploaded())
    const second = await uploaded()
    expect(errorOf(await end(second))).toMatchObject({ status: 400, code: 613 })
    expect((await end(second, { video_state: 'DRAFT' })).status).toBe(200)
    k.advance(24 * 3600)
    expect((await end(await uploaded())).status).toBe(200)
  })

  it.each<[string, Parameters<typeof film>[0], number]>([
    ['of another shape', { width: 1080, height: 1080 }, 1363040],
    ['that is small', { width: 360, height: 640 }, 1363127],
    ['that is short', { seconds: 2 }, 1363128],
    ['that is long', { seconds: 91 }, 1363128],
    ['of few pictures', { rate: 20 }, 1363129],
  ])('%s fails while it is processed', async (_, how, code) => {
    const id = await uploaded(film({ bytes: 20_000, ...how }))
    await end(id)
    k.advance(3)
    const { video_status, processing_phase } = await status(id)
    expect([video_status, processing_phase.status, processing_phase.errors[0].code]).toEqual(['error', 'error', code])
    expect(processing_phase.error.message).toContain("isn't supported on Facebook")
    expect(k.ledger()).toEqual([])
  })
})

describe('the upload host', () => {
  const fault = (type: string, message: string, retriable = false) => ({ debug_info: { retriable, type, message } })
  const unauthorized = fault('NotAuthorizedError', 'User not authorized to perform this request')

  it('knows a Page’s token after OAuth, and of that Page alone', async () => {
    const { upload_url } = await begin()
    const size = { offset: '0', file_size: String(bytes.length) }
    const ceramics = await k.page(k.user, CERAMICS)
    for (const headers of [
      {},
      { authorization: `Bearer ${k.token}` },
      oauth(k.user),
      oauth(ceramics),
      oauth('EAAnothing'),
    ]) {
      const { status, json } = await k.rupload(path(upload_url), { ...size, ...(headers as object) }, bytes)
      expect([status, json]).toEqual([400, unauthorized])
    }
    expect((await k.rupload('/video-upload/v26.0/14', { ...size, ...oauth() }, bytes)).json).toEqual(unauthorized)
    k.steer({ endGrant: { why: 'removed' } })
    expect((await send(upload_url, bytes)).json).toEqual(unauthorized)
  })

  it('wants the proof of the token, and its permissions', async () => {
    const { upload_url } = await begin()
    const headers = { ...oauth(), offset: '0', file_size: String(bytes.length) }
    const sent = (proof?: string) => k.rupload(path(upload_url), headers, bytes, proof)
    expect((await sent(k.proof(k.user))).json).toEqual(unauthorized)
    expect((await sent('')).json).toEqual(unauthorized)
    k.steer({ decline: { permission: 'pages_manage_posts' } })
    expect((await sent()).json).toEqual(unauthorized)
  })

  it.each([
    ['offset', { file_size: '20000' }, 'Offset'],
    ['file_size', { offset: '0' }, 'File_size'],
    ['offset', { offset: '-1', file_size: '20000' }, 'Offset'],
  ])('wants the header %s', async (_, headers, shown) => {
    const { upload_url } = await begin()
    const { status, json } = await k.rupload(path(upload_url), { ...oauth(), ...(headers as object) }, bytes)
    const message = `HeaderValuePredicate: Header ${shown} not convertable to unsigned long`
    expect([status, json]).toEqual([400, fault('ParameterValidationError', message)])
  })

  it('goes on where it was broken off, and nowhere else', async () => {
    const { video_id, upload_url } = await begin()
    const part = await send(upload_url, bytes.slice(0, 8000))
    expect([part.status, part.json.debug_info.type]).toEqual([400, 'PartialRequestError'])
    expect((await status(video_id)).uploading_phase).toEqual({ status: 'in_progress', bytes_transfered: 8000 })
    const again = await send(upload_url, bytes)
    expect([again.status, again.json]).toEqual([400, fault('OffsetInvalidError', 'Request starting offset is invalid')])
    expect((await send(upload_url, bytes.slice(8000), 8000, 21_000)).json.debug_info.type).toBe('PartialRequestError')
    expect((await send(upload_url, bytes.slice(8000), 8000)).json).toEqual({ success: true })
    expect((await send(upload_url, bytes)).json).toEqual(fault('ProcessingFailedError', 'Request processing failed'))
    await end(video_id)
    k.advance(3)
    expect(k.ledger()).toHaveLength(1)
  })

  it('takes a file from one sender at a time', async () => {
    const { video_id, upload_url } = await begin()
    const headers = { ...oauth(), offset: '0', file_size: String(bytes.length), 'content-length': bytes.length }
    const first = request(proven(upload_url), { method: 'POST', headers })
    const answered = new Promise((done) => first.on('response', ({ statusCode }) => done(statusCode)))
    first.flushHeaders()
    await vi.waitFor(() => expect(k.sandbox.control.requests('meta.video-upload')).toBe(1), 60_000)
    expect((await send(upload_url, bytes)).json.debug_info.type).toBe('OffsetInvalidError')
    first.end(bytes)
    expect(await answered).toBe(200)
    expect((await end(video_id)).status).toBe(200)
  })

  it('keeps what came until a connection died', async () => {
    const { video_id, upload_url } = await begin()
    const giveUp = new AbortController()
    const body = new ReadableStream({
      async pull(controller) {
        controller.enqueue(bytes.slice(0, 8000))
        // Not before the bytes are there.
        await vi.waitFor(
          async () => expect((await status(video_id)).uploading_phase.bytes_transfered).toBe(8000),
          60_000,
        )
        giveUp.abort()
      },
    })
    const init = { method: 'POST', headers: { ...oauth(), offset: '0', file_size: '20000' }, body, duplex: 'half' }
    const url = proven(upload_url)
    await expect(fetch(url, { ...init, signal: giveUp.signal } as RequestInit)).rejects.toThrow()
    // The dead connection is noticed a moment later; until then the file is somebody else's.
    await vi.waitFor(
      async () => expect((await send(upload_url, bytes.slice(8000), 8000)).json).toEqual({ success: true }),
      60_000,
    )
  })

  it('fetches a file itself', async () => {
    const { video_id, upload_url } = await begin()
    const fetched = (file_url: string) => k.rupload(path(upload_url), { ...oauth(), file_url })
    expect((await fetched(k.files.nobody)).json).toEqual(fault('ProcessingFailedError', 'Request processing failed'))
    expect((await fetched(k.files.mp4())).json).toEqual({ success: true })
    expect((await end(video_id)).status).toBe(200)
    k.steer({ settings: { hostedOffset: 'required' } })
    const next = await begin()
    const without = await k.rupload(path(next.upload_url), { ...oauth(), file_url: k.files.mp4() })
    expect(without.json.debug_info.message).toContain('Header Offset not convertable')
  })

  it('takes a large file without holding it', async () => {
    const large = film({ bytes: 60 * 1024 * 1024 })
    const { video_id, upload_url } = await begin()
    expect((await send(upload_url, large, 0, large.length)).json).toEqual({ success: true })
    expect((await end(video_id)).status).toBe(200)
  })
})

describe('a story', () => {
  it('of a photo that was staged, once', async () => {
    const photo_id = await k.stage({ alt_text_custom: 'Blue' })
    const { json } = await k.send(`/${NORTHWIND}/photo_stories`, { photo_id })
    expect(json).toEqual({ success: true, post_id: expect.stringContaining(`${NORTHWIND}_`) })
    expect(k.ledger()).toMatchObject([{ id: json.post_id, kind: 'story', media: [{ kind: 'image', alt: 'Blue' }] }])
    expect(errorOf(await k.send(`/${NORTHWIND}/photo_stories`, { photo_id }))).toMatchObject({ subcode: 1366051 })
    expect((await k.read(`/${NORTHWIND}/feed`)).json.data).toEqual([])
    const page = k.at(`https://www.facebook.com/stories/${NORTHWIND}/${json.post_id.split('_')[1]}/`)
    expect((await fetch(page)).status).toBe(200)
    k.advance(24 * 3600)
    expect((await fetch(page)).status).toBe(404)
    expect(errorOf(await k.read(`/${json.post_id}`))).toMatchObject({ subcode: 33 })
  })

  it('of no photo is refused', async () => {
    expect(errorOf(await k.send(`/${NORTHWIND}/photo_stories`, {}))).toMatchObject({ code: 100 })
    expect(errorOf(await k.send(`/${NORTHWIND}/photo_stories`, { photo_id: '13' }))).toMatchObject({ code: 100 })
    const photo_id = await k.stage()
    expect(errorOf(await k.send(`/${NORTHWIND}/photo_stories`, { photo_id }, k.user))).toMatchObject({ code: 200 })
  })

  it('of a video is told its post at once, and lasts a minute at most', async () => {
    const story = (video_id: string) => k.send(`/${NORTHWIND}/video_stories`, { upload_phase: 'finish', video_id })
    const id = await uploaded(bytes, 'video_stories')
    const { json } = await story(id)
    expect(json).toEqual({ success: true, post_id: expect.stringContaining(`${NORTHWIND}_`) })
    const long = await uploaded(film({ bytes: 20_000, seconds: 61 }), 'video_stories')
    await story(long)
    k.advance(3)
    expect((await status(long)).video_status).toBe('error')
    expect(k.ledger()).toMatchObject([{ id: json.post_id, kind: 'story' }])
    // A reel's video is none of a story.
    expect(errorOf(await story(await uploaded()))).toMatchObject({ code: 100 })
  })
})
