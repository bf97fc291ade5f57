import { describe, expect, it } from 'vitest'
import { weigh } from './counted.ts'
import { type Showing, showText } from './shown.ts'

const show = (text: string, change: Partial<Showing> = {}) =>
  showText({ id: '19', text, username: 'mara', media: [], escaped: true, ...change })

describe('a text as answers show it', () => {
  it('is itself where nothing is in it', () => {
    expect(show('Just words, 1 < 2', { escaped: false })).toEqual({ text: 'Just words, 1 < 2', entities: {} })
  })

  it('has another t.co for each link of each post, the same at each reading', () => {
    const urls = (id: string) => (show('a.com b.com a.com', { id }).entities.urls ?? []).map(({ url }) => url)
    expect(new Set([...urls('1'), ...urls('2')]).size).toBe(6)
    expect(urls('1')).toEqual(urls('1'))
    for (const url of urls('1')) expect(url).toMatch(/^https:\/\/t\.co\/[A-Za-z0-9]{10}$/)
  })

  it('has one link for all its media, with an entity each', () => {
    const media = [
      { key: '3_1', kind: 'photo' as const },
      { key: '3_2', kind: 'photo' as const },
    ]
    const { text, entities } = show('Two', { media })
    expect(text).toBe(`Two ${entities.urls?.[0]?.url}`)
    expect(entities.urls?.map(({ media_key, start, end }) => [media_key, start, end])).toEqual([
      ['3_1', 4, 27],
      ['3_2', 4, 27],
    ])
  })

  it.each([
    ['letters', 'a'.repeat(400)],
    ['heavy ones', '字'.repeat(300)],
    ['families', '👨‍👩‍👧'.repeat(200)],
    ['links', 'see example.com/abc '.repeat(30)],
    ['ampersands', '& '.repeat(300)],
  ])('is cut where it is long: %s', (_, text) => {
    const shown = show(text)
    expect(weigh(shown.text)).toBeLessThanOrEqual(280)
    expect(weigh(shown.text)).toBeGreaterThan(230)
    expect(shown.text).toMatch(/… https:\/\/t\.co\/\w{10}$/)
    const points = [...shown.text]
    for (const { start, end, url } of shown.entities.urls ?? []) expect(points.slice(start, end).join('')).toBe(url)
    // No family is torn apart.
    expect(shown.text.replace(/… .*$/, '').replaceAll('👨‍👩‍👧', '')).not.toMatch(/[\u200d\ud800-\udfff]/)
    expect(shown.note?.text).toBeDefined()
  })
})
