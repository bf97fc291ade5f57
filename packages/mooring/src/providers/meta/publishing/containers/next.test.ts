/** Each kind of post at Instagram, from nothing known to done; what is made anew, and what never is. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../../../provider.ts'
import type { PostContent, Progress } from '../../../../provider-publishing.ts'
import { publishing as instagram } from '../../../instagram/publishing.ts'
import { answer, assumed, type Call, file, NOW, outcomeOf, say, walk } from '../../../publishing-testing.ts'
import { GRAM, GRAPH, gram } from '../as.fixture.ts'
import { publishing } from '../index.ts'

const EDGE = `${GRAPH}/${GRAM}`
const QUOTA = `GET ${EDGE}/content_publishing_limit?fields=config,quota_usage`
const MAKE = `POST ${EDGE}/media`
const PUBLISH = `POST ${EDGE}/media_publish`
const look = (id: string) => `GET ${GRAPH}/${id}?fields=status_code,status`
const WHERE = `GET ${GRAPH}/m1?fields=permalink,shortcode`
const URL = 'https://www.instagram.com/p/abc/'
const HOUR = 3_600_000

/** Instagram, in short: containers `k1`, `k2`, …; each answers `states` in turn, the last for ever. */
function ig({ states = ['FINISHED'] as (string | object)[], given = {} as Record<string, ApiAnswer> } = {}) {
  let made = 0
  const looks = new Map<string, number>()
  return ({ endpoint, request }: Call): ApiAnswer => {
    if (given[endpoint]) return given[endpoint]
    if (endpoint === 'GET /content_publishing_limit')
      return answer(200, { data: [{ quota_usage: 2, config: { quota_total: 50, quota_duration: 86_400 } }] })
    if (endpoint === 'POST /media') return answer(200, { id: `k${++made}` })
    if (endpoint === 'GET /container') {
      const seen = looks.get(request.url) ?? 0
      looks.set(request.url, seen + 1)
      const state = states[Math.min(seen, states.length - 1)]
      return answer(200, typeof state === 'object' ? state : { status_code: state, id: 'k' })
    }
    if (endpoint === 'POST /ig-api-upload') return answer(200, { success: true })
    if (endpoint === 'POST /media_publish') return answer(200, { id: 'm1' })
    if (endpoint === 'GET /media') return answer(200, { id: 'm1', permalink: URL, shortcode: 'abc' })
    if (endpoint === 'POST /comments') return answer(200, { id: 'c1' })
    throw new Error(`nobody asked for ${endpoint}`)
  }
}
const run = (content: PostContent, reply = ig(), from: Progress = {}) => walk(publishing, content, gram(), reply, from)
const formOf = (call: Call | undefined) => {
  const body = call?.request.body
  return body && 'form' in body ? body.form : undefined
}
const made = (calls: readonly Call[]) => calls.filter(({ endpoint }) => endpoint === 'POST /media').map(formOf)
const error = (code: number, error_subcode?: number) => answer(400, { error: { code, error_subcode, message: 'x' } })
const DONE = { do: 'done', id: 'm1', url: URL }
const picture = say('A & #b', { media: [file('image', { alt: 'Boat' })] })

describe('a picture', () => {
  it('is prepared, waited for, published, and shown', () => {
    const { asked, calls, end } = run(picture)
    expect(asked).toEqual([QUOTA, MAKE, look('k1'), PUBLISH, WHERE])
    expect(made(calls)).toEqual([
      { image_url: 'https://files.example/image-1?s=1', alt_text: 'Boat', caption: 'A & #b' },
    ])
    expect(formOf(calls[3])).toEqual({ creation_id: 'k1' })
    expect(calls.map(({ create }) => create?.part)).toEqual([undefined, undefined, undefined, 'post', undefined])
    expect(end).toEqual(DONE)
  })

  it('is not published before it is finished', () => {
    const { waits, asked } = run(picture, ig({ states: ['IN_PROGRESS', 'IN_PROGRESS', {}, 'FINISHED'] }))
    expect(waits).toEqual([1000, 2000, 3000])
    expect(asked.filter((one) => one === look('k1'))).toHaveLength(4)
    expect(asked.at(-2)).toBe(PUBLISH)
  })

  it('without an address that can be had is published all the same', () => {
    const from = run(picture).progress
    const step = publishing.next(picture, gram(), { ...from, url: null, media: 'm1' }, NOW)
    expect(step).toMatchObject({ do: 'done' })
    const where = publishing.next(picture, gram(), { quota: 0, media: 'm1' }, NOW) as Call
    expect(where).toMatchObject({ name: 'Where is it?', otherwise: { url: '' } })
    expect(publishing.next(picture, gram(), { media: 'm1', url: '' }, NOW)).toEqual({ do: 'done', id: 'm1', url: null })
  })

  it.each([[{}], [undefined], [{ id: '' }]])('published with the answer %j cannot be read', (body) => {
    const { calls } = run(picture)
    expect(() => calls[3]?.read(answer(200, body))).toThrow('cannot be read')
  })
})

describe('a video', () => {
  const video = say('Watch', { media: [file('video', { bytes: 9_000_000 })] })

  it('by a Page is sent as bytes', () => {
    const { asked, calls, end } = run(video)
    expect(asked).toEqual([
      QUOTA,
      MAKE,
      'POST https://rupload.facebook.com/ig-api-upload/k1',
      look('k1'),
      PUBLISH,
      WHERE,
    ])
    expect(made(calls)).toEqual([
      { media_type: 'REELS', share_to_feed: 'true', upload_type: 'resumable', caption: 'Watch' },
    ])
    expect(calls[2]?.request).toMatchObject({
      headers: { offset: '0', file_size: '9000000' },
      authorization: 'OAuth',
      body: { bytes: { media: 'video-1' } },
    })
    expect(end).toEqual(DONE)
  })

  it('goes to the address that Instagram gives', () => {
    const uri = 'https://rupload.facebook.com/ig-api-upload/v26.0/k1'
    const { asked } = run(video, ig({ given: { 'POST /media': answer(200, { id: 'k1', uri }) } }))
    expect(asked[2]).toBe(`POST ${uri}`)
  })

  it('that was sent is not sent again', () => {
    const { progress } = run(video, ig({ given: { 'GET /container': answer(503) } }))
    expect(run(video, ig(), progress).asked).toEqual([look('k1'), PUBLISH, WHERE])
  })

  it.each([
    ['the file', error(-1, 2207082), 5],
    ['its own fault', error(2), 5],
    ['the pace', error(4), 4],
    ['the token', error(190), 4],
  ])('whose upload is refused for %s', (_, refusal, left) => {
    const first = run(video, ig({ given: { 'POST /ig-api-upload': refusal } }))
    expect(first.end).toMatchObject({ do: 'refused' })
    expect(run(video, ig(), first.progress).asked).toHaveLength(left)
  })

  it('by Instagram’s own sign-in is fetched', () => {
    const as = gram({ scopes: ['instagram_business_content_publish'], settings: { API_VERSION: 'v26.0' } })
    const { asked, calls } = walk(instagram, video, as, ig())
    expect(new Set(asked.map((one) => one.split('/')[2]))).toEqual(new Set(['graph.instagram.com']))
    expect(made(calls)).toMatchObject([{ media_type: 'REELS', video_url: 'https://files.example/video-1?s=1' }])
  })
})

describe('a carousel', () => {
  const media = [file('image', { alt: 'A' }), file('video'), file('image', { id: 'c' })]
  const content = say('All', { media, firstComment: 'First' })

  it('has a container each, then one of all', () => {
    const { asked, calls, end } = run(content)
    expect(asked).toEqual([
      ...[QUOTA, MAKE, look('k1'), MAKE, 'POST https://rupload.facebook.com/ig-api-upload/k2', look('k2')],
      ...[MAKE, look('k3'), MAKE, look('k4'), PUBLISH, WHERE, `POST ${GRAPH}/m1/comments`],
    ])
    expect(made(calls)).toEqual([
      { image_url: 'https://files.example/image-1?s=1', alt_text: 'A', is_carousel_item: 'true' },
      { media_type: 'VIDEO', upload_type: 'resumable', is_carousel_item: 'true' },
      { image_url: 'https://files.example/c?s=1', is_carousel_item: 'true' },
      { media_type: 'CAROUSEL', children: 'k1,k2,k3', caption: 'All' },
    ])
    expect(formOf(calls.find(({ endpoint }) => endpoint === 'POST /media_publish'))).toEqual({ creation_id: 'k4' })
    expect(calls[4]?.name).toBe('Upload file 2 of 3')
    expect(end).toEqual(DONE)
  })

  it('goes on after the last that is ready', () => {
    const first = run(content, ig({ given: { 'POST /ig-api-upload': answer(503) } }))
    const { asked } = run(content, ig(), first.progress)
    expect(asked[0]).toMatch(/ig-api-upload/)
    expect(asked.filter((one) => one === MAKE)).toHaveLength(2)
  })

  it('with one child that fails makes that one anew', () => {
    let count = 0
    const reply = ig()
    const first = run(content, (step) =>
      step.request.url.includes('k3') && count++ === 0
        ? answer(200, { status_code: 'ERROR', status: 'Error: 2207052 of the fetch' })
        : reply(step),
    )
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'media', code: '2207052', againAfterMs: 60_000 } } })
    const { calls } = run(content, (step) => reply(step), first.progress)
    expect(made(calls)).toEqual([
      { image_url: 'https://files.example/c?s=1', is_carousel_item: 'true' },
      { media_type: 'CAROUSEL', children: 'k1,k2,k4', caption: 'All' },
    ])
  })

  it('that fails as a whole is made anew as a whole, for nobody tells which file it was', () => {
    const reply = ig()
    const first = run(content, (step) =>
      step.request.url.includes('k4') ? answer(200, { status_code: 'EXPIRED' }) : reply(step),
    )
    expect(first.end).toMatchObject({ outcome: { fault: { code: 'EXPIRED', againAfterMs: 1000 } } })
    expect(made(run(content, reply, first.progress).calls)).toHaveLength(4)
  })

  it.each([
    [error(24, 2207006), 4],
    [error(100, 2207028), 1],
    [error(9007, 2207027), 1],
  ])('whose children are not taken (%#)', (refusal, again) => {
    const first = run(content, (step) => (formOf(step)?.media_type === 'CAROUSEL' ? refusal : ig()(step)))
    expect(made(run(content, ig(), first.progress).calls)).toHaveLength(again)
  })

  it('needs no child any more once it stands', () => {
    const { progress } = run(content, ig({ given: { 'POST /media_publish': answer(503) } }))
    const later = { ...progress, 'parent.at': NOW + 22 * HOUR, 'parent.ready': NOW + 23.5 * HOUR }
    expect(publishing.next(content, gram(), later, NOW + 23.5 * HOUR)).toMatchObject({ name: 'Publish' })
  })
})

describe('a story', () => {
  it.each([
    [
      'a picture',
      file('image', { alt: 'left out' }),
      { media_type: 'STORIES', image_url: 'https://files.example/image-1?s=1' },
    ],
    ['a video', file('video'), { media_type: 'STORIES', upload_type: 'resumable' }],
  ])('of %s has no caption, no alternative text and no comment', (_, one, body) => {
    const content = say('left out', { media: [one], format: 'story', firstComment: 'left out' })
    const { calls, end } = run(content)
    expect(made(calls)).toEqual([body])
    expect(calls.some(({ endpoint }) => endpoint === 'POST /comments')).toBe(false)
    expect(end).toEqual(DONE)
  })
})

describe('the posts of a day', () => {
  const told = (body: unknown) =>
    run(picture, ig({ given: { 'GET /content_publishing_limit': answer(200, body) } })).end
  const waits = { outcome: { fault: { class: 'rate', againAfterMs: HOUR } } }
  const asLong = (used: number, total?: number) => ({
    data: [{ quota_usage: used, ...(total === undefined ? {} : { config: { quota_total: total } }) }],
  })

  it.each([
    [asLong(49, 50), DONE],
    [asLong(50, 50), waits],
    [asLong(99, 100), DONE],
    [asLong(100, 100), waits],
    [asLong(49), DONE],
    [asLong(50), waits],
    [{ data: [] }, DONE],
    [{}, DONE],
  ])('%j', (body, end) => expect(told(body)).toMatchObject(end))

  it('are what the operator says where Instagram does not', () => {
    const as = gram({ settings: { DAILY_POSTS: '25' } })
    const reply = ig({ given: { 'GET /content_publishing_limit': answer(200, asLong(25)) } })
    const { end } = walk(publishing, picture, as, reply)
    expect(end).toMatchObject({ outcome: { fault: { message: expect.stringContaining('25 posts a day') } } })
  })

  it('hold nothing up where they cannot be had', () => {
    expect(publishing.next(picture, gram(), {}, NOW)).toMatchObject({ otherwise: { quota: 0 } })
  })
})

describe('a container', () => {
  it.each([
    ['cannot be made ready', { status_code: 'ERROR', status: 'Error: 2207026' }, '2207026', undefined],
    ['fails by itself', { status_code: 'ERROR', status: 'Error: code 2207001' }, '2207001', 60_000],
    ['fails for what nobody knows', { status_code: 'ERROR', status: '2299999' }, '2299999', undefined],
    ['fails without a word', { status_code: 'ERROR' }, 'ERROR', undefined],
    ['has expired', { status_code: 'EXPIRED' }, 'EXPIRED', 1000],
  ])('that %s is made anew', (_, state, code, againAfterMs) => {
    const first = run(picture, ig({ states: [state] }))
    if (first.end.do !== 'refused' || !('fault' in first.end.outcome)) throw new Error('it should be refused')
    const { fault } = first.end.outcome
    expect([fault.code, fault.againAfterMs]).toEqual([code, againAfterMs])
    expect(['media', 'platform']).toContain(fault.class)
    expect(run(picture, ig(), first.progress).asked).toEqual([MAKE, look('k1'), PUBLISH, WHERE])
  })

  it('that takes for ever is given up, and made anew by hand', () => {
    const { end, waits, progress } = run(picture, ig({ states: ['IN_PROGRESS'] }))
    expect(waits).toHaveLength(60)
    expect(waits.at(-1)).toBe(30_000)
    expect(end).toMatchObject({ outcome: { fault: { class: 'media', code: 'IN_PROGRESS' } } })
    expect(run(picture, ig(), progress).asked[0]).toBe(MAKE)
  })

  it.each([
    ['by itself', ig({ states: [{ status_code: 'ERROR', status: 'Error: 2207001' }] }), 60_000],
    ['by its end', ig({ states: [{ status_code: 'EXPIRED' }] }), 1000],
    ['at what publishes it', ig({ given: { 'POST /media_publish': error(24, 2207008) } }), 30_000],
  ])('that fails %s each time is made anew five times, and then by hand', (_, reply, again) => {
    let progress: Progress = {}
    const faults = Array.from({ length: 7 }, () => {
      const one = run(picture, reply, progress)
      progress = one.progress
      if (one.end.do !== 'refused' || !('fault' in one.end.outcome)) throw new Error('it should be refused')
      return one.end.outcome.fault
    })
    expect(faults.map(({ againAfterMs }) => againAfterMs)).toEqual([...Array(5).fill(again), undefined, again])
    expect(faults[5]).toMatchObject({ class: 'media', message: expect.stringContaining('anew 5 times') })
  })

  it('of a day ago is made anew; of some hours ago is not', () => {
    const progress = { quota: 0, c0: 'old', 'c0.at': NOW - 22 * HOUR, 'c0.ready': NOW - 22 * HOUR }
    expect(run(picture, ig(), progress).asked).toEqual([look('old'), PUBLISH, WHERE])
    expect(run(picture, ig(), { ...progress, 'c0.at': NOW - 23 * HOUR }).asked[0]).toBe(MAKE)
  })

  it.each([error(24, 2207008), error(100, 33)])('that is gone (%#) is made anew', (refusal) => {
    const first = run(picture, ig({ given: { 'GET /container': refusal } }))
    expect(run(picture, ig(), first.progress).asked[0]).toBe(MAKE)
  })

  it('that could not be asked about is kept', () => {
    const first = run(picture, ig({ given: { 'GET /container': error(2) } }))
    expect(run(picture, ig(), first.progress).asked[0]).toBe(look('k1'))
  })

  it('whose file could not be fetched is tried again', () => {
    const first = run(picture, ig({ given: { 'POST /media': error(9004, 2207052) } }))
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'media', againAfterMs: 60_000 } } })
    expect(run(picture, ig(), first.progress).asked[0]).toBe(MAKE)
  })
})

describe('publishing', () => {
  const publish = (refusal: ApiAnswer) => run(picture, ig({ given: { 'POST /media_publish': refusal } }))

  it('too early: it is asked again how it stands', () => {
    const first = publish(error(9007, 2207027))
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'media', againAfterMs: 5000 } } })
    expect(run(picture, ig(), first.progress).asked).toEqual([look('k1'), PUBLISH, WHERE])
  })

  it.each([error(24, 2207006), error(-2, 2207020), answer(500, error(24, 2207006).body)])(
    'of what is gone (%#): it is made anew',
    (refusal) => {
      expect(run(picture, ig(), publish(refusal).progress).asked[0]).toBe(MAKE)
    },
  )

  it('beyond the posts of a day waits, with its container', () => {
    const first = publish(error(9, 2207042))
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'rate', againAfterMs: HOUR } } })
    expect(run(picture, ig(), first.progress).asked[0]).toBe(look('k1'))
  })

  it.each([error(2), error(-1, 2207001), error(1)])(
    'with a fault of theirs (%#) is unknown, and forgets nothing',
    (refusal) => {
      const { end, progress } = publish(refusal)
      expect(end).toMatchObject({ outcome: { fault: { class: 'platform', unknown: true } } })
      expect(progress).toMatchObject({ c0: 'k1', 'c0.ready': NOW })
    },
  )

  it('is asked about just before, each time: what a lost call published is not published twice', () => {
    const { progress } = publish(error(2))
    const step = publishing.next(picture, gram(), progress, NOW + 61_000) as Call
    expect(step.name).toBe('Is the picture ready?')
    expect(outcomeOf(publishing, step, answer(200, { status_code: 'PUBLISHED' }))).toEqual({
      learnt: { published: NOW },
    })
  })
})

describe('published by a call whose answer was lost', () => {
  const content = { ...picture, firstComment: 'First' }
  const published = { quota: 0, c0: 'k1', published: NOW }
  const at = (ms: number) => new Date(NOW + ms).toISOString().replace('Z', '+0000')
  const one = (rest: object = {}) => ({ id: 'm1', caption: 'A & #b', timestamp: at(900), permalink: URL, ...rest })
  const LIST = `GET ${EDGE}/media?fields=id,caption,timestamp,permalink&limit=25`
  const locate = (data: object[]) =>
    walk(publishing, content, gram(), ig({ given: { 'GET /media': answer(200, { data }) } }), published)

  it('is found in the list, and commented on', () => {
    const { asked, end } = locate([one({ id: 'x', caption: 'Another' }), one()])
    expect(asked).toEqual([LIST, `POST ${GRAPH}/m1/comments`])
    expect(end).toEqual(DONE)
  })

  it.each([
    ['the oldest since then', [one({ id: 'm3', timestamp: at(9000) }), one()]],
    ['not one from before, where there is one since', [one(), one({ id: 'm0', timestamp: at(-60_000) })]],
    ['one from just before, for clocks differ', [one({ timestamp: at(-60_000) })]],
  ])('is %s', (_, data) => expect(locate(data).end).toEqual(DONE))

  it.each([
    ['an older twin', [one({ timestamp: at(-121_000) })]],
    ['another caption', [one({ caption: 'A & #b!' })]],
    ['no time', [one({ timestamp: undefined })]],
    ['nothing', []],
  ])('is never taken for %s: it is published all the same, and only its address is not known', (_, data) => {
    const { end, waits, asked } = locate(data)
    expect(waits).toEqual(Array(6).fill(10_000))
    expect(new Set(asked)).toEqual(new Set([LIST]))
    expect(end).toEqual({
      do: 'done',
      id: null,
      url: null,
      warning: 'The first comment was not made. Make it on Instagram.',
    })
  })

  it('as a story is in no list', () => {
    const story = say('', { media: [file()], format: 'story' })
    expect(publishing.next(story, gram(), published, NOW)).toEqual({ do: 'done', id: null, url: null })
  })
})

it.each([
  ['a picture', picture],
  ['a video', say('x', { media: [file('video')], format: 'reel', firstComment: 'y' })],
  ['a story', say('', { media: [file('video')], format: 'story' })],
  ['a carousel', say('x', { media: [file(), file('video')] })],
])('a dry run of %s goes to the end, at either', (_, content) => {
  for (const one of [publishing, instagram]) {
    const steps = assumed(one, content, gram())
    expect(steps.at(-1)).toMatchObject({ do: 'done', id: '<media>' })
    expect(JSON.stringify(steps)).not.toMatch(/undefined|NaN/)
    if (content.media.length > 1) expect(JSON.stringify(steps)).toContain('"children":"<c0>,<c1>"')
  }
})
