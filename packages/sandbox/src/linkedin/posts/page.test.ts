import { describe, expect, it } from 'vitest'
import { samplePdf, samplePng } from '../../core/samples.ts'
import { kit } from '../../kit.ts'
import { enc, NORTHWIND, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const open = async (urn: string, end = '/') => {
  const answer = await fetch(k.www(`/feed/update/${urn}${end}`))
  return { status: answer.status, html: await answer.text(), csp: answer.headers.get('content-security-policy') ?? '' }
}

describe('the permalink of a post', () => {
  it('shows text, pictures and author, and asks for no sign-in', async () => {
    const who = await p.person()
    const id = await p.file('image', who, samplePng(9, 9), NORTHWIND)
    const media = { id, altText: 'A "green" square' }
    const commentary = 'Two lines\n\\<b\\>not bold\\</b\\>'
    const urn = await p.published(who, { author: NORTHWIND, commentary, content: { media } })
    const { status, html, csp } = await open(urn)
    expect(status).toBe(200)
    expect(html).toContain('<h1>Northwind Studio</h1>')
    expect(html).toContain('Two lines\n&lt;b&gt;not bold&lt;/b&gt;')
    expect(html).toContain('alt="A &quot;green&quot; square"')
    expect(html).toContain('2026-11-21 12:00 UTC')
    const source = /<img class="shown" src="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(csp).toContain(`img-src ${new URL(source).origin}`)
    expect((await fetch(source)).headers.get('content-type')).toBe('image/png')
  })

  it('works without the slash, encoded, and by the activity', async () => {
    k.settings({ duplicateNames: 'activity' })
    const who = await p.person()
    const urn = await p.published(who)
    const activity = /urn:li:activity:\d+/.exec((await p.create(who)).json.message)?.[0] ?? ''
    for (const [name, end] of [
      [urn, ''],
      [enc(urn), '/'],
      [activity, '/'],
    ] as const)
      expect((await open(name, end)).status).toBe(200)
  })

  it('shows links, polls, documents, what was shared, and comments', async () => {
    k.settings({ documentSeconds: 0, commentScopes: 'social' })
    const who = await p.person()
    const article = { source: 'https://a.example/x?a=1&b=2', title: 'Read me' }
    const link = await p.published(who, { commentary: 'a', content: { article } })
    expect((await open(link)).html).toContain('<a href="https://a.example/x?a=1&amp;b=2" rel="noreferrer">Read me</a>')
    const poll = {
      question: 'Which?',
      options: [{ text: 'This' }, { text: 'That' }],
      settings: { duration: 'ONE_DAY' },
    }
    expect((await open(await p.published(who, { commentary: 'b', content: { poll } }))).html).toMatch(/Which\?.*That/s)
    const id = await p.file('document', who, samplePdf(1))
    const deck = await p.published(who, { commentary: 'c', content: { media: { id, title: 'deck.pdf' } } })
    expect((await open(deck)).html).toContain('deck.pdf')
    const shared = await p.published(who, { commentary: '', reshareContext: { parent: link } })
    expect((await open(shared)).html).toContain(`/feed/update/${link}/`)
    const said = { actor: who.urn, object: link, message: { text: 'Nice <one>' } }
    await p.send('POST', `/rest/socialActions/${enc(link)}/comments`, who.token, said)
    expect((await open(link)).html).toContain('Nice &lt;one&gt;')
  })

  it('of one that is gone, or never was: 404', async () => {
    const who = await p.person()
    const urn = await p.published(who)
    await p.send('DELETE', `/rest/posts/${enc(urn)}`, who.token)
    for (const one of [urn, 'urn:li:share:1', 'x']) {
      const { status, html } = await open(one)
      expect([status, html.includes('This post cannot be displayed')]).toEqual([404, true])
    }
  })
})

it('the sandbox’s own page lists what was published, with the way there', async () => {
  const who = await p.person()
  const urn = await p.published(who, { commentary: 'Hello from the list' })
  const html = await (await fetch(k.sandbox.url)).text()
  expect(html).toContain(`<a href="${k.www(`/feed/update/${urn}/`)}">Hello from the list</a>`)
  await p.send('DELETE', `/rest/posts/${enc(urn)}`, who.token)
  const after = await (await fetch(k.sandbox.url)).text()
  expect(after).toContain('post, deleted')
  expect(after).not.toContain(`/feed/update/${urn}/`)
})
