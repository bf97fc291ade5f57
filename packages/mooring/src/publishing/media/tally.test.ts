import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { tallied } from './tally.ts'
import { pieces } from './testing.ts'

const all = async (from: AsyncIterable<Uint8Array>) => {
  const parts: Uint8Array[] = []
  for await (const part of from) parts.push(part)
  return Buffer.concat(parts)
}

describe('what streams by', () => {
  it('is the same after, counted and hashed', async () => {
    const bytes = randomBytes(12_345)
    const tally = tallied(pieces(bytes), bytes.length)
    expect((await all(tally.bytes)).equals(bytes)).toBe(true)
    expect(tally.size()).toBe(12_345)
    expect(tally.sha256()).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('ends where it is too much, and no more of it is asked for', async () => {
    let given = 0
    async function* endless() {
      for (;;) {
        given += 1000
        yield Buffer.alloc(1000)
      }
    }
    const read = all(tallied(endless(), 5000).bytes)
    await expect(read).rejects.toMatchObject({ code: 'body_too_large', status: 413 })
    expect(given).toBe(6000)
  })
})
