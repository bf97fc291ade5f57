/** Lists of more than a page: every row once, in order, whatever the page's size; and cursors that are none. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type Json, type World } from '../../test/world.ts'
import { addConnection, newAccount, newEvent } from '../store/testing.ts'
import { fromCursor, toCursor } from './paging.ts'
import { bearer, expectProblem, send } from './testing.ts'

const COUNT = 230

describe('paging', () => {
  let world: World
  let connection: string
  beforeAll(async () => {
    world = await createWorld()
    const { store } = world.mooring.engine
    for (let at = 0; at < COUNT; at += 1) connection = await addConnection(store, world.workspace, `subject-${at}`)
    // Many at one time, and some before: the id decides between those of one time.
    const target = { id: connection, provider: 'linkedin' }
    const one = new Date('2027-01-01T10:00:00.123Z')
    const accounts = (from: number, many: number) =>
      Array.from({ length: many }, (_, at) => newAccount(`account-${from + at}`))
    await store.accounts.choose(world.workspace, target, accounts(0, 150), false, one)
    await store.accounts.choose(world.workspace, target, accounts(150, 80), false, new Date(one.getTime() - 1))
    for (let at = 0; at < COUNT - 1; at += 1) {
      const when = new Date(one.getTime() + Math.floor(at / 50))
      await store.connections.storeTokens(
        world.workspace,
        connection,
        String(at + 1),
        { access_token: 'sealed', access_expires_at: null, dueAt: null },
        newEvent('connection.refreshed', when),
      )
    }
  })
  afterAll(() => world.close())

  const pages = async (path: string, limit: number | undefined): Promise<Json[][]> => {
    const found: Json[][] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query = new URLSearchParams({ ...(limit && { limit: String(limit) }), ...(cursor && { cursor }) })
      const { status, body } = await world.api('GET', `${path}?${query}`)
      expect(status).toBe(200)
      found.push(body.data)
      cursor = body.nextCursor
      if (found.length > COUNT + 5) throw new Error('the list never ends')
    }
    return found
  }
  const paths: [string, () => string, string][] = [
    ['connections', () => '/connections', 'createdAt'],
    ['accounts', () => '/accounts', 'addedAt'],
    ['events', () => `/connections/${connection}/events`, 'at'],
  ]

  describe.each(paths)('of %s', (_, path, time) => {
    it.each([1, 7, 50, 115, 200, undefined])('by %s gives every row once, in order', async (limit) => {
      const found = await pages(path(), limit)
      const rows = found.flat()
      expect(rows).toHaveLength(COUNT)
      expect(new Set(rows.map((row) => row.id)).size).toBe(COUNT)
      const times = rows.map((row) => Date.parse(row[time]))
      const sorted = times.toSorted((a, b) => (time === 'at' ? b - a : a - b))
      expect(times).toEqual(sorted)
      // Full pages but for the last, and no empty one at the end.
      for (const page of found.slice(0, -1)) expect(page).toHaveLength(limit ?? 50)
      expect(found.at(-1)?.length).toBeGreaterThan(0)
    })

    it('goes on from its place when rows are added and taken away meanwhile', async () => {
      const first = (await world.api('GET', `${path()}?limit=10`)).body
      const seen = new Set(first.data.map((row: Json) => row.id))
      const rest = await world.api('GET', `${path()}?limit=200&cursor=${first.nextCursor}`)
      expect(rest.body.data.filter((row: Json) => seen.has(row.id))).toEqual([])
      const again = await world.api('GET', `${path()}?limit=200&cursor=${first.nextCursor}`)
      expect(again.body).toEqual(rest.body)
    })

    it('refuses a cursor that is none, and a limit that is none', async () => {
      const inside = (text: string) => Buffer.from(text).toString('base64url')
      const place = `${Date.now()} ${randomUUID()}`
      for (const cursor of [
        '',
        'x',
        '%00',
        'a'.repeat(201),
        inside('1'),
        inside(`x ${randomUUID()}`),
        inside(`1 ${'-'.repeat(36)}`),
        inside(`1 ${'a'.repeat(36)}`),
        inside(`-1 ${randomUUID()}`),
        inside(`9999999999999999 ${randomUUID()}`),
        inside(`${place} more`),
        inside(`${place}\0`),
        inside("1 ' or true --"),
      ])
        expectProblem(await send(world, 'GET', `/api/v1${path()}?cursor=${cursor}`, bearer()), 400, 'invalid_request')
      for (const limit of ['0', '-1', '201', '1.5', 'x', '', '1e9', 'NaN', '0x10000'])
        expectProblem(await send(world, 'GET', `/api/v1${path()}?limit=${limit}`, bearer()), 400, 'invalid_request')
    })

    it('ends with a cursor that lies behind the last row', async () => {
      const at = time === 'at' ? new Date(0) : new Date(999_999_999_999_999)
      const answer = await world.api('GET', `${path()}?cursor=${toCursor({ at, id: randomUUID() })}`)
      expect(answer.body).toEqual({ data: [], nextCursor: null })
    })
  })

  it('of accounts may be of one provider, or of one connection', async () => {
    expect((await world.api('GET', `/accounts?connection=${connection}&limit=200`)).body.data).toHaveLength(200)
    expect((await world.api('GET', '/accounts?provider=nobody')).body.data).toEqual([])
    expect((await world.api('GET', '/accounts?provider=linkedin&limit=3')).body.data).toHaveLength(3)
    expectProblem(await send(world, 'GET', '/api/v1/accounts?connection=x', bearer()), 400, 'invalid_request')
  })

  it('makes cursors that lead back to the same place', () => {
    const place = { at: new Date('2027-01-20T09:00:00.123Z'), id: randomUUID() }
    expect(fromCursor(toCursor(place))).toEqual(place)
    expect(fromCursor(undefined)).toBeUndefined()
    expect(toCursor(place)).toMatch(/^[\w-]+$/)
  })
})
