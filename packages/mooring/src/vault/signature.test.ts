import { describe, expect, it } from 'vitest'
import { createKeyRing, generateKey } from './keyring.ts'
import { isOneOf, signatures } from './signature.ts'

const [old, fresh] = [generateKey(), generateKey()]

describe('a signature', () => {
  it('is of this text, this purpose and this key alone', () => {
    const ring = createKeyRing(fresh)
    const [one] = signatures(ring, 'tick', 'https://a.example')
    expect(one).toMatch(/^[\w-]{43}$/)
    expect(signatures(createKeyRing(fresh), 'tick', 'https://a.example')).toEqual([one])
    for (const other of [
      signatures(ring, 'tick', 'https://b.example'),
      signatures(ring, 'tock', 'https://a.example'),
      signatures(createKeyRing(old), 'tick', 'https://a.example'),
    ])
      expect(other).not.toContain(one)
  })

  it('outlives a rotation, until its key leaves the ring', () => {
    const [before] = signatures(createKeyRing(old), 'tick', 'x')
    const both = signatures(createKeyRing(`${fresh},${old}`), 'tick', 'x')
    expect(both).toHaveLength(2)
    expect(both[0]).not.toBe(before)
    expect(isOneOf(before ?? '', both)).toBe(true)
    expect(isOneOf(before ?? '', signatures(createKeyRing(fresh), 'tick', 'x'))).toBe(false)
  })

  it.each(['', 'x', 'é', 'a'.repeat(10_000)])('is not %j', (shown) => {
    expect(isOneOf(shown, ['abc'])).toBe(false)
    expect(isOneOf(shown, [])).toBe(false)
  })
})
