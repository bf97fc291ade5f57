import { describe, expect, it } from 'vitest'
import { DAY, kit } from '../../kit.ts'

const k = kit()
const picture = async (member = 'mara') =>
  new URL((await k.get('/v2/userinfo', (await k.tokens({ member })).access_token)).json.picture)

describe('a picture', () => {
  it('is drawn at the sandbox’s own media origin', async () => {
    const url = await picture()
    expect(url.origin).toBe(k.sandbox.origins['https://media.licdn.com'])
    const answer = await fetch(url)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(await answer.text()).toMatch(/^<svg .*>ML<\/text><\/svg>$/)
  })

  it('may be shown by a page of another origin, and runs nothing', async () => {
    const { headers } = await fetch(await picture())
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'")
  })

  it('keeps its address for a while, so that it can be cached', async () => {
    const first = await picture()
    k.sandbox.control.advance(3600)
    expect((await picture()).href).toBe(first.href)
    k.sandbox.control.advance(2 * DAY)
    expect((await picture()).href).not.toBe(first.href)
  })

  it('ends: 403', async () => {
    const url = await picture()
    k.sandbox.control.advance(29 * DAY)
    expect((await fetch(url)).status).toBe(200)
    k.sandbox.control.advance(DAY)
    expect((await fetch(url)).status).toBe(403)
  })

  it.each([
    ['a later end', (url: URL) => url.searchParams.set('e', '9999999999')],
    ['no end', (url: URL) => url.searchParams.delete('e')],
    ['no signature', (url: URL) => url.searchParams.delete('t')],
    ['another signature', (url: URL) => url.searchParams.set('t', 'x')],
    ['another member', (url: URL) => (url.pathname = url.pathname.replace('mara', 'tomas'))],
    ['an end that is no number', (url: URL) => url.searchParams.set('e', 'soon')],
  ])('with %s: 403', async (_name, change) => {
    const url = await picture()
    change(url)
    expect((await fetch(url)).status).toBe(403)
  })
})
