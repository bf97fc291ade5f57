import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { escapeHtml, html, page } from './page.ts'

describe('html', () => {
  it('escapes every value that is not itself html', () => {
    expect(html`<p title="${'"><b>'}">${"it's <i>&"}</p>`.source).toBe(
      '<p title="&quot;&gt;&lt;b&gt;">it&#39;s &lt;i&gt;&amp;</p>',
    )
  })
  it('nests, joins lists, and leaves out what is not there', () => {
    expect(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}${undefined}${false}</ul>`.source).toBe(
      '<ul><li>1</li><li>2</li></ul>',
    )
  })
  it('does not escape twice', () => {
    expect(html`${html`${'&'}`}`.source).toBe('&amp;')
  })
})

describe('escapeHtml', () => {
  it.each([
    ['"', '&quot;'],
    ["'", '&#39;'],
    ['<>&', '&lt;&gt;&amp;'],
    ['plain', 'plain'],
  ])('%s', (from, to) => expect(escapeHtml(from)).toBe(to))
})

describe('page', () => {
  it('allows its own style by hash, and no other', () => {
    const answer = page({ title: 'T', body: html`<h1>x</h1>` })
    const style = /<style>(.+)<\/style>/s.exec(String(answer.body))?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(answer.headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`)
  })
  it('escapes its title', () => {
    expect(page({ title: '</title><script>', body: html`` }).body).not.toContain('<script>')
  })
  it('has no pictures unless told where from', () => {
    expect(page({ title: '', body: html`` }).headers['content-security-policy']).toContain("img-src 'none'")
    const other = page({ title: '', body: html``, images: 'http://127.0.0.1:1' })
    expect(other.headers['content-security-policy']).toContain('img-src http://127.0.0.1:1;')
  })
})
