import { describe, expect, it } from 'vitest'
import type { MooringError } from '../../error.ts'
import { outgoing } from './outgoing.ts'

const ETAG = '"abc"'
const SIZE = 1000
const ask = (range?: string, more: { ifRange?: string; ifNoneMatch?: string } = {}) =>
  outgoing({ range, ifRange: more.ifRange, ifNoneMatch: more.ifNoneMatch }, SIZE, ETAG)

describe('what a request asks of a file of 1000 bytes', () => {
  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=0-0', 0, 1],
    ['bytes=999-999', 999, 1000],
    ['bytes=500-', 500, 1000],
    ['bytes=0-', 0, 1000],
    ['bytes=-1', 999, 1000],
    ['bytes=-1000', 0, 1000],
    ['bytes=-5000', 0, 1000],
    ['bytes=990-5000', 990, 1000],
    ['BYTES=1-2', 1, 3],
    ['bytes= 1 - 2 ', 1, 3],
  ])('%s: from %i up to and without %i', (range, from, to) => {
    expect(ask(range)).toEqual({ status: 206, range: { from, to } })
  })

  it.each([
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=9-1',
    'bytes=0-1,5-6',
    'bytes=a-b',
    'bytes=--5',
    'bytes=1.5-2',
    'items=0-1',
    'bytes 0-1',
    'bytes=0x1-2',
    `bytes=${'9'.repeat(40)}-`,
  ])('%j: the whole', (range) => {
    expect(ask(range)).toEqual({ status: 200, range: undefined })
  })

  it.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=999999999999999-', 'bytes=-0', 'bytes=-000'])(
    '%s: nothing that is there',
    (range) => {
      expect(() => ask(range)).toThrow(expect.objectContaining({ code: 'range_refused', status: 416 }) as MooringError)
    },
  )

  it('is a part of this very file, or the whole of it', () => {
    expect(ask('bytes=0-1', { ifRange: ETAG })).toMatchObject({ status: 206 })
    for (const ifRange of ['"other"', 'W/"abc"', 'Sat, 28 Nov 2026 10:00:00 GMT'])
      expect(ask('bytes=0-1', { ifRange })).toEqual({ status: 200, range: undefined })
  })

  it('is nothing where the asker has it', () => {
    for (const ifNoneMatch of [ETAG, 'W/"abc"', '"x", "abc"', '*', ' * '])
      expect(ask('bytes=0-1', { ifNoneMatch }), ifNoneMatch).toEqual({ status: 304, range: undefined })
    for (const ifNoneMatch of ['"abcd"', 'abc', ''])
      expect(ask(undefined, { ifNoneMatch }), ifNoneMatch).toMatchObject({ status: 200 })
  })
})
