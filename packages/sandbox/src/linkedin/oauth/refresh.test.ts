import { describe, expect, it } from 'vitest'
import { DAY, kit } from '../../kit.ts'

const k = kit()
const GONE = {
  error: 'invalid_request',
  error_description: 'The provided authorization grant or refresh token is invalid, expired or revoked',
}

describe('a right refresh', () => {
  it('gives a new access token and the same refresh token', async () => {
    const first = await k.tokens()
    const { status, json } = await k.refresh(first.refresh_token)
    expect(status).toBe(200)
    expect(json.access_token).not.toBe(first.access_token)
    expect(json.refresh_token).toBe(first.refresh_token)
    expect(json.scope).toBe(first.scope)
    expect(Object.keys(json)).toEqual([
      'access_token',
      'expires_in',
      'refresh_token',
      'refresh_token_expires_in',
      'scope',
    ])
  })

  it('can be done again with the same token, and again', async () => {
    const { refresh_token } = await k.tokens()
    for (const _ of [1, 2, 3]) expect((await k.refresh(refresh_token)).status).toBe(200)
  })

  it('leaves the older access token alive', async () => {
    const first = await k.tokens()
    const { json } = await k.refresh(first.refresh_token)
    for (const token of [first.access_token, json.access_token])
      expect((await k.get('/v2/userinfo', token)).status).toBe(200)
  })

  it('works after the access token has ended', async () => {
    const first = await k.tokens()
    k.sandbox.control.advance(61 * DAY)
    expect((await k.get('/v2/userinfo', first.access_token)).json.serviceErrorCode).toBe(65602)
    const { json } = await k.refresh(first.refresh_token)
    expect((await k.get('/v2/userinfo', json.access_token)).status).toBe(200)
  })
})

describe('the year runs from consent and is never extended', () => {
  it.each([
    [59, 60, 306],
    [300, 60, 65],
    [305, 60, 60],
    [330, 35, 35],
    [360, 5, 5],
  ])('after %i days: an access token of %i days, %i days of refresh left', async (after, access, left) => {
    const { refresh_token } = await k.tokens()
    k.sandbox.control.advance(after * DAY)
    const { json } = await k.refresh(refresh_token)
    expect(json.expires_in).toBe(access * DAY)
    expect(json.refresh_token_expires_in).toBe(left * DAY)
  })

  it('refreshing in between does not reset it', async () => {
    const { refresh_token } = await k.tokens()
    for (let month = 0; month < 12; month++) {
      expect((await k.refresh(refresh_token)).status).toBe(200)
      k.sandbox.control.advance(30 * DAY)
    }
    expect((await k.refresh(refresh_token)).json.refresh_token_expires_in).toBe(5 * DAY)
    k.sandbox.control.advance(5 * DAY)
    const late = await k.refresh(refresh_token)
    expect([late.status, late.json]).toEqual([400, GONE])
  })

  it('the last short access token ends with it', async () => {
    const { refresh_token } = await k.tokens()
    k.sandbox.control.advance(360 * DAY)
    const { json } = await k.refresh(refresh_token)
    k.sandbox.control.advance(5 * DAY - 1)
    expect((await k.get('/v2/userinfo', json.access_token)).status).toBe(200)
    k.sandbox.control.advance(1)
    expect((await k.get('/v2/userinfo', json.access_token)).status).toBe(401)
  })

  it('starts anew with a new consent', async () => {
    await k.tokens()
    k.sandbox.control.advance(300 * DAY)
    expect((await k.tokens()).refresh_token_expires_in).toBe(365 * DAY)
  })

  it('does not start anew when the consent page was skipped', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({}, browser)
    k.sandbox.control.advance(30 * DAY)
    const screen = await browser.open(k.authorizeUrl())
    const { json } = await k.exchange(new URL(screen.location ?? '').searchParams.get('code') ?? '')
    expect(json.refresh_token_expires_in).toBe(335 * DAY)
  })
})

describe('refusals', () => {
  it.each(['made-up', 'x'.repeat(500)])('an unknown token', async (value) => {
    const answer = await k.refresh(value)
    expect([answer.status, answer.json]).toEqual([400, GONE])
  })

  it('an access token is no refresh token', async () => {
    expect((await k.refresh((await k.tokens()).access_token)).json).toEqual(GONE)
  })

  it.each(['expire', 'revoke'] as const)('one that control made to %s', async (what) => {
    const { refresh_token, access_token } = await k.tokens()
    k.steer({ linkedin: { token: { do: what, kind: 'refresh', value: refresh_token } } })
    expect((await k.refresh(refresh_token)).json).toEqual(GONE)
    expect((await k.get('/v2/userinfo', access_token)).status).toBe(200)
  })

  it('a consent that was taken back', async () => {
    const { refresh_token } = await k.tokens()
    k.steer({ linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } })
    expect((await k.refresh(refresh_token)).json).toEqual(GONE)
  })

  it('another app’s token, with right credentials', async () => {
    const { refresh_token } = await k.tokens()
    expect((await k.refresh(refresh_token, {}, 'linkedin-community')).json).toEqual(GONE)
  })

  it('an app that lost refresh tokens', async () => {
    const { refresh_token } = await k.tokens()
    k.steer({ linkedin: { app: { registration: 'linkedin', refreshTokens: false } } })
    expect((await k.refresh(refresh_token)).json).toEqual(GONE)
    expect((await k.tokens()).refresh_token).toBeUndefined()
  })

  it('a wrong secret is 401 and not a dead token', async () => {
    const { refresh_token } = await k.tokens()
    const answer = await k.refresh(refresh_token, { client_secret: 'wrong' })
    expect([answer.status, answer.json.error]).toEqual([401, 'invalid_client'])
    expect((await k.refresh(refresh_token)).status).toBe(200)
  })

  it.each(['refresh_token', 'client_secret', 'client_id'])('%s missing: our fault, and said so', async (name) => {
    const { refresh_token } = await k.tokens()
    const answer = await k.refresh(refresh_token, { [name]: undefined })
    expect([answer.status, answer.json.error_description]).toEqual([400, `A required parameter "${name}" is missing`])
  })

  it('a code_verifier here, too', async () => {
    const { refresh_token } = await k.tokens()
    expect((await k.refresh(refresh_token, { code_verifier: 'v'.repeat(43) })).status).toBe(401)
  })

  it('after a scope change in the portal a refresh keeps the old scopes: re-consent is needed', async () => {
    const { refresh_token } = await k.tokens({ scope: 'openid profile' })
    k.steer({ linkedin: { app: { registration: 'linkedin', scopes: ['openid', 'profile', 'email'] } } })
    expect((await k.refresh(refresh_token)).json.scope).toBe('openid,profile')
  })
})
