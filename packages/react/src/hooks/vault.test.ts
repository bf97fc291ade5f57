import { describe, expect, it } from 'vitest'
import type { Rotated } from '../api.ts'
import { rotateAll } from './vault.ts'

const part = (rewrapped: number, cursor: string | null, parts: Partial<Rotated> = {}): Rotated => ({
  rewrapped,
  skipped: 0,
  failed: [],
  cursor,
  done: cursor === null,
  ...parts,
})
const failed = { workspaceId: 'w', connectionId: 'c', recordId: 'c', column: 'a.b', code: 'vault_tampered' }

describe('sealing anew, part after part', () => {
  it('goes on with the cursor of the part before, and sums up', async () => {
    const answers = [part(5, 'x'), part(4, 'y', { skipped: 1, failed: [failed] }), part(2, null)]
    const asked: (string | undefined)[] = []
    const told: number[] = []
    const so = await rotateAll(
      async (cursor) => {
        asked.push(cursor)
        return answers.shift() ?? part(0, null)
      },
      ({ rewrapped }) => told.push(rewrapped),
    )
    expect(asked).toEqual([undefined, 'x', 'y'])
    expect(told).toEqual([5, 9, 11])
    expect(so).toEqual({ rewrapped: 11, skipped: 1, failed: [failed] })
  })

  it('ends where a part could not be done', async () => {
    let calls = 0
    const told: number[] = []
    const run = rotateAll(
      async () => {
        calls += 1
        if (calls === 2) throw new Error('away')
        return part(5, 'x')
      },
      ({ rewrapped }) => told.push(rewrapped),
    )
    await expect(run).rejects.toThrow('away')
    expect(told).toEqual([5])
  })
})
