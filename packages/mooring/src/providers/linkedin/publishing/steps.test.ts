/** Each kind of post, from nothing known to done: what leaves, in which order, and what is gone on with after a stop. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../../provider.ts'
import type { PostMedia } from '../../../provider-publishing.ts'
import { answer, assumed, type Call, file, jsonOf, NOW, say, walk } from '../../publishing-testing.ts'
import { ACME, MARA, organization, person } from './as.fixture.ts'
import { publishing } from './index.ts'

const API = 'https://api.linkedin.com'
const DMS = 'https://www.linkedin.com/dms-uploads'
const SHARE = 'urn:li:share:7141138937766391808'
const made = answer(201, undefined, { 'x-restli-id': SHARE })

/** LinkedIn, in short: `POST /rest/images` and so on to what is answered, in turn; the last stays. */
function linkedin(given: Record<string, ApiAnswer[]> = {}) {
  const left: Record<string, ApiAnswer[]> = {
    'POST /rest/posts': [made],
    'POST /v2/ugcPosts': [answer(201, { id: SHARE })],
    'POST /rest/images': [1, 2, 3].map((id) => asked('image', id)),
    'POST /rest/documents': [asked('document', 1)],
    'PUT /dms-uploads image': [answer(201)],
    'PUT /dms-uploads document': [answer(201)],
    'GET /rest/images': [answer(200, { status: 'AVAILABLE' })],
    'GET /rest/videos': [answer(200, { status: 'AVAILABLE' })],
    'GET /rest/documents': [answer(200, { status: 'AVAILABLE' })],
    ...given,
  }
  return ({ endpoint }: Call): ApiAnswer => {
    const of = left[endpoint]
    const next = of && (of.length > 1 ? of.shift() : of[0])
    if (!next) throw new Error(`nobody asked for ${endpoint}`)
    return next
  }
}
const asked = (sort: string, id: number) =>
  answer(200, {
    value: { uploadUrl: `${DMS}/${sort}-${id}`, [sort]: `urn:li:${sort}:${id}`, uploadUrlExpiresAt: NOW + 3_600_000 },
  })

const BASE = {
  author: MARA,
  visibility: 'PUBLIC',
  distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
  lifecycleState: 'PUBLISHED',
  isReshareDisabledByAuthor: false,
}
const DONE = { do: 'done', id: SHARE, url: `https://www.linkedin.com/feed/update/${SHARE}/` }
const HEADERS = { 'LinkedIn-Version': '202609', 'X-Restli-Protocol-Version': '2.0.0' }
const lastBody = (calls: readonly Call[]) => jsonOf(calls.at(-1))

describe('a text', () => {
  it('is one call, whose body has all that is required and nothing else', () => {
    const { calls, asked, end } = walk(publishing, say('1 (one) #tag_a'), person(), linkedin())
    expect(asked).toEqual([`POST ${API}/rest/posts`])
    expect(calls[0]).toMatchObject({ create: { part: 'post' }, request: { headers: HEADERS } })
    expect(calls[0]?.request.authorization).toBeUndefined()
    expect(lastBody(calls)).toEqual({ ...BASE, commentary: '1 \\(one\\) #tag\\_a' })
    expect(end).toEqual(DONE)
  })

  it('for connections alone, with somebody mentioned, as an organization', () => {
    const mentions = [{ name: 'Ann', id: 'urn:li:person:ann' }]
    const seen = walk(publishing, say('Hi @Ann', { visibility: 'connections', mentions }), person(), linkedin())
    expect(lastBody(seen.calls)).toMatchObject({
      visibility: 'CONNECTIONS',
      commentary: 'Hi @[Ann](urn:li:person:ann)',
    })
    expect(lastBody(walk(publishing, say('x'), organization(), linkedin()).calls)).toMatchObject({ author: ACME })
  })

  it.each([
    ['encoded', { 'X-RestLi-Id': 'urn%3Ali%3AugcPost%3A9' }, undefined, 'urn:li:ugcPost:9'],
    ['in the body', {}, { id: 'urn:li:share:8' }, 'urn:li:share:8'],
  ])('its id %s', (_, headers, body, id) => {
    const given = linkedin({ 'POST /rest/posts': [answer(201, body, headers as Record<string, string>)] })
    expect(walk(publishing, say('x'), person(), given).end).toMatchObject({ do: 'done', id })
  })

  it('without any id is published all the same', () => {
    const seen = walk(publishing, say('x'), person(), linkedin({ 'POST /rest/posts': [answer(201)] }))
    expect(seen.end).toEqual({ do: 'done', id: null, url: null })
  })
})

describe('a link', () => {
  const link = { url: 'https://example.com/a_b', title: 'A (title)', description: 'It_s' }

  it('is a card with plain words', () => {
    const { calls } = walk(publishing, say('x', { link }), person(), linkedin())
    expect(lastBody(calls)).toEqual({
      ...BASE,
      commentary: 'x',
      content: { article: { source: link.url, title: 'A (title)', description: 'It_s' } },
    })
  })

  it('has its picture uploaded first', () => {
    const image = file('image', { alt: 'left out' })
    const { asked, calls } = walk(publishing, say('', { link: { ...link, image } }), person(), linkedin())
    expect(asked).toEqual([
      `POST ${API}/rest/images?action=initializeUpload`,
      `PUT ${DMS}/image-1`,
      `POST ${API}/rest/posts`,
    ])
    expect(lastBody(calls)).toMatchObject({ content: { article: { thumbnail: 'urn:li:image:1' } } })
  })

  it.each([undefined, ' '])('without a title (%j) is called by its host', (title) => {
    const { calls } = walk(
      publishing,
      say('', { link: { url: 'https://www.example.com/x', title } }),
      person(),
      linkedin(),
    )
    expect(lastBody(calls)).toMatchObject({ content: { article: { title: 'example.com' } } })
  })
})

describe('pictures', () => {
  it('one, of a person: one request with the token, a moment, and the post', () => {
    const media = [file('image', { alt: 'A (cat)', title: 'left out' })]
    const seen = walk(publishing, say('x', { media }), person(), linkedin())
    expect(seen.asked).toEqual([
      `POST ${API}/rest/images?action=initializeUpload`,
      `PUT ${DMS}/image-1`,
      `POST ${API}/rest/posts`,
    ])
    expect(seen.waits).toEqual([10_000])
    expect(jsonOf(seen.calls[0])).toEqual({ initializeUploadRequest: { owner: MARA } })
    expect(seen.calls[1]?.request).toMatchObject({ body: { bytes: { media: 'image-1' } } })
    expect(seen.calls[1]?.request.authorization).toBeUndefined()
    expect(lastBody(seen.calls)).toEqual({
      ...BASE,
      commentary: 'x',
      content: { media: { id: 'urn:li:image:1', altText: 'A (cat)' } },
    })
    expect(seen.end).toEqual(DONE)
  })

  it('the moment is the operator’s, and may be none', () => {
    const media = [file()]
    expect(
      walk(publishing, say('', { media }), person(undefined, { MEDIA_WAIT_SECONDS: '3' }), linkedin()).waits,
    ).toEqual([3000])
    expect(
      walk(publishing, say('', { media }), person(undefined, { MEDIA_WAIT_SECONDS: '0' }), linkedin()).waits,
    ).toEqual([])
  })

  it('many, of an organization: asked for until each is ready', () => {
    const media = [file('image', { id: 'a', alt: 'A' }), file('gif', { id: 'b' }), file('image', { id: 'c' })]
    const replies = linkedin({
      'GET /rest/images': [
        answer(200, { status: 'WAITING_UPLOAD' }),
        answer(200, { status: 'PROCESSING' }),
        answer(200, { status: 'AVAILABLE' }),
      ],
    })
    const { asked, calls, waits } = walk(publishing, say('x', { media }), organization(), replies)
    const image = (id: number) => `GET ${API}/rest/images/urn%3Ali%3Aimage%3A${id}`
    expect(asked.slice(6, -1)).toEqual([image(1), image(1), image(1), image(2), image(3)])
    expect(waits).toEqual([3000, 3000])
    expect(lastBody(calls)).toMatchObject({
      content: {
        multiImage: {
          images: [{ id: 'urn:li:image:1', altText: 'A' }, { id: 'urn:li:image:2' }, { id: 'urn:li:image:3' }],
        },
      },
    })
  })

  it('whose state is refused are given a moment instead', () => {
    const replies = linkedin({ 'GET /rest/images': [answer(403, { code: 'ACCESS_DENIED' })] })
    const seen = walk(publishing, say('x', { media: [file()] }), organization(), replies)
    expect(seen.waits).toEqual([10_000])
    expect(seen.end).toEqual(DONE)
  })

  it('that LinkedIn cannot process end it, and are uploaded anew when it is sent again', () => {
    const replies = linkedin({ 'GET /rest/images': [answer(200, { status: 'PROCESSING_FAILED' })] })
    const content = say('x', { media: [file()] })
    const seen = walk(publishing, content, organization(), replies)
    expect(seen.end).toMatchObject({ do: 'refused', outcome: { fault: { class: 'media' } } })
    expect(publishing.next(content, organization(), seen.progress, NOW)).toMatchObject({
      endpoint: 'POST /rest/images',
    })
  })

  it('that are never ready are given up, and uploaded anew when it is sent again', () => {
    const replies = linkedin({ 'GET /rest/images': [answer(200, { status: 'PROCESSING' })] })
    const seen = walk(publishing, say('x', { media: [file()] }), organization(), replies)
    expect(seen.end).toMatchObject({ do: 'fail', fault: { class: 'media', learnt: { 'file.0': null } } })
    expect(seen.waits.slice(0, 4)).toEqual([3000, 3000, 3000, 3000])
    expect(seen.waits.length).toBeLessThan(25)
  })

  it('whose address is over by the clock are asked for anew', () => {
    const late = { 'file.0': { urn: 'urn:li:image:1', url: `${DMS}/image-1`, until: NOW + 1000 } }
    expect(publishing.next(say('', { media: [file()] }), person(), late, NOW)).toMatchObject({
      endpoint: 'POST /rest/images',
    })
  })

  it('whose address LinkedIn calls expired are asked for anew, once by itself', () => {
    const content = say('', { media: [file()] })
    const expired = linkedin({ 'PUT /dms-uploads image': [answer(400, { code: 'EXPIRED_UPLOAD_URL' })] })
    const first = walk(publishing, content, person(), expired)
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'media', againAfterMs: 1000 } } })
    const second = walk(publishing, content, person(), expired, first.progress)
    expect(second.asked[0]).toContain('initializeUpload')
    expect(second.end).toMatchObject({ outcome: { fault: { class: 'media' } } })
    expect(second.end).not.toMatchObject({ outcome: { fault: { againAfterMs: expect.anything() } } })
  })

  it('refused for another owner say so', () => {
    const replies = linkedin({
      'PUT /dms-uploads image': [answer(403, { message: 'Accessing this image resource is forbidden' })],
    })
    expect(walk(publishing, say('', { media: [file()] }), person(), replies).end).toMatchObject({
      outcome: { fault: { class: 'permission' } },
    })
  })
})

describe('a document', () => {
  it.each([
    [{ title: 'Our deck' }, 'Our deck'],
    [{}, 'my document'],
  ])('%j is called %s', (rest, title) => {
    const media: PostMedia[] = [file('document', { alt: 'left out', ...rest })]
    const { asked, calls } = walk(publishing, say('x', { media }), organization(), linkedin())
    expect(asked).toEqual([
      `POST ${API}/rest/documents?action=initializeUpload`,
      `PUT ${DMS}/document-1`,
      `GET ${API}/rest/documents/urn%3Ali%3Adocument%3A1`,
      `POST ${API}/rest/posts`,
    ])
    expect(lastBody(calls)).toMatchObject({ content: { media: { id: 'urn:li:document:1', title } } })
    expect(JSON.stringify(lastBody(calls))).not.toContain('altText')
  })
})

describe('a poll', () => {
  it.each([
    [1440, 'ONE_DAY'],
    [4320, 'THREE_DAYS'],
    [10_080, 'SEVEN_DAYS'],
    [20_160, 'FOURTEEN_DAYS'],
  ])('of %d minutes lasts %s', (minutes, duration) => {
    const poll = { question: 'A or B?', options: ['A', 'B_'], minutes }
    expect(lastBody(walk(publishing, say('x', { poll }), person(), linkedin()).calls)).toEqual({
      ...BASE,
      commentary: 'x',
      content: { poll: { question: 'A or B?', options: [{ text: 'A' }, { text: 'B_' }], settings: { duration } } },
    })
  })
})

describe('the first comment', () => {
  const may = ['w_member_social', 'w_member_social_feed']
  const content = say('x', { firstComment: 'Read (this) #now' })

  it('is plain text below the post', () => {
    const urn = `urn:li:comment:(urn:li:activity:1,2)`
    const replies = linkedin({ 'POST /rest/socialActions/comments': [answer(201, { $URN: urn })] })
    const { calls, asked, end, progress } = walk(publishing, content, person(may), replies)
    expect(asked[1]).toBe(`POST ${API}/rest/socialActions/${encodeURIComponent(SHARE)}/comments`)
    expect(lastBody(calls)).toEqual({ actor: MARA, object: SHARE, message: { text: 'Read (this) #now' } })
    expect(calls[1]?.create).toMatchObject({ part: 'comment', optional: { learnt: { comment: 'none' } } })
    expect(progress.comment).toBe(urn)
    expect(end).toEqual(DONE)
  })

  it('that failed leaves the post done', () => {
    const next = publishing.next(content, person(may), { post: SHARE, comment: 'none' }, NOW)
    expect(next).toEqual(DONE)
  })

  it('is left out with a word where the grant has no comments, or the post no id', () => {
    expect(walk(publishing, content, person(), linkedin()).end).toMatchObject({
      id: SHARE,
      warning: expect.any(String),
    })
    const nameless = linkedin({ 'POST /rest/posts': [answer(201)] })
    expect(walk(publishing, content, person(may), nameless).end).toMatchObject({
      id: null,
      warning: expect.any(String),
    })
  })

  it('as an organization needs that permission', () => {
    expect(walk(publishing, content, organization([...may, 'w_organization_social']), linkedin()).asked).toHaveLength(1)
  })
})

describe('a refused post', () => {
  it.each(['MEDIA_ASSET_PROCESSING_FAILED', 'INVALID_IMAGE_ID', 'INVALID_VIDEO_ID'])(
    '%s: the files are uploaded anew when it is sent again',
    (code) => {
      const content = say('x', { media: [file()] })
      const seen = walk(publishing, content, person(), linkedin({ 'POST /rest/posts': [answer(400, { code })] }))
      expect(seen.end).toMatchObject({ outcome: { fault: { class: 'media', code } } })
      const again = walk(publishing, content, person(), linkedin(), seen.progress)
      expect(again.asked).toHaveLength(3)
      expect(again.waits).toEqual([10_000])
    },
  )

  it('for an id that is not known: a document is uploaded anew, a mention is taken out', () => {
    const refused = linkedin({ 'POST /rest/posts': [answer(400, { code: 'INVALID_URN_ID' })] })
    const content = say('x', { media: [file('document')] })
    const seen = walk(publishing, content, person(), refused)
    expect(seen.end).toMatchObject({ outcome: { fault: { class: 'media', code: 'INVALID_URN_ID' } } })
    expect(seen.end).toMatchObject({ outcome: { fault: { message: expect.stringContaining('document') } } })
    expect(walk(publishing, content, person(), linkedin(), seen.progress).asked).toHaveLength(3)
    const pictured = walk(publishing, say('x', { media: [file()] }), person(), refused)
    expect(pictured.end).toMatchObject({ outcome: { fault: { class: 'content' } } })
    expect(pictured.progress['file.0']).toMatchObject({ sent: true })
  })

  it('too early: the files stay, and it is tried again shortly', () => {
    const refusal = answer(400, { errorDetails: { inputErrors: [{ code: 'MEDIA_ASSET_WAITING_UPLOAD' }] } })
    const content = say('x', { media: [file()] })
    const seen = walk(publishing, content, person(), linkedin({ 'POST /rest/posts': [refusal] }))
    expect(seen.end).toMatchObject({ outcome: { fault: { class: 'media', againAfterMs: 10_000 } } })
    expect(walk(publishing, content, person(), linkedin(), seen.progress).asked).toEqual([`POST ${API}/rest/posts`])
  })
})

describe('a dry run', () => {
  it.each([
    ['text', say('x')],
    ['link', say('x', { link: { url: 'https://example.com', image: file() } })],
    ['pictures', say('x', { media: [file(), file()] })],
    ['video', say('x', { media: [file('video', { bytes: 9_000_000 })] })],
    ['document', say('x', { media: [file('document')] })],
    ['comment', say('x', { firstComment: 'y' })],
  ])('of a %s goes to the end, by the person and by the page, and names what is not there yet', (_, content) => {
    for (const as of [person(['w_member_social', 'w_member_social_feed']), organization()]) {
      const steps = assumed(publishing, content, as)
      expect(steps.at(-1)).toMatchObject({ do: 'done', id: '<post>' })
      const bodies = JSON.stringify(steps)
      expect(bodies).not.toContain('undefined')
      if (content.media.length > 0) expect(bodies).toMatch(/"id":"<(picture|video|document)/)
    }
  })
})

describe('what was published', () => {
  it.each([
    [SHARE, SHARE],
    [`https://www.linkedin.com/feed/update/${SHARE}/`, SHARE],
    [`https://www.linkedin.com/feed/update/${encodeURIComponent(SHARE)}?x=1`, SHARE],
    ['https://www.linkedin.com/posts/mara_words-and-more-activity-7141-abCd', 'urn:li:activity:7141'],
    ['https://de.linkedin.com/posts/acme_x-ugcPost-7-Zz?utm=1', 'urn:li:ugcPost:7'],
    ['https://www.linkedin.com/in/mara', undefined],
    ['https://linkedin.com.evil.example/feed/update/urn:li:share:1/', undefined],
    ['https://example.com/feed/update/urn:li:share:1/', undefined],
    ['7141138937766391808', undefined],
    ['urn:li:person:1', undefined],
  ])('%s is %s', (pasted, id) => {
    expect(publishing.idFrom?.(pasted)?.id).toBe(id)
    if (id) expect(publishing.idFrom?.(pasted)?.url).toBe(`https://www.linkedin.com/feed/update/${id}/`)
  })

  it('can be taken away', () => {
    expect(publishing.remove?.(SHARE, person(), {})).toEqual([
      {
        request: {
          method: 'DELETE',
          url: `${API}/rest/posts/${encodeURIComponent(SHARE)}`,
          headers: { ...HEADERS, 'X-RestLi-Method': 'DELETE' },
        },
        endpoint: 'DELETE /rest/posts',
        gone: expect.any(Function),
      },
    ])
  })
})
