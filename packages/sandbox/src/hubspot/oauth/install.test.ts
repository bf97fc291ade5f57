import { describe, expect, it } from 'vitest'
import { CONTACTS, FREE, hubspotKit, NORTHWIND, OPTIONAL, PRACTICE, RAMAN, REDIRECT } from '../testing.ts'

const k = hubspotKit()
const APP = 'https://app.hubspot.com'
const EU = 'https://app-eu1.hubspot.com'
const optional = { authorize: { optional_scope: OPTIONAL } }
const everyScope = ['oauth', CONTACTS, ...OPTIONAL.split(' ')]

describe('what is given', () => {
  it('is all that was asked for, where account and user have it', async () => {
    expect((await k.tokens(optional)).scopes).toEqual(everyScope)
    expect((await k.tokens()).scopes).toEqual(['oauth', CONTACTS])
  })

  it('silently without optional scopes that the plan lacks, or the user', async () => {
    expect((await k.tokens({ ...optional, member: 'ines' })).scopes).toEqual(['oauth', CONTACTS, 'forms'])
    expect((await k.tokens({ ...optional, member: 'tomas' })).scopes).toEqual(
      everyScope.filter((one) => one !== 'marketing.campaigns.read'),
    )
  })

  it('nothing where a required scope is lacking: no way back, but another user may sign in', async () => {
    const scopes = ['oauth', 'marketing.campaigns.read']
    k.steer({ app: { registration: 'hubspot', scopes, required: scopes, optional: [] } })
    const url = k.authorizeUrl({ authorize: { scope: scopes.join(' ') } })
    for (const member of ['ines', 'tomas']) {
      const screen = await k.sandbox.browser().consent(url, { member })
      expect([screen.status, screen.location]).toEqual([400, undefined])
    }
    const browser = k.sandbox.browser()
    await browser.consent(url, { member: 'ines', press: 'leave' })
    expect((await browser.open(url)).html).toContain('has not the scopes')
    expect((await browser.consent(url, { member: 'mara' })).location).toContain('code=')
  })

  it('nothing where the user says no', async () => {
    const url = await k.back({ press: 'cancel' })
    expect(url.href.startsWith(`${REDIRECT}?`)).toBe(true)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'The user denied the request',
      state: 'state-1',
    })
    expect(k.shown().grants).toEqual([])
  })
})

describe('the account', () => {
  it('is the user’s first, or the one that they pick', async () => {
    await k.tokens()
    await k.tokens({ pick: { account: String(PRACTICE) } })
    expect(k.shown().grants.map((one) => one.portal)).toEqual([NORTHWIND, PRACTICE])
    expect((await k.sandbox.browser().open(k.authorizeUrl())).html).toContain('Northwind practice')
  })

  it('is none of which they are no user', async () => {
    const screen = await k.sandbox.browser().consent(k.authorizeUrl(), { pick: { account: String(FREE) } })
    expect([screen.status, screen.html]).toEqual([400, expect.stringContaining('not a user of that account')])
  })

  it('is the one that a pinned address names, whatever the page’s form says', async () => {
    const { access_token } = await k.tokens({ account: PRACTICE, pick: { account: String(NORTHWIND) } })
    expect((await k.details(access_token)).json.portalId).toBe(PRACTICE)
    const browser = k.sandbox.browser()
    const other = await browser.open(k.authorizeUrl({ account: FREE }))
    expect([other.status, other.html]).toEqual([403, expect.stringContaining('not a user of the account')])
    // Who signs in as a user of it comes back to the same address.
    const url = await k.back({ account: FREE, member: 'ines' }, browser)
    expect(url.searchParams.has('code')).toBe(true)
  })

  it('of a European user is shown at another origin, and of nobody else', async () => {
    const at = async (member: string, origin: string) => {
      const browser = k.sandbox.browser()
      await k.back({ member }, browser)
      k.sandbox.control.apply({ clearLog: true })
      const { status } = await browser.open(k.authorizeUrl().replace(APP, origin))
      expect(status).toBe(200)
      return k.sandbox.control.requests('hubspot.authorize')
    }
    expect([await at('priya', APP), await at('priya', EU)]).toEqual([2, 1])
    expect([await at('mara', APP), await at('mara', EU)]).toEqual([1, 2])
    const { access_token } = await k.tokens({ member: 'priya' })
    const { json } = await k.details(access_token)
    expect(json).toMatchObject({ portalId: RAMAN, uiDomain: 'app-eu1.hubspot.com', dataHostingLocation: 'eu1' })
  })
})

describe('an app that is not listed', () => {
  it('is installed by so many accounts, and no more', async () => {
    k.steer({ app: { registration: 'hubspot', mostInstalls: 1 } })
    await k.tokens()
    const screen = await k.sandbox.browser().consent(k.authorizeUrl(), { member: 'ines' })
    expect([screen.location, screen.status]).toEqual([undefined, 400])
    // The account that has it, and a colleague in it, come again; a place that is free is taken.
    await k.tokens()
    await k.tokens({ member: 'tomas' })
    k.steer({ uninstall: { member: 'mara' } })
    await k.tokens({ member: 'ines' })
  })

  it('25 of them', () => expect(k.shown().apps[0]?.mostInstalls).toBe(25))
})

describe('a button', () => {
  it.each([
    ['of a page that is used', { ticket: 'used', press: 'allow' }],
    ['without a page', { press: 'allow' }],
  ])('%s does nothing', async (_name, fields) => {
    const screen = await k.sandbox.browser().submit(`${APP}/sandbox/consent`, fields)
    expect([screen.status, screen.html]).toEqual([400, expect.stringContaining('used already')])
  })

  it('of another site is refused', async () => {
    const answer = await fetch(`${k.sandbox.origins[APP]}/sandbox/consent`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ press: 'allow' }),
    })
    expect(answer.status).toBe(403)
  })

  it('counts for the app as it is now', async () => {
    const browser = k.sandbox.browser()
    const { html } = await browser.open(k.authorizeUrl())
    const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? ''
    k.steer({ app: { registration: 'hubspot', required: ['oauth', CONTACTS, 'content'] } })
    const screen = await browser.submit(`${APP}/sandbox/consent`, { ticket, press: 'allow' })
    expect(screen.html).toContain('Insufficient scopes')
  })
})
