import { describe, expect, it } from 'vitest'
import { kit, WWW } from '../../kit.ts'
import { sameScopes, sentences } from '../scopes.ts'

const k = kit()
const shown = async (registration = 'linkedin') =>
  (await k.sandbox.browser().open(k.authorizeUrl({ registration }))).html

describe('what it says', () => {
  it('names the app and lists the permissions in plain sentences, not as scopes', async () => {
    const html = await shown()
    expect(html).toMatch(/<h1>Mooring demo would like to:<\/h1>/)
    expect(html).toContain('Use your name and photo')
    expect(html).toContain('Create, change and delete posts, comments and reactions on your behalf')
    expect(html).not.toContain('w_member_social')
  })

  it('cannot be unticked: all or nothing', async () => {
    expect(await shown()).not.toMatch(/type="checkbox"/)
  })

  it('says that it is the sandbox, and borrows no brand', async () => {
    const html = await shown()
    expect(html).toContain('Mooring sandbox')
    expect(html).toContain('This is not LinkedIn')
    expect(html).not.toMatch(/<svg|logo/i)
  })

  it('offers every other member, and not the present one', async () => {
    const html = await shown()
    expect(html).toContain('Continue as <strong>Mara Lindqvist</strong>')
    expect([...html.matchAll(/<option value="(\w+)"/g)].map((m) => m[1])).toEqual(['tomas', 'ines', 'priya'])
  })

  it('escapes the name of an app', async () => {
    k.steer({ linkedin: { app: { registration: 'linkedin', name: '<img src=x onerror=alert(1)> & "co"' } } })
    const html = await shown()
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot;')
    expect(html).not.toContain('<img src=x')
  })
})

describe('how it is made', () => {
  it('has a language, a title, one h1, a label for its list and two plain buttons', async () => {
    const html = await shown()
    expect(html).toMatch(/^<!doctype html>\s*<html lang="en">/)
    expect(html).toMatch(/<title>[^<]+<\/title>/)
    expect(html.match(/<h1>/g)).toHaveLength(1)
    expect(html).toContain('<label for="member">')
    expect(html).toMatch(/<button[^>]*value="allow">Allow<\/button>/)
    expect(html).toMatch(/<button[^>]*value="cancel">Cancel<\/button>/)
    expect(html).toContain('width=device-width')
    expect(html).toContain('prefers-color-scheme:dark')
  })

  it('needs no script and nothing from elsewhere but the member’s picture', async () => {
    const html = await shown()
    expect(html).not.toMatch(/<script|<link|@import|\son[a-z]+="/)
    const sources = [...html.matchAll(/src="([^"]+)"/g)].map((m) => new URL(m[1] ?? '').origin)
    expect(sources).toEqual([k.sandbox.origins['https://media.licdn.com']])
  })

  it('cannot be framed or scripted, and is not kept', async () => {
    const { headers } = await fetch(k.authorizeUrl().replace(WWW, k.www('')))
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toMatch(/style-src 'sha256-[^']+'/)
    // Browsers hold a form's redirect to form-action too: it would stop the way back to the application.
    expect(policy).not.toContain('form-action')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('sets one cookie that scripts cannot read', async () => {
    const { headers } = await fetch(k.authorizeUrl().replace(WWW, k.www('')))
    expect(headers.getSetCookie()).toHaveLength(1)
    expect(headers.getSetCookie()[0]).toMatch(/^mooring_sandbox_linkedin=\S+; Path=\/; HttpOnly; SameSite=Lax$/)
  })
})

describe('switching member', () => {
  it('comes back to the same question as somebody else', async () => {
    const browser = k.sandbox.browser()
    const url = await k.back({ member: 'tomas', press: 'cancel' }, browser)
    expect(url.searchParams.get('error')).toBe('user_cancelled_authorize')
    const screen = await browser.open(k.authorizeUrl())
    expect(screen.html).toContain('Signed in as <strong>Tomas Brandl</strong>')
  })

  it('works by whatever name the browser reached the sandbox', async () => {
    const url = k.authorizeUrl().replace(WWW, k.www('').replace('127.0.0.1', 'localhost'))
    const response = await fetch(url)
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const ticket = /name="ticket" value="([^"]+)"/.exec(await response.text())?.[1]
    const answer = await k.post('/sandbox/consent', { ticket, press: 'switch', member: 'tomas' }, { cookie })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/oauth\/v2\/authorization\?/),
    ])
  })

  it('is remembered per browser only', async () => {
    await k.back({ member: 'tomas' })
    expect(await shown()).toContain('Mara Lindqvist')
  })

  it('a member without a picture has none on the page', async () => {
    const browser = k.sandbox.browser()
    await k.back({ member: 'ines', press: 'cancel' }, browser)
    const { html } = await browser.open(k.authorizeUrl())
    expect(html).toContain('Ines Okafor')
    expect(html).not.toContain('<img')
  })
})

describe('sentences', () => {
  it('says nothing of openid beside profile, something when it stands alone', () => {
    expect(sentences(['openid', 'profile'])).toHaveLength(1)
    expect(sentences(['openid'])).toEqual(['Know who you are on LinkedIn'])
  })
  it('names a permission it has no sentence for', () => {
    expect(sentences(['r_new_thing'])).toEqual(['Use the permission r_new_thing'])
  })
})

describe('sameScopes', () => {
  it.each([
    [['a', 'b'], ['b', 'a'], true],
    [['a', 'a', 'b'], ['a', 'b'], true],
    [['a'], ['a', 'b'], false],
    [['a', 'b'], ['a'], false],
    [['a'], ['b'], false],
    [[], [], true],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameScopes(a, b)).toBe(same)
  })
})
