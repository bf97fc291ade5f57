import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { sourceOf } from './source.ts'
import type { Range } from './storage.ts'
import { pieces } from './testing.ts'

const MB = 1024 ** 2
const bytes = Buffer.alloc(300_000, 'abcdefghij')

function watched(size = bytes.length) {
  const asked: Range[] = []
  const storage = {
    read: async (_workspace: string, _id: string, range: Range = { from: 0, to: size }) => {
      asked.push(range)
      return Readable.from(pieces(Buffer.alloc(range.to - range.from, bytes.subarray(range.from % 10)), 65_536))
    },
  }
  return { asked, source: sourceOf(storage, 'w', 'id', size) }
}

describe('some bytes of a stored file', () => {
  it('are those that were asked for, up to its end', async () => {
    const { source } = watched()
    const text = async (from: number, to: number) => Buffer.from(await source.read(from, to)).toString()
    expect(await text(0, 12)).toBe('abcdefghijab')
    expect(await text(13, 15)).toBe('de')
    expect(await text(299_998, 400_000)).toBe('ij')
    expect(await text(300_000, 300_001)).toBe('')
    expect((await source.read(5, 200_005)).length).toBe(200_000)
  })

  it('are asked for together, where they lie together', async () => {
    const { asked, source } = watched()
    for (let at = 0; at < 60_000; at += 100) await source.read(at, at + 8)
    expect(asked).toEqual([{ from: 0, to: 65_536 }])
    await source.read(250_000, 250_004)
    await source.read(250_100, 250_200)
    expect(asked).toHaveLength(2)
  })

  it('are not the reader’s to spoil', async () => {
    const { source } = watched()
    ;(await source.read(0, 4)).fill(0)
    expect(Buffer.from(await source.read(0, 4)).toString()).toBe('abcd')
  })

  it('are given up to 64 MB of one file, and then it is refused', async () => {
    const { source } = watched(1000 * MB)
    for (let at = 0; at < 64; at += 1) await source.read(at * MB, (at + 1) * MB)
    await expect(source.read(100 * MB, 101 * MB)).rejects.toMatchObject({ code: 'media_refused' })
  })
})
