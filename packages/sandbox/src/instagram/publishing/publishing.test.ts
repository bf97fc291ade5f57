import { describe, expect, it } from 'vitest'
import { instagramKit, NORTHWIND, PUBLISH, SCOPED } from '../testing.ts'

const k = instagramKit({ only: ['instagram'] })
const url = 'http://127.0.0.1:1/a.jpg'
const media = (token: string, account: string, params: Record<string, string> = { image_url: url }) =>
  k.graph(`/v26.0/${account}/media`, { access_token: token, ...params }, { method: 'POST' })

describe('publishing with an account’s own token', () => {
  it('goes by the id of the account, not by the app-scoped one', async () => {
    const token = await k.long()
    const refused = async (account: string) => (await media(token, account)).json.error
    expect(await refused(SCOPED)).toMatchObject({ code: 100, error_subcode: 33 })
    // The file is not there, which is asked only where all else is right.
    for (const account of [NORTHWIND, 'me']) expect((await refused(account)).error_subcode).toBe(2207052)
  })

  it('takes addresses, and no bytes', async () => {
    const token = await k.long()
    const { status, json } = await media(token, NORTHWIND, { media_type: 'REELS', upload_type: 'resumable' })
    expect([status, json.error.code]).toEqual([400, 100])
  })

  it('is refused without its permission, and to an account that is personal again', async () => {
    const basic = await k.long({ scope: 'instagram_business_basic' })
    const refused = await media(basic, NORTHWIND)
    expect([refused.status, refused.json.error.code]).toEqual([400, 10])
    expect(refused.json.error.message).toContain(PUBLISH)
    const token = await k.long()
    k.steer({ account: { member: 'mara', kind: 'PERSONAL' } })
    expect((await media(token, NORTHWIND)).json.error.code).toBe(10)
    k.steer({ account: { member: 'mara', kind: 'BUSINESS' }, endGrant: { why: 'password' } })
    expect((await media(token, NORTHWIND)).json.error).toMatchObject({ code: 190, error_subcode: 460 })
  })

  it('spends the account’s budget, which ends in 80002', async () => {
    const token = await k.long()
    k.steer({ settings: { accountCallsPerHour: 1, imageMs: 0 } })
    const limited = async () => (await k.graph('/v26.0/me/media', { access_token: token })).json.error?.code
    await limited()
    expect(await limited()).toBe(80002)
  })
})
