import { describe, expect, it } from 'vitest'
import { MoovFinder } from './moov.ts'
import { movieFacts } from './movie-facts.ts'
import { type Movie, movie } from './mp4-testing.ts'

function passed(bytes: Uint8Array, size: number): MoovFinder {
  const finder = new MoovFinder()
  for (let at = 0; at < bytes.length; at += size) finder.push(Buffer.from(bytes.subarray(at, at + size)))
  return finder
}
const factsOf = (wish: Movie, size = 1000) => movieFacts(passed(movie(wish), size).found)

describe('a video that passes by', () => {
  it.each([
    ['first', 1],
    ['first', 7],
    ['last', 1],
    ['last', 13],
    ['last', 100_000],
  ] as const)('with its facts %s, in pieces of %i', (moov, size) => {
    const wish = { seconds: 12.5, width: 1080, height: 1920, framesPerSecond: 24, moov }
    expect(factsOf(wish, size)).toEqual({
      durationMs: 12_500,
      width: 1080,
      height: 1920,
      framesPerSecond: 24,
      codec: 'avc1',
    })
  })

  it('with a box of 64 bits before its facts', () => {
    const head = Buffer.alloc(16)
    head.writeUInt32BE(1, 0)
    head.write('mdat', 4, 'latin1')
    head.writeBigUInt64BE(21n, 8)
    const bytes = Buffer.concat([head, Buffer.alloc(5, 9), movie()])
    for (const size of [1, 3, 4096]) expect(movieFacts(passed(bytes, size).found)?.codec).toBe('avc1')
  })

  it('is held no more than its facts are long', () => {
    const finder = new MoovFinder()
    finder.push(Buffer.from(movie({ data: 5_000_000 })))
    expect(finder.found?.length).toBeLessThan(1000)
  })

  it.each([
    ['nothing', ''],
    ['a text', 'this is no video at all, but some words in a row'],
    ['a box that is smaller than its head', '\0\0\0\x03moovxxxxxxxx'],
    ['a moov without end', '\xff\xff\xff\xffmoovxxxxxxxx'],
    ['an empty moov', '\0\0\0\x08moov\0\0\0\x08free'],
  ])('%s is none', (_, text) => {
    expect(movieFacts(passed(Buffer.from(text, 'latin1'), 4).found)).toBeUndefined()
  })

  it('half of its facts are none', () => {
    const found = passed(movie(), 50).found ?? Buffer.alloc(0)
    for (let size = 0; size < found.length; size += 5) {
      const read = movieFacts(found.subarray(0, size))
      expect(read === undefined || read.codec !== 'avc1' || read.framesPerSecond === 0).toBe(true)
    }
    expect(movieFacts(found)?.codec).toBe('avc1')
  })
})
