/** Little text: what is reserved never leaves unescaped, and people see what was written. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { littleText, plainText, RESERVED } from './little-text.ts'

const ACME = { name: 'Acme Inc.', id: 'urn:li:organization:12' }
const ANN = { name: 'Ann', id: 'urn:li:person:aB-9_z' }
const ANN_LEE = { name: 'Ann Lee', id: 'urn:li:person:Lee' }

describe('what is reserved', () => {
  it('is the fifteen signs of the documentation', () => {
    expect([...RESERVED].toSorted()).toEqual([...'|{}@[]()<>#*_~\\'].toSorted())
    expect(RESERVED).toHaveLength(15)
  })

  it.each([...RESERVED])('%s is escaped wherever it stands', (sign) => {
    expect(littleText(sign, [])).toBe(`\\${sign}`)
    expect(littleText(`a${sign} b`, [])).toBe(`a\\${sign} b`)
    expect(littleText(`${sign}${sign}`, [])).toBe(`\\${sign}\\${sign}`)
    expect(plainText(littleText(`a ${sign} b${sign}`, []))).toBe(`a ${sign} b${sign}`)
  })

  it('the backslash once, and not again with what follows', () => {
    expect(littleText('\\(', [])).toBe('\\\\\\(')
  })

  it('nothing else is touched', () => {
    const words = 'Ünï → 👩‍👩‍👧 "quoted" \'x\' & 100% $5 a+b=c; x^2 `code` — end!\n\nNext: line?'
    expect(littleText(words, [])).toBe(words)
  })
})

describe('hashtags', () => {
  it.each([
    ['#mooring', '#mooring'],
    ['Go #Big now', 'Go #Big now'],
    ['(#tag)', '\\(#tag\\)'],
    ['#AI_x', '#AI\\_x'],
    ['#Größe, #日本語 #हिन्दी', '#Größe, #日本語 #हिन्दी'],
    ['#2026goals', '#2026goals'],
    // None of these is one.
    ['#', '\\#'],
    ['# heading', '\\# heading'],
    ['#1', '\\#1'],
    ['C#sharp', 'C\\#sharp'],
    ['##twice', '\\#\\#twice'],
    ['&#x27;', '&\\#x27;'],
    ['https://example.com/a_b#frag?x=#y and #z', 'https://example.com/a\\_b\\#frag?x=\\#y and #z'],
  ])('%s becomes %s', (text, little) => {
    expect(littleText(text, [])).toBe(little)
    expect(plainText(little)).toBe(text)
  })
})

describe('mentions', () => {
  it.each([
    ['Hello @Ann!', 'Hello @[Ann](urn:li:person:aB-9_z)!'],
    ['@Ann Lee and @Ann', '@[Ann Lee](urn:li:person:Lee) and @[Ann](urn:li:person:aB-9_z)'],
    ['By @Acme Inc.', 'By @[Acme Inc.](urn:li:organization:12)'],
    ['@Annabel', '\\@Annabel'],
    ['mail@Ann.example', 'mail\\@Ann.example'],
    ['@Bob', '\\@Bob'],
    ['https://x.example/@Ann', 'https://x.example/\\@Ann'],
  ])('%s becomes %s', (text, little) => {
    expect(littleText(text, [ANN, ANN_LEE, ACME])).toBe(little)
    expect(plainText(little)).toBe(text)
  })

  it.each([
    { name: 'A]b', id: ANN.id },
    { name: 'A[b', id: ANN.id },
    { name: 'A\\b', id: ANN.id },
    { name: ' ', id: ANN.id },
    { name: 'Ann', id: '12345' },
    { name: 'Ann', id: 'urn:li:person:x)#' },
    { name: 'Ann', id: 'urn:li:share:1' },
  ])('%j cannot be one, and stays plain', (mention) => {
    const text = `@${mention.name} x`
    expect(littleText(text, [mention])).not.toContain('](urn')
    expect(plainText(littleText(text, [mention]))).toBe(text)
  })

  it('names are no patterns', () => {
    expect(littleText('@Axb', [{ name: 'A.b', id: ANN.id }])).toBe('\\@Axb')
    expect(littleText('@A+ (UK)', [{ name: 'A+ (UK)', id: ANN.id }])).toBe(`@[A+ (UK)](${ANN.id})`)
  })
})

describe('any text', () => {
  const signs = fc.string({ unit: fc.constantFrom(...RESERVED, 'a', 'é', '1', ' ', '\n', '/', ':', '😀', '&') })
  const anything = fc.oneof(fc.string({ unit: 'binary' }), signs)

  it('is seen as it was written', () => {
    fc.assert(
      fc.property(anything, (text) => plainText(littleText(text, [ANN])) === text),
      { numRuns: 3000 },
    )
  })

  it('has no reserved sign but escaped, as a hashtag or in a mention', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const left = littleText(text, [ANN])
          .replace(/\\[\s\S]/g, '')
          .replaceAll(`@[Ann](${ANN.id})`, '')
          .replace(/#[\p{L}\p{N}\p{M}]/gu, '')
        return ![...RESERVED].some((sign) => left.includes(sign))
      }),
      { numRuns: 3000 },
    )
  })
})

it.each([
  ['{hashtag|\\#|AI\\_x} and {hashtag|#|b}', '#AI_x and #b'],
  ['@[Acme \\(UK\\)](urn:li:organization:1)', '@Acme (UK)'],
  ['\\{hashtag\\|x\\}', '{hashtag|x}'],
  ['', ''],
])('what LinkedIn answers with, %s, reads %s', (little, plain) => {
  expect(plainText(little)).toBe(plain)
})
