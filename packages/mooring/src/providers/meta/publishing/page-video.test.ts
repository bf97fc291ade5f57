/** Videos of a Page: uploaded, published, looked after until there is a post. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../../provider.ts'
import type { Progress } from '../../../provider-publishing.ts'
import { answer, type Call, file, NOW, say, walk } from '../../publishing-testing.ts'
import { GRAPH, PAGE, page } from './as.fixture.ts'
import { publishing } from './index.ts'

const EDGE = `POST ${GRAPH}/${PAGE}`
const MB = 1024 * 1024
const SIZE = 10 * MB + 7
const POST = `${PAGE}_55`
const SEND = 'https://rupload.facebook.com/video-upload/v26.0/900'
const READY = {
  status: { video_status: 'ready', publishing_phase: { status: 'complete' } },
  post_id: POST,
  permalink_url: '/reel/900/',
}
const video = file('video', { bytes: SIZE, title: 'A title' })
const phaseOf = ({ request: { body } }: Call): string | undefined =>
  body && 'form' in body
    ? body.form.upload_phase
    : body && 'multipart' in body
      ? body.multipart.find(({ name }) => name === 'upload_phase')?.value
      : undefined

/** Facebook, in short: wants parts of so many bytes; answers `looks` in turn, the last for ever. */
function facebook({ part = 4 * MB, looks = [READY] as unknown[], finish = {} as object, digits = true } = {}) {
  let looked = 0
  const offsets = (from: number) => {
    const to = Math.min(from + part, SIZE)
    return digits ? { start_offset: `${from}`, end_offset: `${to}` } : { start_offset: from, end_offset: to }
  }
  return (step: Call): ApiAnswer => {
    const phase = phaseOf(step)
    if (step.endpoint === 'GET /video') return answer(200, looks[Math.min(looked++, looks.length - 1)])
    if (step.endpoint === 'POST /comments') return answer(200, { id: '1' })
    if (step.endpoint === 'POST /video-upload') return answer(200, { success: true })
    if (phase === 'start')
      return step.endpoint === 'POST /videos'
        ? answer(200, { upload_session_id: '77', video_id: '900', ...offsets(0) })
        : answer(200, { video_id: '900', upload_url: SEND })
    if (phase === 'transfer') {
      const { body } = step.request
      const field = body && 'multipart' in body ? body.multipart.find(({ media }) => media) : undefined
      return answer(200, offsets(field?.media?.to ?? 0))
    }
    return answer(200, { success: true, ...finish })
  }
}
const formOf = ({ request: { body } }: Call) => (body && 'form' in body ? body.form : undefined)
const error = (code: number, error_subcode?: number) => answer(400, { error: { code, error_subcode, message: 'x' } })
const NOT_ALLOWED = answer(400, { error: { code: 100, message: '(#100) No permission to publish the video' } })
const DONE = { do: 'done', id: POST, url: 'https://www.facebook.com/reel/900/' }

describe('to the feed', () => {
  const content = say('Watch', { media: [video] })

  it.each([true, false])('in the parts that Facebook wants, told as digits: %s', (digits) => {
    const { asked, calls, end } = walk(publishing, content, page(), facebook({ digits }))
    expect(asked).toEqual([...Array(5).fill(`${EDGE}/videos`), `GET ${GRAPH}/900?fields=status,post_id,permalink_url`])
    expect(formOf(calls[0] ?? ({} as never))).toEqual({ upload_phase: 'start', file_size: String(SIZE) })
    expect(calls.slice(1, 4).map(({ request: { body } }) => body && 'multipart' in body && body.multipart)).toEqual(
      [
        [0, 4 * MB],
        [4 * MB, 8 * MB],
        [8 * MB, SIZE],
      ].map(([from, to]) => [
        { name: 'upload_phase', value: 'transfer' },
        { name: 'upload_session_id', value: '77' },
        { name: 'start_offset', value: String(from) },
        { name: 'video_file_chunk', media: { id: 'video-1', fileName: 'my video', mime: 'video/mp4', from, to } },
      ]),
    )
    expect(formOf(calls[4] ?? ({} as never))).toEqual({
      upload_phase: 'finish',
      upload_session_id: '77',
      description: 'Watch',
      title: 'A title',
    })
    expect(calls.map(({ create }) => create?.part)).toEqual([...Array(4).fill(undefined), 'post', undefined])
    expect(end).toEqual(DONE)
  })

  it('in no larger parts than can be held', () => {
    const large = say('x', { media: [{ ...video, bytes: 80 * MB }] })
    const [, transfer] = walk(publishing, large, page(), (step) =>
      phaseOf(step) === 'start'
        ? answer(200, { upload_session_id: '7', video_id: '9', start_offset: '0', end_offset: String(80 * MB) })
        : answer(503),
    ).calls
    expect(JSON.stringify(transfer?.request.body)).toContain(`"from":0,"to":${32 * MB}`)
  })

  it('goes on from the part after the last', () => {
    const first = walk(publishing, content, page(), (step) =>
      JSON.stringify(step.request.body).includes(`"from":${4 * MB}`) ? answer(503) : facebook()(step),
    )
    expect(first.progress).toMatchObject({ session: '77', from: 4 * MB, to: 8 * MB })
    expect(walk(publishing, content, page(), facebook(), first.progress).calls.map(phaseOf)).toEqual([
      'transfer',
      'transfer',
      'finish',
      undefined,
    ])
  })

  it('with a link has its address in the words', () => {
    const { calls } = walk(publishing, { ...content, link: { url: 'https://example.com/a' } }, page(), facebook())
    expect(formOf(calls[4] ?? ({} as never))?.description).toBe('Watch\n\nhttps://example.com/a')
  })

  it.each([
    ['transfer', error(100, 1363019), 5],
    ['transfer', error(352), 5],
    ['finish', error(100, 2069019), 5],
    ['finish', error(1349125), 1],
    ['finish', NOT_ALLOWED, 1],
    ['transfer', NOT_ALLOWED, 4],
    ['transfer', error(613), 4],
    ['transfer', answer(503), 4],
    ['transfer', answer(500), 4],
    ['transfer', answer(500, error(352).body), 5],
    ['transfer', answer(401, error(190).body), 4],
    ['transfer', error(2), 5],
  ] as const)('refused at its %s by %j: what is of use is kept', (phase, refusal, left) => {
    const first = walk(publishing, content, page(), (step) => (phaseOf(step) === phase ? refusal : facebook()(step)))
    expect(first.end).toMatchObject({ do: 'refused' })
    const again = walk(publishing, content, page(), facebook(), first.progress)
    expect(again.calls.filter(({ endpoint }) => endpoint.startsWith('POST'))).toHaveLength(left)
  })

  it('whose upload is refused each time is begun anew five times, and then by hand', () => {
    let progress: Progress = {}
    const again = Array.from({ length: 7 }, () => {
      const refusing = (step: Call) => (phaseOf(step) === 'transfer' ? error(2) : facebook()(step))
      const one = walk(publishing, content, page(), refusing, progress)
      progress = one.progress
      return one.end.do === 'refused' && 'fault' in one.end.outcome ? one.end.outcome.fault.againAfterMs : 'another end'
    })
    expect(again).toEqual([...Array(5).fill(60_000), undefined, 60_000])
  })

  it('goes on from where Facebook says it stands, where it refuses a part', () => {
    const refusal = answer(400, {
      error: { code: 6001, error_subcode: 1363037, error_data: { start_offset: 8 * MB, end_offset: String(SIZE) } },
    })
    let refused = false
    const first = walk(publishing, content, page(), (step) => {
      if (phaseOf(step) !== 'transfer' || refused) return facebook()(step)
      refused = true
      return refusal
    })
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'platform', againAfterMs: 1000 } } })
    const again = walk(publishing, content, page(), facebook(), first.progress)
    expect(again.calls.map(phaseOf)).toEqual(['transfer', 'finish', undefined])
    expect(JSON.stringify(again.calls[0]?.request.body)).toContain(`"from":${8 * MB},"to":${SIZE}`)
  })

  it('whose end is not known keeps what can be looked for', () => {
    const { end, progress } = walk(publishing, content, page(), (step) =>
      phaseOf(step) === 'finish' ? error(1363047) : facebook()(step),
    )
    expect(end).toMatchObject({ outcome: { fault: { class: 'platform', unknown: true } } })
    expect(progress).toMatchObject({ video: '900', session: '77' })
  })
})

describe('in one piece', () => {
  it('a reel: asked for, sent to the other host, published', () => {
    const content = say('A reel', { media: [video], format: 'reel', link: { url: 'https://left.out' } })
    const { asked, calls, end } = walk(publishing, content, page(), facebook())
    expect(asked).toEqual([
      `${EDGE}/video_reels`,
      `POST ${SEND}`,
      `${EDGE}/video_reels`,
      `GET ${GRAPH}/900?fields=status,post_id,permalink_url`,
    ])
    expect(calls[1]?.request).toEqual({
      method: 'POST',
      url: SEND,
      headers: { offset: '0', file_size: String(SIZE) },
      authorization: 'OAuth',
      body: { bytes: { media: 'video-1' } },
    })
    expect(formOf(calls[2] ?? ({} as never))).toEqual({
      upload_phase: 'finish',
      video_id: '900',
      video_state: 'PUBLISHED',
      description: 'A reel',
      title: 'A title',
    })
    expect(calls.map(({ create }) => create?.part)).toEqual([undefined, undefined, 'post', undefined])
    expect(end).toEqual(DONE)
  })

  it('a story: without words', () => {
    const content = say('left out', { media: [video], format: 'story', firstComment: 'left out' })
    const { asked, calls, end } = walk(
      publishing,
      content,
      page(),
      facebook({ finish: { post_id: '66' }, looks: [{}] }),
    )
    expect(asked.slice(0, 3)).toEqual([`${EDGE}/video_stories`, `POST ${SEND}`, `${EDGE}/video_stories`])
    expect(formOf(calls[2] ?? ({} as never))).toEqual({ upload_phase: 'finish', video_id: '900' })
    expect(end).toEqual({ do: 'done', id: '66', url: 'https://www.facebook.com/66' })
  })

  it('is sent anew where the upload is refused', () => {
    const content = say('A reel', { media: [video], format: 'reel' })
    const first = walk(publishing, content, page(), (step) =>
      step.endpoint === 'POST /video-upload' ? error(100, 2069019) : facebook()(step),
    )
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'media' } } })
    expect(walk(publishing, content, page(), facebook(), first.progress).asked).toHaveLength(4)
  })

  it('counts the reels of a day by what publishes them', () => {
    const content = say('A reel', { media: [video], format: 'reel' })
    const { calls } = walk(publishing, content, page(), facebook())
    const counted = publishing.quotas?.(page()) ?? []
    expect(counted).toEqual([{ of: 'account', endpoint: 'POST /video_reels finish', limit: 30, window: 86_400_000 }])
    expect(calls.filter(({ endpoint }) => endpoint === counted[0]?.endpoint)).toHaveLength(1)
  })
})

describe('after it was taken', () => {
  const content = say('Watch', { media: [video], format: 'reel', firstComment: 'First' })
  const processing = { status: { video_status: 'processing' }, permalink_url: '/reel/900/' }

  it('is looked at until it is published, then commented on', () => {
    const waiting = { ...READY, status: { video_status: 'ready', publishing_phase: { status: 'not_started' } } }
    const { waits, asked, end } = walk(publishing, content, page(), facebook({ looks: [processing, waiting, READY] }))
    expect(waits).toEqual([5000, 5000])
    expect(asked.at(-1)).toBe(`POST ${GRAPH}/${POST}/comments`)
    expect(end).toEqual(DONE)
  })

  it.each([
    ['ready', { status: { video_status: 'ready' }, post_id: POST }],
    ['shown, with no word of its state', { post_id: POST }],
  ])('%s: done', (_, body) => {
    const { waits, end } = walk(publishing, content, page(), facebook({ looks: [body] }))
    expect([waits, end]).toEqual([[], { do: 'done', id: POST, url: `https://www.facebook.com/${POST}` }])
  })

  it('is waited for until its post is named, for the comment goes there', () => {
    const unnamed = { ...READY, post_id: undefined }
    const { waits, asked, end } = walk(publishing, content, page(), facebook({ looks: [unnamed, unnamed, READY] }))
    expect(waits).toEqual([5000, 5000])
    expect(asked.at(-1)).toBe(`POST ${GRAPH}/${POST}/comments`)
    expect(end).toEqual(DONE)
  })

  it('whose post is not named in a minute is published all the same: it is ready', () => {
    const unnamed = { ...READY, post_id: undefined }
    const { waits, calls, end } = walk(publishing, content, page(), facebook({ looks: [unnamed] }))
    expect(waits).toEqual(Array(12).fill(5000))
    expect(calls.at(-1)).toMatchObject({ otherwise: { shown: true } })
    expect(end).toEqual({
      do: 'done',
      id: '900',
      url: 'https://www.facebook.com/reel/900/',
      warning: 'The first comment was not made. Make it on Facebook.',
    })
  })

  it('of which nothing is told for a day nobody knows: a person is asked, and what is sent again is uploaded anew', () => {
    const { waits, calls, end } = walk(publishing, content, page(), facebook({ looks: [processing] }))
    expect(waits.slice(0, 120)).toEqual(Array(120).fill(5000))
    expect(waits.reduce((sum, one) => sum + one)).toBe(24 * 3_600_000)
    const doubt = {
      message: expect.stringContaining('say whether it is live'),
      learnt: { video: null, finished: null },
    }
    expect(end).toMatchObject({ do: 'refused', outcome: { fault: doubt } })
    expect(calls.at(-1)).toMatchObject({ doubt })
    expect(calls.at(-1)).not.toHaveProperty('otherwise')
  })

  it('whose post is known is published without more being told, and only the address is missing', () => {
    const { waits, calls, end } = walk(
      publishing,
      content,
      page(),
      facebook({ finish: { post_id: POST }, looks: [processing] }),
    )
    expect(waits).toHaveLength(120)
    expect(calls[3]).toMatchObject({ otherwise: { shown: true } })
    expect(end).toEqual(DONE)
  })

  it.each([100, 10])('that cannot be asked about (%d) is asked about again', (code) => {
    const { end } = walk(publishing, content, page(), (step) =>
      step.endpoint === 'GET /video' ? error(code, 33) : facebook()(step),
    )
    expect(end).toMatchObject({ outcome: { fault: { class: 'permission', againAfterMs: 60_000 } } })
  })

  it.each([
    { video_status: 'error' },
    { video_status: 'upload_failed' },
    { video_status: 'expired' },
    { video_status: 'ready', publishing_phase: { status: 'error' } },
  ])('failed when Facebook cannot read it (%j): it is uploaded anew when it is sent again', (status) => {
    const broken = walk(publishing, content, page(), facebook({ looks: [processing, { status }] }))
    if (broken.end.do !== 'fail') throw new Error(`it is ${broken.end.do}`)
    expect(broken.end.fault).toMatchObject({ class: 'media', message: expect.stringMatching(/send it again\.$/) })
    expect(broken.end.fault.againAfterMs).toBeUndefined()
    const progress = { ...broken.progress, ...broken.end.fault.learnt }
    expect(walk(publishing, content, page(), facebook(), progress).end).toEqual(DONE)
    expect(publishing.next(content, page(), progress, NOW)).toMatchObject({ name: 'Ask to upload the video' })
  })
})
