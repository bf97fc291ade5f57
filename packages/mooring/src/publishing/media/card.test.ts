import { describe, expect, it } from 'vitest'
import { cardOf } from './card.ts'

const URL_ = 'https://site.example/a/page?x=1'
const card = (html: string | Buffer, type?: string) => cardOf(Buffer.from(html as string), type, URL_)

describe('what a page says of itself', () => {
  it('in Open Graph comes first, then in Twitter’s words, then its title', () => {
    const all = `<title>Three</title><meta name="description" content="Three d">
      <meta name="twitter:title" content="Two"><meta name="twitter:description" content="Two d"><meta name="twitter:image" content="/two.png">
      <meta property="og:title" content="One"><meta property="og:description" content="One d"><meta property="og:image" content="/one.png">`
    expect(card(all)).toEqual({ title: 'One', description: 'One d', image: 'https://site.example/one.png' })
    const two = all.replaceAll(/<meta property="og[^>]*>/g, '')
    expect(card(two)).toEqual({ title: 'Two', description: 'Two d', image: 'https://site.example/two.png' })
    const three = two.replaceAll(/<meta name="twitter[^>]*>/g, '')
    expect(card(three)).toEqual({ title: 'Three', description: 'Three d', image: null })
  })

  it('may be nothing', () => {
    for (const html of [
      '',
      'hello',
      '<html><head></head></html>',
      '<title> </title><meta property="og:title" content="">',
    ])
      expect(card(html), html).toEqual({ title: null, description: null, image: null })
  })

  it('is read however it is written', () => {
    expect(card('<META CONTENT="A &amp; B &#x2019;&eacute;" PROPERTY=og:title>').title).toBe('A & B ’é')
    expect(card('<meta name="og:title" content="by name">').title).toBe('by name')
    expect(card(`<meta property='og:title' content='it "is"'>`).title).toBe('it "is"')
    expect(card('<title>\n  Two\n\tlines </title>').title).toBe('Two lines')
    expect(card('<title>Fish &amp; <b>chips</title>').title).toBe('Fish & <b>chips')
    expect(card('<!-- <title>Not this</title> --><title>This</title>').title).toBe('This')
  })

  it('is the head’s to say, and no script’s or reader’s', () => {
    expect(card('<head><script>"<title>Not</title>"</script><title>Yes</title></head>').title).toBe('Yes')
    const page =
      '<head></head><body><meta property="og:title" content="by a reader"><svg><title>Icon</title></svg></body>'
    expect(card(page)).toEqual({ title: null, description: null, image: null })
    expect(card('<title>First</title><title>Second</title>').title).toBe('First')
  })

  it.each([
    ['picture.png', 'https://site.example/a/picture.png'],
    ['//cdn.example/p.png', 'https://cdn.example/p.png'],
    ['https://cdn.example/p.png?a=1&amp;b=2', 'https://cdn.example/p.png?a=1&b=2'],
    ['http://[', null],
  ])('of its picture is at %s', (image, at) => {
    expect(card(`<meta property="og:image" content="${image}">`).image).toBe(at)
  })

  it('of its picture goes by the base that it names', () => {
    const html = '<base href="/assets/"><meta property="og:image" content="p.png">'
    expect(card(html).image).toBe('https://site.example/assets/p.png')
  })

  it.each([
    ['windows-1252', 'text/html; charset=windows-1252', Buffer.from('<title>Caf\xe9</title>', 'latin1'), 'Café'],
    ['UTF-8 without a word', 'text/html', Buffer.from('<title>Café</title>'), 'Café'],
    ['a meta element', 'text/html', Buffer.from('<meta charset="iso-8859-1"><title>Caf\xe9</title>', 'latin1'), 'Café'],
    [
      'Shift_JIS',
      'text/html; charset="Shift_JIS"',
      Buffer.from('3c7469746c653e93fa967b3c2f7469746c653e', 'hex'),
      '日本',
    ],
    ['UTF-16 with its mark', undefined, Buffer.from('\ufeff<title>Ünï</title>', 'utf16le'), 'Ünï'],
    ['a charset that nobody has', 'text/html; charset=nonsense', Buffer.from('<title>Café</title>'), 'Café'],
  ])('is read in %s', (_, type, html, title) => {
    expect(cardOf(html, type, URL_).title).toBe(title)
  })

  it('is cut where it goes on and on, and bears nothing that a field does not take', () => {
    const long = card(`<title>${'x'.repeat(5000)}</title><meta name="description" content="${'y\u0000'.repeat(5000)}">`)
    expect(long.title).toHaveLength(300)
    expect(long.description).toHaveLength(1000)
    expect(JSON.stringify(long)).not.toContain('\\u0000')
    expect(card(`<title>${'a'.repeat(299)}🦊</title>`).title?.isWellFormed()).toBe(true)
  })

  it('may be cut in the middle, or be no HTML at all', () => {
    expect(card('<title>Begun</title><meta property="og:image" conte').title).toBe('Begun')
    expect(card(Buffer.from([0, 255, 254, 60, 60, 60, 33]))).toEqual({ title: null, description: null, image: null })
  })
})
