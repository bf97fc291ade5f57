import fc from 'fast-check'
import { expect, it } from 'vitest'
import { piecesOf } from './post-pieces.ts'

const kinds = (text: string, fits?: number) =>
  piecesOf(text, fits).map((piece) => `${piece.over ? '!' : ''}${piece.kind}:${piece.text}`)

it.each([
  ['Hello all', ['plain:Hello all']],
  [
    '#rye @mara see https://a.example/#x',
    ['tag:#rye', 'plain: ', 'name:@mara', 'plain: see ', 'link:https://a.example/#x'],
  ],
  ['a@b.example is no name, c# no tag', ['plain:a@b.example is no name, c# no tag']],
  ['(#roggen-brot) #für.', ['plain:(', 'tag:#roggen-brot', 'plain:) ', 'tag:#für', 'plain:.']],
  ['# alone', ['plain:# alone']],
  ['', []],
])('%s', (text, pieces) => expect(kinds(text)).toEqual(pieces))

it('marks what does not fit, also within an address', () => {
  expect(kinds('see https://a.example/x now', 10)).toEqual([
    'plain:see ',
    'link:https:',
    '!link://a.example/x',
    '!plain: now',
  ])
  expect(kinds('abc', 0)).toEqual(['!plain:abc'])
  expect(kinds('abc', 3)).toEqual(['plain:abc'])
})

it('loses nothing, whatever is written', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '#', '@', '.', 'https://a.example', '\n', 'é') })
  fc.assert(
    fc.property(text, fc.nat(40), (words, fits) => {
      expect(
        piecesOf(words, fits)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(words)
    }),
  )
})
