/** Reads that share a statement: each gets its own row, and no row of another workspace. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'
import { type Seeded, seedWorkspace } from './testing.ts'

describe('many reads at once', () => {
  let world: World
  let mine: Seeded[]
  beforeAll(async () => {
    world = await createWorld()
    mine = await Promise.all(Array.from({ length: 3 }, (_, at) => seedWorkspace(world.mooring.engine.store, `W${at}`)))
    await world.database.query("update mooring.connections set access_token = 'v1.x.' || id")
  })
  afterAll(() => world.close())
  const read = (workspace: string, id: string) => world.mooring.engine.store.connections.token(workspace, id)
  const sealed = async (id: string) => {
    const [row] = await world.database.query<{ access_token: string }>(
      'select access_token from mooring.connections where id = $1',
      [id],
    )
    return row?.access_token
  }

  it('give each its own row, in any order and letters, also the same one twice, and nothing to who asks for what is not there', async () => {
    const expected = await Promise.all(mine.map((one) => sealed(one.connection)))
    expect(new Set(expected).size).toBe(3)
    const rounds = Array.from({ length: 100 }, (_, at) => mine[at % 3] as Seeded)
    const rows = await Promise.all(
      rounds.flatMap((one) => [
        read(one.workspace, one.connection),
        read(one.workspace, one.connection.toUpperCase()),
        read(one.workspace, crypto.randomUUID()),
      ]),
    )
    for (const [at] of rounds.entries()) {
      const [row, again, nobody] = rows.slice(at * 3, at * 3 + 3)
      expect(row?.access_token).toBe(expected[at % 3])
      expect(again).toEqual(row)
      expect(nobody).toBeUndefined()
    }
  })

  it("never give another workspace's row, whoever else asks in the same moment", async () => {
    const [a, b] = mine as [Seeded, Seeded]
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) => {
        const [reader, owner] = at % 2 === 0 ? [a, b] : [b, a]
        return at % 3 === 0 ? read(reader.workspace, owner.connection) : read(reader.workspace, reader.connection)
      }),
    )
    for (const [at, row] of answers.entries()) expect(row === undefined, String(at)).toBe(at % 3 === 0)
  })

  it('see what was written before they began, though a statement was under way', async () => {
    const [{ workspace, connection }] = mine as [Seeded]
    const write = (value: string) =>
      world.database.query('update mooring.connections set access_token = $1 where id = $2', [value, connection])
    for (let at = 0; at < 30; at++) {
      const early = Array.from({ length: 5 }, () => read(workspace, connection))
      await write(`v1.x.${at}`)
      expect((await read(workspace, connection))?.access_token).toBe(`v1.x.${at}`)
      await Promise.all(early)
    }
  })

  it('refuse an id that is none without holding up the others', async () => {
    const [{ workspace, connection }] = mine as [Seeded]
    const [good, bad, also] = await Promise.allSettled([
      read(workspace, connection),
      read(workspace, "x'; --"),
      read(workspace, connection),
    ])
    expect([good.status, bad.status, also.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})
