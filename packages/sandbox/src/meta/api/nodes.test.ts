import { describe, expect, it } from 'vitest'
import { playedAt } from '../../core/portrait.ts'
import { reply } from '../../kit.ts'
import { MEDIA } from '../origins.ts'
import { CERAMICS, MARA, metaKit, NORTHWIND, NORTHWIND_IG } from '../testing.ts'

const k = metaKit()

describe('/me', () => {
  it('of a person has name and id, and what was asked', async () => {
    const token = await k.long()
    expect((await k.call('/me', token)).json).toEqual({ name: 'Mara Lindqvist', id: MARA })
    expect((await k.call('/me', token, { fields: 'name' })).json).toEqual({ name: 'Mara Lindqvist', id: MARA })
    expect((await k.call(`/${MARA}`, token, { fields: 'id' })).json).toEqual({ id: MARA })
    expect((await k.call('/me', token, { fields: 'shoe_size' })).json.error.code).toBe(100)
  })

  it('has an e-mail address with the permission for it, and where there is one', async () => {
    const fields = { fields: 'email' }
    expect((await k.call('/me', await k.long(), fields)).json).toEqual({ id: MARA })
    const scope = 'email'
    expect((await k.call('/me', await k.long({ scope }), fields)).json.email).toBe('mara.lindqvist@example.com')
    expect((await k.call('/me', await k.long({ scope, member: 'ines' }), fields)).json).not.toHaveProperty('email')
  })

  it('has a picture that anybody can fetch, where there is one', async () => {
    const { picture } = (await k.call('/me', await k.long(), { fields: 'picture' })).json
    expect(picture.data).toMatchObject({ height: 50, url: expect.stringContaining(MEDIA) })
    const answer = await fetch(playedAt(k.sandbox.origins, picture.data.url))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
    const ines = await k.long({ member: 'ines' })
    expect((await k.call('/me', ines, { fields: 'picture' })).json).not.toHaveProperty('picture')
    expect((await reply(await fetch(`${k.sandbox.origins[MEDIA]}/v/10228845610000103/picture`))).status).toBe(404)
  })

  it('of a Page’s token is the Page', async () => {
    const token = await k.page(await k.long())
    expect((await k.call('/me', token)).json).toEqual({ name: 'Northwind Studio', id: NORTHWIND })
    expect((await k.call('/me', token, { fields: 'access_token' })).json.access_token).toBe(token)
  })

  it('is another id at another app: ids of people are app-scoped', async () => {
    const registration = 'meta-business'
    const token = await k.short({ registration })
    const { id } = (await k.call('/me', token, {}, { registration })).json
    expect(id).toMatch(/^\d{17}$/)
    expect(id).not.toBe(MARA)
    expect((await k.debug(token, registration)).json.data.user_id).toBe(id)
  })
})

describe('a Page and its Instagram account', () => {
  it('are seen by the person’s token, and by the Page’s own', async () => {
    const user = await k.long()
    const page = await k.page(user)
    for (const token of [user, page]) {
      expect((await k.call(`/${NORTHWIND}`, token)).json).toEqual({ name: 'Northwind Studio', id: NORTHWIND })
      const fields = { fields: 'username,media_count' }
      const instagram = { username: 'northwind.studio', media_count: 41, id: NORTHWIND_IG }
      expect((await k.call(`/${NORTHWIND_IG}`, token, fields)).json).toEqual(instagram)
    }
    const other = await k.page(user, CERAMICS)
    for (const id of [NORTHWIND, NORTHWIND_IG, MARA])
      expect((await k.call(`/${id}`, other)).json.error).toMatchObject({
        ...{ code: 100, error_subcode: 33, type: 'GraphMethodException' },
      })
  })

  it('what counts followers needs pages_read_engagement', async () => {
    const fields = { fields: 'followers_count' }
    expect((await k.call(`/${NORTHWIND}`, await k.long(), fields)).json.followers_count).toBe(1204)
    const browser = { untick: ['scope:pages_read_engagement'] }
    k.steer({ endGrant: { why: 'removed' } })
    const { error } = (await k.call(`/${NORTHWIND}`, await k.long(browser), fields)).json
    expect(error).toMatchObject({ code: 10, message: expect.stringContaining('pages_read_engagement') })
  })

  it('nothing is at another id', async () => {
    expect((await k.call('/1', await k.long())).json.error.error_subcode).toBe(33)
  })
})
