import { describe, expect, it } from 'vitest'
import { NORTHWIND, SYSTEM_CONFIG } from '../testing.ts'
import { errorOf, pageKit } from './testing.ts'

const k = pageKit()

describe('a post is edited', () => {
  it('by the Page and the app that made it', async () => {
    const id = await k.post('Before')
    k.advance(60)
    expect((await k.send(`/${id}`, { message: 'After' })).json).toEqual({ success: true })
    const { json } = await k.read(`/${id}`, { fields: 'message,created_time,updated_time' })
    expect(json).toMatchObject({
      message: 'After',
      created_time: '2026-11-21T12:00:00+0000',
      updated_time: '2026-11-21T12:01:00+0000',
    })
    expect(k.ledger()).toMatchObject([{ id, text: 'After' }])
  })

  it('not without a text, with too long a one, by a person, or where it is not there', async () => {
    const id = await k.post('Before')
    expect(errorOf(await k.send(`/${id}`))).toMatchObject({ code: 100 })
    expect(errorOf(await k.send(`/${id}`, { message: 'a'.repeat(63_207) }))).toMatchObject({ code: 100 })
    expect(errorOf(await k.send(`/${id}`, { message: 'x' }, k.user))).toMatchObject({ status: 403, code: 200 })
    expect(errorOf(await k.send(`/${NORTHWIND}_12`, { message: 'x' }))).toMatchObject({ code: 100, subcode: 33 })
    expect(k.ledger()).toMatchObject([{ text: 'Before' }])
  })

  it('not by another app', async () => {
    const id = await k.post('Before')
    const system = await k.short({ registration: 'meta-business', authorize: { config_id: SYSTEM_CONFIG } })
    const page = (await k.call(`/${NORTHWIND}`, system, { fields: 'access_token' }, { proof: false })).json.access_token
    const edited = await k.call(`/${id}`, page, { message: 'x' }, { method: 'POST', proof: false })
    expect(errorOf(edited)).toMatchObject({ status: 403, code: 200 })
    expect((await k.call(`/${id}`, page, {}, { method: 'DELETE', proof: false })).json).toEqual({ success: true })
  })
})

describe('a post is deleted', () => {
  it('once, stays in the ledger, and is read nowhere', async () => {
    const id = await k.post('Gone')
    expect((await k.remove(`/${id}`)).json).toEqual({ success: true })
    const again = await k.remove(`/${id}`)
    expect(errorOf(again)).toEqual({ status: 400, code: 100, subcode: 33 })
    expect(again.json.error.message).toContain('Unsupported delete request')
    expect(errorOf(await k.read(`/${id}`))).toMatchObject({ subcode: 33 })
    expect(errorOf(await k.send(`/${id}`, { message: 'x' }))).toMatchObject({ subcode: 33 })
    expect((await k.read(`/${NORTHWIND}/posts`)).json.data).toEqual([])
    expect(k.ledger()).toMatchObject([{ id, deleted: true }])
  })

  it('not by a person, nor without the permission', async () => {
    const id = await k.post('Here')
    expect(errorOf(await k.remove(`/${id}`, k.user))).toMatchObject({ status: 403, code: 200 })
    k.steer({ decline: { permission: 'pages_manage_posts' } })
    expect(errorOf(await k.remove(`/${id}`))).toMatchObject({ status: 403, code: 200 })
    expect(k.ledger()).toMatchObject([{ deleted: false }])
  })
})

describe('a comment', () => {
  it('is written under a post, read, and deleted', async () => {
    const post = await k.post('Open')
    const { json } = await k.send(`/${post}/comments`, { message: 'First', attachment_url: k.files.jpeg() })
    expect(json.id).toMatch(new RegExp(`^${post.split('_')[1]}_15\\d{14}$`))
    expect((await k.read(`/${post}/comments`, { fields: 'message,from' })).json.data).toEqual([
      { id: json.id, message: 'First', from: { id: NORTHWIND, name: 'Northwind Studio' } },
    ])
    expect((await k.read(`/${json.id}`, { fields: 'message' })).json).toEqual({ id: json.id, message: 'First' })
    const counted = await k.read(`/${post}`, {
      fields: 'comments.limit(0).summary(true),reactions.limit(0).summary(true)',
    })
    expect(counted.json.comments).toEqual({ data: [], summary: { total_count: 1 } })
    expect(k.ledger().at(-1)).toMatchObject({
      id: json.id,
      kind: 'comment',
      replyTo: post,
      text: 'First',
      media: [{ kind: 'image' }],
    })
    expect((await k.remove(`/${json.id}`)).json).toEqual({ success: true })
    expect(k.ledger().at(-1)).toMatchObject({ deleted: true })
    expect((await k.read(`/${post}/comments`)).json.data).toEqual([])
  })

  it('is refused without words, a permission or a post', async () => {
    const post = await k.post('Open')
    expect(errorOf(await k.send(`/${post}/comments`))).toMatchObject({ code: 100 })
    expect(errorOf(await k.send(`/${NORTHWIND}_1/comments`, { message: 'x' }))).toMatchObject({
      code: 100,
      subcode: 33,
    })
    expect(errorOf(await k.send(`/${post}/comments`, { message: 'x' }, k.user))).toMatchObject({ code: 200 })
    k.steer({ decline: { permission: 'pages_manage_engagement' } })
    expect(errorOf(await k.send(`/${post}/comments`, { message: 'x' }))).toMatchObject({ status: 403, code: 200 })
    expect(k.ledger()).toHaveLength(1)
  })
})
