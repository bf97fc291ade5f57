/** Whether a Page's post whose answer was lost is there. */
import { describe, expect, it } from 'vitest'
import type { Look, PostContent, Progress, Sighting } from '../../../provider-publishing.ts'
import { answer, file, NOW, say } from '../../publishing-testing.ts'
import { GRAPH, PAGE, page } from './as.fixture.ts'
import { publishing } from './index.ts'

const TEXT = 'Hello & <you> 😀\n\nhttps://example.com/a?b=c '
const at = (ms: number) => new Date(NOW + ms).toISOString().replace('Z', '+0000')
const post = (rest: object = {}) => ({
  id: `${PAGE}_900`,
  message: 'Hello & <you> 😀\n\nhttps://example.com/a?b=c',
  created_time: at(500),
  permalink_url: 'https://www.facebook.com/900',
  ...rest,
})
const other = post({ id: `${PAGE}_1`, message: 'Something else' })
const lookFor = (content: PostContent = say(TEXT), progress: Progress = {}, part = 'post'): Look | undefined =>
  publishing.readBack?.(content, page(), progress, { part, since: NOW, others: new Set() })
const listed = (data: object[], rest: object = {}) => answer(200, { data, ...rest })
const sight = (data: object[], content?: PostContent): Sighting | undefined => lookFor(content)?.read(listed(data))
const FOUND = { found: { post: `${PAGE}_900`, url: 'https://www.facebook.com/900' } }
const unsure = { unsure: expect.any(String) }
const more = (after: string) => ({
  paging: { next: `https://graph.facebook.com/x?after=${after}`, cursors: { after } },
})

it('asks for what the Page published', () => {
  expect(lookFor()).toMatchObject({
    endpoint: 'GET /published_posts',
    request: {
      method: 'GET',
      url: `${GRAPH}/${PAGE}/published_posts?fields=id,message,created_time,permalink_url&limit=50`,
    },
  })
})

it('nobody can look for a comment, a picture without words, or a story of a picture', () => {
  expect(lookFor(say('x'), {}, 'comment')).toBeUndefined()
  expect(lookFor(say(' ', { media: [file()] }))).toBeUndefined()
  expect(lookFor(say('', { link: { url: 'https://example.com' } }))).toBeUndefined()
  expect(lookFor(say('x', { media: [file()], format: 'story' }))).toBeUndefined()
})

describe('found', () => {
  it('and not taken, where another delivery is that post', () => {
    const others = new Set([`${PAGE}_900`])
    const look = publishing.readBack?.(say(TEXT), page(), {}, { part: 'post', since: NOW, others })
    expect(look?.read(listed([other, post()]))).toEqual({ absent: true })
    expect(look?.read(listed([post({ id: `${PAGE}_901` }), post()]))).toMatchObject({ found: { post: `${PAGE}_901` } })
  })

  it('by its words', () => {
    expect(sight([other, post()])).toEqual(FOUND)
    expect(sight([post({ permalink_url: undefined })])).toEqual({ found: { post: `${PAGE}_900` } })
  })

  it('by the words with the address, of pictures', () => {
    const content = say('Look', { media: [file()], link: { url: 'https://example.com/a' } })
    expect(sight([post({ message: 'Look\n\nhttps://example.com/a' })], content)).toEqual(FOUND)
    expect(sight([post({ message: 'Look' })], content)).toEqual({ absent: true })
  })

  it('though the clocks differ by two minutes; an older twin is not it', () => {
    expect(sight([post({ created_time: at(-119_000) })])).toEqual(FOUND)
    expect(sight([post({ created_time: at(-121_000) })])).toEqual({ absent: true })
  })

  it('the oldest since then: the same may have been said again', () => {
    expect(sight([post({ id: 'later', created_time: at(9000) }), post()])).toEqual(FOUND)
  })

  it.each(['2026-11-28T09:00:01+0000', '2026-11-28T10:00:01+0100', '2026-11-28T09:00:01Z'])('at %s', (created_time) => {
    expect(sight([post({ created_time })])).toEqual(FOUND)
  })
})

describe('unsure', () => {
  it.each([
    ['other signs', { message: 'hello & you! 😀 https://example.com/a b c' }],
    ['no time', { created_time: undefined }],
  ])('of one with %s', (_, rest) => {
    expect(sight([post(rest)])).toEqual(unsure)
  })

  it('of an answer that is no list', () => {
    for (const body of [{}, undefined, { data: 'x' }]) expect(lookFor()?.read(answer(200, body))).toEqual(unsure)
  })

  it('not of words without letters', () => {
    expect(sight([post({ message: undefined })], say('😀'))).toEqual({ absent: true })
    expect(sight([post({ message: '😀' })], say('😀'))).toEqual(FOUND)
  })
})

describe('absent', () => {
  it('where the list reaches back to before the attempt, or ends', () => {
    expect(sight([])).toEqual({ absent: true })
    expect(sight([other])).toEqual({ absent: true })
    const old = post({ created_time: at(-999_000) })
    expect(lookFor()?.read(listed([other, old], more('n1')))).toEqual({ absent: true })
  })

  it('else more is asked for', () => {
    const seen = lookFor()?.read(listed([other], more('n/1=')))
    if (!seen || !('look' in seen)) throw new Error('it should look on')
    expect(new URL(seen.look.request.url).searchParams.get('after')).toBe('n/1=')
    expect(seen.look.read(listed([post()]))).toEqual(FOUND)
    expect(seen.look.read(listed([other], more('n/1=')))).toEqual({ absent: true })
  })
})

describe('a video', () => {
  const content = say(TEXT, { media: [file('video')] })
  const progress = { session: '7', video: '900' }
  const look = (of: PostContent, body: object) => lookFor(of, progress)?.read(answer(200, body))
  const state = (video_status: string, publishing?: string) => ({
    status: { video_status, ...(publishing ? { publishing_phase: { status: publishing } } : {}) },
    permalink_url: '/reel/900/',
  })

  it('is asked about by its own id', () => {
    expect(lookFor(content, progress)).toMatchObject({
      endpoint: 'GET /video',
      request: { url: `${GRAPH}/900?fields=status,post_id,permalink_url` },
    })
    expect(lookFor(content, {})).toBeUndefined()
  })

  it('has become a post', () => {
    expect(look(content, { ...state('processing'), post_id: 'p' })).toEqual({
      found: { finished: true, post: 'p', url: 'https://www.facebook.com/reel/900/' },
    })
    expect(look(content, state('ready', 'complete'))).toEqual({ found: { finished: true } })
  })

  it.each([
    ['cannot be read', state('error')],
    ['did not arrive whole', state('upload_failed')],
    ['was not published', state('ready', 'error')],
    ['is ready, and nobody publishes it', state('ready', 'not_started')],
  ])('%s: there is no post', (_, body) => {
    expect(look(content, body)).toEqual({ absent: true })
  })

  it.each([
    ['was uploaded and no more', 'upload_complete', { absent: true }],
    ['is made ready', 'processing', unsure],
    ['is ready, as is said', 'ready', unsure],
  ])('%s: the list has the word', (_, status, otherwise) => {
    const seen = look(content, state(status))
    if (!seen || !('look' in seen)) throw new Error('it should look on')
    expect(seen.look.endpoint).toBe('GET /published_posts')
    expect(seen.look.read(listed([other]))).toEqual(otherwise)
    const found = { finished: true, shown: true, post: `${PAGE}_900`, url: 'https://www.facebook.com/900' }
    expect(seen.look.read(listed([post()]))).toEqual({ found })
  })

  it.each([
    [say('', { media: [file('video')] }), 'upload_complete', { absent: true }],
    [say('left out', { media: [file('video')], format: 'story' }), 'upload_complete', { absent: true }],
    [say('left out', { media: [file('video')], format: 'story' }), 'processing', unsure],
  ] as const)('without words, or a story, is in no list (%#)', (of, status, seen) => {
    expect(look(of, state(status))).toEqual(seen)
  })
})
