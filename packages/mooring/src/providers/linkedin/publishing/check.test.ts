/** Each rule both ways: what LinkedIn takes, and what it would refuse. */
import { describe, expect, it } from 'vitest'
import type { PostContent, PostMedia, PublishAs } from '../../../provider-publishing.ts'
import { expectSentences, file, noted, say } from '../../publishing-testing.ts'
import { organization, person } from './as.fixture.ts'
import { publishing } from './index.ts'

const MB = 1024 * 1024
const commenting = person(['w_member_social', 'w_member_social_feed'])

function issues(content: PostContent, as: PublishAs = commenting): string[] {
  const found = publishing.check(content, as).issues
  expectSentences(found)
  return noted(found)
}
const withFile = (...media: PostMedia[]) => issues(say('x', { media }))
const link = (rest: object) => issues(say('x', { link: { url: 'https://example.com', title: 'T', ...rest } }))
const poll = (rest: object) =>
  issues(say('x', { poll: { question: 'Q?', options: ['a', 'b'], minutes: 1440, ...rest } }))

describe('text', () => {
  it.each([
    [say('x'.repeat(3000)), []],
    [say('x'.repeat(3001)), ['error text_too_long text']],
    // People count characters; whether LinkedIn counts as UTF-16 does, nobody knows.
    [say('😀'.repeat(1500)), []],
    [say('😀'.repeat(1501)), ['warning text_nearly_too_long text']],
    [say('('.repeat(1501)), ['warning text_nearly_too_long text']],
    [say(''), ['error text_empty text']],
    [say(' \n'), ['error text_empty text']],
    [say('', { media: [file()] }), []],
    [say('', { link: { url: 'https://example.com', title: 'T' } }), []],
  ])('%#', (content, expected) => expect(issues(content)).toEqual(expected))

  it('is counted in characters', () => {
    const { counters } = publishing.check(say('aé😀', { firstComment: 'ab' }), commenting)
    expect(counters).toEqual([
      { at: 'text', used: 3, limit: 3000 },
      { at: 'firstComment', used: 2, limit: 1250 },
    ])
  })

  it('mentions whom LinkedIn knows; others stay words', () => {
    const mentions = [{ name: 'Ann', id: '17' }]
    expect(issues(say('Hi @Ann', { mentions }))).toEqual(['warning mention_plain text'])
    expect(issues(say('Hi', { mentions }))).toEqual([])
    expect(issues(say('Hi @Ann', { mentions: [{ name: 'Ann', id: 'urn:li:person:a' }] }))).toEqual([])
  })
})

describe('account', () => {
  it.each([
    [person(), []],
    [person(['openid']), ['error scope_missing account']],
    [organization(), []],
    [organization(['w_member_social', 'r_organization_social']), ['error scope_missing account']],
  ])('%#', (as, expected) => expect(issues(say('x'), as)).toEqual(expected))

  it('an organization posts to everybody', () => {
    const content = say('x', { visibility: 'connections' })
    expect(issues(content)).toEqual([])
    expect(issues(content, organization())).toEqual(['error visibility_unsupported account'])
    expect(publishing.features(organization()).visibility).toEqual(['public'])
    expect(publishing.features(person()).visibility).toEqual(['public', 'connections'])
  })
})

describe('files together', () => {
  const many = (count: number, kind: PostMedia['kind'] = 'image') => Array.from({ length: count }, () => file(kind))
  it.each([
    [many(20), []],
    [many(21), ['error too_many_media media.20']],
    [[file(), file('gif')], []],
    [many(2, 'video'), ['error too_many_media media.1']],
    [many(2, 'document'), ['error too_many_media media.1']],
    [[file(), file('video')], ['error media_mixed media.1']],
    [[file(), file('document')], ['error media_mixed media.1']],
  ])('%#', (media, expected) => expect(withFile(...media)).toEqual(expected))
})

describe('a picture', () => {
  it.each([
    [file('image', { alt: 'x'.repeat(4086) }), []],
    [file('image', { alt: 'x'.repeat(4087) }), ['error text_too_long media.0.alt']],
    [file('image', { alt: '😀'.repeat(2043) }), []],
    [file('image', { alt: '😀'.repeat(2044) }), ['warning text_nearly_too_long media.0.alt']],
    [file('gif', { frames: 250 }), []],
    [file('gif', { frames: 251 }), ['error media_frames media.0']],
    [file('gif', { width: 6012, height: 6013 }), []],
    [file('gif', { width: 6016, height: 6010 }), ['error media_pixels media.0']],
    [file('gif', { mime: 'image/webp' }), ['error media_type media.0']],
    // Still pictures are made fit.
    [file('image', { width: 9000, height: 9000, mime: 'image/webp', bytes: 90 * MB }), []],
  ])('%#', (media, expected) => expect(withFile(media)).toEqual(expected))

  it.each([
    [file(), undefined],
    [file('image', { mime: 'image/png' }), undefined],
    [file('image', { mime: 'image/gif' }), undefined],
    [file('image', { width: 6012, height: 6013 }), undefined],
    [file('image', { mime: 'image/heic', width: 10, height: 10 }), { mime: 'image/jpeg' }],
    [file('gif', { mime: 'image/webp' }), undefined],
    [file('video', { mime: 'video/webm' }), undefined],
  ])('becomes what LinkedIn takes: %#', (media, expected) => {
    const made = publishing.fit?.(media, say('x'), person())
    if (expected === undefined) expect(made).toBeUndefined()
    else expect(made).toEqual({ ...expected, why: expect.stringMatching(/\.$/) })
  })

  it.each([
    [6016, 6010, 'image/png'],
    [30_000, 1300, 'image/jpeg'],
    [8000, 8000, 'image/webp'],
  ])('of %d by %d (%s) is made smaller, below the limit and not much', (width, height, mime) => {
    const made = publishing.fit?.(file('image', { width, height, mime }), say('x'), person())
    const pixels = (made?.maxWidth ?? 0) * (made?.maxHeight ?? 0)
    expect(pixels).toBeLessThan(36_152_320)
    expect(pixels).toBeGreaterThan(35_000_000)
    expect(made?.mime).toBe(mime === 'image/png' ? 'image/png' : 'image/jpeg')
  })
})

describe('a video', () => {
  it.each([
    [{ durationMs: 3000, bytes: 75 * 1024 }, []],
    [{ durationMs: 30 * 60_000, bytes: 500 * MB }, []],
    [{ durationMs: 2999 }, ['error video_too_short media.0']],
    [{ durationMs: 30 * 60_000 + 1 }, ['error video_too_long media.0']],
    [{ bytes: 500 * MB + 1 }, ['error media_too_large media.0']],
    [{ bytes: 75 * 1024 - 1 }, ['error media_too_small media.0']],
    [{ mime: 'video/quicktime' }, ['error media_type media.0']],
    [{ alt: 'x'.repeat(4087) }, ['error text_too_long media.0.alt']],
  ])('%j', (rest, expected) => expect(withFile(file('video', rest))).toEqual(expected))
})

describe('a document', () => {
  it.each([
    [{ pages: 300, bytes: 100 * MB }, []],
    [{ pages: 301 }, ['error document_pages media.0']],
    [{ bytes: 100 * MB + 1 }, ['error media_too_large media.0']],
    [{ mime: 'text/plain' }, ['error media_type media.0']],
    [{ mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' }, []],
    [{ mime: 'application/msword' }, []],
  ])('%j', (rest, expected) => expect(withFile(file('document', rest))).toEqual(expected))
})

describe('a link', () => {
  it.each([
    [{}, []],
    [{ url: 'example.com' }, ['error link_invalid link']],
    [{ url: 'ftp://example.com' }, ['error link_invalid link']],
    [{ url: 'https://' }, ['error link_invalid link']],
    [{ title: undefined }, ['warning link_title_missing link']],
    [{ title: ' ' }, ['warning link_title_missing link']],
    [{ image: file() }, []],
    [{ image: file('gif') }, ['error link_image_kind link.image']],
    [{ image: file('video') }, ['error link_image_kind link.image']],
  ])('%j', (rest, expected) => expect(link(rest)).toEqual(expected))

  it('stands beside no file', () => {
    const content = say('x', { link: { url: 'https://example.com', title: 'T' }, media: [file()] })
    expect(issues(content)).toEqual(['error link_with_media link'])
  })
})

describe('a poll', () => {
  it.each([
    [{ question: 'x'.repeat(140), options: ['x'.repeat(30), 'b', 'c', 'd'], minutes: 20_160 }, []],
    [{ question: 'x'.repeat(141) }, ['error text_too_long poll.question']],
    [{ question: ' ' }, ['error poll_question_empty poll.question']],
    [{ options: ['x'.repeat(31), 'b'] }, ['error text_too_long poll.options.0']],
    [{ question: '😀'.repeat(70), options: ['😀'.repeat(15), 'b'] }, []],
    [{ question: '😀'.repeat(71) }, ['warning text_nearly_too_long poll.question']],
    [{ options: ['a', '😀'.repeat(16)] }, ['warning text_nearly_too_long poll.options.1']],
    [{ options: ['a', ''] }, ['error poll_option_empty poll.options.1']],
    [{ options: ['a'] }, ['error poll_options poll.options']],
    [{ options: ['a', 'b', 'c', 'd', 'e'] }, ['error poll_options poll.options']],
    [{ minutes: 60 }, ['error poll_duration poll']],
  ])('%j', (rest, expected) => expect(poll(rest)).toEqual(expected))

  it('stands alone', () => {
    const one = { question: 'Q?', options: ['a', 'b'], minutes: 1440 }
    expect(issues(say('', { poll: one }))).toEqual([])
    expect(issues(say('', { poll: one, media: [file()] }))).toEqual(['error poll_with_media poll'])
    expect(issues(say('', { poll: one, link: { url: 'https://example.com', title: 'T' } }))).toEqual([
      'error poll_with_media poll',
    ])
  })
})

describe('the rest', () => {
  it.each([
    [say('x', { thread: [{ text: 'y', media: [] }] }), ['error thread_unsupported thread.0.text']],
    [say('x', { format: 'reel' }), ['error format_unsupported text']],
    [say('x', { format: 'story' }), ['error format_unsupported text']],
    [say('x', { firstComment: 'y'.repeat(1250) }), []],
    [say('x', { firstComment: 'y'.repeat(1251) }), ['warning text_too_long firstComment']],
  ])('%#', (content, expected) => expect(issues(content)).toEqual(expected))

  it('a comment that is not allowed keeps nothing back', () => {
    const content = say('x', { firstComment: 'y' })
    expect(issues(content, person())).toEqual(['warning first_comment_unsupported firstComment'])
    expect(issues(content, organization(['w_organization_social', 'w_organization_social_feed']))).toEqual([])
    expect(publishing.features(person()).firstComment).toBe(false)
    expect(publishing.features(commenting).firstComment).toBe(true)
  })
})

it('the features say what the check holds', () => {
  expect(publishing.features(person())).toMatchObject({
    text: { limit: 3000, weighted: false },
    images: 20,
    videos: 1,
    documents: 1,
    altText: 4086,
    link: 'card',
    poll: { options: 4, optionLength: 30, questionLength: 140, minutes: [1440, 4320, 10_080, 20_160] },
    thread: false,
    formats: ['feed'],
    mentions: 'id',
  })
})
