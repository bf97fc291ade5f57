/** Whether a post whose answer was lost is among the person's posts. */
import { describe, expect, it } from 'vitest'
import type { Look, PostContent, Progress, Sighting } from '../../../provider-publishing.ts'
import { answer, file, NOW, say } from '../../publishing-testing.ts'
import { mara, SCOPES } from './as.fixture.ts'
import { publishing } from './index.ts'
import { likenessOf } from './words.ts'

const at = (ms: number) => new Date(NOW + ms).toISOString()
const TEXT = 'R&D <now> see https://Example.com/a/ and example.org\n\nBye 😀 '
const post = (rest: object = {}) => ({
  id: '900',
  author_id: '1790000000000000101',
  created_at: at(500),
  text: 'R&amp;D &lt;now&gt; see https://t.co/aaa and https://t.co/bbb\n\nBye 😀',
  entities: {
    urls: [
      { start: 1, end: 2, url: 'https://t.co/aaa', expanded_url: 'https://Example.com/a', display_url: 'x' },
      { start: 3, end: 4, url: 'https://t.co/bbb', expanded_url: 'http://example.org', display_url: 'x' },
    ],
  },
  ...rest,
})

function lookFor(content: PostContent = say(TEXT), part = 'post', progress: Progress = {}): Look {
  const look = publishing.readBack?.(content, mara(), progress, { part, since: NOW, others: new Set() })
  if (!look) throw new Error('nothing to look at')
  return look
}
const page = (posts: object[], meta: object = {}) =>
  answer(200, { data: posts, meta: { result_count: posts.length, ...meta } })
const sight = (posts: object[], content?: PostContent, part?: string, progress?: Progress): Sighting =>
  lookFor(content, part, progress).read(page(posts))
const FOUND = { found: { post: '900' } }
const unsure = { unsure: expect.any(String) }

describe('who may look', () => {
  const may = (as: Parameters<NonNullable<typeof publishing.readBack>>[1], part = 'post') =>
    publishing.readBack?.(say('x'), as, {}, { part, since: NOW, others: new Set() }) !== undefined

  it('everybody who can read, unless the operator saves the money', () => {
    expect(may(mara())).toBe(true)
    expect(may(mara({ READ_BACK: 'off' }))).toBe(false)
    for (const scope of ['tweet.read', 'users.read'])
      expect(
        may(
          mara(
            {},
            {},
            SCOPES.filter((one) => one !== scope),
          ),
        ),
      ).toBe(false)
    expect(may(mara(), 'thread.0')).toBe(false)
  })

  it('asks for the time in question alone', () => {
    const { endpoint, request } = lookFor()
    const url = new URL(request.url)
    expect(endpoint).toBe('GET /2/users/:id/tweets')
    expect(url.origin + url.pathname).toBe('https://api.x.com/2/users/1790000000000000101/tweets')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      max_results: '10',
      start_time: '2026-11-28T08:58:00Z',
      'tweet.fields': 'attachments,author_id,created_at,entities,note_tweet,referenced_tweets',
    })
  })
})

describe('found', () => {
  it('and not taken, where another delivery is that post', () => {
    const look = publishing.readBack?.(say(TEXT), mara(), {}, { part: 'post', since: NOW, others: new Set(['900']) })
    expect(look?.read(page([post()]))).toEqual({ absent: true })
    expect(look?.read(page([post({ id: '901' }), post()]))).toEqual({ found: { post: '901' } })
  })

  it('by its words, as X gives them back', () => {
    expect(sight([post()])).toEqual(FOUND)
    // Of addresses that X does not explain, it is enough that there are addresses.
    expect(sight([post({ entities: undefined })])).toEqual(FOUND)
  })

  it('though the clocks differ by two minutes', () => {
    expect(sight([post({ created_at: at(-119_000) })])).toEqual(FOUND)
    expect(sight([post({ created_at: at(-121_000) })])).toEqual({ absent: true })
  })

  it.each(['note_tweet', 'note_post'])('long, by its %s', (name) => {
    const long = 'word '.repeat(100)
    const cut = { text: `${long.slice(0, 270)}… https://t.co/zzz`, entities: undefined }
    expect(sight([post({ ...cut, [name]: { text: long } })], say(long))).toEqual(FOUND)
    // Without the note nobody knows how it went on.
    expect(sight([post(cut)], say(long))).toMatchObject(unsure)
  })

  it('with files, whose address X appends', () => {
    const media = [file()]
    const progress = { 'post.media.0': { id: '77', key: '3_77' } }
    const shown = (text: string, keys?: string[], urls?: object[]) =>
      post({ text, entities: { urls }, ...(keys ? { attachments: { media_keys: keys } } : {}) })
    const photo = { url: 'https://t.co/ppp', expanded_url: 'https://x.com/mara/status/900/photo/1' }
    const keyed = { url: 'https://t.co/ppp', media_key: '3_77', expanded_url: 'https://x.com/whatever' }
    for (const urls of [[photo], [keyed], undefined]) {
      expect(sight([shown('Cat https://t.co/ppp', ['3_77'], urls)], say('Cat', { media }), 'post', progress)).toEqual(
        FOUND,
      )
      expect(sight([shown('https://t.co/ppp', ['3_77'], urls)], say('', { media }), 'post', progress)).toEqual(FOUND)
    }
    expect(sight([shown('Cat https://t.co/ppp', undefined, [photo])], say('Cat', { media }), 'post', progress)).toEqual(
      FOUND,
    )
    expect(sight([shown('https://t.co/ppp', undefined, [photo])], say('', { media }), 'post', progress)).toMatchObject(
      unsure,
    )
    expect(sight([shown('https://t.co/ppp', ['3_88'], [photo])], say('', { media }), 'post', progress)).toMatchObject(
      unsure,
    )
  })

  it('a part of a thread, by what it answers to, in either vocabulary', () => {
    const content = say('one', {
      thread: [
        { text: 'two', media: [] },
        { text: 'two', media: [] },
      ],
    })
    const progress = { post: '1', 'thread.0': '2' }
    const part = (referenced: object, rest = {}) => post({ text: 'two', entities: undefined, ...referenced, ...rest })
    const answers = (id: string) => [{ type: 'replied_to', id }]
    const seen = (one: object) => sight([one], content, 'thread.1', progress)
    const found = { found: { 'thread.1': '900' } }
    expect(seen(part({ referenced_tweets: answers('2') }))).toEqual(found)
    expect(seen(part({ referenced_posts: answers('2') }))).toEqual(found)
    // Its twin before it, which is known, and one that answers to something else.
    expect(seen(part({ referenced_tweets: answers('2') }, { id: '2' }))).toEqual({ absent: true })
    expect(seen(part({ referenced_tweets: answers('1') }))).toEqual({ absent: true })
    expect(seen(part({}))).toMatchObject(unsure)
  })

  it('the comment, too', () => {
    const content = say('one', { firstComment: 'two' })
    const seen = post({ text: 'two', entities: undefined, referenced_tweets: [{ type: 'replied_to', id: '1' }] })
    expect(sight([seen], content, 'comment', { post: '1' })).toEqual({ found: { comment: '900' } })
  })

  it('the oldest where it is there twice', () => {
    expect(sight([post({ id: '901', created_at: at(60_000) }), post()])).toEqual(FOUND)
  })
})

describe('not taken for it', () => {
  it.each([
    ['an older twin', { created_at: at(-3_600_000) }],
    ['somebody else’s', { author_id: '5' }],
    ['other words', { text: 'Other', entities: undefined }],
    ['an answer to somebody', { referenced_tweets: [{ type: 'replied_to', id: '5' }] }],
  ])('%s', (_, rest) => expect(sight([post(rest)])).toEqual({ absent: true }))

  it.each([
    ['another address', { entities: { urls: [{ url: 'https://t.co/aaa', expanded_url: 'https://example.net' }] } }],
    ['no time', { created_at: undefined }],
    ['files that were not sent', { attachments: { media_keys: ['3_1'] } }],
  ])('one that nearly is it (%s): a person must look', (_, rest) => {
    expect(sight([post(rest)])).toMatchObject(unsure)
  })
})

describe('absent', () => {
  const other = post({ text: 'Other', entities: undefined })

  it('where the list ends, or reaches back to before the attempt', () => {
    expect(sight([other])).toEqual({ absent: true })
    expect(lookFor().read(answer(200, { meta: { result_count: 0 } }))).toEqual({ absent: true })
    const old = post({ text: 'Old', created_at: at(-3_600_000) })
    expect(lookFor().read(page([other, old], { next_token: 'n' }))).toEqual({ absent: true })
  })

  it('else the next page is asked for', () => {
    const first = lookFor().read(page([other], { next_token: 'n+/1' }))
    if (!('look' in first)) throw new Error('no next page')
    const { searchParams } = new URL(first.look.request.url)
    // In large pieces: who posts much in a minute is looked through all the same.
    expect([searchParams.get('pagination_token'), searchParams.get('max_results')]).toEqual(['n+/1', '100'])
    expect(first.look.read(page([post()]))).toEqual(FOUND)
    expect(first.look.read(page([]))).toEqual({ absent: true })
  })

  it('not of an answer that hides posts, or is no list', () => {
    expect(lookFor().read(answer(200, { data: [other], errors: [{ title: 'x' }], meta: {} }))).toMatchObject(unsure)
    expect(lookFor().read(answer(200, {}))).toMatchObject(unsure)
    expect(lookFor().read(answer(200, undefined))).toMatchObject(unsure)
  })
})

it.each([
  ['a b', 'a b', 0, 'same'],
  ['a\r\n\r\nb ', 'a\n\nb', 0, 'same'],
  ['e\u0301', 'é', 0, 'same'],
  ['a (https://example.com/x)', 'a (https://t.co/q)', 0, 'same'],
  ['a.b', 'a b', 0, 'alike'],
  ['a', 'a https://t.co/q', 1, 'same'],
  ['a', 'a https://t.co/q', 0, 'alike'],
  ['a', 'b', 0, 'other'],
] as const)('%j and X’s %j, with %d files, are %s', (said, text, files, likeness) => {
  expect(likenessOf(said, { text }, files)).toBe(likeness)
})
