import { describe, expect, it } from 'vitest'
import { kit, reply } from '../../kit.ts'

const k = kit()
const PATH = '/sandbox/session'
const show = () => k.www(PATH)

describe('the session page', () => {
  it('says that nobody is signed in', async () => {
    const { status, text } = await reply(await fetch(show()))
    expect([status, text.includes('Nobody is signed in')]).toEqual([200, true])
    expect(text).toContain('This is not LinkedIn')
  })

  it('says who is, and signs out, so that the next consent asks again', async () => {
    const browser = k.sandbox.browser()
    await k.tokens({ member: 'tomas' }, browser)
    expect((await browser.open(show())).html).toContain('Signed in as Tomas Brandl')
    expect((await browser.open(k.authorizeUrl())).status).toBe(302)
    expect((await browser.submit(show(), {})).html).toContain('Nobody is signed in')
    const screen = await browser.open(k.authorizeUrl())
    expect([screen.status, screen.html.includes('>Allow</button>')]).toEqual([200, true])
  })

  it('leaves tokens alone', async () => {
    const browser = k.sandbox.browser()
    const { access_token } = await k.tokens({}, browser)
    await browser.submit(show(), {})
    expect((await k.get('/v2/userinfo', access_token)).status).toBe(200)
  })

  it('is not signed out of by another site', async () => {
    expect((await k.post(PATH, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  it('is linked from the front page', async () => {
    expect((await reply(await fetch(k.sandbox.url))).text).toContain(`href="${show()}"`)
  })
})
