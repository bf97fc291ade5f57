import { describe, expect, it } from 'vitest'
import { film } from '../../graph/media/testing.ts'
import { errorOf, jpeg, pageKit } from '../posts/testing.ts'
import { NORTHWIND } from '../testing.ts'

const k = pageKit()
const videos = `/${NORTHWIND}/videos`
const video = (fields: Record<string, string | undefined>, token?: string) => k.send(videos, fields, token)
const look = async (id: string) => (await k.read(`/${id}`, { fields: 'status,post_id,permalink_url,published' })).json

describe('a video by its address', () => {
  it('is processed first, and has no post until then', async () => {
    const { json } = await video({ file_url: k.files.mp4(), description: 'Throwing', title: 'A film' })
    expect(json).toEqual({ id: expect.stringMatching(/^14\d{14}$/) })
    const early = await look(json.id)
    expect(early).toMatchObject({ published: false, status: { video_status: 'processing' } })
    expect(early.status.uploading_phase.status).toBe('complete')
    expect(early).not.toHaveProperty('post_id')
    expect(k.ledger()).toEqual([])
    k.advance(3)
    expect(await look(json.id)).not.toHaveProperty('post_id')
    k.advance(5)
    const done = await look(json.id)
    expect(done).toMatchObject({
      ...{ published: true, permalink_url: `/${NORTHWIND}/videos/${json.id}/`, post_id: expect.stringContaining('_') },
      status: { video_status: 'ready', publishing_phase: { status: 'complete', publish_status: 'published' } },
    })
    expect(k.ledger()).toMatchObject([
      { id: done.post_id, kind: 'video', text: 'Throwing', media: [{ kind: 'video' }] },
    ])
    const { data } = (await k.read(`/${NORTHWIND}/posts`, { fields: 'attachments,permalink_url' })).json
    expect(data[0].attachments.data).toMatchObject([{ media_type: 'video', target: { id: json.id } }])
    expect((await fetch(k.at(data[0].permalink_url))).status).toBe(200)
  })

  it('tells its post later still, or a whole address, where it is told to', async () => {
    k.steer({ settings: { postIdMs: 60_000, videoPermalink: 'whole', pageVideoMs: 1000 } })
    const id = await k.id(video({ file_url: k.files.mp4() }))
    k.advance(60)
    const early = await look(id)
    expect([early.published, early.post_id]).toEqual([true, undefined])
    expect(early.permalink_url).toBe(`https://www.facebook.com/${NORTHWIND}/videos/${id}/`)
    k.advance(1)
    expect((await look(id)).post_id).toBeDefined()
  })

  it.each<[string, () => string, number, number | undefined]>([
    ['nobody’s', () => k.files.nobody, 389, undefined],
    ['gone', () => k.files.serve('', 'video/mp4', 404), 389, undefined],
    [
      'elsewhere',
      () => k.files.answering(() => ({ status: 302, headers: { location: k.files.mp4() } })),
      389,
      undefined,
    ],
    ['a picture', () => k.files.jpeg(), 352, 1363024],
    ['no film', () => k.files.serve('no film', 'video/mp4'), 352, 1363024],
  ])('is refused where that is %s', async (_, file_url, code, subcode) => {
    expect(errorOf(await video({ file_url: file_url() }))).toEqual({ status: 400, code, subcode })
  })

  it('is refused without one, and to a person', async () => {
    expect(errorOf(await video({ description: 'x' }))).toMatchObject({ code: 100 })
    expect(errorOf(await video({ file_url: k.files.mp4() }, k.user))).toMatchObject({ status: 403, code: 200 })
  })

  it('is scheduled, or not shown at all', async () => {
    const at = { published: 'false', scheduled_publish_time: '+1 hour' }
    const id = await k.id(video({ file_url: k.files.mp4(), ...at }))
    const hidden = await k.id(video({ file_url: k.files.mp4(), published: 'false' }))
    k.advance(10)
    expect((await look(id)).status.publishing_phase).toMatchObject({ publish_status: 'scheduled' })
    expect((await look(hidden)).status.publishing_phase).toMatchObject({ publish_status: 'draft' })
    expect(k.ledger()).toEqual([])
    k.advance(3600)
    expect(k.ledger()).toHaveLength(1)
    expect(errorOf(await video({ file_url: k.files.mp4(), scheduled_publish_time: '+1 hour' })).code).toBe(100)
  })

  it('fails while it is processed, where it is told to, and is never seen', async () => {
    k.steer({ failProcessing: { what: 'video', code: 1363024, message: 'Corrupt' } })
    const id = await k.id(video({ file_url: k.files.mp4() }))
    k.advance(3)
    expect((await look(id)).status).toMatchObject({
      video_status: 'error',
      processing_phase: { status: 'error', error: { message: 'Corrupt' } },
    })
    expect(k.ledger()).toEqual([])
    const { json } = await k.read(videos)
    expect(json.data).toEqual([])
  })

  it('goes with its post, and its post with it', async () => {
    const id = await k.id(video({ file_url: k.files.mp4() }))
    k.advance(3)
    expect((await k.read(videos, { fields: 'id' })).json.data).toEqual([{ id }])
    await k.remove(`/${id}`)
    expect(k.ledger()).toMatchObject([{ deleted: true }])
    expect(errorOf(await k.read(`/${id}`))).toMatchObject({ subcode: 33 })
  })
})

describe('a video as a file of a form', () => {
  it('is taken whole', async () => {
    const { json } = await k.upload(videos, { source: film(), description: 'Whole' })
    k.advance(3)
    expect(k.ledger()).toMatchObject([{ text: 'Whole' }])
    expect((await look(json.id)).status.video_status).toBe('ready')
    expect(errorOf(await k.upload(videos, { source: jpeg() }))).toMatchObject({ code: 352 })
  })
})

describe('a video in chunks', () => {
  const bytes = film({ bytes: 10_000 })
  const start = async (file_size = bytes.length) =>
    (await video({ upload_phase: 'start', file_size: String(file_size) })).json
  const transfer = (upload_session_id: string, start_offset: string, chunk: Uint8Array) =>
    k.upload(videos, { upload_phase: 'transfer', upload_session_id, start_offset, video_file_chunk: chunk })

  it('is told where each begins and ends', async () => {
    k.steer({ settings: { chunkBytes: 4000 } })
    const begun = await start()
    expect(begun).toEqual({
      ...{ video_id: expect.stringMatching(/^14/), upload_session_id: expect.stringMatching(/^16/) },
      ...{ start_offset: '0', end_offset: '4000' },
    })
    let { start_offset, end_offset } = begun
    const ranges: string[] = []
    while (start_offset !== end_offset) {
      ranges.push(`${start_offset}-${end_offset}`)
      const chunk = bytes.slice(Number(start_offset), Number(end_offset))
      const answer = await transfer(begun.upload_session_id, start_offset, chunk)
      ;({ start_offset, end_offset } = answer.json)
    }
    expect(ranges).toEqual(['0-4000', '4000-8000', '8000-10000'])
    expect([start_offset, end_offset]).toEqual(['10000', '10000'])
    k.advance(60)
    expect(k.ledger()).toEqual([])
    const finish = { upload_phase: 'finish', upload_session_id: begun.upload_session_id, description: 'Chunks' }
    expect((await video(finish)).json).toEqual({ success: true })
    expect(k.ledger()).toMatchObject([{ kind: 'video', text: 'Chunks' }])
    k.advance(5)
    expect((await look(begun.video_id)).post_id).toBe(k.ledger()[0]?.id)
    // A session is over with its end: a second one publishes nothing.
    expect(errorOf(await video(finish))).toMatchObject({ code: 100 })
    expect(k.ledger()).toHaveLength(1)
  })

  it('is refused a wrong offset, and told the right one', async () => {
    k.steer({ settings: { chunkBytes: 4000 } })
    const { upload_session_id: session } = await start()
    await transfer(session, '0', bytes.slice(0, 4000))
    for (const [offset, chunk] of [
      ['0', bytes.slice(0, 4000)],
      ['8000', bytes.slice(8000)],
      ['4000', bytes.slice(4000, 8001)],
      ['4000', new Uint8Array()],
      ['soon', bytes.slice(4000, 8000)],
    ] as const) {
      const { status, json } = await transfer(session, offset, chunk)
      expect(status).toBe(400)
      expect(json.error).toMatchObject({
        code: 6001,
        error_subcode: 1363037,
        error_data: { start_offset: 4000, end_offset: 8000 },
      })
    }
    expect((await transfer(session, '4000', bytes.slice(4000, 5000))).json).toEqual({
      start_offset: '5000',
      end_offset: '9000',
    })
  })

  it('is refused an end that comes too early', async () => {
    const { upload_session_id } = await start()
    const answer = await video({ upload_phase: 'finish', upload_session_id })
    expect(errorOf(answer)).toEqual({ status: 400, code: 6000, subcode: 1363130 })
    expect(answer.json.error.error_user_title).toBe('Video Upload Is Missing')
  })

  it.each<[string, Record<string, string>]>([
    ['a phase that is none', { upload_phase: 'begin' }],
    ['no size', { upload_phase: 'start' }],
    ['a size of nothing', { upload_phase: 'start', file_size: '0' }],
    ['no session', { upload_phase: 'finish' }],
    ['a session that is not there', { upload_phase: 'transfer', upload_session_id: '1', start_offset: '0' }],
  ])('is refused %s', async (_, fields) => {
    expect(errorOf(await video(fields))).toMatchObject({ status: 400, code: 100 })
  })

  it('is given up', async () => {
    const { upload_session_id } = await start()
    expect((await video({ upload_phase: 'cancel', upload_session_id })).json).toEqual({ success: true })
    expect(errorOf(await transfer(upload_session_id, '0', bytes))).toMatchObject({ code: 100 })
  })
})
