/** With POSTS_API=ugcPosts: the older API, whose text is plain. */
import { describe, expect, it } from 'vitest'
import { answer, assumed, type Call, file, jsonOf, NOW, noted, say, walk } from '../../publishing-testing.ts'
import { MARA, organization, person } from './as.fixture.ts'
import { publishing } from './index.ts'

const API = 'https://api.linkedin.com'
const as = person(undefined, { POSTS_API: 'ugcPosts' })
const MECHANISM = 'com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest'
const registered = answer(200, {
  value: {
    asset: 'urn:li:digitalmediaAsset:1',
    uploadMechanism: {
      [MECHANISM]: {
        uploadUrl: `${API}/mediaUpload/1`,
        headers: { 'Media-Type-Family': 'STILLIMAGE', Authorization: 'theirs', odd: 1 },
      },
    },
  },
})
const reply = ({ endpoint }: Call) =>
  endpoint === 'POST /v2/assets'
    ? registered
    : answer(201, endpoint === 'POST /v2/ugcPosts' ? { id: 'urn:li:share:5' } : undefined)
const shared = (content: object, visibility = 'PUBLIC') => ({
  author: MARA,
  lifecycleState: 'PUBLISHED',
  specificContent: { 'com.linkedin.ugc.ShareContent': content },
  visibility: { 'com.linkedin.ugc.MemberNetworkVisibility': visibility },
})

describe('the older API', () => {
  it('takes plain text, without a version', () => {
    const { calls, asked, end } = walk(publishing, say('1 (one) #tag_a', { visibility: 'connections' }), as, reply)
    expect(asked).toEqual([`POST ${API}/v2/ugcPosts`])
    expect(calls[0]?.request.headers).toEqual({ 'X-Restli-Protocol-Version': '2.0.0' })
    expect(jsonOf(calls[0])).toEqual(
      shared({ shareCommentary: { text: '1 (one) #tag_a' }, shareMediaCategory: 'NONE' }, 'CONNECTIONS'),
    )
    expect(end).toMatchObject({ id: 'urn:li:share:5', url: 'https://www.linkedin.com/feed/update/urn:li:share:5/' })
  })

  it('registers a picture, sends it with the headers that it wants, and gives it a moment', () => {
    const media = [file('image', { title: 'T', alt: 'left out' })]
    const { calls, asked, waits } = walk(publishing, say('x', { media }), as, reply)
    expect(asked).toEqual([
      `POST ${API}/v2/assets?action=registerUpload`,
      `PUT ${API}/mediaUpload/1`,
      `POST ${API}/v2/ugcPosts`,
    ])
    expect(jsonOf(calls[0])).toEqual({
      registerUploadRequest: {
        recipes: ['urn:li:digitalmediaRecipe:feedshare-image'],
        owner: MARA,
        serviceRelationships: [{ relationshipType: 'OWNER', identifier: 'urn:li:userGeneratedContent' }],
      },
    })
    expect(calls[1]?.request).toMatchObject({ headers: { 'media-type-family': 'STILLIMAGE' } })
    expect(JSON.stringify(calls[1])).not.toContain('theirs')
    expect(waits).toEqual([10_000])
    expect(jsonOf(calls[2])).toEqual(
      shared({
        shareCommentary: { text: 'x' },
        shareMediaCategory: 'IMAGE',
        media: [{ status: 'READY', media: 'urn:li:digitalmediaAsset:1', title: { text: 'T' } }],
      }),
    )
  })

  it('takes a video whole, and a link with words', () => {
    const video = walk(publishing, say('x', { media: [file('video')] }), as, reply)
    expect(jsonOf(video.calls[0])).toMatchObject({
      registerUploadRequest: { recipes: ['urn:li:digitalmediaRecipe:feedshare-video'] },
    })
    expect(video.waits).toEqual([60_000])
    expect(jsonOf(video.calls.at(-1))).toMatchObject({
      specificContent: { 'com.linkedin.ugc.ShareContent': { shareMediaCategory: 'VIDEO' } },
    })
    const link = { url: 'https://example.com', title: 'T', description: 'D', image: file() }
    const { calls, asked } = walk(publishing, say('x', { link }), as, reply)
    expect(asked).toHaveLength(1)
    expect(jsonOf(calls[0])).toEqual(
      shared({
        shareCommentary: { text: 'x' },
        shareMediaCategory: 'ARTICLE',
        media: [
          { status: 'READY', originalUrl: 'https://example.com', title: { text: 'T' }, description: { text: 'D' } },
        ],
      }),
    )
  })

  it('takes no organizations any more', () => {
    const page = organization(undefined, { POSTS_API: 'ugcPosts' })
    expect(noted(publishing.check(say('x'), page).issues)).toEqual(['error organization_unsupported account'])
    expect(noted(publishing.check(say('x'), as).issues)).toEqual([])
    expect(noted(publishing.check(say('x'), organization()).issues)).toEqual([])
  })

  it('says before what it does not take', () => {
    const poll = { question: 'Q', options: ['a', 'b'], minutes: 1440 }
    expect(noted(publishing.check(say('x', { poll }), as).issues)).toEqual(['error poll_unsupported poll'])
    expect(noted(publishing.check(say('x', { media: [file('document')] }), as).issues)).toEqual([
      'error document_unsupported media.0',
    ])
    const link = { url: 'https://example.com', title: 'T', image: file() }
    const mentions = [{ name: 'Ann', id: 'urn:li:person:a' }]
    expect(noted(publishing.check(say('@Ann', { link, mentions }), as).issues)).toEqual([
      'warning link_image_ignored link.image',
      'warning mention_plain text',
    ])
    expect(noted(publishing.check(say('x', { media: [file('image', { alt: 'A' })] }), as).issues)).toEqual([
      'warning alt_unsupported media.0.alt',
    ])
    expect(publishing.features(as)).toMatchObject({ poll: null, documents: 0, altText: 0, mentions: 'none' })
    expect(publishing.check(say('('.repeat(2000)), as).issues).toEqual([])
  })

  it('is walked dry', () => {
    expect(assumed(publishing, say('x', { media: [file(), file()] }), as).at(-1)).toMatchObject({ id: '<post>' })
    expect(publishing.next(say('x'), as, {}, NOW)).toMatchObject({ create: { part: 'post' } })
  })
})
