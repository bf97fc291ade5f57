import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Declared, Pieces } from './pieces.ts'

const declared: Declared = {
  id: '1',
  owner: 'mara',
  additionalOwners: [],
  category: 'tweet_image',
  type: 'image/png',
  totalBytes: 6,
  expiresAt: 0,
}
const sha = createHash('sha256').update('abcdef').digest('hex')
const of = (...pieces: [place: number, text: string][]) => {
  const made = new Pieces(declared)
  const taken = pieces.map(([place, text]) => made.add(place, Buffer.from(text)))
  return { made, taken }
}

describe('pieces', () => {
  it.each([
    ['in order', [0, 1, 2]],
    ['backwards', [2, 1, 0]],
    ['mixed', [1, 2, 0]],
  ])('%s come to the same file', (_, order) => {
    const texts = ['ab', 'cd', 'ef']
    const { made } = of(...order.map((place): [number, string] => [place, texts[place] ?? '']))
    expect([made.isWhole, made.sha256, made.bytes.toString()]).toEqual([true, sha, 'abcdef'])
  })

  it('may come again, and are counted once', () => {
    const { made, taken } = of([0, 'ab'], [0, 'ab'], [2, 'ef'], [2, 'ef'], [1, 'cd'])
    expect(taken).toEqual([true, true, true, true, true])
    expect([made.size, made.isWhole, made.sha256]).toEqual([6, true, sha])
  })

  it('are not taken twice with other bytes', () => expect(of([0, 'ab'], [0, 'xx']).taken).toEqual([true, false]))

  it('are no file where one is missing, or all are too few', () => {
    expect(of([0, 'ab'], [2, 'cdef']).made.isWhole).toBe(false)
    expect(of([1, 'abcdef']).made.isWhole).toBe(false)
    expect(of([0, 'abc']).made.isWhole).toBe(false)
    expect(of([0, 'abcdefg']).made.isWhole).toBe(false)
  })
})
