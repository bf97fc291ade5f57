import { describe, expect, it } from 'vitest'
import { WWW } from '../origins.ts'
import { metaKit, OTHER_REDIRECT, REDIRECT } from '../testing.ts'

const k = metaKit()
const open = (authorize: Record<string, string | undefined>, registration?: string) =>
  k.sandbox.browser().open(k.dialogUrl({ authorize, ...(registration && { registration }) }))
const ERROR = 'Sorry, something went wrong.'

describe('a right request', () => {
  it('shows who asks, for what, and as whom', async () => {
    const { status, html } = await open({})
    expect(status).toBe(200)
    for (const text of [
      'Mooring demo asks',
      'Mara Lindqvist',
      'Show a list of the Pages you manage',
      'This is not Facebook.',
    ])
      expect(html).toContain(text)
  })

  it('leads back with a code, the state, and Facebook’s fragment', async () => {
    const url = await k.back()
    expect(url.origin + url.pathname).toBe(REDIRECT)
    expect([...url.searchParams.keys()]).toEqual(['code', 'state'])
    expect(url.hash).toBe('#_=_')
  })

  it('may have no state, no response type and no scope', async () => {
    const url = await k.back({ authorize: { state: undefined, response_type: undefined, scope: undefined } })
    expect([...url.searchParams.keys()]).toEqual(['code'])
    expect(k.grant()?.granted).toEqual(['public_profile'])
  })

  it.each(['/v26.0', '/v21.0', ''])('has the version, or none: "%s"', async (version) => {
    expect((await k.sandbox.browser().open(k.dialogUrl({ version }))).status).toBe(200)
  })

  it.each(['pages_show_list,email', 'pages_show_list email', 'pages_show_list, email'])(
    'takes scopes as "%s"',
    async (scope) => {
      await k.back({ scope })
      expect(k.grant()?.granted).toEqual(['public_profile', 'pages_show_list', 'email'])
    },
  )

  it('keeps the query of a redirect URI', async () => {
    const redirect_uri = 'https://app.example/cb?tenant=9'
    k.steer({ app: { registration: 'meta', redirectUris: [redirect_uri] } })
    expect((await k.back({ authorize: { redirect_uri } })).href).toMatch(/\/cb\?tenant=9&code=/)
  })

  it('passes over what belongs to PKCE', async () => {
    const authorize = { code_challenge: 'x', code_challenge_method: 'plain' }
    const answer = await k.exchange(await k.code({ authorize }))
    expect(answer.status).toBe(200)
  })
})

it('a refusal leads back with error, reason, code and description', async () => {
  const url = await k.back({ press: 'cancel' })
  expect(Object.fromEntries(url.searchParams)).toEqual({
    error: 'access_denied',
    error_code: '200',
    error_description: 'Permissions error',
    error_reason: 'user_denied',
    state: 'state-1',
  })
  expect(k.shown().grants).toEqual([])
})

describe('whatever is wrong is a page of Facebook, and nobody is sent back', () => {
  it.each<[string, Record<string, string | undefined>]>([
    ['no client id', { client_id: undefined }],
    ['another client id', { client_id: '1' }],
    ['the Instagram App ID', { client_id: '100000000000009' }],
    ['no redirect URI', { redirect_uri: undefined }],
    ['another redirect URI', { redirect_uri: 'https://evil.example/cb' }],
    ['a redirect URI with a slash more', { redirect_uri: `${REDIRECT}/` }],
    ['a redirect URI with a query more', { redirect_uri: `${REDIRECT}?a=1` }],
    ['a redirect URI in other case', { redirect_uri: OTHER_REDIRECT.replace('app', 'APP') }],
    ['a redirect URI of another port', { redirect_uri: REDIRECT.replace('8003', '8004') }],
    ['a token in the address', { response_type: 'token' }],
    ['a scope that is none', { scope: 'pages_post_everything' }],
    ['a scope that the app has not', { scope: 'ads_management' }],
    ['scopes of Instagram Login', { scope: 'instagram_business_basic' }],
    ['OpenID, which is in testing', { scope: 'openid' }],
    ['a config_id of nobody', { config_id: '1' }],
  ])('%s', async (_name, authorize) => {
    const { status, location, html } = await open(authorize)
    expect([status, location]).toEqual([400, undefined])
    expect(html).toContain(ERROR)
  })

  it('a parameter twice', async () => {
    expect((await k.sandbox.browser().open(`${k.dialogUrl()}&client_id=1`)).status).toBe(400)
  })

  it.each(['/v27.0', '/v26.5'])('a version that never was: %s', async (version) => {
    expect((await k.sandbox.browser().open(k.dialogUrl({ version }))).status).toBe(400)
  })

  it('a version that is over, where it is refused', async () => {
    expect((await k.sandbox.browser().open(k.dialogUrl({ version: '/v20.0' }))).status).toBe(200)
    k.steer({ settings: { expiredVersion: 'refused' } })
    expect((await k.sandbox.browser().open(k.dialogUrl({ version: '/v20.0' }))).status).toBe(400)
  })

  it('http on loopback, where it is refused', async () => {
    k.steer({ settings: { loopback: 'refused' } })
    expect((await open({})).status).toBe(400)
    expect((await open({ redirect_uri: OTHER_REDIRECT })).status).toBe(200)
  })

  it('an app in development, for who has no role on it', async () => {
    k.steer({ app: { registration: 'meta', live: false, roles: ['mara'] } })
    expect((await open({})).status).toBe(200)
    const { status, html } = await k.sandbox.browser().consent(k.dialogUrl(), { member: 'tomas' })
    expect([status, html.includes('App not active')]).toEqual([400, true])
  })

  it('a HEAD', async () => {
    const url = k.dialogUrl().replace(WWW, k.sandbox.origins[WWW] ?? '')
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(400)
  })
})

describe.each([
  'http://app.example/cb',
  'https://app.example/cb#x',
  'https://u:p@app.example/cb',
  'ftp://a.example/',
  '/cb',
  'http://127.0.0.1.evil.example/cb',
])('the dashboard takes no %s', (uri) => {
  it('as a redirect URI', () => {
    expect(() => k.steer({ app: { registration: 'meta', redirectUris: [uri] } })).toThrow('redirect URI')
  })
})

describe('a button', () => {
  const form = () => `${k.sandbox.origins[WWW]}/sandbox/consent`
  const shown = async (browser = k.sandbox.browser()) =>
    /name="ticket" value="([^"]+)"/.exec((await browser.open(k.dialogUrl())).html)?.[1] ?? ''

  it('counts once, and in its own browser', async () => {
    const browser = k.sandbox.browser()
    const ticket = await shown(browser)
    expect((await k.sandbox.browser().submit(form(), { ticket, press: 'allow' })).status).toBe(400)
    expect((await browser.submit(form(), { ticket, press: 'allow' })).location).toContain('code=')
    expect((await browser.submit(form(), { ticket, press: 'allow' })).status).toBe(400)
  })

  it('must be one of the page, and of this site', async () => {
    const browser = k.sandbox.browser()
    expect((await browser.submit(form(), { ticket: await shown(browser), press: 'else' })).html).toContain('Press one')
    const foreign = await fetch(form(), { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })
    expect(foreign.status).toBe(403)
  })

  it('comes too late after half an hour, and where the app is gone meanwhile', async () => {
    const browser = k.sandbox.browser()
    const [late, gone] = [await shown(browser), await shown(browser)]
    k.steer({ app: { registration: 'meta', redirectUris: [] } })
    expect((await browser.submit(form(), { ticket: gone, press: 'cancel' })).location).toBeUndefined()
    k.advance(1801)
    expect((await browser.submit(form(), { ticket: late, press: 'cancel' })).html).toContain('too old')
  })
})
