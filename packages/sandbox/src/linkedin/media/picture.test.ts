import { describe, expect, it } from 'vitest'
import { playedAt } from '../../core/portrait.ts'
import { DAY, kit } from '../../kit.ts'

const k = kit()
const picture = async (member = 'mara') =>
  new URL((await k.get('/v2/userinfo', (await k.tokens({ member })).access_token)).json.picture)
const shown = (url: URL) => fetch(playedAt(k.sandbox.origins, url.href))

describe('a picture', () => {
  it('is named by the platform’s own address, and drawn at the sandbox’s media origin', async () => {
    const url = await picture()
    expect(url.origin).toBe('https://media.licdn.com')
    const answer = await shown(url)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([96, 96])
    expect(Buffer.from(await (await shown(await picture('tomas'))).arrayBuffer()).equals(bytes)).toBe(false)
  })

  it('may be shown by a page of another origin', async () => {
    const { headers } = await shown(await picture())
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
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
    expect((await shown(url)).status).toBe(200)
    k.sandbox.control.advance(DAY)
    expect((await shown(url)).status).toBe(403)
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
    expect((await shown(url)).status).toBe(403)
  })
})
