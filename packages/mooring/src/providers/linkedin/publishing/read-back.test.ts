/** Whether a post whose answer was lost is among the author's posts. */
import { describe, expect, it } from 'vitest'
import type { Look, PostContent, Progress, PublishAs, Sighting } from '../../../provider-publishing.ts'
import { answer, file, NOW, say } from '../../publishing-testing.ts'
import { ACME, MARA, organization, person } from './as.fixture.ts'
import { publishing } from './index.ts'

const TEXT = 'Hi @Ann, see (this) #tag_a 😀\n\nhttps://example.com/a_b'
const LITTLE = 'Hi @[Ann](urn:li:person:a), see \\(this\\) {hashtag|\\#|tag\\_a} 😀\n\nhttps://example.com/a\\_b '
const content = say(TEXT, { mentions: [{ name: 'Ann', id: 'urn:li:person:a' }] })
const URN = 'urn:li:share:1'
const post = (rest: object = {}) => ({
  id: URN,
  author: ACME,
  commentary: LITTLE,
  createdAt: NOW + 500,
  lastModifiedAt: NOW + 500,
  ...rest,
})
const OLDER = { id: 'urn:li:share:9', commentary: 'Old', createdAt: NOW - 1e7, lastModifiedAt: NOW - 1e7 }

function lookFor(of: PostContent = content, as: PublishAs = organization(), progress: Progress = {}): Look {
  const look = publishing.readBack?.(of, as, progress, { part: 'post', since: NOW, others: new Set() })
  if (!look) throw new Error('nothing to look at')
  return look
}
const page = (elements: object[], paging?: object) => answer(200, { elements, ...(paging ? { paging } : {}) })
const sight = (elements: object[], of?: PostContent, progress?: Progress, as?: PublishAs): Sighting =>
  lookFor(of, as, progress).read(page([...elements, OLDER]))

describe('who may look', () => {
  it('organizations with the permission, and nearly no people', () => {
    const may = (as: PublishAs, part = 'post') =>
      publishing.readBack?.(content, as, {}, { part, since: NOW, others: new Set() })
    expect(may(organization())).toBeDefined()
    expect(may(organization(['w_organization_social', 'r_member_social']))).toBeUndefined()
    expect(may(person())).toBeUndefined()
    expect(may(person(['w_member_social', 'r_organization_social']))).toBeUndefined()
    expect(may(person(['w_member_social', 'r_member_social']))).toBeDefined()
    expect(may(organization(), 'comment')).toBeUndefined()
  })

  it('asks for the author’s, newest change first', () => {
    const { request, endpoint } = lookFor()
    expect(endpoint).toBe('GET /rest/posts')
    expect(request).toEqual({
      method: 'GET',
      url: 'https://api.linkedin.com/rest/posts?q=author&author=urn%3Ali%3Aorganization%3A77&count=50&start=0&sortBy=LAST_MODIFIED',
      headers: { 'LinkedIn-Version': '202609', 'X-Restli-Protocol-Version': '2.0.0' },
    })
    const readable = person(['w_member_social', 'r_member_social'])
    expect(lookFor(content, readable).request.url).toContain(encodeURIComponent(MARA))
  })
})

describe('found', () => {
  it('and not taken, where another delivery is that post', () => {
    const look = publishing.readBack?.(
      content,
      organization(),
      {},
      { part: 'post', since: NOW, others: new Set([URN]) },
    )
    expect(look?.read(page([post(), OLDER]))).toEqual({ absent: true })
    expect(look?.read(page([post(), post({ id: 'urn:li:share:2' }), OLDER]))).toEqual({
      found: { post: 'urn:li:share:2' },
    })
  })

  it('by its words, as LinkedIn gives them back', () => {
    expect(sight([post()])).toEqual({ found: { post: URN } })
    expect(sight([post({ commentary: TEXT })])).toEqual({ found: { post: URN } })
    expect(sight([post({ id: 'urn%3Ali%3Ashare%3A1' })])).toEqual({ found: { post: URN } })
  })

  it('though the clocks differ by two minutes', () => {
    expect(sight([post({ createdAt: NOW - 119_000 })])).toEqual({ found: { post: URN } })
    expect(sight([post({ createdAt: NOW - 121_000 })])).toEqual({ absent: true })
  })

  it('by the files that were uploaded for it, without words', () => {
    const media = [file('image'), file('image')]
    const progress = { 'file.0': { urn: 'urn:li:image:1' }, 'file.1': { urn: 'urn:li:image:2' } }
    const shown = (...ids: string[]) =>
      post({ commentary: '', content: { multiImage: { images: ids.map((id) => ({ id })) } } })
    const of = say('', { media })
    expect(sight([shown('urn:li:image:1', 'urn:li:image:2')], of, progress)).toEqual({ found: { post: URN } })
    expect(sight([shown('urn:li:image:8', 'urn:li:image:9')], of, progress)).toEqual({ absent: true })
    const video = post({ commentary: 'x', content: { media: { id: 'urn:li:video:1' } } })
    const film = { 'file.0': { urn: 'urn:li:video:1' } }
    expect(sight([video], say('x', { media: [file('video')] }), film)).toEqual({ found: { post: URN } })
  })

  it('by its card or its question', () => {
    const link = { url: 'https://example.com/', title: 'T' }
    const card = post({ commentary: 'x', content: { article: { source: 'https://example.com/' } } })
    expect(sight([card], say('x', { link }))).toEqual({ found: { post: URN } })
    const poll = { question: 'Q?', options: ['a', 'b'], minutes: 1440 }
    const asked = post({ commentary: 'x', content: { poll: { question: 'Q?' } } })
    expect(sight([asked], say('x', { poll }))).toEqual({ found: { post: URN } })
  })

  it('the oldest where it is there twice', () => {
    const again = post({ id: 'urn:li:share:2', createdAt: NOW + 60_000 })
    expect(sight([again, post()])).toEqual({ found: { post: URN } })
  })

  it('through the older API by its words alone', () => {
    const as = organization(undefined, { POSTS_API: 'ugcPosts' })
    const of = say('Plain (text)', { media: [file()] })
    const there = post({ commentary: 'Plain \\(text\\)', content: { media: { id: 'urn:li:image:3' } } })
    const progress = { 'file.0': { urn: 'urn:li:digitalmediaAsset:3' } }
    expect(sight([there], of, progress, as)).toEqual({ found: { post: URN } })
    expect(sight([post({ commentary: '' })], say('', { media: [file()] }), progress, as)).toMatchObject({
      unsure: expect.any(String),
    })
  })
})

describe('not taken for it', () => {
  it('an older twin', () => {
    expect(sight([post({ createdAt: NOW - 3_600_000 })])).toEqual({ absent: true })
    // Changed since, but made before.
    expect(sight([post({ createdAt: NOW - 3_600_000, lastModifiedAt: NOW + 5000 })])).toEqual({ absent: true })
  })

  it('somebody else’s, or other words', () => {
    expect(sight([post({ author: 'urn:li:organization:8' })])).toEqual({ absent: true })
    expect(sight([post({ commentary: 'Other' })])).toEqual({ absent: true })
  })

  it('one that nearly is it: a person must look', () => {
    for (const rest of [
      { commentary: LITTLE.replace('(this', '(this,') },
      { content: { article: { source: 'https://example.com' } } },
      { createdAt: undefined },
    ])
      expect(sight([post(rest)])).toMatchObject({ unsure: expect.any(String) })
    const progress = { 'file.0': { urn: 'urn:li:image:1' } }
    const shown = post({ commentary: 'Edited', content: { media: { id: 'urn:li:image:1' } } })
    expect(sight([shown], say('x', { media: [file()] }), progress)).toMatchObject({ unsure: expect.any(String) })
  })
})

describe('absent', () => {
  it('only where the list reaches back to before the attempt, or ends', () => {
    expect(lookFor().read(page([OLDER]))).toEqual({ absent: true })
    expect(lookFor().read(page([]))).toEqual({ absent: true })
    expect(lookFor().read(page([post({ commentary: 'Other' })], { total: 1 }))).toEqual({ absent: true })
  })

  it('else the next page is asked for, also after a short one', () => {
    const first = lookFor().read(page([post({ commentary: 'Other' })], { total: 2 }))
    if (!('look' in first)) throw new Error('no next page')
    expect(first.look.request.url).toContain('start=1&')
    expect(first.look.read(page([post()]))).toEqual({ found: { post: URN } })
    expect(first.look.read(page([]))).toEqual({ absent: true })
    const linked = { total: 1, links: [{ rel: 'next', href: '/x' }] }
    expect(lookFor().read(page([post({ commentary: 'Other' })], linked))).toHaveProperty('look')
    expect(lookFor().read(page([post({ commentary: 'Other' })]))).toHaveProperty('look')
  })

  it('not of an answer that is no list', () => {
    expect(lookFor().read(answer(200, {}))).toMatchObject({ unsure: expect.any(String) })
    expect(lookFor().read(answer(200, undefined))).toMatchObject({ unsure: expect.any(String) })
  })
})
