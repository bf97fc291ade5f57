import { describe, expect, it } from 'vitest'
import { BASIC, INSIGHTS, instagramKit, OTHER_REDIRECT, PUBLISH, REDIRECT } from '../testing.ts'

const k = instagramKit()
const open = (authorize: Record<string, string | undefined>) => k.sandbox.browser().open(k.authorizeUrl({ authorize }))

describe('a right request', () => {
  it('shows who asks, for what, and as whom', async () => {
    const { status, html } = await open({})
    expect(status).toBe(200)
    for (const text of [
      'Mooring demo asks',
      '@northwind.studio',
      'Create content on your behalf',
      'This is not Instagram.',
    ])
      expect(html).toContain(text)
  })

  it('leads back with a code, the state, and Instagram’s fragment', async () => {
    const url = await k.back()
    expect(url.origin + url.pathname).toBe(REDIRECT)
    expect([...url.searchParams.keys()]).toEqual(['code', 'state'])
    expect(url.hash).toBe('#_')
  })

  it('may have no state, and the switches of the guide', async () => {
    const url = await k.back({ authorize: { state: undefined, enable_fb_login: '0', force_authentication: '1' } })
    expect([...url.searchParams.keys()]).toEqual(['code'])
  })

  it('asks a browser to log in again where it is forced', async () => {
    const browser = k.sandbox.browser()
    await k.back({}, browser)
    expect((await browser.open(k.authorizeUrl())).html).toContain('Signed in as')
    const forced = await browser.open(k.authorizeUrl({ authorize: { force_authentication: '1' } }))
    expect(forced.html).toContain('Log in as')
  })

  it('a permission may be left out, the basic one not', async () => {
    const { html } = await open({})
    expect(html).not.toContain(`scope:${BASIC}`)
    await k.back({ untick: [`scope:${PUBLISH}`] })
    expect(k.shown().grants.at(-1)?.permissions).toEqual([BASIC, INSIGHTS])
  })
})

it('a refusal leads back with Instagram’s own words, and without a fragment', async () => {
  const url = await k.back({ press: 'cancel' })
  expect(Object.fromEntries(url.searchParams)).toEqual({
    error: 'access_denied',
    error_reason: 'user_denied',
    error_description: 'The user denied your request',
    state: 'state-1',
  })
  expect(url.hash).toBe('')
})

describe('whatever is wrong is a page of Instagram, and nobody is sent back', () => {
  it.each<[string, Record<string, string | undefined>]>([
    ['no client id', { client_id: undefined }],
    ['the App ID of Facebook', { client_id: '100000000000001' }],
    ['no redirect URI', { redirect_uri: undefined }],
    ['another redirect URI', { redirect_uri: 'https://evil.example/cb' }],
    ['a redirect URI with a slash more', { redirect_uri: `${REDIRECT}/` }],
    ['a redirect URI with a query more', { redirect_uri: `${REDIRECT}?a=1` }],
    ['a redirect URI in other case', { redirect_uri: OTHER_REDIRECT.replace('app', 'APP') }],
    ['no response type', { response_type: undefined }],
    ['a token in the address', { response_type: 'token' }],
    ['no scope', { scope: undefined }],
    ['a scope without the basic one', { scope: PUBLISH }],
    ['scopes with spaces', { scope: `${BASIC} ${PUBLISH}` }],
    ['the names that died in January 2025', { scope: 'business_basic,business_content_publish' }],
    ['the scopes of Basic Display', { scope: 'user_profile,user_media' }],
    ['scopes of Facebook Login', { scope: 'instagram_basic,instagram_content_publish' }],
    ['a scope that the app may not ask for', { scope: `${BASIC},instagram_business_manage_messages` }],
    ['a switch with a strange value', { force_authentication: 'please' }],
  ])('%s', async (_name, authorize) => {
    const { status, location, html } = await open(authorize)
    expect([status, location]).toEqual([400, undefined])
    expect(html).toContain('Sorry, something went wrong.')
  })

  it('a parameter twice', async () => {
    const { status } = await k.sandbox.browser().open(`${k.authorizeUrl()}&scope=${BASIC}`)
    expect(status).toBe(400)
  })

  it('http on loopback, where it is refused', async () => {
    k.steer({ settings: { loopback: 'refused' } })
    expect((await open({})).status).toBe(400)
    expect((await open({ redirect_uri: OTHER_REDIRECT })).status).toBe(200)
  })

  it('a HEAD', async () => {
    const url = k
      .authorizeUrl()
      .replace('https://www.instagram.com', k.sandbox.origins['https://www.instagram.com'] ?? '')
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(400)
  })
})

describe('who gets past the window', () => {
  it('no personal account', async () => {
    const screen = await k.sandbox.browser().consent(k.authorizeUrl(), { member: 'ines' })
    expect([screen.status, screen.location]).toEqual([400, undefined])
    expect(screen.html).toContain('Only a professional account')
    expect(k.shown().grants).toEqual([])
  })

  it('such an account is told so, and may leave', async () => {
    const { html } = await k.sandbox.browser().consent(k.authorizeUrl(), { member: 'ines', press: 'leave' })
    expect(html).toContain('Press one of the buttons')
    const url = await k.back({ member: 'ines', press: 'cancel' })
    expect(url.searchParams.get('error')).toBe('access_denied')
  })

  it('a personal account that became a professional one', async () => {
    k.steer({ account: { member: 'ines', kind: 'MEDIA_CREATOR' } })
    expect((await k.back({ member: 'ines' })).searchParams.get('code')).toBeTruthy()
  })

  it('testers alone, of an app that is not live', async () => {
    k.steer({ app: { registration: 'instagram', live: false, roles: ['tomas'] } })
    expect((await open({})).html).toContain('Insufficient developer role')
    k.steer({ app: { registration: 'instagram', roles: ['mara'] } })
    expect((await open({})).status).toBe(200)
  })
})

describe('a button', () => {
  it('counts once, in its own browser, and from its own page', async () => {
    const browser = k.sandbox.browser()
    const { html } = await browser.open(k.authorizeUrl())
    const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const form = `${k.sandbox.origins['https://www.instagram.com']}/sandbox/consent`
    expect((await k.sandbox.browser().submit(form, { ticket, press: 'allow' })).status).toBe(400)
    expect((await browser.submit(form, { ticket, press: 'allow' })).location).toContain('code=')
    expect((await browser.submit(form, { ticket, press: 'allow' })).status).toBe(400)
    const foreign = await fetch(form, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })
    expect(foreign.status).toBe(403)
  })
})
