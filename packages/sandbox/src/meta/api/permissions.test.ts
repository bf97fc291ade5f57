import { describe, expect, it } from 'vitest'
import { MARA, metaKit } from '../testing.ts'

const k = metaKit()
const remove = (path: string, token: string) => k.call(path, token, {}, { method: 'DELETE' })

describe('/me/permissions', () => {
  it('lists what was granted and declined', async () => {
    const token = await k.long({ untick: ['scope:pages_manage_posts'] })
    const { data } = (await k.call(`/${MARA}/permissions`, token)).json
    expect(data).toContainEqual({ permission: 'pages_show_list', status: 'granted' })
    expect(data).toContainEqual({ permission: 'pages_manage_posts', status: 'declined' })
  })

  it('is nothing for a Page’s token', async () => {
    const token = await k.page(await k.long())
    for (const method of ['GET', 'DELETE'])
      expect((await k.call('/me/permissions', token, {}, { method })).json.error.code).toBe(100)
    expect((await k.call('/me', token)).status).toBe(200)
  })

  it('shows what the person took back since', async () => {
    const token = await k.long()
    k.steer({ decline: { permission: 'instagram_basic', member: 'mara' } })
    const { data } = (await k.call('/me/permissions', token)).json
    expect(data).toContainEqual({ permission: 'instagram_basic', status: 'declined' })
  })
})

describe('DELETE', () => {
  it.each(['/me/permissions', `/${MARA}/permissions`])('%s ends every token of that person and app', async (path) => {
    const user = await k.long()
    const page = await k.page(user)
    const tomas = await k.long({ member: 'tomas' })
    const other = await k.short({ registration: 'meta-business' })
    expect((await remove(path, user)).json).toEqual({ success: true })
    for (const token of [user, page]) expect((await k.call('/me', token)).json.error.error_subcode).toBe(458)
    expect((await k.call('/me', tomas)).status).toBe(200)
    expect((await k.call('/me', other, {}, { registration: 'meta-business' })).status).toBe(200)
    expect((await remove(path, user)).json.error.code).toBe(190)
  })

  it('of one permission takes that back alone', async () => {
    const token = await k.long()
    expect((await remove('/me/permissions/pages_manage_posts', token)).json).toEqual({ success: true })
    expect(k.grant()).toMatchObject({ declined: ['pages_manage_posts'] })
    expect((await k.call('/me', token)).status).toBe(200)
    expect((await remove('/me/permissions/pages_manage_posts', token)).status).toBe(400)
  })

  it('is not for another person', async () => {
    expect((await remove('/10228845610000102/permissions', await k.long())).json.error.error_subcode).toBe(33)
  })
})
