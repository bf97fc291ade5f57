import { describe, expect, it } from 'vitest'
import { lengthOf, readLittle } from './little-text.ts'

const ACME = 'urn:li:organization:91000102'
const MARA = 'urn:li:person:abc_D-1'
const names = (urn: string) =>
  urn === ACME ? ['Acme Bakery'] : urn === MARA ? ['Mara Lindqvist', 'Mara', 'Lindqvist'] : undefined
const read = (source: string, mismatch?: 'text' | 'cut') => readLittle(source, names, mismatch)

describe('what is reserved', () => {
  it.each([...'|{}@[]()<>#\\*_~'])('%s ends the text where it stands', (one) => {
    expect(read(`before ${one} after`)).toMatchObject({ text: 'before ', cutAt: 7 })
  })
  it.each([...'|{}@[]()<>#\\*_~'])('%s escaped is itself', (one) => {
    const source = `before \\${one} after`
    expect(read(source)).toEqual({
      ...{ text: `before ${one} after`, commentary: source, hashtags: [], mentions: [], cutAt: undefined },
    })
  })
  it('nothing else is', () => {
    const text = 'Grüße! "a" \'b\' `c` $1 50% ^ & - + = / ? . , ; : → ✅ 👩‍👩‍👧 ＃ 日本語\n\nend'
    expect(read(text)).toMatchObject({ text, commentary: text, cutAt: undefined })
  })
  it('a backslash before anything else is one that was not escaped', () => {
    expect(read('C:\\new').text).toBe('C:')
    expect(read('line\\n').text).toBe('line')
    expect(read('end\\').text).toBe('end')
  })
  it('what was cut is gone even if it is escaped', () => {
    expect(read('A (b) \\(c\\)').text).toBe('A ')
  })
  it('at the very beginning leaves nothing', () => expect(read('(a)').text).toBe(''))
  it('a link with an underscore is cut, too', () => {
    expect(read('See https://a.example/x_y').text).toBe('See https://a.example/x')
    expect(read('See https://a.example/x\\_y').text).toBe('See https://a.example/x_y')
  })
})

describe('hashtags', () => {
  it.each([
    ['Go #Berlin now', ['Berlin'], 'Go #Berlin now'],
    ['#größe', ['größe'], '#größe'],
    ['#日本', ['日本'], '#日本'],
    ['#AI\\_x rest', ['AI_x'], '#AI_x rest'],
    ['#one#two', ['one', 'two'], '#one#two'],
    ['#tag.', ['tag'], '#tag.'],
    ['Go {hashtag|\\#|Berlin} now', ['Berlin'], 'Go #Berlin now'],
    ['{hashtag|#|Berlin}', ['Berlin'], '#Berlin'],
    ['{hashtag|＃|Berlin}', ['Berlin'], '#Berlin'],
    ['{hashtag|\\#|a\\_b}', ['a_b'], '#a_b'],
  ])('%s', (source, hashtags, text) => expect(read(source)).toMatchObject({ hashtags, text, cutAt: undefined }))

  it('are handed back as templates', () => {
    expect(read('Go #Berlin and {hashtag|#|a\\_b}').commentary).toBe('Go {hashtag|\\#|Berlin} and {hashtag|\\#|a\\_b}')
  })
  it('an escaped sign makes none', () => {
    expect(read('\\#Berlin')).toMatchObject({ hashtags: [], text: '#Berlin', commentary: '\\#Berlin' })
  })
  it.each([
    ['#AI_x', '#AI'],
    ['C# is', 'C'],
    ['## Title', ''],
    ['a {hashtag|\\#|a_b} c', 'a '],
    ['a {hashtag|\\#|} c', 'a '],
    ['a {hashtag|x|b} c', 'a '],
    ['a {mention|b} c', 'a '],
    ['a {b} c', 'a '],
  ])('%s is cut', (source, text) => expect(read(source).text).toBe(text))
})

describe('mentions', () => {
  it('of an organization by its whole name, of a member by any', () => {
    const source = `By @[Acme Bakery](${ACME}), @[Mara](${MARA}) and @[Mara Lindqvist](${MARA})!`
    expect(read(source)).toMatchObject({
      text: 'By Acme Bakery, Mara and Mara Lindqvist!',
      commentary: source,
      mentions: [
        { urn: ACME, name: 'Acme Bakery' },
        { urn: MARA, name: 'Mara' },
        { urn: MARA, name: 'Mara Lindqvist' },
      ],
    })
  })
  it.each([
    ['in another case', `@[acme bakery](${ACME})`, 'acme bakery'],
    ['in part', `@[Acme](${ACME})`, 'Acme'],
    ['of nobody', '@[Acme Bakery](urn:li:organization:1)', 'Acme Bakery'],
    ['escaped', `@[Acme\\_Bakery](${ACME})`, 'Acme\\_Bakery'],
  ])('a name %s links nothing', (_, source, text) => {
    expect(read(`a ${source} b`)).toMatchObject({ text: `a ${text} b`, mentions: [] })
    expect(read(`a ${source} b`, 'cut').text).toBe('a ')
  })
  it.each([
    '@Acme',
    `@[Acme Bakery] (${ACME})`,
    '@[Acme](acme)',
    '@[](urn:li:organization:91000102)',
    '@[Acme](urn:li:company:1)',
  ])('%s is cut', (source) => expect(read(`a ${source} b`).text).toBe('a '))
})

describe('its length', () => {
  const length = (source: string, backslashes = false) => lengthOf(source, read(source), backslashes)
  it('is that of what people read', () => {
    expect(length('a \\(b\\)')).toBe(5)
    expect(length('{hashtag|\\#|ab} c')).toBe(5)
    expect(length(`@[Acme Bakery](${ACME})`)).toBe(11)
  })
  it('or of what was sent', () => expect(length('a \\(b\\)', true)).toBe(7))
  it('counts what is cut off, too', () => expect(length('a (b \\(c\\)')).toBe(8))
})
