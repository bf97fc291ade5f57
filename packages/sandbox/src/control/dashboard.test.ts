/** The sandbox's own page: what it lists, what its buttons do, and who may press them. */
import { describe, expect, it } from 'vitest'
import { kit } from '../kit.ts'
import { platformIds } from '../platforms.ts'

const k = kit()
const shown = async (path = '/') => (await fetch(`${k.sandbox.url}${path}`)).text()
const press = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${k.sandbox.url}/__press`, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' })
const told = async (fields: Record<string, string>) => shown((await press(fields)).headers.get('location') ?? '')

describe('the page', () => {
  it('lists every platform, its apps, and says where nothing is yet', async () => {
    const page = await shown()
    for (const id of platformIds) expect(page).toContain(`<h3>${id} `)
    for (const app of k.sandbox.apps) expect(page).toContain(app.clientId)
    expect(page).toContain('Nobody has consented to anything yet.')
    expect(page.match(/data-state="works"/g)).toHaveLength(platformIds.length)
  })

  it('lists grants and requests, and no token', async () => {
    const tokens = await k.tokens()
    await k.get('/v2/userinfo', tokens.access_token)
    const page = await shown()
    expect(page).toContain('linkedin: who gave what')
    expect(page).toContain('<code>GET linkedin.userinfo</code>')
    for (const secret of [tokens.access_token, tokens.refresh_token]) expect(page).not.toContain(secret)
  })

  it('has no script, may not be framed, and takes what it shows for text', async () => {
    const answer = await fetch(`${k.sandbox.url}/?said=%3Cscript%3E`)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(await answer.text()).not.toContain('<script')
    k.steer({ linkedin: { app: { registration: 'linkedin', name: '<b>bold</b>' } } })
    expect(await shown()).toContain('&lt;b&gt;bold&lt;/b&gt;')
  })
})

describe('its buttons', () => {
  it('take a grant back, and expire its tokens', async () => {
    const { access_token: access } = await k.tokens()
    const who = { platform: 'linkedin', registration: 'linkedin', member: 'mara' }
    expect(await told({ do: 'expire', ...who })).toContain('The tokens are over.')
    expect((await k.get('/v2/userinfo', access)).status).toBe(401)
    expect(await told({ do: 'revoke', ...who })).toContain('Taken back')
    expect(await told({ do: 'revoke', ...who })).toContain('There was nothing to do that to.')
  })

  it('put a platform out of order, and back', async () => {
    expect(await told({ do: 'outage', platform: 'linkedin' })).toContain('Out of order')
    expect((await k.get('/v2/userinfo', 'x')).status).toBe(503)
    expect(await told({ do: 'outage-end', platform: 'linkedin' })).not.toContain('Out of order')
    expect((await k.get('/v2/userinfo', 'x')).status).toBe(401)
  })

  it('fill a limit, and open it', async () => {
    expect(await told({ do: 'limit', platform: 'linkedin' })).toContain('Limit full')
    expect((await k.get('/v2/userinfo', 'x')).status).toBe(429)
    await press({ do: 'limit-end', platform: 'linkedin' })
    expect((await k.get('/v2/userinfo', 'x')).status).toBe(401)
  })

  it('refuse an app’s secret, and take it again', async () => {
    const app = { platform: 'linkedin', registration: 'linkedin' }
    expect(await told({ do: 'secret-wrong', ...app })).toContain('Take the secret again')
    expect((await k.exchange('code')).status).toBe(401)
    expect(await told({ do: 'secret-right', ...app })).not.toContain('Take the secret again')
  })

  it('move the time, clear faults, and start over', async () => {
    const before = k.sandbox.control.state().clock.now
    await press({ do: 'clock', seconds: '86400' })
    expect(k.sandbox.control.state().clock.now).toBe(before + 86_400_000)
    k.sandbox.control.fault({ endpoint: 'linkedin.token', kind: 'reset' })
    expect(await shown()).toContain('Faults that wait')
    expect(await told({ do: 'clear' })).not.toContain('Faults that wait')
    await k.tokens()
    expect(await told({ do: 'reset' })).toContain('Nobody has consented to anything yet.')
  })

  it.each([
    ['a platform that is not there', { do: 'outage', platform: 'myspace' }],
    ['a button that is not there', { do: 'explode', platform: 'linkedin' }],
    ['no button', {}],
    ['a time that is no number', { do: 'clock', seconds: 'soon' }],
  ])('do nothing for %s, and say so', async (_name, fields) => {
    const before = JSON.stringify(k.sandbox.control.state())
    expect((await press(fields as Record<string, string>)).headers.get('location')).toBe('/?said=nothing')
    expect(JSON.stringify(k.sandbox.control.state())).toBe(before)
  })

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('cannot be pressed by a page of another site (%j)', async (headers) => {
    expect((await press({ do: 'outage', platform: 'linkedin' }, headers as Record<string, string>)).status).toBe(403)
    expect(k.sandbox.control.state().outage).toBeNull()
  })
})

it.each(platformIds)('what %s lists is there, and its button ends it', async (id) => {
  const { control } = k.sandbox
  const app = k.sandbox.apps.find((one) => one.provider === id)
  expect(app).toBeDefined()
  // A grant that is not there: the platform's own word for it, and no fault.
  const fields = { do: 'revoke', platform: id, registration: app?.registration ?? '', member: 'mara' }
  expect((await press(fields)).headers.get('location')).toBe('/?said=nothing')
  expect(control.state().outage).toBeNull()
})
