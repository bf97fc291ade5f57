import { describe, expect, it } from 'vitest'
import { film } from '../../graph/media/testing.ts'
import { errorOf, pageKit, SCOPE } from '../posts/testing.ts'
import { BRANDL, CERAMICS, MARA, NORTHWIND, NORTHWIND_IG, SYSTEM_CONFIG } from '../testing.ts'

const k = pageKit()
const create = (fields: Record<string, string | undefined>, token?: string, account = NORTHWIND_IG) =>
  k.send(`/${account}/media`, fields, token)
const picture = () => ({ image_url: k.files.jpeg() })

describe('who may publish to an Instagram account behind a Page', () => {
  const NO = { status: 403, code: 10, subcode: undefined }

  it('a person’s token and the Page’s, one for the other', async () => {
    const id = await k.id(create(picture()))
    k.advance(1)
    expect((await k.read(`/${id}`, { fields: 'status_code' }, k.user)).json.status_code).toBe('FINISHED')
    const { json } = await k.send(`/${NORTHWIND_IG}/media_publish`, { creation_id: id }, k.user)
    expect((await k.read(`/${json.id}`, { fields: 'username' })).json.username).toBe('northwind.studio')
  })

  it('not the token of another Page, nor for an account that is none', async () => {
    const ceramics = await k.page(k.user, CERAMICS)
    expect(errorOf(await create(picture(), ceramics))).toEqual({ status: 400, code: 100, subcode: 33 })
    for (const id of [NORTHWIND, MARA, '17841400000002001', '1'])
      expect(errorOf(await create(picture(), k.token, id)), id).toEqual({ status: 400, code: 100, subcode: 33 })
  })

  it('not where the account was not ticked', async () => {
    const user = await k.long({ scope: SCOPE.join(','), untick: [`instagram:${NORTHWIND_IG}`] })
    expect(errorOf(await create(picture(), user))).toMatchObject({ code: 100, subcode: 33 })
  })

  it.each(['instagram_content_publish', 'pages_read_engagement'] as const)('not without %s', async (permission) => {
    const id = await k.id(create(picture()))
    k.steer({ decline: { permission } })
    const refused = await create(picture())
    expect(errorOf(refused)).toEqual(NO)
    expect(refused.json.error.message).toBe('(#10) Application does not have permission for this action')
    expect(errorOf(await k.send(`/${NORTHWIND_IG}/media_publish`, { creation_id: id }))).toEqual(NO)
    expect(errorOf(await k.read(`/${NORTHWIND_IG}/content_publishing_limit`))).toEqual(NO)
  })

  it('not without instagram_basic, which hides it all', async () => {
    const id = await k.id(create(picture()))
    k.steer({ decline: { permission: 'instagram_basic' } })
    expect(errorOf(await create(picture()))).toMatchObject({ code: 100, subcode: 33 })
    expect(errorOf(await k.read(`/${id}`))).toMatchObject({ code: 100, subcode: 33 })
  })

  it('not without MANAGE or CREATE_CONTENT on the Page', async () => {
    k.steer({ role: { member: 'mara', page: NORTHWIND, tasks: ['MODERATE', 'ANALYZE'] } })
    expect(errorOf(await create(picture()))).toEqual(NO)
    expect((await k.read(`/${NORTHWIND_IG}/media`)).status).toBe(200)
  })

  it('not by a business’s role without a permission of ads', async () => {
    const all = [...SCOPE, 'business_management']
    const scope = (more: string[]) => ({ member: 'tomas', scope: [...all, ...more].join(',') })
    k.steer({ role: { member: 'tomas', page: BRANDL, tasks: ['MANAGE'], byBusiness: true } })
    const tomas = await k.long(scope([]))
    const refused = await create(picture(), tomas, '17841400000002001')
    expect(errorOf(refused)).toEqual({ status: 403, code: 200, subcode: undefined })
    expect(refused.json.error.message).toContain('missing ads_management')
    k.steer({ app: { registration: 'meta', permissions: [...all, 'ads_read'] } })
    const more = await k.long(scope(['ads_read']))
    expect((await create(picture(), more, '17841400000002001')).status).toBe(200)
  })

  it('a comment needs a permission of its own', async () => {
    const id = await k.id(create(picture()))
    k.advance(1)
    const media = (await k.send(`/${NORTHWIND_IG}/media_publish`, { creation_id: id })).json.id
    k.steer({ decline: { permission: 'instagram_manage_comments' } })
    expect(errorOf(await k.send(`/${media}/comments`, { message: 'x' }))).toEqual(NO)
    expect((await k.read(`/${media}/comments`)).status).toBe(200)
  })
})

describe('bytes of a video', () => {
  const bytes = film({ bytes: 20_000 })
  const waiting = async (more = {}) => (await create({ media_type: 'REELS', upload_type: 'resumable', ...more })).json
  const send = (uri: string, part: Uint8Array, offset = 0, token = k.token) =>
    k.rupload(
      new URL(uri).pathname,
      { authorization: `OAuth ${token}`, offset: String(offset), file_size: String(bytes.length) },
      part,
    )
  const status = async (id: string) => (await k.read(`/${id}`, { fields: 'status_code,status' })).json

  it('are sent to the upload host, in parts, and published then', async () => {
    const { id, uri } = await waiting({ caption: 'Sent' })
    expect(uri).toBe(`https://rupload.facebook.com/ig-api-upload/v26.0/${id}`)
    k.advance(60)
    expect((await status(id)).status_code).toBe('IN_PROGRESS')
    expect((await send(uri, bytes.slice(0, 9000))).json.debug_info.type).toBe('PartialRequestError')
    expect((await send(uri, bytes)).json.debug_info.type).toBe('OffsetInvalidError')
    expect((await send(uri, bytes.slice(9000), 9000, k.user)).json).toMatchObject({ success: true })
    expect((await status(id)).status_code).toBe('IN_PROGRESS')
    k.advance(3)
    expect((await status(id)).status_code).toBe('FINISHED')
    await k.send(`/${NORTHWIND_IG}/media_publish`, { creation_id: id })
    expect(k.ledger()).toMatchObject([{ kind: 'reel', text: 'Sent', media: [{ kind: 'video' }] }])
  })

  it('are judged as fetched ones are', async () => {
    const { id, uri } = await waiting({ thumb_offset: '10000' })
    await send(uri, bytes)
    k.advance(3)
    expect((await status(id)).status).toContain('2207057')
  })

  it('of another app, after a day, or a second time are refused', async () => {
    const { uri } = await waiting()
    const system = await k.short({ registration: 'meta-business', authorize: { config_id: SYSTEM_CONFIG } })
    expect((await send(uri, bytes, 0, system)).json.debug_info.type).toBe('NotAuthorizedError')
    await send(uri, bytes)
    expect((await send(uri, bytes)).json.debug_info.type).toBe('ProcessingFailedError')
    const late = await waiting()
    k.advance(24 * 3600)
    expect((await send(late.uri, bytes)).json.debug_info.type).toBe('ProcessingFailedError')
  })
})

describe('the budget of calls about an account', () => {
  it('is told by its own header, climbs to 100, and ends in 80002', async () => {
    k.steer({ settings: { instagramCallsPerHour: 4 } })
    const call = () => k.read(`/${NORTHWIND_IG}/media`)
    const usage = (headers: Headers) => JSON.parse(headers.get('x-business-use-case-usage') ?? '{}')[NORTHWIND_IG]?.[0]
    const seen: number[] = []
    for (let n = 0; n < 4; n++) {
      const { status, headers } = await call()
      expect(status).toBe(200)
      expect(usage(headers)).toMatchObject({ type: 'instagram', estimated_time_to_regain_access: 0 })
      seen.push(usage(headers).call_count)
    }
    expect(seen).toEqual([25, 50, 75, 100])
    const full = await call()
    expect(errorOf(full)).toEqual({ status: 400, code: 80002, subcode: undefined })
    expect(usage(full.headers).estimated_time_to_regain_access).toBe(60)
    // The Page's own budget is another.
    expect((await k.post('x')).length).toBeGreaterThan(0)
    k.advance(3600)
    expect((await call()).status).toBe(200)
  })

  it('of a Page ends in 80001, of the app in 4, of either before anything is published', async () => {
    k.steer({ settings: { pageCallsPerHour: 1 } })
    await k.post('one')
    expect(errorOf(await k.send(`/${NORTHWIND}/feed`, { message: 'two' }))).toMatchObject({ code: 80001 })
    k.steer({ settings: { pageCallsPerHour: 50_000, limited: 'app' } })
    expect(errorOf(await k.send(`/${NORTHWIND}/feed`, { message: 'two' }))).toMatchObject({ code: 4 })
    expect(k.ledger()).toHaveLength(1)
  })
})
