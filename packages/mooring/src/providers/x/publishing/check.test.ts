/** Each rule both ways: what X takes, and what it would refuse. */
import { describe, expect, it } from 'vitest'
import type { PostContent, PostMedia, PublishAs } from '../../../provider-publishing.ts'
import { expectSentences, file, noted, say } from '../../publishing-testing.ts'
import { mara, premium, SCOPES } from './as.fixture.ts'
import { publishing } from './index.ts'

const MB = 1024 * 1024

function issues(content: PostContent, as: PublishAs = mara()): string[] {
  const found = publishing.check(content, as).issues
  expectSentences(found)
  return noted(found)
}
const used = (content: PostContent, as = mara()) => publishing.check(content, as).counters
const withFile = (media: PostMedia, as?: PublishAs) => issues(say('x', { media: [media] }), as)
const many = (count: number, kind: PostMedia['kind'] = 'image') => Array.from({ length: count }, () => file(kind))

describe('text', () => {
  it.each([
    ['x'.repeat(280), 280],
    ['漢'.repeat(140), 280],
    ['👩‍👩‍👧‍👦'.repeat(140), 280],
    ['https://example.com/a-very-long-address-that-counts-as-little-as-any-other', 23],
    ['example.com', 23],
    ['e\u0301', 1],
    ['é—“”', 4],
    ['…', 2],
  ])('%s weighs %d', (text, weight) => {
    expect(used(say(text))[0]).toEqual({ at: 'text', used: weight, limit: 280 })
    expect(issues(say(text))).toEqual([])
  })

  it.each([
    [say('x'.repeat(281)), ['error text_too_long text']],
    [say('漢'.repeat(141)), ['error text_too_long text']],
    [say(''), ['error text_empty text']],
    [say(' \n '), ['error text_empty text']],
    [say('', { media: [file()] }), []],
    [say('a\uFFFEb'), ['error text_forbidden text']],
    [say('$ABC is up'), []],
    [say('$ABC and $DEF'), ['error too_many_cashtags text']],
    [say('$5 and $10'), []],
  ])('%#', (content, expected) => expect(issues(content)).toEqual(expected))

  it('may be long with Premium', () => {
    expect(issues(say('x'.repeat(25_000)), premium())).toEqual([])
    expect(issues(say('x'.repeat(25_001)), premium())).toEqual(['error text_too_long text'])
    expect(issues(say('x'.repeat(300)), mara({}, { plan: 'premiumplus' }))).toEqual([])
    expect(issues(say('x'.repeat(300)), mara({}, { plan: 'basic' }))).toEqual(['warning text_long text'])
    expect(issues(say('x'.repeat(280)), mara({}, { plan: 'basic' }))).toEqual([])
    expect(issues(say('x'.repeat(300)), mara({}, {}))).toEqual(['error text_too_long text'])
    expect(publishing.features(premium()).text).toEqual({ limit: 25_000, weighted: true })
  })

  it('is counted with the link and the question that stand in it', () => {
    const link = { url: 'https://example.com' }
    const poll = { question: 'A or B?', options: ['a', 'b'], minutes: 5 }
    expect(used(say('Read', { link }))[0]?.used).toBe(4 + 1 + 23)
    expect(used(say('Well', { poll }))[0]?.used).toBe(4 + 2 + 7)
  })

  it('of each part of a thread, and of the comment', () => {
    const thread = [
      { text: 'x'.repeat(281), media: [] },
      { text: '$A $B', media: [] },
      { text: '', media: [] },
      { text: '', media: [file()] },
    ]
    const content = say('x', { thread, firstComment: 'y'.repeat(281) })
    expect(issues(content)).toEqual([
      'error text_empty thread.2.text',
      'error text_too_long firstComment',
      'error text_too_long thread.0.text',
      'error too_many_cashtags thread.1.text',
    ])
    expect(used(content).map(({ at }) => at)).toEqual([
      'text',
      'thread.0.text',
      'thread.1.text',
      'thread.2.text',
      'thread.3.text',
      'firstComment',
    ])
  })
})

describe('the same words twice', () => {
  const part = (text: string, media: PostMedia[] = []) => ({ text, media })
  it.each([
    [say('Yes', { thread: [part('No'), part('yes')] }), []],
    [say('Yes', { thread: [part('No'), part(' Yes\n')] }), ['error text_twin thread.1.text']],
    [say('é', { thread: [part('e\u0301')] }), ['error text_twin thread.0.text']],
    [say('', { media: [file()], thread: [part('', [file()])] }), []],
    [
      say('Yes', { thread: [part('No'), part('No'), part('No')] }),
      ['thread.1', 'thread.2'].map((at) => `error text_twin ${at}.text`),
    ],
    // A comment that fails leaves the posts published.
    [say('Yes', { firstComment: 'Yes' }), ['warning text_twin firstComment']],
    [say('Yes', { thread: [part('No')], firstComment: 'No' }), ['warning text_twin firstComment']],
    // As they are sent: the link stands in the text.
    [say('Yes', { link: { url: 'https://example.com' }, thread: [part('Yes')] }), []],
  ])('%#', (content, expected) => expect(issues(content)).toEqual(expected))
})

describe('account', () => {
  const without = (scope: string) =>
    mara(
      {},
      {},
      SCOPES.filter((one) => one !== scope),
    )
  it.each([
    [say('x'), without('tweet.write'), ['error scope_missing account']],
    [say('x'), without('media.write'), []],
    [say('x', { media: [file()] }), without('media.write'), ['error scope_missing account']],
    [say('x', { thread: [{ text: 'y', media: [file()] }] }), without('media.write'), ['error scope_missing account']],
    [say('x', { visibility: 'connections' }), mara(), ['error visibility_unsupported account']],
    [say('x', { format: 'reel' }), mara(), ['error format_unsupported text']],
    [say('x', { format: 'story' }), mara(), ['error format_unsupported text']],
  ] as const)('%#', (content, as, expected) => expect(issues(content, as)).toEqual(expected))
})

describe('files together', () => {
  it.each([
    [many(4), []],
    [many(5), ['error too_many_media media.4']],
    [many(1, 'gif'), []],
    [many(2, 'gif'), ['error media_mixed media.1']],
    [many(2, 'video'), ['error media_mixed media.1']],
    [[file(), file('video')], ['error media_mixed media.1']],
    [[file('document')], ['error document_unsupported media.0']],
  ])('%#', (media, expected) => expect(issues(say('x', { media }))).toEqual(expected))

  it('count for each part', () => {
    const thread = [{ text: 'y', media: [file(), file('gif')] }]
    expect(issues(say('x', { media: many(4), thread }))).toEqual(['error media_mixed thread.0.media.1'])
  })
})

describe('a picture', () => {
  it.each([
    [file('image', { alt: 'x'.repeat(1000) }), []],
    [file('image', { alt: 'x'.repeat(1001) }), ['error text_too_long media.0.alt']],
    [file('image', { alt: '😀'.repeat(500) }), []],
    [file('image', { alt: '😀'.repeat(501) }), ['warning text_nearly_too_long media.0.alt']],
    // Still pictures are made fit.
    [file('image', { mime: 'image/tiff', bytes: 50 * MB }), []],
  ])('%#', (media, expected) => expect(withFile(media)).toEqual(expected))

  it.each([
    [file('image', { bytes: 5 * MB }), false],
    [file('image', { bytes: 5 * MB + 1 }), true],
    [file('image', { mime: 'image/webp' }), false],
    [file('image', { mime: 'image/heic' }), true],
    [file('gif', { bytes: 50 * MB }), false],
    [file('video', { bytes: 50 * MB }), false],
  ])('becomes what X takes: %#', (media, changes) => {
    const made = publishing.fit?.(media, say('x', { media: [media] }), mara())
    const fit = { mime: 'image/jpeg', maxBytes: 5 * MB, why: expect.stringMatching(/\.$/) }
    expect(made).toEqual(changes ? fit : undefined)
  })

  it('of a link card is left alone, unless it is posted, too', () => {
    const image = file('image', { mime: 'image/heic' })
    const link = { url: 'https://example.com', image }
    expect(publishing.fit?.(image, say('x', { link }), mara())).toBeUndefined()
    expect(publishing.fit?.(image, say('x', { link, thread: [{ text: 'y', media: [image] }] }), mara())).toBeDefined()
  })
})

describe('a GIF', () => {
  it.each([
    [{ bytes: 15 * MB, width: 1280, height: 1080, frames: 200 }, []],
    [{ bytes: 15 * MB + 1 }, ['error media_too_large media.0']],
    [{ width: 1281, height: 10 }, ['error media_dimensions media.0']],
    [{ width: 10, height: 1081 }, ['error media_dimensions media.0']],
    [{ frames: 350 }, []],
    [{ frames: 351 }, ['error media_frames media.0']],
    [{ width: 1280, height: 1080, frames: 218 }, ['error media_pixels media.0']],
    [{ mime: 'image/webp' }, ['error media_type media.0']],
  ])('%j', (rest, expected) => expect(withFile(file('gif', rest))).toEqual(expected))
})

describe('a video', () => {
  const good = { videoCodec: 'avc', audioCodec: 'aac', framesPerSecond: 60, durationMs: 20 * 60_000, bytes: 5000 * MB }
  it.each([
    [good, []],
    [{ durationMs: 500 }, []],
    [{ durationMs: 499 }, ['error video_too_short media.0']],
    [{ durationMs: 20 * 60_000 + 1 }, ['error video_too_long media.0']],
    [{ bytes: 5000 * MB + 1 }, ['warning media_large media.0']],
    [{ bytes: 8000 * MB }, ['warning media_large media.0']],
    [{ bytes: 8000 * MB + 1 }, ['error media_too_large media.0']],
    [{ framesPerSecond: 61 }, ['error video_frame_rate media.0']],
    [{ videoCodec: 'hevc' }, ['error video_codec media.0']],
    [{ audioCodec: 'opus' }, ['error audio_codec media.0']],
    [{ mime: 'video/x-msvideo' }, ['error media_type media.0']],
    [{ mime: 'video/quicktime' }, []],
    [{ width: 1280, height: 1024 }, []],
    [{ width: 720, height: 1280 }, []],
    [{ width: 1281, height: 720 }, ['error media_dimensions media.0']],
    [{ width: 1080, height: 1920 }, ['error media_dimensions media.0']],
    [{ width: 1024, height: 1280 }, []],
    [{ width: 1921, height: 1080 }, ['error media_dimensions media.0']],
    [{ width: 1082, height: 1920 }, ['error media_dimensions media.0']],
    [{ width: 31, height: 31 }, ['error media_dimensions media.0']],
    [{ width: 1200, height: 400 }, []],
    [{ width: 1203, height: 400 }, ['error media_aspect media.0']],
    [{ width: 400, height: 1203 }, ['error media_aspect media.0']],
    [{ alt: 'A' }, ['warning alt_unsupported media.0.alt']],
  ])('%j', (rest, expected) => expect(withFile(file('video', rest))).toEqual(expected))

  it.each([
    [{ width: 1920, height: 1080, durationMs: 125 * 60_000, bytes: 5000 * MB }, []],
    [{ durationMs: 125 * 60_000 + 1 }, ['error video_too_long media.0']],
    [{ bytes: 8000 * MB + 1 }, ['error media_too_large media.0']],
    [{ width: 3840, height: 2160 }, ['error media_dimensions media.0']],
  ])('with Premium, %j', (rest, expected) => expect(withFile(file('video', rest), premium())).toEqual(expected))

  it.each([
    [{ width: 1080, height: 1920 }, ['warning media_dimensions media.0']],
    [{ width: 1921, height: 1080 }, ['error media_dimensions media.0']],
  ])('with a plan that X did not tell, %j', (rest, expected) =>
    expect(withFile(file('video', rest), mara({}, {}))).toEqual(expected),
  )

  // Subscribers have HD; longer videos are Premium's.
  it.each([
    [{ width: 1920, height: 1080, durationMs: 20 * 60_000 }, []],
    [{ durationMs: 20 * 60_000 + 1 }, ['error video_too_long media.0']],
    [{ width: 1921, height: 1080 }, ['error media_dimensions media.0']],
  ])('with Basic, %j', (rest, expected) =>
    expect(withFile(file('video', rest), mara({}, { plan: 'basic' }))).toEqual(expected),
  )
})

describe('a poll', () => {
  const poll = (rest: object, more: Partial<PostContent> = {}) =>
    issues(say('x', { ...more, poll: { question: '', options: ['a', 'b'], minutes: 60, ...rest } }))
  it.each([
    [{ options: ['x'.repeat(25), 'b', 'c', 'd'], minutes: 10_080 }, []],
    [{ minutes: 5 }, []],
    [{ minutes: 4 }, ['error poll_duration poll']],
    [{ minutes: 10_081 }, ['error poll_duration poll']],
    [{ minutes: 7.5 }, ['error poll_duration poll']],
    [{ options: ['x'.repeat(26), 'b'] }, ['error text_too_long poll.options.0']],
    [{ options: ['😀'.repeat(12), '😀'.repeat(13)] }, ['warning text_nearly_too_long poll.options.1']],
    [{ options: ['a', ' '] }, ['error poll_option_empty poll.options.1']],
    [{ options: ['a'] }, ['error poll_options poll.options']],
    [{ options: ['a', 'b', 'c', 'd', 'e'] }, ['error poll_options poll.options']],
  ])('%j', (rest, expected) => expect(poll(rest)).toEqual(expected))

  it('has no files beside it, and asks by its text', () => {
    expect(poll({}, { media: [file()] })).toEqual(['error poll_with_media poll'])
    expect(poll({ question: 'A or B?' }, { text: '' })).toEqual([])
    expect(poll({ question: ' ' }, { text: '' })).toEqual(['error text_empty text'])
  })
})
