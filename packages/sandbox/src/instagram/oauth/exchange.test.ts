import { describe, expect, it } from 'vitest'
import { reply } from '../../kit.ts'
import { API } from '../origins.ts'
import { BASIC, INSIGHTS, instagramKit, NORTHWIND, OTHER_REDIRECT, PUBLISH, SCOPED } from '../testing.ts'

const k = instagramKit()

describe('a right exchange', () => {
  it('is answered wrapped, as documented', async () => {
    k.steer({ settings: { tokenAnswer: 'wrapped', userId: 'text' } })
    const { status, json } = await k.exchange(await k.code())
    expect(status).toBe(200)
    expect(json).toEqual({
      data: [{ access_token: expect.any(String), user_id: SCOPED, permissions: [BASIC, PUBLISH, INSIGHTS].join(',') }],
    })
    // Not the id for publishing.
    expect(SCOPED).not.toBe(NORTHWIND)
  })

  it('or flat, as clients see it, with a list', async () => {
    k.steer({ settings: { permissions: 'list' } })
    const { json, text } = await k.exchange(await k.code({ untick: [`scope:${INSIGHTS}`] }))
    expect(json).toEqual({
      ...{ access_token: expect.any(String), permissions: [BASIC, PUBLISH] },
      user_id: expect.any(Number),
    })
    // A number with all its digits, which JSON.parse loses.
    expect(text).toContain(`"user_id":${SCOPED}`)
    expect(String(json.user_id)).not.toBe(SCOPED)
  })

  it('may be a multipart form', async () => {
    const { status } = await k.exchange(await k.code(), {}, (right) => {
      const body = new FormData()
      for (const [name, value] of right) body.append(name, value)
      return { body }
    })
    expect(status).toBe(200)
  })

  it('hands out a token of one hour', async () => {
    const token = await k.short()
    k.advance(3599)
    expect((await k.me(token)).status).toBe(200)
    k.advance(1)
    expect((await k.me(token)).json.error).toMatchObject({ code: 190, error_subcode: 463 })
  })
})

describe('refused, in the shape of this endpoint alone', () => {
  const spent = 'Matching code was not found or was already used'
  const redirect = 'Error validating verification code'
  it.each<[string, Record<string, string | undefined>, string]>([
    ['no client id', { client_id: undefined }, 'Invalid platform app'],
    ['the App ID of Facebook', { client_id: '100000000000001' }, 'Invalid platform app'],
    ['no secret', { client_secret: undefined }, 'Error validating client secret'],
    ['another secret', { client_secret: 'other' }, 'Error validating client secret'],
    ['no grant type', { grant_type: undefined }, 'Invalid grant_type'],
    ['another grant type', { grant_type: 'refresh_token' }, 'Invalid grant_type'],
    ['no code', { code: undefined }, spent],
    ['another code', { code: 'AQother' }, spent],
    ['a code with the fragment left on', { code: 'AQx#_' }, spent],
    ['no redirect URI', { redirect_uri: undefined }, redirect],
    ['another redirect URI of the app', { redirect_uri: OTHER_REDIRECT }, redirect],
  ])('%s', async (_name, fields, message) => {
    const { status, json } = await k.exchange(await k.code(), fields)
    expect(status).toBe(400)
    expect(json).toEqual({ error_type: 'OAuthException', code: 400, error_message: expect.stringContaining(message) })
  })

  it('a code that was used', async () => {
    const code = await k.code()
    expect((await k.exchange(code)).status).toBe(200)
    expect((await k.exchange(code)).json.error_message).toBe(spent)
  })

  it('a code after an hour', async () => {
    const code = await k.code()
    k.advance(3600)
    expect((await k.exchange(code)).json.error_message).toBe(spent)
  })

  it('a code of a person who removed the app meanwhile', async () => {
    const code = await k.code()
    k.steer({ endGrant: { why: 'removed' } })
    expect((await k.exchange(code)).json.error_message).toBe(spent)
  })

  it('a code of an account that became a personal one', async () => {
    const code = await k.code()
    k.steer({ account: { member: 'mara', kind: 'PERSONAL' } })
    expect((await k.exchange(code)).json.error_message).toContain('Business or Creator')
  })

  it('a secret that was reset in the dashboard', async () => {
    const code = await k.code()
    k.steer({ app: { registration: 'instagram', secretRefused: true } })
    expect((await k.exchange(code)).json.error_message).toBe('Error validating client secret.')
  })

  it('JSON', async () => {
    const answer = await k.exchange(await k.code(), {}, (right) => ({
      body: JSON.stringify(Object.fromEntries(right)),
      headers: { 'content-type': 'application/json' },
    }))
    expect(answer.json.error_message).toBe('Invalid platform app')
  })

  it('fields in the address', async () => {
    const answer = await k.exchange(await k.code(), {}, () => ({ body: new URLSearchParams() }))
    expect(answer.status).toBe(400)
  })

  it('a field twice', async () => {
    const answer = await k.exchange(await k.code(), {}, (right) => ({
      body: new URLSearchParams([...right, ['code', 'second']]),
    }))
    expect(answer.json.error_message).toContain('more than once')
  })

  it('GET, with a sentence of its own', async () => {
    const { status, json } = await reply(await fetch(`${k.sandbox.origins[API]}/oauth/access_token?code=x`))
    expect(status).toBe(400)
    expect(json.error).toMatchObject({
      message: 'Unsupported request - method type: get',
      type: 'IGApiException',
      code: 100,
    })
  })
})
