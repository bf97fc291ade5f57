import { describe, expect, it } from 'vitest'
import { CONTACTS, hubspotKit, OPTIONAL, OTHER_REDIRECT, REDIRECT } from '../testing.ts'

const k = hubspotKit()
const open = (authorize: Record<string, string | undefined>, account?: number) =>
  k.sandbox.browser().open(k.authorizeUrl({ authorize, ...(account === undefined ? {} : { account }) }))
const SCOPE = `oauth ${CONTACTS}`

describe('an authorize request that is refused stays on HubSpot’s page', () => {
  it.each<[string, Record<string, string | undefined>, RegExp]>([
    ['no client id', { client_id: undefined }, /client ID is not valid/],
    ['another client id', { client_id: 'other' }, /client ID is not valid/],
    ['no redirect_uri', { redirect_uri: undefined }, /Redirect URL mismatch/],
    ['a slash more', { redirect_uri: `${REDIRECT}/` }, /Redirect URL mismatch/],
    ['another port', { redirect_uri: REDIRECT.replace('8003', '8004') }, /Redirect URL mismatch/],
    ['another host', { redirect_uri: REDIRECT.replace('localhost', '127.0.0.1') }, /Redirect URL mismatch/],
    ['no scope', { scope: undefined }, /scope parameter is missing/],
    ['only optional scopes', { scope: undefined, optional_scope: SCOPE }, /scope parameter is missing/],
    ['a scope that does not exist', { scope: `${SCOPE} crm.pipelines.deals.read` }, /Invalid scope: crm\.pipelines/],
    ['scopes by commas', { scope: SCOPE.replace(' ', ',') }, /Invalid scope/],
    ['an optional scope that does not exist', { optional_scope: 'nothing' }, /Invalid scope: nothing/],
    ['a required scope of the app not sent', { scope: 'oauth' }, /Insufficient scopes.*crm\.objects\.contacts\.read/],
    ['a scope that the app has not', { scope: `${SCOPE} content` }, /Insufficient scopes.*content/],
    ['an optional scope of the app as a required one', { scope: `${SCOPE} forms` }, /Insufficient scopes.*forms/],
    ['an optional scope that the app has not', { optional_scope: 'content' }, /Insufficient scopes.*content/],
    ['a required scope as an optional one', { optional_scope: CONTACTS }, /Insufficient scopes/],
  ])('%s', async (_name, authorize, says) => {
    const { status, location, html } = await open(authorize)
    expect([status, location]).toEqual([400, undefined])
    expect(html).toMatch(says)
    expect(html).toContain('This is not HubSpot')
  })

  it('a parameter twice', async () => {
    const url = `${k.authorizeUrl()}&state=other`
    expect((await k.sandbox.browser().open(url)).html).toContain('sent more than once')
  })

  it('all optional scopes of the app, where reports are right that they must match', async () => {
    k.settings({ optionalScopes: 'all' })
    expect((await open({ optional_scope: 'forms' })).html).toContain('Insufficient scopes')
    expect((await open({ optional_scope: OPTIONAL })).status).toBe(200)
  })

  it('a challenge that is none, where it is honoured', async () => {
    const plain = { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' }
    expect((await open(plain)).status).toBe(200)
    k.settings({ challenge: 'honoured' })
    expect((await open(plain)).html).toContain('code_challenge is not valid')
    expect((await open({ code_challenge: 'short', code_challenge_method: 'S256' })).status).toBe(400)
  })

  it('a redirect URI by http that is not localhost cannot be registered at all', () => {
    for (const uri of ['http://127.0.0.1:8003/callback/hubspot', 'http://app.example/cb', 'https://a.example/#x'])
      expect(() => k.steer({ app: { registration: 'hubspot', redirectUris: [uri] } })).toThrow(/redirect URI/)
  })
})

describe('an authorize request that is right', () => {
  it('is shown every time, with what the app may do', async () => {
    const browser = k.sandbox.browser()
    await k.back({}, browser)
    const { status, html } = await browser.open(k.authorizeUrl())
    expect(status).toBe(200)
    expect(html).toContain('Signed in as <strong>Mara Lindqvist</strong>')
    expect(html).toContain('View details about contacts')
  })

  it('needs no response_type, and leads to any of the app’s addresses, with the state as it came', async () => {
    const state = 'a b&c=d/é'
    const url = await k.back({ authorize: { redirect_uri: OTHER_REDIRECT, state } })
    expect(`${url.origin}${url.pathname}`).toBe(OTHER_REDIRECT)
    expect(url.searchParams.get('state')).toBe(state)
    expect((await k.back({ authorize: { state: undefined } })).searchParams.has('state')).toBe(false)
  })

  it('is answered by nobody but GET', async () => {
    const app = k.sandbox.origins['https://app.hubspot.com']
    const { pathname, search } = new URL(k.authorizeUrl())
    expect((await fetch(`${app}${pathname}${search}`, { method: 'HEAD' })).status).toBe(405)
    expect((await fetch(`${app}${pathname}${search}`, { method: 'POST' })).status).toBe(405)
  })
})
