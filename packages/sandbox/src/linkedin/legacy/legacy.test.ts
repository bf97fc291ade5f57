import { describe, expect, it } from 'vitest'
import { sampleMp4, samplePng } from '../../core/samples.ts'
import { kit } from '../../kit.ts'
import { type Fields, inputErrors, NORTHWIND, type Person, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const SELF = { registration: 'linkedin-selfserve' }
const NO_VERSION = { 'linkedin-version': undefined }
const SHARE = 'com.linkedin.ugc.ShareContent'
const SEEN = 'com.linkedin.ugc.MemberNetworkVisibility'

const body = (author: string, share: Fields = {}, rest: Fields = {}) => ({
  author,
  lifecycleState: 'PUBLISHED',
  specificContent: { [SHARE]: { shareCommentary: { text: 'Good (old) days' }, shareMediaCategory: 'NONE', ...share } },
  visibility: { [SEEN]: 'PUBLIC' },
  ...rest,
})
const post = (who: Person, share: Fields = {}, rest: Fields = {}) =>
  p.send('POST', '/v2/ugcPosts', who.token, body(who.urn, share, rest), NO_VERSION)

const register = (who: Person, fields: Fields = {}) =>
  p.send(
    'POST',
    '/v2/assets?action=registerUpload',
    who.token,
    {
      registerUploadRequest: {
        recipes: ['urn:li:digitalmediaRecipe:feedshare-image'],
        owner: who.urn,
        serviceRelationships: [{ relationshipType: 'OWNER', identifier: 'urn:li:userGeneratedContent' }],
        ...fields,
      },
    },
    NO_VERSION,
  )

async function asset(who: Person, bytes: Uint8Array, kind = 'image'): Promise<string> {
  const { value } = (await register(who, { recipes: [`urn:li:digitalmediaRecipe:feedshare-${kind}`] })).json
  const { uploadUrl } = value.uploadMechanism['com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest']
  const put = await p.upload(uploadUrl, bytes, { authorization: `Bearer ${who.token}` })
  if (put.status !== 201) throw new Error(`not uploaded: ${put.status}`)
  return value.asset
}

describe('POST /v2/ugcPosts', () => {
  it('takes plain text, without a version, and says the id twice', async () => {
    const answer = await post(await p.person(SELF))
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({ id: answer.headers.get('x-restli-id') })
    expect(answer.json.id).toMatch(/^urn:li:share:/)
    expect(p.ledger[0]).toMatchObject({ id: answer.json.id, text: 'Good (old) days', visibility: 'PUBLIC' })
  })

  it('an article', async () => {
    const media = [{ status: 'READY', originalUrl: 'https://a.example/x', title: { text: 'T' } }]
    await post(await p.person(SELF), { shareMediaCategory: 'ARTICLE', media })
    expect(p.ledger[0]).toMatchObject({ link: 'https://a.example/x' })
  })

  it('pictures, one and several', async () => {
    const who = await p.person(SELF)
    const one = { status: 'READY', media: await asset(who, samplePng(5, 5)), description: { text: 'Alt' } }
    await post(who, { shareMediaCategory: 'IMAGE', media: [one] })
    await post(who, { shareMediaCategory: 'IMAGE', media: [one, one], shareCommentary: { text: 'Two' } })
    expect(p.ledger.map(({ media }) => media.map(({ kind, alt }) => [kind, alt]))).toEqual([
      [['image', 'Alt']],
      [
        ['image', 'Alt'],
        ['image', 'Alt'],
      ],
    ])
  })

  it('a video', async () => {
    k.settings({ videoSeconds: 0 })
    const who = await p.person(SELF)
    const media = [{ status: 'READY', media: await asset(who, sampleMp4({ seconds: 5, bytes: 900 }), 'video') }]
    expect((await post(who, { shareMediaCategory: 'VIDEO', media })).json.id).toMatch(/^urn:li:ugcPost:/)
  })

  it('is the same post as one of /rest/posts', async () => {
    const who = await p.person(SELF)
    const urn = await p.published(who, { commentary: 'Good \\(old\\) days' })
    const answer = await post(who)
    expect([answer.status, answer.json.message]).toEqual([422, expect.stringContaining(urn)])
  })

  it('not for a page: the unversioned API has ended for that', async () => {
    const who = await p.person()
    const answer = await post(who, {}, { author: NORTHWIND })
    expect([answer.status, answer.json.message]).toEqual([
      403,
      'Not enough permissions to access: ugcPosts.CREATE.NO_VERSION',
    ])
    k.settings({ ugcOrganizations: 'accepted' })
    expect((await post(who, {}, { author: NORTHWIND })).status).toBe(201)
    expect((await post(await p.person(SELF), {}, { author: NORTHWIND })).status).toBe(400)
  })

  it('not with `distribution` beside a member', async () => {
    const distribution = { feedDistribution: 'MAIN_FEED' }
    expect((await post(await p.person(SELF), {}, { distribution })).status).toBe(403)
  })

  it('not for another, nor without the scope', async () => {
    const { urn: author } = await p.person({ member: 'tomas', ...SELF })
    expect((await post(await p.person(SELF), {}, { author })).json.message).toContain('[/author]')
    expect((await post(await p.person({ scope: 'openid' }))).json.message).toContain('ugcPosts.CREATE')
  })

  it.each<[Fields, Fields, string]>([
    [{}, { lifecycleState: 'DRAFT' }, 'INVALID_VALUE_FOR_FIELD'],
    [{}, { visibility: { [SEEN]: 'EVERYONE' } }, 'INVALID_VALUE_FOR_FIELD'],
    [{ shareCommentary: { text: '' } }, {}, 'INVALID_VALUE_BLANK_FIELD'],
    [{ shareCommentary: { text: 'x'.repeat(3001) } }, {}, 'FIELD_LENGTH_TOO_LONG'],
    [{ shareMediaCategory: 'RICH' }, {}, 'INVALID_VALUE_FOR_FIELD'],
    [{ shareMediaCategory: 'NONE', media: [{ status: 'READY' }] }, {}, 'INVALID_VALUE_FOR_FIELD'],
    [{ shareMediaCategory: 'IMAGE' }, {}, 'MISSING_FIELD'],
    [{ shareMediaCategory: 'IMAGE', media: [{ status: 'READY' }] }, {}, 'MISSING_FIELD'],
    [{ shareMediaCategory: 'IMAGE', media: [{ status: 'PROCESSING', media: 'x' }] }, {}, 'INVALID_VALUE_FOR_FIELD'],
    [{ shareMediaCategory: 'IMAGE', media: [{ status: 'READY', media: 'urn:li:image:x' }] }, {}, 'INVALID_IMAGE_ID'],
    [{ shareMediaCategory: 'ARTICLE', media: [{ status: 'READY' }] }, {}, 'MISSING_FIELD'],
    [{ shareMediaCategory: 'ARTICLE', media: [{ status: 'READY', originalUrl: 'x' }] }, {}, 'INVALID_VALUE_FOR_FIELD'],
  ])('%j, %j: %s', async (share, rest, code) => {
    const answer = await post(await p.person(SELF), share, rest)
    expect([answer.status, inputErrors(answer)[0]?.[0]]).toEqual([400, code])
  })

  it('a file that is not there yet', async () => {
    k.settings({ imageSeconds: 5 })
    const who = await p.person(SELF)
    const media = [{ status: 'READY', media: await asset(who, samplePng(5, 5)) }]
    expect((await post(who, { shareMediaCategory: 'IMAGE', media })).json.code).toBe('MEDIA_ASSET_WAITING_UPLOAD')
  })

  it('unknown fields: 422', async () => {
    const answer = await post(await p.person(SELF), { shareCommentary: { txt: 'x' } })
    expect([answer.status, answer.json.message]).toEqual([422, expect.stringContaining('/shareCommentary/txt ::')])
  })
})

describe('POST /v2/assets?action=registerUpload', () => {
  it('gives one address', async () => {
    const { json } = await register(await p.person(SELF))
    expect(json.value).toEqual({
      uploadMechanism: {
        'com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest': {
          headers: { 'media-type-family': 'STILLIMAGE' },
          uploadUrl: expect.stringMatching(/^https:\/\/www\.linkedin\.com\/dms-uploads\//),
        },
      },
      mediaArtifact: expect.stringContaining('feedshare-uploadedImage'),
      asset: expect.stringMatching(/^urn:li:digitalmediaAsset:\w+/),
    })
  })

  it.each<[Fields, number]>([
    [{ recipes: ['urn:li:digitalmediaRecipe:ads-image'] }, 400],
    [{ recipes: [] }, 400],
    [{ owner: NORTHWIND }, 403],
    [{ owner: 'urn:li:person:no' }, 403],
    [{ owner: 'me' }, 400],
    [{ recipe: 'x' }, 422],
    [{ serviceRelationships: undefined }, 422],
  ])('%j: %i', async (fields, status) => {
    expect((await register(await p.person(SELF), fields)).status).toBe(status)
  })

  it('an asset is no picture of the newer API', async () => {
    const who = await p.person(SELF)
    const id = await asset(who, samplePng(5, 5))
    expect(inputErrors(await p.create(who, { content: { media: { id } } }))).toEqual([
      ['INVALID_URN_TYPE', 'content/media/id'],
    ])
  })
})

describe('GET /v2/assets/{id}', () => {
  const status = async (who: Person, id: string) => p.send('GET', `/v2/assets/${id}`, who.token, undefined, NO_VERSION)
  it('says how far it is, to who uploads it', async () => {
    const who = await p.person(SELF)
    const { asset: urn } = (await register(who)).json.value
    const id = urn.replace(/.*:/, '')
    expect((await status(who, id)).json.recipes[0].status).toBe('WAITING_UPLOAD')
    const bad = (await asset(who, Buffer.from('x'))).replace(/.*:/, '')
    expect((await status(who, bad)).json.recipes[0].status).toBe('CLIENT_ERROR')
    expect((await status(await p.person({ member: 'tomas', ...SELF }), id)).status).toBe(403)
    expect((await status(who, 'no')).status).toBe(404)
  })
})
