import { describe, expect, it } from 'vitest'
import { reply, START } from '../../kit.ts'
import { BRANDL, CERAMICS, HARBOUR, NORTHWIND } from '../testing.ts'
import { api, bearer, errorOf, pageKit } from './testing.ts'

const k = pageKit()
const feed = (fields: Record<string, string | undefined>, token?: string, page = NORTHWIND) =>
  k.send(`/${page}/feed`, fields, token)

describe('who may post', () => {
  const NO = { status: 403, code: 200, subcode: undefined }

  it('not a person with their own token, in one sentence for all of it', async () => {
    const answer = await feed({ message: 'x' }, k.user)
    expect(errorOf(answer)).toEqual(NO)
    expect(answer.json.error.message).toContain('requires both pages_read_engagement and pages_manage_posts')
    const hidden = await feed({ message: 'x', published: 'false' }, k.user)
    expect(errorOf(hidden)).toEqual({ status: 400, code: 200, subcode: undefined })
    expect(hidden.json.error.message).toBe('(#200) Unpublished posts must be posted to a page as the page itself.')
  })

  it.each(['pages_manage_posts', 'pages_read_engagement'] as const)('not without %s', async (permission) => {
    k.steer({ decline: { permission } })
    expect(errorOf(await feed({ message: 'x' }))).toEqual(NO)
  })

  it('not without a task that lets one', async () => {
    const role = (tasks: 'ANALYZE'[] | 'CREATE_CONTENT'[]) =>
      k.steer({ role: { member: 'mara', page: NORTHWIND, tasks } })
    role(['ANALYZE'])
    expect(errorOf(await feed({ message: 'x' }))).toEqual(NO)
    role(['CREATE_CONTENT'])
    expect((await feed({ message: 'x' })).status).toBe(200)
    const reader = await k.page(k.user, HARBOUR)
    expect(errorOf(await feed({ message: 'x' }, reader, HARBOUR))).toEqual(NO)
  })

  it('not to another Page, nor to one that is not there', async () => {
    for (const page of [CERAMICS, BRANDL, '123'])
      expect(errorOf(await feed({ message: 'x' }, k.token, page))).toEqual({ status: 400, code: 100, subcode: 33 })
  })

  it('not with a dead token', async () => {
    k.steer({ endGrant: { why: 'password' } })
    expect(errorOf(await feed({ message: 'x' }))).toEqual({ status: 400, code: 190, subcode: 460 })
    expect(k.ledger()).toEqual([])
  })
})

it('a text is counted as people count it, and so is a comment', async () => {
  const post = await k.post('😀'.repeat(63_206))
  const comment = (message: string) => k.send(`/${post}/comments`, { message })
  expect((await comment('😀'.repeat(8000))).status).toBe(200)
  expect(errorOf(await comment('😀'.repeat(8001)))).toMatchObject({ status: 400, code: 100 })
})

describe('what is refused', () => {
  it.each<[string, Record<string, string>, number, number | undefined]>([
    ['nothing', {}, 100, undefined],
    ['more than 63,206 characters', { message: 'a'.repeat(63_207) }, 100, undefined],
    ['a link that is none', { link: 'example' }, 100, 2061006],
    ['another kind of link', { link: 'ftp://example.com/' }, 100, 2061006],
    ['a link to Facebook', { link: 'https://www.facebook.com/northwindstudio' }, 100, 1609008],
    ['a time of a published post', { message: 'x', scheduled_publish_time: '1795262400' }, 100, undefined],
    [
      'a schedule without a time',
      { message: 'x', published: 'false', unpublished_content_type: 'SCHEDULED' },
      100,
      undefined,
    ],
    ['media that are no list', { attached_media: '{"media_fbid":"1"}' }, 100, undefined],
    ['media without an id', { attached_media: '[{"id":"1"}]' }, 100, undefined],
    ['a photo that is not there', { attached_media: '[{"media_fbid":"1"}]' }, 100, undefined],
  ])('%s', async (_, fields, code, subcode) => {
    expect(errorOf(await feed(fields))).toEqual({ status: 400, code, subcode })
    expect(k.ledger()).toEqual([])
  })

  it('what was posted last', async () => {
    const same = { message: 'Open today', link: 'https://example.com/' }
    await feed(same)
    const again = await feed(same)
    expect(errorOf(again)).toEqual({ status: 400, code: 506, subcode: 1455006 })
    expect(again.json.error).toMatchObject({
      message: '(#506) Duplicate status message',
      error_user_title: 'Duplicate Status Update',
    })
    expect((await feed({ message: 'Open today' })).status).toBe(200)
    // Something else stood between.
    expect((await feed(same)).status).toBe(200)
    k.steer({ settings: { duplicates: 'day' } })
    expect(errorOf(await feed({ message: 'Open today' })).code).toBe(506)
    k.advance(24 * 3600)
    expect((await feed({ message: 'Open today' })).status).toBe(200)
    k.steer({ settings: { duplicates: 'off' } })
    expect((await feed({ message: 'Open today' })).status).toBe(200)
  })

  it('not what another Page posted, nor what was deleted', async () => {
    await feed({ message: 'x' })
    const ceramics = await k.page(k.user, CERAMICS)
    expect((await feed({ message: 'x' }, ceramics, CERAMICS)).status).toBe(200)
    const [first] = k.ledger()
    await k.remove(`/${first?.id}`)
    expect((await feed({ message: 'x' })).status).toBe(200)
  })
})

describe('what is posted', () => {
  it('answers with its id, and with what is asked beside it', async () => {
    const { json } = await feed({ message: 'Open today' })
    expect(json).toEqual({ id: expect.stringMatching(new RegExp(`^${NORTHWIND}_12\\d{14}$`)) })
    const [, number] = json.id.split('_')
    const shown = await feed({ message: 'Read after write', fields: 'id,permalink_url,message' })
    expect(shown.json).toMatchObject({
      message: 'Read after write',
      permalink_url: expect.stringContaining(`/${NORTHWIND}/posts/`),
    })
    const seen = await k.read(`/${json.id}`, { fields: 'message,created_time,permalink_url,from,is_published' })
    expect(seen.json).toEqual({
      ...{ id: json.id, message: 'Open today', created_time: '2026-11-21T12:00:00+0000', is_published: true },
      permalink_url: `https://www.facebook.com/${NORTHWIND}/posts/${number}`,
      from: { id: NORTHWIND, name: 'Northwind Studio' },
    })
  })

  it('comes as query, form, JSON or multipart, with the token anywhere, and under me', async () => {
    const proof = { appsecret_proof: k.proof(k.token) }
    const at = (path: string, query: Record<string, string> = {}) =>
      api(k, `${path}?${new URLSearchParams({ ...proof, ...query })}`)
    const multipart = new FormData()
    for (const [name, value] of Object.entries({ message: 'multipart', access_token: k.token }))
      multipart.append(name, value)
    const json = (body: object) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    const asked: [string, RequestInit][] = [
      [at(`/${NORTHWIND}/feed`, { message: 'query', access_token: k.token }), {}],
      [at(`/${NORTHWIND}/feed`), { body: new URLSearchParams({ message: 'form', access_token: k.token }) }],
      [at(`/${NORTHWIND}/feed`), json({ message: 'json', access_token: k.token })],
      [at(`/${NORTHWIND}/feed`), { body: multipart }],
      [at('/me/feed', { message: 'me' }), { headers: bearer(k.token) }],
    ]
    for (const [url, init] of asked) {
      const answer = await reply(await fetch(url, { method: 'POST', ...init }))
      expect(answer.status, answer.text).toBe(200)
    }
    expect(k.ledger().map(({ text }) => text)).toEqual(['query', 'form', 'json', 'multipart', 'me'])
  })

  it.each<[string, (ids: string[]) => Record<string, string>]>([
    ['as a JSON list', (ids) => ({ attached_media: JSON.stringify(ids.map((media_fbid) => ({ media_fbid }))) })],
    [
      'as keys of a form',
      (ids) => Object.fromEntries(ids.map((id, at) => [`attached_media[${at}]`, `{"media_fbid":"${id}"}`])),
    ],
    ['as deeper keys', (ids) => Object.fromEntries(ids.map((id, at) => [`attached_media[${at}][media_fbid]`, id]))],
  ])('with staged photos %s', async (_, fields) => {
    const ids = [await k.stage({ alt_text_custom: 'One' }), await k.stage(), await k.stage()]
    expect(k.ledger()).toEqual([])
    const post = await k.post('Three', fields(ids))
    expect(k.ledger()).toMatchObject([
      {
        id: post,
        account: NORTHWIND,
        kind: 'post',
        text: 'Three',
        at: START,
        media: [{ kind: 'image', alt: 'One' }, { alt: null }, { alt: null }],
      },
    ])
    const { json } = await k.read(`/${post}`, { fields: 'attachments{media_type,subattachments}' })
    const [album] = json.attachments.data
    expect(album.subattachments.data.map(({ target }: { target: { id: string } }) => target.id)).toEqual(ids)
    expect(album.subattachments.data[0]).toMatchObject({ description: 'One', media: { image: { height: 1080 } } })
  })

  it('with photos that were posted already, or too many of them, is refused', async () => {
    const list = (ids: string[]) => ({ attached_media: JSON.stringify(ids.map((media_fbid) => ({ media_fbid }))) })
    const one = await k.stage()
    expect(errorOf(await feed(list([one, one])))).toMatchObject({ code: 100, subcode: 1366051 })
    const post = await k.post('One', list([one]))
    expect(errorOf(await feed(list([one])))).toMatchObject({ code: 100, subcode: 1366051 })
    await k.remove(`/${post}`)
    expect((await feed(list([one]))).status).toBe(200)
    k.steer({ settings: { mostAttached: 1 } })
    expect(errorOf(await feed(list([await k.stage(), await k.stage()])))).toMatchObject({ code: 100 })
  })

  it('with numbers as ids in JSON', async () => {
    const id = await k.stage()
    const init = { method: 'POST', headers: { ...bearer(k.token), 'content-type': 'application/json' } }
    const body = JSON.stringify({ attached_media: [{ media_fbid: Number(id) }], appsecret_proof: k.proof(k.token) })
    expect((await fetch(api(k, `/${NORTHWIND}/feed`), { ...init, body })).status).toBe(200)
  })
})

describe('when', () => {
  const inSeconds = (seconds: number) => String(START / 1000 + seconds)
  const later = (time: string) => feed({ message: 'Later', published: 'false', scheduled_publish_time: time })

  it.each([
    ['599 seconds', inSeconds(599)],
    ['31 days', inSeconds(31 * 86_400)],
    ['yesterday', inSeconds(-86_400)],
    ['no time', 'when it suits'],
  ])('not in %s', async (_, time) => {
    const answer = await later(time)
    expect(errorOf(answer)).toEqual({ status: 400, code: 100, subcode: undefined })
    expect(answer.json.error.message).toBe('(#100) The specified scheduled publish time is invalid.')
  })

  it.each([
    ['seconds', inSeconds(600), 600],
    ['ISO 8601', '2026-11-22T12:00:00+0000', 86_400],
    ['ISO 8601 with a zone', '2026-11-22T13:00:00+01:00', 86_400],
    ['text', '+2 days', 2 * 86_400],
  ])('by %s: nobody sees it before', async (_, time, seconds) => {
    const { json } = await later(time)
    expect(k.ledger()).toEqual([])
    const listed = (await k.read(`/${NORTHWIND}/scheduled_posts`, { fields: 'scheduled_publish_time' })).json.data
    expect(listed).toEqual([{ id: json.id, scheduled_publish_time: START / 1000 + seconds }])
    expect((await k.read(`/${NORTHWIND}/feed`)).json.data).toEqual([])
    k.advance(seconds)
    expect(k.ledger()).toMatchObject([{ id: json.id, text: 'Later', at: START + seconds * 1000 }])
    expect((await k.read(`/${NORTHWIND}/feed`)).json.data).toHaveLength(1)
    expect((await k.read(`/${NORTHWIND}/scheduled_posts`)).json.data).toEqual([])
  })

  it('never, where it is a draft, or deleted before its time', async () => {
    await k.post('Draft', { published: 'false' })
    const id = await k.post('Not yet', { published: 'false', scheduled_publish_time: inSeconds(3600) })
    expect((await k.remove(`/${id}`)).json).toEqual({ success: true })
    k.advance(86_400)
    expect(k.ledger()).toEqual([])
    expect((await k.read(`/${NORTHWIND}/scheduled_posts`, {}, k.user)).json.error.code).toBe(200)
  })
})
