/** What Facebook would refuse of a Page's post, each rule both ways. */
import { describe, expect, it } from 'vitest'
import type { PostContent, PostMedia } from '../../../provider-publishing.ts'
import { expectSentences, file, noted, say } from '../../publishing-testing.ts'
import { page, SCOPES } from './as.fixture.ts'
import { publishing } from './index.ts'

const check = (content: PostContent, scopes = SCOPES) => publishing.check(content, page({ scopes }))
const issues = (content: PostContent, scopes?: string[]) => {
  const { issues: found } = check(content, scopes)
  expectSentences(found)
  return noted(found)
}
const MB = 1024 * 1024
const fitOf = (media: PostMedia, content = say('', { media: [media] })) => publishing.fit?.(media, content, page())
const tall = (rest: Partial<PostMedia> = {}) =>
  file('video', { width: 1080, height: 1920, durationMs: 20_000, framesPerSecond: 30, ...rest })

describe('words', () => {
  it.each([
    ['a', []],
    ['', ['error text_empty text']],
    [' \n', ['error text_empty text']],
    ['é😀'.repeat(31_603), []],
    [`${'é😀'.repeat(31_603)}x`, ['error text_too_long text']],
  ])('%#', (text, expected) => expect(issues(say(text))).toEqual(expected))

  it('are counted with the address that is put into them', () => {
    const link = { url: 'https://example.com/a' }
    const content = say('Read', { link, media: [file()] })
    expect(check(content).counters[0]).toEqual({ at: 'text', used: 4 + 2 + link.url.length, limit: 63_206 })
    expect(issues(content)).toEqual(['warning link_without_card link'])
    expect(issues(say('x'.repeat(63_200), { link, media: [file()] }))).toContain('error text_too_long text')
  })

  it('need the permission', () => {
    expect(issues(say('x'), [])).toEqual(['error scope_missing account'])
  })
})

describe('a link', () => {
  it.each([
    [{ url: 'https://example.com' }, []],
    [{ url: 'https://example.com', title: 'T' }, ['warning card_ignored link']],
    [{ url: 'https://example.com', image: file() }, ['warning card_ignored link']],
    [{ url: 'https://www.facebook.com/northwind' }, ['error link_refused link']],
    [{ url: 'https://facebook.com/x' }, ['error link_refused link']],
    [{ url: 'https://notfacebook.com/x' }, []],
  ])('%j', (link, expected) => expect(issues(say('', { link }))).toEqual(expected))

  it('whose picture is left out is not converted', () => {
    const image = file('image', { mime: 'image/webp' })
    expect(fitOf(image, say('x', { link: { url: 'https://example.com', image } }))).toBeUndefined()
    expect(fitOf(image)).toBeDefined()
  })
})

describe('what Facebook does not have', () => {
  it.each([
    [{ poll: { question: 'Q', options: ['a', 'b'], minutes: 5 } }, 'error poll_unsupported poll'],
    [{ thread: [{ text: 'b', media: [] }] }, 'error thread_unsupported thread.0.text'],
    [{ media: [file('document')] }, 'error media_type media.0'],
    [{ visibility: 'connections' as const }, 'error visibility_unsupported account'],
  ])('%j', (rest, expected) => expect(issues(say('x', rest))).toEqual([expected]))
})

describe('files', () => {
  const many = (count: number) => Array.from({ length: count }, (_, id) => file('image', { id: `${id}` }))

  it.each([
    ['ten pictures', many(10), []],
    ['eleven', many(11), ['error too_many_media media.10']],
    ['a video', [file('video')], []],
    ['a video and a picture', [file('video'), file()], ['error media_mixed media.1']],
    ['two videos', [file('video'), file('video', { id: 'b' })], ['error media_mixed media.1']],
    ['a long description', [file('image', { alt: 'x'.repeat(1001) })], ['error text_too_long media.0.alt']],
    ['a description of a video', [file('video', { alt: 'x' })], ['warning alt_unsupported media.0.alt']],
  ])('%s', (_, media, expected) => expect(issues(say('', { media }))).toEqual(expected))

  it('have a counter for each description', () => {
    const media = [file('image', { alt: 'abc' }), file('image', { id: 'b' })]
    expect(check(say('', { media })).counters).toEqual([
      { at: 'text', used: 0, limit: 63_206 },
      { at: 'media.0.alt', used: 3, limit: 1000 },
    ])
  })

  it.each([
    [file(), undefined],
    [file('image', { mime: 'image/png' }), undefined],
    [file('image', { bytes: 4 * MB - 1 }), undefined],
    [file('image', { bytes: 4 * MB }), /below 4 MB/],
    [file('image', { mime: 'image/webp' }), /JPEG and PNG/],
    [file('gif'), /first picture of the animation/],
    [file('video', { bytes: 99 * MB }), undefined],
    [file('document'), undefined],
  ])('%#: what becomes of it first', (media, why) => {
    const fit = fitOf(media)
    expect(fit === undefined).toBe(why === undefined)
    if (why) expect(fit).toEqual({ mime: 'image/jpeg', maxBytes: 4 * MB - 1, why: expect.stringMatching(why) })
  })
})

describe('a reel', () => {
  const reel = (media: PostMedia[], rest: Partial<PostContent> = {}) =>
    issues(say('x', { media, format: 'reel', ...rest }))

  it.each([
    ['as it should be', tall(), []],
    ['of which nothing is known', file('video'), []],
    ['3 s', tall({ durationMs: 3000 }), []],
    ['too short', tall({ durationMs: 2999 }), ['error video_too_short media.0']],
    ['90 s', tall({ durationMs: 90_000 }), []],
    ['too long', tall({ durationMs: 90_001 }), ['error video_too_long media.0']],
    ['small', tall({ width: 540, height: 960 }), []],
    ['too small', tall({ width: 432, height: 768 }), ['error media_too_small media.0']],
    ['a pixel off', tall({ width: 1082, height: 1920 }), []],
    ['wide', tall({ width: 1920, height: 1080 }), ['error media_aspect media.0']],
    ['square', tall({ width: 1080, height: 1080 }), ['error media_aspect media.0']],
    ['of 23.976', tall({ framesPerSecond: 23.976 }), []],
    ['slow', tall({ framesPerSecond: 15 }), ['error video_frame_rate media.0']],
    ['fast', tall({ framesPerSecond: 120 }), ['error video_frame_rate media.0']],
  ])('%s', (_, media, expected) => expect(reel([media])).toEqual(expected))

  it('is one video', () => {
    for (const media of [[], [file()], [tall(), tall({ id: 'b' })]])
      expect(reel(media)).toEqual(['error media_count media'])
  })

  it('has no link', () => {
    expect(reel([tall()], { link: { url: 'https://example.com' } })).toEqual(['warning link_unsupported link'])
  })

  it('may be wide in the feed', () => {
    expect(issues(say('x', { media: [tall({ width: 1920, height: 1080, durationMs: 900_000 })] }))).toEqual([])
  })
})

describe('a story', () => {
  const story = (media: PostMedia[], rest: Partial<PostContent> = {}) =>
    issues(say('', { media, format: 'story', ...rest }))

  it.each([
    ['a picture', [file()], []],
    ['a video', [tall({ durationMs: 60_000 })], []],
    ['a video that is too long', [tall({ durationMs: 61_000 })], ['error video_too_long media.0']],
    ['nothing', [], ['error media_count media']],
    ['two pictures', [file(), file('image', { id: 'b' })], ['error media_count media']],
  ])('of %s', (_, media, expected) => expect(story(media)).toEqual(expected))

  it('has neither words nor a link nor a comment', () => {
    const rest = { text: 'x'.repeat(70_000), firstComment: 'y', link: { url: 'https://example.com' } }
    expect(story([file()], rest)).toEqual([
      'warning caption_unsupported text',
      'warning comment_unsupported firstComment',
      'warning link_unsupported link',
    ])
  })
})

describe('the first comment', () => {
  it.each([
    ['y', SCOPES, []],
    ['y'.repeat(8000), SCOPES, []],
    ['y'.repeat(8001), SCOPES, ['error text_too_long firstComment']],
    ['y', ['pages_manage_posts'], ['warning scope_missing firstComment']],
  ])('%#', (firstComment, scopes, expected) => {
    const { issues: found, counters } = check(say('x', { firstComment }), scopes)
    expect(noted(found)).toEqual(expected)
    expect(counters.at(-1)).toEqual({ at: 'firstComment', used: firstComment.length, limit: 8000 })
  })
})
