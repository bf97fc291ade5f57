import { describe, expect, it } from 'vitest'
import { BASIC, DAY, INSIGHTS, instagramKit, PUBLISH } from '../testing.ts'

const k = instagramKit()
const permissions = [BASIC, PUBLISH, INSIGHTS].join(',')

describe('lengthening', () => {
  it('makes a token of 60 days of a short one', async () => {
    const short = await k.short()
    const { status, json } = await k.lengthen(short)
    expect(status).toBe(200)
    expect(json).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 5_183_944 })
    k.advance(59 * DAY)
    expect((await k.me(json.access_token)).status).toBe(200)
    k.advance(DAY)
    expect((await k.me(json.access_token)).json.error.code).toBe(190)
  })

  it('may leave out how long it lives', async () => {
    k.steer({ settings: { expiresIn: 'absent' } })
    expect((await k.lengthen(await k.short())).json).not.toHaveProperty('expires_in')
  })

  it.each<[string, Record<string, string | undefined>, number]>([
    ['no secret', { client_secret: undefined }, 100],
    ['another secret', { client_secret: 'other' }, 1],
    ['no grant type', { grant_type: undefined }, 100],
    ['another grant type', { grant_type: 'fb_exchange_token' }, 100],
    ['no token', { access_token: undefined }, 104],
    ['another token', { access_token: 'IGAAother' }, 190],
  ])('is refused: %s', async (_name, query, code) => {
    const { status, json } = await k.lengthen(await k.short(), query)
    expect([status, json.error.code]).toEqual([400, code])
  })

  it('is refused of a token that is over', async () => {
    const short = await k.short()
    k.advance(3600)
    expect((await k.lengthen(short)).json.error).toMatchObject({ code: 190, error_subcode: 463 })
  })

  it('is refused of a long one', async () => {
    expect((await k.lengthen(await k.long())).json.error).toMatchObject({ code: 100, type: 'IGApiException' })
  })

  it('is no POST', async () => {
    const answer = await k.graph('/access_token', { grant_type: 'ig_exchange_token' }, { method: 'POST' })
    expect([answer.status, answer.json.error.message]).toEqual([400, 'Unsupported request - method type: post'])
  })
})

describe('refreshing', () => {
  it('hands out 60 new days, and the former token lives on to its own end', async () => {
    const token = await k.long()
    k.advance(30 * DAY)
    const { status, json } = await k.refresh(token)
    expect(status).toBe(200)
    expect(json).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 5_183_944, permissions })
    expect(json.access_token).not.toBe(token)
    expect((await k.me(token)).status).toBe(200)
    k.advance(31 * DAY)
    expect((await k.me(token)).status).toBe(400)
    expect((await k.me(json.access_token)).status).toBe(200)
  })

  it('or the same token with another end', async () => {
    k.steer({ settings: { refreshed: 'same' } })
    const token = await k.long()
    k.advance(30 * DAY)
    expect((await k.refresh(token)).json.access_token).toBe(token)
    k.advance(59 * DAY)
    expect((await k.me(token)).status).toBe(200)
  })

  it('is refused within 24 hours', async () => {
    const token = await k.long()
    k.advance(DAY - 1)
    expect((await k.refresh(token)).json.error).toMatchObject({
      code: 100,
      message: expect.stringContaining('24 hours'),
    })
    k.advance(1)
    expect((await k.refresh(token)).status).toBe(200)
  })

  it('is refused after the end: there is only a new login', async () => {
    const token = await k.long()
    k.advance(60 * DAY)
    expect((await k.refresh(token)).json.error).toMatchObject({ code: 190, error_subcode: 463 })
  })

  it('is refused of a short token', async () => {
    const token = await k.short()
    k.advance(60)
    expect((await k.refresh(token)).json.error).toMatchObject({ code: 100, type: 'IGApiException' })
  })

  it('is refused with another grant type', async () => {
    const token = await k.long()
    k.advance(2 * DAY)
    expect((await k.refresh(token, { grant_type: 'refresh_token' })).json.error.code).toBe(100)
  })

  it('is refused without the basic permission', async () => {
    const token = await k.long()
    k.advance(2 * DAY)
    k.steer({ decline: { permission: PUBLISH } })
    expect((await k.refresh(token)).json.permissions).toBe([BASIC, INSIGHTS].join(','))
    k.steer({ decline: { permission: BASIC } })
    expect((await k.refresh(token)).json.error.code).toBe(10)
  })

  it.each(['removed', 'checkpoint', 'password'] as const)('is refused after: %s', async (why) => {
    const token = await k.long()
    k.advance(2 * DAY)
    k.steer({ endGrant: { why } })
    expect((await k.refresh(token)).json.error.code).toBe(190)
  })
})
