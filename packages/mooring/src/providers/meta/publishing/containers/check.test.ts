/** What Instagram would refuse, each rule both ways. */
import { describe, expect, it } from 'vitest'
import type { PostContent, PostMedia } from '../../../../provider-publishing.ts'
import { publishing as instagram } from '../../../instagram/publishing.ts'
import { expectSentences, file, noted, say } from '../../../publishing-testing.ts'
import { gram, SCOPES } from '../as.fixture.ts'
import { publishing } from '../index.ts'

const issues = (content: PostContent, rest: Parameters<typeof gram>[0] = {}) => {
  const { issues: found } = publishing.check(content, gram(rest))
  expectSentences(found)
  return noted(found)
}
const MB = 1_000_000
const MIB = 1024 * 1024
const square = (rest: Partial<PostMedia> = {}) => file('image', { width: 1080, height: 1080, ...rest })
const tall = (rest: Partial<PostMedia> = {}) =>
  file('video', {
    ...{ width: 1080, height: 1920, durationMs: 20_000, framesPerSecond: 30, videoCodec: 'avc', audioCodec: 'aac' },
    ...rest,
  })
const item = (rest: Partial<PostMedia>) => tall({ width: 1080, height: 1080, ...rest })
const many = (count: number) => Array.from({ length: count }, (_, id) => square({ id: `${id}` }))

describe('the caption', () => {
  const caption = (text: string) => issues(say(text, { media: [square()] }))

  it.each([
    ['none', '', []],
    ['the longest', '😀'.repeat(2200), []],
    ['one more', '😀'.repeat(2201), ['error text_too_long text']],
    ['30 tags', '#a '.repeat(30), []],
    ['31', '#ä_1 '.repeat(31), ['error too_many_hashtags text']],
    ['31 in one word', '#a'.repeat(31), ['error too_many_hashtags text']],
    ['31 behind other signs', '(#a) '.repeat(31), ['error too_many_hashtags text']],
    ['signs that are no tags', 'C# # '.repeat(31), []],
    ['20 names', '@a.b '.repeat(20), []],
    ['21', '@a.b '.repeat(21), ['error too_many_mentions text']],
    ['addresses of mail', 'me@example.com '.repeat(21), []],
  ])('of %s', (_, text, expected) => expect(caption(text)).toEqual(expected))

  it('is counted', () => {
    expect(publishing.check(say('é😀', { media: [square()] }), gram()).counters).toEqual([
      { at: 'text', used: 2, limit: 2200 },
    ])
  })
})

describe('files', () => {
  it.each([
    ['one', many(1), []],
    ['two', many(2), []],
    ['ten', many(10), []],
    ['eleven', many(11), ['error too_many_media media.10']],
    ['none', [], ['error media_missing media']],
    ['a document', [file('document')], ['error media_type media.0']],
    ['pictures and videos', [square(), tall({ width: 1080, height: 1080 })], []],
    ['a video of a minute', [square(), item({ durationMs: 60_000, bytes: 100 * MB })], []],
    ['a longer one', [square(), item({ durationMs: 61_000 })], ['error video_too_long media.1']],
    ['a larger one', [square(), item({ bytes: 100 * MB + 1 })], ['error media_too_large media.1']],
    ['other shapes', [square(), square({ id: 'b', width: 1350 })], ['warning media_cropped media.1']],
    ['unknown shapes', [square(), file('image', { id: 'b' }), square({ id: 'c' })], []],
  ])('%s', (_, media, expected) => expect(issues(say('x', { media }))).toEqual(expected))

  it.each([
    ['320 wide', { width: 320, height: 320 }, []],
    ['319', { width: 319, height: 319 }, ['warning media_too_small media.0']],
    ['4:5', { width: 1080, height: 1350 }, []],
    ['taller', { width: 1080, height: 1440 }, ['error media_aspect media.0']],
    ['1.91:1', { width: 1080, height: 566 }, []],
    ['wider', { width: 1080, height: 500 }, ['error media_aspect media.0']],
    ['unknown', { width: undefined, height: undefined }, []],
    ['a description', { alt: 'x'.repeat(1000) }, []],
    ['a long one', { alt: 'x'.repeat(1001) }, ['error text_too_long media.0.alt']],
  ])('a picture: %s', (_, rest, expected) => expect(issues(say('', { media: [square(rest)] }))).toEqual(expected))

  it.each([
    ['as it should be', {}, []],
    ['of which nothing is known', undefined, []],
    ['MOV with HEVC', { mime: 'video/quicktime', videoCodec: 'hevc' }, []],
    ['WebM', { mime: 'video/webm' }, ['error media_type media.0']],
    ['VP9', { videoCodec: 'vp9' }, ['error video_codec media.0']],
    ['Opus', { audioCodec: 'opus' }, ['error audio_codec media.0']],
    ['48 kHz', { audioHz: 48_000 }, []],
    ['96 kHz', { audioHz: 96_000 }, ['error audio_sample_rate media.0']],
    ['made for the web', { moovFirst: true }, []],
    ['not made for the web', { moovFirst: false }, ['warning video_not_fast_start media.0']],
    ['3 s', { durationMs: 3000 }, []],
    ['too short', { durationMs: 2900 }, ['error video_too_short media.0']],
    ['15 minutes', { durationMs: 900_000 }, []],
    ['too long', { durationMs: 900_001 }, ['error video_too_long media.0']],
    ['300 MB', { bytes: 300 * MB }, []],
    ['too large', { bytes: 300 * MB + 1 }, ['error media_too_large media.0']],
    ['1920 wide', { width: 1920, height: 1080 }, []],
    ['too wide', { width: 2160, height: 3840 }, ['error media_dimensions media.0']],
    ['slow', { framesPerSecond: 22 }, ['error video_frame_rate media.0']],
    ['fast', { framesPerSecond: 61 }, ['error video_frame_rate media.0']],
    ['of 59.94', { framesPerSecond: 59.94 }, []],
    ['with a description', { alt: 'x' }, ['warning alt_unsupported media.0.alt']],
  ])('a video: %s', (_, rest, expected) => {
    const media = [rest ? tall(rest) : file('video')]
    expect(issues(say('', { media }))).toEqual(expected)
    expect(issues(say('', { media, format: 'reel' }))).toEqual(expected)
  })

  it.each([
    [1000, 'The video lasts 1 second; at least 3 seconds are taken. Use a longer one.'],
    [2999, 'The video lasts 2.9 seconds; at least 3 seconds are taken. Use a longer one.'],
    [900_001, 'The video lasts 15.1 minutes; at most 15 minutes are taken. Cut it.'],
  ])('how long it lasts is said apart from the limit: %i ms', (durationMs, message) => {
    expect(publishing.check(say('', { media: [tall({ durationMs })] }), gram({})).issues).toMatchObject([{ message }])
  })

  it('a reel is one video', () => {
    expect(issues(say('', { media: [square()], format: 'reel' }))).toEqual(['error media_type media.0'])
    expect(issues(say('', { media: [tall(), tall({ id: 'b' })], format: 'reel' }))).toEqual([
      'error media_count media.1',
    ])
  })
})

describe('a story', () => {
  const story = (media: PostMedia[], rest: Partial<PostContent> = {}) =>
    issues(say('', { media, format: 'story', ...rest }))

  it.each([
    ['an upright picture', [square({ height: 1920 })], []],
    ['a video', [tall({ durationMs: 60_000, bytes: 100 * MB })], []],
    ['a long video', [tall({ durationMs: 61_000 })], ['error video_too_long media.0']],
    ['a large video', [tall({ bytes: 100 * MB + 1 })], ['error media_too_large media.0']],
    ['two', many(2), ['error media_count media.1']],
    ['a picture with a description', [square({ alt: 'x'.repeat(1001) })], ['warning alt_unsupported media.0.alt']],
    ['a video with a description', [tall({ alt: 'x' })], ['warning alt_unsupported media.0.alt']],
  ])('of %s', (_, media, expected) => expect(story(media)).toEqual(expected))

  it('has neither a caption nor a comment', () => {
    expect(story([square()], { text: 'x'.repeat(3000), firstComment: 'y' })).toEqual([
      'warning caption_unsupported text',
      'warning comment_unsupported firstComment',
    ])
  })
})

describe('the account', () => {
  const of = (media: PostMedia[]) => say('x', { media })

  it('needs the permission', () => {
    expect(issues(of([square()]), { scopes: [] })).toEqual(['error scope_missing account'])
    expect(noted(instagram.check(of([square()]), gram()).issues)).toEqual(['error scope_missing account'])
  })

  it('needs a server that Instagram reaches, but for videos that are sent', () => {
    const refused = ['error not_fetchable account']
    expect(issues(of([square()]), { fetchable: false })).toEqual(refused)
    expect(issues(of([tall()]), { fetchable: false })).toEqual([])
    expect(issues(of([tall(), square({ id: 'b', height: 1920, width: 1536 })]), { fetchable: false })).toContain(
      refused[0],
    )
    const solo = gram({ fetchable: false, scopes: ['instagram_business_content_publish'] })
    expect(noted(instagram.check(of([tall()]), solo).issues)).toEqual(refused)
  })

  it.each([
    [{ firstComment: 'y' }, SCOPES, []],
    [{ firstComment: 'y'.repeat(2201) }, SCOPES, ['error text_too_long firstComment']],
    [{ firstComment: 'y' }, ['instagram_content_publish'], ['warning scope_missing firstComment']],
    [{ link: { url: 'https://example.com' } }, SCOPES, ['warning link_unsupported link']],
    [{ visibility: 'connections' as const }, SCOPES, ['error visibility_unsupported account']],
    [{ poll: { question: 'Q', options: ['a', 'b'], minutes: 5 } }, SCOPES, ['error poll_unsupported poll']],
    [{ thread: [{ text: 'b', media: [] }] }, SCOPES, ['error thread_unsupported thread.0.text']],
  ])('%#', (rest, scopes, expected) => {
    expect(issues(say('x', { media: [square()], ...rest }), { scopes })).toEqual(expected)
  })
})

describe('what becomes of a file first', () => {
  const fitOf = (media: PostMedia, content = say('', { media: [media] })) => publishing.fit?.(media, content, gram())

  it.each([
    [square(), undefined],
    [square({ width: 1440, bytes: 8 * MIB }), undefined],
    [square({ width: 1441 }), /1440 pixels wide/],
    [square({ bytes: 8 * MIB + 1 }), /up to 8 MB/],
    [square({ mime: 'image/png' }), /JPEG alone: the picture is converted/],
    [file('gif'), /first picture of the animation/],
    [tall({ width: 4000 }), undefined],
    [file('document'), undefined],
  ])('%#', (media, why) => {
    expect(fitOf(media)).toEqual(
      why && { mime: 'image/jpeg', maxWidth: 1440, maxBytes: 8 * MIB, why: expect.stringMatching(why) },
    )
  })

  it('the picture of a link that is left out is let be', () => {
    const image = square({ mime: 'image/png', id: 'card' })
    const link = { url: 'https://example.com', image }
    expect(fitOf(image, say('x', { media: [square()], link }))).toBeUndefined()
  })
})
