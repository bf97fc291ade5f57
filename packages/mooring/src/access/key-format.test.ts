import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isBroken, modeOf, newKey, prefixOf } from './key-format.ts'

/** As the guide gives it to scanners. */
const SCANNER = /\bmk_(live|test)_[0-9A-Za-z]{39}\b/

describe('an API key', () => {
  it.each(['live', 'test'] as const)('(%s) has one form, and its own checksum', (mode) => {
    for (const bytes of [Buffer.alloc(24), Buffer.alloc(24, 0xff), randomBytes(24)]) {
      const key = newKey(mode, () => bytes)
      expect(key).toHaveLength(47)
      expect(SCANNER.exec(`KEY="${key}"`)?.[0]).toBe(key)
      expect(isBroken(key)).toBe(false)
      expect(modeOf(prefixOf(key))).toBe(mode)
    }
  })

  it('has the checksum that the guide describes: a known one, worked out by hand elsewhere', () => {
    // CRC-32 of "mk_live_" and 33 zeros, in base 62: computed with Python's zlib.crc32.
    expect(newKey('live', () => Buffer.alloc(24))).toBe(`mk_live_${'0'.repeat(33)}3X1Ogq`)
  })

  it('keeps all of its 192 bits', () => {
    expect(newKey('live', () => Buffer.alloc(24, 0xff)).slice(8, 41)).toHaveLength(33)
    const seen = new Set(Array.from({ length: 500 }, () => newKey('live', randomBytes)))
    expect(seen.size).toBe(500)
  })

  it('is broken when any of its letters is another', () => {
    const key = newKey('live', randomBytes)
    for (let at = 8; at < key.length; at += 1) {
      const other = key[at] === 'x' ? 'y' : 'x'
      expect(isBroken(key.slice(0, at) + other + key.slice(at + 1)), String(at)).toBe(true)
    }
    expect(isBroken(key.replace('live', 'test'))).toBe(true)
  })

  it.each([
    '',
    'x',
    'mk_live_short',
    `mk_live_${'a'.repeat(32)}`,
    `mk_test_${'-'.repeat(39)}`,
    'mk_test_0123456789abcdef',
  ])('of another form is not judged: %j', (key) => expect(isBroken(key)).toBe(false))
})
