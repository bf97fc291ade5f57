/** Videos: parts to the byte as LinkedIn cuts them, without the token, put together in their order. */
import { describe, expect, it } from 'vitest'
import { answer, type Call, file, jsonOf, NOW, outcomeOf, say, walk } from '../../publishing-testing.ts'
import { MARA, organization, person } from './as.fixture.ts'
import { publishing } from './index.ts'

const API = 'https://api.linkedin.com'
const DMS = 'https://www.linkedin.com/dms-uploads'
const MB4 = 4_194_304
const BYTES = 2 * MB4 + 10
const VIDEO = 'urn:li:video:C5'
const RANGES = [
  [0, MB4 - 1],
  [MB4, 2 * MB4 - 1],
  [2 * MB4, BYTES - 1],
] as const
const asked = answer(200, {
  value: {
    video: VIDEO,
    uploadToken: 'tok',
    uploadUrlsExpireAt: NOW + 3_600_000,
    uploadInstructions: RANGES.map(([firstByte, lastByte], place) => ({
      uploadUrl: `${DMS}/${place}`,
      firstByte,
      lastByte,
    })),
  },
})
const content = say('x', { media: [file('video', { bytes: BYTES, title: 'Film', alt: 'A film' })] })

function reply(states: string[] = ['AVAILABLE'], etags = ['"e1"', '/ambry-video/signedId/2', 'W/"e3"']) {
  let part = 0
  return ({ endpoint, request }: Call) => {
    if (endpoint === 'POST /rest/videos') return request.url.endsWith('finalizeUpload') ? answer(200) : asked
    if (endpoint === 'PUT /dms-uploads video') return answer(200, undefined, { etag: etags[part++] ?? '' })
    if (endpoint === 'GET /rest/videos') {
      const status = states.length > 1 ? states.shift() : states[0]
      return answer(200, { status, processingFailureReason: 'CODEC' })
    }
    return answer(201, undefined, { 'x-restli-id': 'urn:li:ugcPost:1' })
  }
}

describe('a video', () => {
  it('goes from its size to the post', () => {
    const seen = walk(publishing, content, person(), reply(['WAITING_UPLOAD', 'PROCESSING', 'AVAILABLE']))
    expect(seen.asked).toEqual([
      `POST ${API}/rest/videos?action=initializeUpload`,
      `PUT ${DMS}/0`,
      `PUT ${DMS}/1`,
      `PUT ${DMS}/2`,
      `POST ${API}/rest/videos?action=finalizeUpload`,
      ...Array.from({ length: 3 }, () => `GET ${API}/rest/videos/urn%3Ali%3Avideo%3AC5`),
      `POST ${API}/rest/posts`,
    ])
    expect(jsonOf(seen.calls[0])).toEqual({
      initializeUploadRequest: { owner: MARA, fileSizeBytes: BYTES, uploadCaptions: false, uploadThumbnail: false },
    })
    const parts = seen.calls.slice(1, 4).map(({ request }) => request)
    expect(parts.map((one) => one.body)).toEqual([
      { bytes: { media: 'video-1', from: 0, to: MB4 } },
      { bytes: { media: 'video-1', from: MB4, to: 2 * MB4 } },
      { bytes: { media: 'video-1', from: 2 * MB4, to: BYTES } },
    ])
    expect(parts.every((one) => one.authorization === 'none')).toBe(true)
    expect(jsonOf(seen.calls[4])).toEqual({
      finalizeUploadRequest: {
        video: VIDEO,
        uploadToken: 'tok',
        uploadedPartIds: ['e1', '/ambry-video/signedId/2', 'e3'],
      },
    })
    expect(seen.waits).toEqual([5000, 5000])
    expect(jsonOf(seen.calls.at(-1))).toMatchObject({
      content: { media: { id: VIDEO, altText: 'A film', title: 'Film' } },
    })
    expect(seen.end).toMatchObject({ do: 'done', id: 'urn:li:ugcPost:1' })
    // What is of no more use is not kept.
    expect(JSON.stringify(seen.progress)).not.toContain('dms-uploads')
  })

  it('goes on after the last part that is there', () => {
    const first = walk(publishing, content, organization(), (step) =>
      step.request.url === `${DMS}/1` ? answer(503) : reply()(step),
    )
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'platform' } } })
    const then = walk(publishing, content, organization(), reply(), first.progress)
    expect(then.asked[0]).toBe(`PUT ${DMS}/1`)
    expect(jsonOf(then.calls[2])).toMatchObject({
      finalizeUploadRequest: { uploadedPartIds: ['e1', 'e1', '/ambry-video/signedId/2'] },
    })
  })

  it('whose part comes back without an ETag is not called uploaded', () => {
    const step = walk(publishing, content, person(), reply()).calls[1] as Call
    expect(() => outcomeOf(publishing, step, answer(200))).toThrow(/cannot be read/)
  })

  it('without instructions is an answer that cannot be read', () => {
    const step = publishing.next(content, person(), {}, NOW) as Call
    expect(() =>
      outcomeOf(publishing, step, answer(200, { value: { video: VIDEO, uploadInstructions: [] } })),
    ).toThrow()
  })

  it.each(['uploadUrlsExpireAt', 'uploadUrlExpiresAt'])('whose addresses are over by %s is begun anew', (name) => {
    const { uploadUrlsExpireAt: _, ...value } = (asked.body as { value: Record<string, unknown> }).value
    const step = publishing.next(content, person(), {}, NOW) as Call
    const outcome = step.read(answer(200, { value: { ...value, [name]: NOW + 3_600_000 } }))
    const progress = 'learnt' in outcome ? outcome.learnt : undefined
    const at = (ms: number) => publishing.next(content, person(), progress ?? {}, NOW + ms)
    expect(at(3_000_000)).toMatchObject({ request: { method: 'PUT' } })
    expect(at(3_600_000)).toMatchObject({ endpoint: 'POST /rest/videos' })
  })

  it('with an empty upload token sends it back empty', () => {
    const step = publishing.next(content, person(), {}, NOW) as Call
    const value = { ...(asked.body as { value: object }).value, uploadToken: '' }
    expect(step.read(answer(200, { value }))).toMatchObject({ learnt: { 'file.0': { token: '' } } })
  })

  it('that cannot be processed says why, and is uploaded anew when it is sent again', () => {
    const { end, progress } = walk(publishing, content, person(), reply(['PROCESSING', 'PROCESSING_FAILED']))
    expect(end).toMatchObject({ outcome: { fault: { class: 'media', code: 'CODEC' } } })
    expect(progress['file.0']).toBeNull()
  })

  it.each([
    [400, { code: 'INVALID_VALUE_FOR_FIELD' }, 'media'],
    [400, { code: 'INVALID_VIDEO_ID' }, 'media'],
    [403, { code: 'ACCESS_DENIED' }, 'permission'],
    [404, undefined, 'permission'],
  ])('that is not put together (%d %j) is uploaded anew when it is sent again', (status, body, of) => {
    const refused = answer(status, body)
    const seen = walk(publishing, content, person(), (step) =>
      step.request.url.endsWith('finalizeUpload') ? refused : reply()(step),
    )
    expect(seen.end).toMatchObject({ outcome: { fault: { class: of } } })
    const again = walk(publishing, content, person(), reply(), seen.progress)
    expect(again.asked[0]).toBe(`POST ${API}/rest/videos?action=initializeUpload`)
    expect(again.end).toMatchObject({ do: 'done' })
  })

  it('is given an hour', () => {
    const { end, waits } = walk(publishing, content, person(), reply(['PROCESSING']))
    expect(end).toMatchObject({ do: 'fail', fault: { class: 'media', message: expect.stringContaining('60 minutes') } })
    expect(waits.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(3_600_000)
    // Each time costs one of the member's 150 calls of the day.
    expect(waits.length).toBeLessThan(50)
    expect(waits.slice(0, 5)).toEqual([5000, 5000, 5000, 5000, 6667])
    expect(Math.max(...waits)).toBe(120_000)
  })

  it.each([403, 404])('whose state is refused (%d) is given a minute instead', (status) => {
    const seen = walk(publishing, content, person(), (step) =>
      step.endpoint === 'GET /rest/videos' ? answer(status, {}) : reply()(step),
    )
    expect(seen.waits).toEqual([60_000])
    expect(seen.end).toMatchObject({ do: 'done' })
  })
})
