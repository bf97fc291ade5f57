import { describe, expect, it } from 'vitest'
import { DAY, kit } from '../../kit.ts'

const k = kit()
const asks = (html: string) => html.includes('>Allow</button>')

describe('skipping the page', () => {
  it('happens for a signed-in member with the same scopes and a live token', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({}, browser)
    const again = await browser.open(k.authorizeUrl())
    expect(again.status).toBe(302)
    expect(new URL(again.location ?? '').searchParams.get('code')).toBeTruthy()
  })

  it('gives a code that works', async () => {
    const browser = k.sandbox.browser()
    const first = await k.tokens({}, browser)
    const again = await browser.open(k.authorizeUrl())
    const answer = await k.exchange(new URL(again.location ?? '').searchParams.get('code') ?? '')
    expect(answer.status).toBe(200)
    // Same scopes: both tokens live side by side.
    expect((await k.get('/v2/userinfo', first.access_token)).status).toBe(200)
    expect((await k.get('/v2/userinfo', answer.json.access_token)).status).toBe(200)
  })

  it('does not mind the order of the scopes', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({ scope: 'openid profile' }, browser)
    expect((await browser.open(k.authorizeUrl({ scope: 'profile openid' }))).status).toBe(302)
  })

  it('does not happen in a browser that has not signed in', async () => {
    await k.tokens()
    expect(asks((await k.sandbox.browser().open(k.authorizeUrl())).html)).toBe(true)
  })

  it('does not happen before the code was redeemed: there is no token yet', async () => {
    const browser = k.sandbox.browser()
    await k.code({}, browser)
    expect(asks((await browser.open(k.authorizeUrl())).html)).toBe(true)
  })

  it('does not happen for another member, another app, or other scopes', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({ scope: 'openid profile' }, browser)
    expect(asks((await browser.open(k.authorizeUrl({ scope: 'openid' }))).html)).toBe(true)
    const selfserve = k.authorizeUrl({ registration: 'linkedin-selfserve', scope: 'openid profile' })
    expect(asks((await browser.open(selfserve)).html)).toBe(true)
    await browser.consent(selfserve, { member: 'tomas', press: 'cancel' })
    expect(asks((await browser.open(k.authorizeUrl({ scope: 'openid profile' }))).html)).toBe(true)
  })

  it('ends when the token does', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({}, browser)
    k.sandbox.control.advance(60 * DAY)
    expect(asks((await browser.open(k.authorizeUrl())).html)).toBe(true)
  })

  it('ends when the member takes the consent back', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({}, browser)
    k.steer({ linkedin: { revokeGrant: { member: 'mara' } } })
    expect(asks((await browser.open(k.authorizeUrl())).html)).toBe(true)
  })

  it('ends with the year of the refresh token, though an access token may live', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({}, browser)
    for (const days of [59, 59, 59, 59, 59, 59]) {
      k.sandbox.control.advance(days * DAY)
      const again = await browser.open(k.authorizeUrl())
      const answer = await k.exchange(new URL(again.location ?? '').searchParams.get('code') ?? '')
      expect(answer.status).toBe(200)
    }
    k.sandbox.control.advance(11 * DAY)
    expect(asks((await browser.open(k.authorizeUrl())).html)).toBe(true)
  })

  it('can be switched off, or everybody signed out', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({}, browser)
    k.settings({ skipConsent: false })
    expect(asks((await browser.open(k.authorizeUrl())).html)).toBe(true)
    k.settings({ skipConsent: true })
    k.steer({ linkedin: { signOut: true } })
    expect(asks((await browser.open(k.authorizeUrl())).html)).toBe(true)
  })

  it('happens on switching to a member who agreed before', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({ member: 'tomas' }, browser)
    await browser.consent(k.authorizeUrl({ scope: 'openid' }), { member: 'mara', press: 'cancel' })
    const screen = await browser.consent(k.authorizeUrl(), { member: 'tomas', press: 'cancel' })
    expect(new URL(screen.location ?? '').searchParams.get('code')).toBeTruthy()
  })
})

describe('a new grant with another scope set', () => {
  it('ends every earlier access token of the member for the app: 65601', async () => {
    const one = await k.tokens({ scope: 'openid profile' })
    const two = await k.tokens({ scope: 'openid profile' })
    expect((await k.get('/v2/userinfo', one.access_token)).status).toBe(200)
    await k.tokens({ scope: 'openid profile email' })
    for (const token of [one, two]) {
      const answer = await k.get('/v2/userinfo', token.access_token)
      expect([answer.status, answer.json.serviceErrorCode]).toEqual([401, 65601])
    }
  })

  it('does so for fewer scopes as for more', async () => {
    const before = await k.tokens({ scope: 'openid profile email' })
    await k.tokens({ scope: 'openid' })
    expect((await k.get('/v2/userinfo', before.access_token)).json.serviceErrorCode).toBe(65601)
  })

  it('leaves other members and other apps alone', async () => {
    const tomas = await k.tokens({ member: 'tomas', scope: 'openid' })
    const other = await k.tokens({ registration: 'linkedin-selfserve', scope: 'openid' })
    await k.tokens({ scope: 'openid profile' })
    await k.tokens({ scope: 'openid' })
    expect((await k.get('/v2/userinfo', tomas.access_token)).status).toBe(200)
    expect((await k.get('/v2/userinfo', other.access_token)).status).toBe(200)
  })

  it('ends a code of the old scopes that nobody redeemed yet', async () => {
    const code = await k.code({ scope: 'openid' })
    await k.code({ scope: 'openid profile' })
    expect((await k.exchange(code)).status).toBe(400)
  })

  it('does nothing when the member cancels', async () => {
    const before = await k.tokens({ scope: 'openid' })
    await k.back({ scope: 'openid profile', press: 'cancel' })
    expect((await k.get('/v2/userinfo', before.access_token)).status).toBe(200)
  })

  it('leaves the refresh token alive, with the scopes it was given for', async () => {
    const before = await k.tokens({ scope: 'openid' })
    await k.tokens({ scope: 'openid profile' })
    const answer = await k.refresh(before.refresh_token)
    expect([answer.status, answer.json.scope]).toEqual([200, 'openid'])
  })
})

describe('prompt=none, which nobody should send', () => {
  const silent = { authorize: { prompt: 'none' } }

  it('meets the error page when the member never agreed, or is not signed in here', async () => {
    expect(await k.sandbox.browser().open(k.authorizeUrl(silent))).toMatchObject({ status: 400, location: undefined })
    await k.tokens()
    expect(await k.sandbox.browser().open(k.authorizeUrl(silent))).toMatchObject({ status: 400, location: undefined })
  })

  it('gives a token that lacks what was never agreed to', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({ scope: 'openid profile' }, browser)
    const screen = await browser.open(k.authorizeUrl({ scope: 'openid profile email', ...silent }))
    const answer = await k.exchange(new URL(screen.location ?? '').searchParams.get('code') ?? '')
    expect(answer.json.scope).toBe('openid,profile')
  })

  it('another value of prompt is not looked at', async () => {
    expect((await k.sandbox.browser().open(k.authorizeUrl({ authorize: { prompt: 'consent' } }))).status).toBe(200)
  })
})
