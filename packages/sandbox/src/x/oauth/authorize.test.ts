import { describe, expect, it } from 'vitest'
import { REDIRECT, s256, VERIFIER, xKit } from '../testing.ts'

const k = xKit()
const open = (authorize: Record<string, string | undefined>, registration?: string) =>
  k.sandbox.browser().open(k.authorizeUrl({ authorize, ...(registration && { registration }) }))

describe('a right request', () => {
  it('shows who asks, for what, and as whom', async () => {
    const { status, html } = await open({})
    expect(status).toBe(200)
    expect(html).toContain('Mooring demo wants to access your X account.')
    for (const text of ['Mara Lindqvist', '@maralindqvist', 'Post and repost for you', 'Stay connected'])
      expect(html).toContain(text)
    expect(html).toContain('This is not X.')
  })

  it('leads back with state and code, once', async () => {
    const browser = k.sandbox.browser()
    const url = await k.back({}, browser)
    expect(url.origin + url.pathname).toBe(REDIRECT)
    expect([...url.searchParams.keys()]).toEqual(['state', 'code'])
    expect(url.searchParams.get('state')).toBe('state-1')
  })

  it('asks again, however often the user agreed', async () => {
    const browser = k.sandbox.browser()
    await k.back({}, browser)
    const again = await browser.open(k.authorizeUrl())
    expect(again.location).toBeUndefined()
    expect(again.html).toContain('Signed in as <strong>Mara Lindqvist</strong>')
  })

  it('can be answered as somebody else', async () => {
    const { html } = await k.sandbox.browser().consent(k.authorizeUrl(), { member: 'tomas', press: 'leave' })
    // X has no such button: its page says so.
    expect(html).toContain('Press one of the buttons')
    const tokens = await k.tokens({ member: 'tomas' })
    expect((await k.me(tokens.access_token)).json.data.username).toBe('tbrandl')
  })

  it.each([
    ['plain', VERIFIER],
    ['s256', s256(VERIFIER)],
  ])('takes the method %s', async (code_challenge_method, code_challenge) => {
    const code = await k.code({ authorize: { code_challenge_method, code_challenge } })
    expect((await k.exchange(code)).status).toBe(200)
  })

  it('takes a state of 500 characters', async () => {
    expect((await open({ state: 's'.repeat(500) })).status).toBe(200)
  })
})

it('a refusal leads back with access_denied and no code', async () => {
  const url = await k.back({ press: 'cancel' })
  expect(Object.fromEntries(url.searchParams)).toEqual({ error: 'access_denied', state: 'state-1' })
})

describe('whatever is wrong is a page of X, and nobody is sent back', () => {
  it.each([
    [{ client_id: undefined }],
    [{ client_id: 'somebody' }],
    [{ redirect_uri: undefined }],
    [{ redirect_uri: `${REDIRECT}/` }],
    [{ redirect_uri: `${REDIRECT}?a=1` }],
    [{ redirect_uri: 'http://localhost:8003/callback/x' }],
    [{ redirect_uri: 'https://evil.example/callback/x' }],
    [{ response_type: undefined }],
    [{ response_type: 'token' }],
    [{ state: undefined }],
    [{ state: '' }],
    [{ state: 's'.repeat(501) }],
    [{ code_challenge: undefined }],
    [{ code_challenge: 'short' }],
    [{ code_challenge: `${s256(VERIFIER)}=` }],
    [{ code_challenge_method: undefined }],
    [{ code_challenge_method: 'S512' }],
    [{ scope: undefined }],
    [{ scope: 'tweet.read w_member_social' }],
    [{ scope: 'tweet.read,users.read' }],
  ])('%j', async (authorize) => {
    const screen = await open(authorize)
    expect(screen.location).toBeUndefined()
    expect(screen.status).toBe(400)
    expect(screen.html).toContain('Something went wrong')
  })

  it('a parameter that came twice', async () => {
    const screen = await k.sandbox.browser().open(`${k.authorizeUrl()}&state=other`)
    expect([screen.status, screen.location]).toEqual([400, undefined])
  })

  it('an app without user authentication settings', async () => {
    k.steer({ app: { registration: 'x', oauth2: false } })
    expect((await open({})).status).toBe(400)
  })

  it('localhost, where X keeps to its own words', async () => {
    const redirect_uri = 'http://localhost:8003/callback/x'
    k.steer({ app: { registration: 'x', redirectUris: [redirect_uri] } })
    expect((await open({ redirect_uri })).status).toBe(200)
    k.steer({ settings: { localhost: 'refused' } })
    expect((await open({ redirect_uri })).status).toBe(400)
  })
})

describe('the page', () => {
  const ticketIn = (html: string): string => /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const press = (browser: ReturnType<typeof k.sandbox.browser>, ticket: string) =>
    browser.submit('https://x.com/sandbox/consent', { ticket, press: 'allow' })

  it('is answered once, in its own browser, within half an hour', async () => {
    const browser = k.sandbox.browser()
    const ticket = ticketIn((await browser.open(k.authorizeUrl())).html)
    expect((await press(k.sandbox.browser(), ticket)).status).toBe(400)
    expect((await press(browser, ticket)).location).toContain('code=')
    expect((await press(browser, ticket)).status).toBe(400)
    const late = ticketIn((await browser.open(k.authorizeUrl())).html)
    k.sandbox.control.advance(1801)
    expect((await press(browser, late)).status).toBe(400)
  })

  it('is judged again: the app may have changed meanwhile', async () => {
    const browser = k.sandbox.browser()
    const ticket = ticketIn((await browser.open(k.authorizeUrl())).html)
    k.steer({ app: { registration: 'x', redirectUris: [] } })
    expect((await press(browser, ticket)).status).toBe(400)
  })

  it('is not answered by a page of another site', async () => {
    const browser = k.sandbox.browser()
    const ticket = ticketIn((await browser.open(k.authorizeUrl())).html)
    const answer = await fetch(`${k.sandbox.origins['https://x.com']}/sandbox/consent`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ ticket, press: 'allow' }),
    })
    expect(answer.status).toBe(403)
  })
})
