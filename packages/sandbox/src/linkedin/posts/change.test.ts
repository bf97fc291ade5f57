import { describe, expect, it } from 'vitest'
import { kit } from '../../kit.ts'
import { ACME, enc, inputErrors, NORTHWIND, type Person, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const UPDATE = { 'x-restli-method': 'PARTIAL_UPDATE' }
const patch = (who: Person, urn: string, set: object, headers: Record<string, string> = UPDATE) =>
  p.send('POST', `/rest/posts/${enc(urn)}`, who.token, { patch: { $set: set } }, headers)
const remove = (who: Person, urn: string) => p.send('DELETE', `/rest/posts/${enc(urn)}`, who.token)
const read = async (who: Person, urn: string) => (await p.send('GET', `/rest/posts/${enc(urn)}`, who.token)).json

describe('editing', () => {
  it('changes the text, and shows that it was changed', async () => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND })
    k.sandbox.control.advance(60)
    const answer = await patch(who, urn, { commentary: 'Good evening (all' })
    expect([answer.status, answer.text]).toEqual([204, ''])
    const post = await read(who, urn)
    expect(post).toMatchObject({ commentary: 'Good evening ', lifecycleStateInfo: { isEditedByAuthor: true } })
    expect(post.lastModifiedAt - post.createdAt).toBe(60_000)
    expect(p.ledger).toMatchObject([{ id: urn, text: 'Good evening ' }])
  })

  it('may be answered with 200', async () => {
    k.settings({ updateStatus: 200 })
    const who = await p.person()
    expect((await patch(who, await p.published(who), { commentary: 'x' })).status).toBe(200)
  })

  it('changes a few fields more', async () => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND })
    const set = { contentLandingPage: 'https://a.example', contentCallToActionLabel: 'LEARN_MORE' }
    expect((await patch(who, urn, set)).status).toBe(204)
    expect(await read(who, urn)).toMatchObject(set)
  })

  it.each([
    [{ content: { media: { id: 'urn:li:image:1' } } }, 422],
    [{ visibility: 'PUBLIC' }, 422],
    [{ lifecycleState: 'DRAFT' }, 400],
    [{ commentary: 'x'.repeat(3001) }, 400],
    [{ reshareContext: { parent: 'urn:li:share:1' } }, 400],
  ])('not %j', async (set, status) => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND })
    expect((await patch(who, urn, set)).status).toBe(status)
    expect((await read(who, urn)).lifecycleStateInfo.isEditedByAuthor).toBe(false)
  })

  it('no poll', async () => {
    const who = await p.person()
    const poll = { question: 'q', options: [{ text: 'a' }, { text: 'b' }], settings: { duration: 'ONE_DAY' } }
    const urn = await p.published(who, { content: { poll } })
    expect(inputErrors(await patch(who, urn, { commentary: 'x' }))).toEqual([['INVALID_VALUE_FOR_FIELD', 'patch/$set']])
  })

  it('not without the method’s header', async () => {
    const who = await p.person()
    expect((await patch(who, await p.published(who), { commentary: 'x' }, {})).status).toBe(400)
  })

  it('not what is not there', async () => {
    const who = await p.person()
    const urn = await p.published(who)
    await remove(who, urn)
    for (const one of [urn, 'urn:li:share:1']) expect((await patch(who, one, { commentary: 'x' })).status).toBe(404)
  })

  it('not another’s', async () => {
    const urn = await p.published(await p.person())
    const tomas = await p.person({ member: 'tomas' })
    expect((await patch(tomas, urn, { commentary: 'x' })).status).toBe(403)
    const page = await p.published(await p.person(), { author: ACME })
    expect((await patch(tomas, page, { commentary: 'x' })).status).toBe(403)
    const writer = await p.person({ registration: 'linkedin-selfserve' })
    expect((await patch(writer, page, { commentary: 'x' })).status).toBe(400)
    const reader = await p.person({ scope: 'r_organization_social' })
    expect((await patch(reader, page, { commentary: 'x' })).json.message).toContain('.PARTIAL_UPDATE.')
  })
})

describe('deleting', () => {
  it('is 204, again and again', async () => {
    const who = await p.person()
    const urn = await p.published(who)
    for (let i = 0; i < 3; i++) {
      const answer = await remove(who, urn)
      expect([answer.status, answer.text]).toEqual([204, ''])
    }
    expect(p.ledger).toMatchObject([{ id: urn, deleted: true }])
  })

  it('works by the activity, too', async () => {
    k.settings({ duplicateNames: 'activity' })
    const who = await p.person()
    await p.published(who)
    const activity = /urn:li:activity:\d+/.exec((await p.create(who)).json.message)?.[0] ?? ''
    expect((await remove(who, activity)).status).toBe(204)
    expect(p.ledger[0]?.deleted).toBe(true)
  })

  it('not what never was, nor what is another’s', async () => {
    const who = await p.person()
    expect((await remove(who, 'urn:li:share:1')).status).toBe(404)
    const urn = await p.published(await p.person({ member: 'tomas' }))
    expect((await remove(who, urn)).status).toBe(403)
    expect((await remove(await p.person({ scope: 'openid' }), urn)).json.message).toContain('.DELETE.')
    expect(p.ledger[0]?.deleted).toBe(false)
  })
})
