/** Files: in one request or in pieces, until X is done, with their descriptions. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../../provider.ts'
import { answer, type Call, file, jsonOf, NOW, say, walk } from '../../publishing-testing.ts'
import { mara } from './as.fixture.ts'
import { publishing } from './index.ts'

const UPLOAD = 'https://api.x.com/2/media/upload'
const ID = '1880028106020515840'
const data = (more: object = {}) =>
  answer(200, { data: { id: ID, media_key: `13_${ID}`, expires_after_secs: 86_400, ...more } })
const info = (processing_info: object) => data({ processing_info })
const posted = answer(201, { data: { id: '1' } })

function x(states: ApiAnswer[] = [], given: Record<string, ApiAnswer> = {}) {
  const left = [...states]
  return ({ endpoint }: Call): ApiAnswer => {
    const own = given[endpoint]
    if (own) return own
    if (endpoint === 'POST /2/tweets') return posted
    if (endpoint === 'POST /2/media/upload/append') return answer(200, { data: { expires_at: 1 } })
    if (endpoint === 'POST /2/media/metadata') return answer(200, {})
    if (endpoint === 'POST /2/media/upload/finalize' || endpoint === 'GET /2/media/upload')
      return left.shift() ?? data()
    return data()
  }
}
const video = (bytes = 2_500_000) => say('x', { media: [file('video', { bytes })] })

describe('a small picture', () => {
  it('is one request with its category, then described, then posted', () => {
    const media = [file('image', { alt: 'A cat' })]
    const { asked, calls, progress } = walk(publishing, say('', { media }), mara(), x())
    expect(asked).toEqual([
      `POST ${UPLOAD}`,
      'POST https://api.x.com/2/media/metadata',
      'POST https://api.x.com/2/tweets',
    ])
    expect(calls[0]?.request.body).toEqual({
      multipart: [
        { name: 'media_category', value: 'tweet_image' },
        { name: 'media', media: { id: 'image-1', fileName: 'my image', mime: 'image/jpeg' } },
      ],
    })
    expect(jsonOf(calls[1])).toEqual({ id: ID, metadata: { alt_text: { text: 'A cat' } } })
    expect(jsonOf(calls[2])).toEqual({ media: { media_ids: [ID] } })
    expect(progress['post.media.0']).toMatchObject({ id: ID, key: `13_${ID}`, until: NOW + 86_400_000 })
  })

  it('of more than a piece goes in pieces', () => {
    const media = [file('image', { bytes: 1_048_577 })]
    expect(walk(publishing, say('', { media }), mara(), x()).asked[0]).toBe(`POST ${UPLOAD}/initialize`)
    const large = mara({ UPLOAD_CHUNK_KB: '2048' })
    expect(walk(publishing, say('', { media }), large, x()).asked[0]).toBe(`POST ${UPLOAD}`)
  })

  it('four of them are told apart', () => {
    const media = [1, 2, 3, 4].map((id) => file('image', { id: `f${id}` }))
    let count = 0
    const { calls } = walk(publishing, say('', { media }), mara(), (step) =>
      step.endpoint === 'POST /2/tweets' ? posted : answer(200, { data: { id: `${++count}` } }),
    )
    expect(jsonOf(calls.at(-1))).toEqual({ media: { media_ids: ['1', '2', '3', '4'] } })
    expect(calls[1]?.name).toBe('Upload picture 2 of 4')
  })
})

describe('a video', () => {
  it('goes in pieces to the byte, and is waited for as long as X says', () => {
    const states = [
      info({ state: 'pending', check_after_secs: 1 }),
      info({ state: 'in_progress', check_after_secs: 7, progress_percent: 50 }),
      info({ state: 'in_progress' }),
      info({ state: 'succeeded', progress_percent: 100 }),
    ]
    const seen = walk(publishing, video(), mara(), x(states))
    const status = `GET ${UPLOAD}?command=STATUS&media_id=${ID}`
    expect(seen.asked).toEqual([
      `POST ${UPLOAD}/initialize`,
      ...Array.from({ length: 3 }, () => `POST ${UPLOAD}/${ID}/append`),
      `POST ${UPLOAD}/${ID}/finalize`,
      status,
      status,
      status,
      'POST https://api.x.com/2/tweets',
    ])
    expect(jsonOf(seen.calls[0])).toEqual({
      media_type: 'video/mp4',
      total_bytes: 2_500_000,
      media_category: 'tweet_video',
    })
    const named = { id: 'video-1', fileName: 'my video', mime: 'video/mp4' }
    expect(seen.calls.slice(1, 4).map(({ request }) => request.body)).toEqual([
      {
        multipart: [
          { name: 'segment_index', value: '0' },
          { name: 'media', media: { ...named, from: 0, to: 1_048_576 } },
        ],
      },
      {
        multipart: [
          { name: 'segment_index', value: '1' },
          { name: 'media', media: { ...named, from: 1_048_576, to: 2_097_152 } },
        ],
      },
      {
        multipart: [
          { name: 'segment_index', value: '2' },
          { name: 'media', media: { ...named, from: 2_097_152, to: 2_500_000 } },
        ],
      },
    ])
    expect(seen.calls[4]?.request.body).toBeUndefined()
    expect(seen.waits).toEqual([1000, 7000, 5000])
    expect(jsonOf(seen.calls.at(-1))).toEqual({ text: 'x', media: { media_ids: [ID] } })
  })

  it.each([
    [0, 1000],
    [9999, 600_000],
  ])('told to be asked about after %d s is asked after %d ms', (check_after_secs, ms) => {
    const states = [info({ state: 'pending', check_after_secs }), data()]
    expect(walk(publishing, video(), mara(), x(states)).waits).toEqual([ms])
  })

  it('without processing_info is ready', () => {
    const { waits, end } = walk(publishing, video(), mara(), x())
    expect(waits).toEqual([])
    expect(end).toMatchObject({ do: 'done' })
  })

  it('goes on after the last piece, in pieces of the same size whatever is set by then', () => {
    let count = 0
    const first = walk(publishing, video(), mara(), (step) =>
      step.endpoint === 'POST /2/media/upload/append' && ++count === 2 ? answer(503) : x()(step),
    )
    const { asked, calls } = walk(publishing, video(), mara({ UPLOAD_CHUNK_KB: '4096' }), x(), first.progress)
    expect(asked.slice(0, 3)).toEqual([
      `POST ${UPLOAD}/${ID}/append`,
      `POST ${UPLOAD}/${ID}/append`,
      `POST ${UPLOAD}/${ID}/finalize`,
    ])
    expect(calls[0]?.request.body).toMatchObject({ multipart: [{ value: '1' }, { media: { from: 1_048_576 } }] })
  })

  it('of any size has at most a thousand pieces, of which none is larger than X takes', () => {
    const bytes = 8000 * 1024 ** 2
    expect(publishing.check(video(bytes), mara()).issues.filter((one) => one.severity === 'error')).toEqual([])
    const { calls } = walk(publishing, video(bytes), mara(), x())
    const pieces = calls.filter((one) => one.endpoint.endsWith('append'))
    expect(pieces.length).toBeLessThanOrEqual(1000)
    expect(pieces[0]?.request.body).toMatchObject({ multipart: [{}, { media: { from: 0, to: 8 * 1024 ** 2 } }] })
    expect(pieces.at(-1)?.request.body).toMatchObject({ multipart: [{}, { media: { to: bytes } }] })
  })

  it('that X cannot process says why, and is uploaded anew when it is sent again', () => {
    const failed = info({
      state: 'failed',
      error: { code: 1, name: 'InvalidMedia', message: 'Unsupported frame rate' },
    })
    for (const states of [[failed], [info({ state: 'pending' }), failed]]) {
      const { end, progress } = walk(publishing, video(), mara(), x(states))
      expect(end).toMatchObject({ outcome: { fault: { class: 'media', code: 'InvalidMedia' } } })
      expect(progress['post.media.0']).toBeNull()
    }
  })

  it('is given two hours', () => {
    const pending = info({ state: 'pending', check_after_secs: 600 })
    const { end, waits } = walk(
      publishing,
      video(),
      mara(),
      x([], { 'GET /2/media/upload': pending, 'POST /2/media/upload/finalize': pending }),
    )
    expect(end).toMatchObject({ do: 'fail', fault: { class: 'media', learnt: { 'post.media.0': null } } })
    expect(waits.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(7_200_000)
  })

  it.each(['append', 'finalize'])('refused at %s is begun anew when it is sent again', (what) => {
    const { end, progress } = walk(
      publishing,
      video(),
      mara(),
      x([], { [`POST /2/media/upload/${what}`]: answer(400, {}) }),
    )
    expect(end).toMatchObject({ outcome: { fault: { class: 'media' } } })
    expect(walk(publishing, video(), mara(), x(), progress).asked[0]).toBe(`POST ${UPLOAD}/initialize`)
  })

  it('that X has forgotten by the clock is uploaded anew', () => {
    const { progress } = walk(publishing, video(), mara(), x([], { 'POST /2/tweets': answer(503) }))
    const at = (ms: number) => publishing.next(video(), mara(), progress, NOW + ms)
    expect(at(80_000_000)).toMatchObject({ endpoint: 'POST /2/tweets' })
    expect(at(86_400_000)).toMatchObject({ endpoint: 'POST /2/media/upload/initialize' })
  })
})

it('a GIF goes in pieces, is waited for, and described', () => {
  const media = [file('gif', { alt: 'Dance' })]
  const seen = walk(publishing, say('', { media }), mara(), x([info({ state: 'pending', check_after_secs: 2 })]))
  expect(jsonOf(seen.calls[0])).toMatchObject({ media_category: 'tweet_gif', media_type: 'image/gif' })
  expect(seen.waits).toEqual([2000])
  expect(seen.asked.at(-2)).toContain('/2/media/metadata')
})

it('a picture that is not described is uploaded anew when it is sent again', () => {
  const content = say('', { media: [file('image', { alt: 'A cat' })] })
  const refused = x([], { 'POST /2/media/metadata': answer(404, {}) })
  const { end, progress } = walk(publishing, content, mara(), refused)
  expect(end).toMatchObject({ outcome: { fault: { class: 'media' } } })
  expect(walk(publishing, content, mara(), x(), progress).asked[0]).toBe(`POST ${UPLOAD}`)
})

it('a video is not described', () => {
  const media = [file('video', { alt: 'left out' })]
  expect(walk(publishing, say('', { media }), mara(), x()).asked.join()).not.toContain('metadata')
})
