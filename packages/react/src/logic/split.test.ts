import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentOf, type Draft } from './post-content.ts'
import { fitting, splitText, weightOf, withSplit } from './split.ts'

const plain = (limit: number) => ({ limit, weighted: false })
const weighted = (limit: number) => ({ limit, weighted: true })

describe('weight', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['Øresund', 7],
    ['日本', 4],
    ['🙂', 2],
    ['see https://northwind.example/work/acme-bakery/with/every/sketch now', 4 + 23 + 4],
    ['e\u0301', 1],
  ])('%s', (text, weight) => expect(weightOf(text)).toBe(weight))
})

describe('splitting', () => {
  it('leaves what fits', () => {
    expect(splitText('  Short. ', plain(280))).toEqual(['Short.'])
    expect(splitText('', plain(280))).toEqual([''])
  })

  it('ends at a paragraph, else a sentence, else a word', () => {
    expect(splitText('One two three.\n\nFour five six.', plain(20))).toEqual(['One two three.', 'Four five six.'])
    expect(splitText('One two three. Four five six.', plain(20))).toEqual(['One two three.', 'Four five six.'])
    expect(splitText('one two three four five six', plain(14))).toEqual(['one two three', 'four five six'])
  })

  it('cuts a word that is longer than all', () =>
    expect(splitText('abcdefghij', plain(4))).toEqual(['abcd', 'efgh', 'ij']))

  it('does not end after a crumb for the sake of a paragraph', () =>
    expect(splitText('Hi.\n\nOne two three four five six seven', plain(30))[0]).toBe('Hi.\n\nOne two three four five'))

  it('keeps a family together', () => expect(splitText('👨‍👩‍👧👨‍👩‍👧', plain(5))).toEqual(['👨‍👩‍👧', '👨‍👩‍👧']))

  it('loses no word, and every part fits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcdef日本é.🙂') }), {
          maxLength: 60,
        }),
        fc.integer({ min: 24, max: 80 }),
        (words, limit) => {
          const text = words.join(' ')
          const parts = splitText(text, weighted(limit))
          expect(parts.join(' ').replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''))
          for (const part of parts) expect(weightOf(part)).toBeLessThanOrEqual(limit)
        },
      ),
    )
  })
})

it('says how much fits', () => {
  expect(fitting('abcdef', plain(4))).toBe(4)
  expect(fitting('日本日', weighted(4))).toBe(2)
  expect(fitting('日本日', weighted(1))).toBe(1)
})

it('an account’s own words are split, and its own thread follows them', () => {
  const part = (text: string) => ({ text, media: [] })
  const draft: Draft = {
    content: { text: 'For all of us', media: [] },
    targets: [
      { accountId: 'a' },
      { accountId: 'b', override: { text: 'Mine is another', thread: [part('and its end')] } },
    ],
  }
  const both = ['a', 'b'].reduce((now, id) => withSplit(now, id, plain(8)), draft)
  expect(contentOf(both, 'a')).toMatchObject({ text: 'For all', thread: [part('of us')] })
  expect(contentOf(both, 'b')).toMatchObject({ text: 'Mine is', thread: [part('another'), part('and its end')] })
  expect(both.content).toEqual(draft.content)
})
