/** Changes of posts that another process made: each is heard, however many there are and whatever the clocks say. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { BASE, createWorld, KEY, type World } from '../../test/world.ts'
import { newPost } from '../store/posts-testing.ts'
import { createChanges } from './changes.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

/** One who looks on from a process whose clock is so much off; `poll` looks once. */
function onlooker(offMs: number) {
  const { engine } = world.mooring
  let tick = () => {}
  let polled = (): void => {}
  const runtime = {
    ...engine.runtime,
    now: () => Date.now() + offMs,
    every: (_: number, work: () => void) => {
      tick = work
      return () => {}
    },
  }
  const posts = {
    ...engine.store.posts,
    changed: async (...asked: Parameters<typeof engine.store.posts.changed>) => {
      const answer = await engine.store.posts.changed(...asked)
      if (answer.posts.length === 0 || !answer.more) setImmediate(polled)
      return answer
    },
  }
  const heard: string[] = []
  const changes = createChanges({ runtime, store: { ...engine.store, posts } })
  changes.watch(world.workspace, (post) => heard.push(post))
  const poll = async () => {
    const done = new Promise<void>((go) => {
      polled = go
    })
    tick()
    await done
    return heard.splice(0)
  }
  return { poll }
}

it.each([0, 3_600_000, -3_600_000])(
  'all of twelve hundred at one moment, by a clock that is %i ms off',
  async (offMs) => {
    const { poll } = onlooker(offMs)
    await poll()
    const made = await world.database.query<{ id: string }>(
      `insert into mooring.posts (workspace_id, id, content, targets, draft, created_at, created_by, updated_at)
     select $1, gen_random_uuid(), '{"text":"","media":[]}', '[]', true, t, 'Owner', t
     from (select date_trunc('milliseconds', clock_timestamp()) as t) now, generate_series(1, 1200)
     returning id`,
      [world.workspace],
    )
    const ids = made.map((one) => one.id)
    expect((await poll()).sort()).toEqual(ids.sort())
    expect(await poll()).toEqual([])
    const post = newPost()
    await world.mooring.engine.store.posts.create(world.workspace, post, [], new Date(), undefined)
    expect(await poll()).toEqual([post.id])
    await world.mooring.engine.store.posts.change(
      world.workspace,
      post.id,
      1,
      () => ({ set: {}, deliveries: [] }),
      new Date(),
    )
    expect(await poll()).toEqual([post.id])
  },
)

it('is told to nobody whose key was taken back meanwhile', async () => {
  const { status, body } = await world.api('POST', '/api/v1/api-keys', { name: 'Onlooker', scopes: ['posts:read'] })
  expect(status, JSON.stringify(body)).toBe(201)
  const headers = { authorization: `Bearer ${body.key}` }
  const beats = vi.spyOn(world.mooring.engine.runtime, 'sleep').mockImplementation(() => nextTurn())
  const response = await world.mooring.fetch(new Request(`${BASE}/api/v1/posts/events`, { headers }))
  expect(response.status).toBe(200)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  let revoked = false
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    heard += next.value
    if (revoked || !heard.includes('still here')) continue
    revoked = true
    await world.api('DELETE', `/api/v1/api-keys/${body.id}`)
  }
  expect(revoked).toBe(true)
  expect(heard).toMatch(/^event: ready/)
  beats.mockRestore()
})

it('ends as soon as the server is told to end', async () => {
  const other = await createWorld()
  const beats = vi.spyOn(other.mooring.engine.runtime, 'sleep').mockImplementation(async (_, signal) => {
    await new Promise((_go, stop) => signal?.addEventListener('abort', stop))
  })
  const headers = { authorization: `Bearer ${KEY}` }
  const response = await other.mooring.fetch(new Request(`${BASE}/api/v1/posts/events`, { headers }))
  const reader = response.body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  other.mooring.drain()
  expect((await reader?.read())?.done).toBe(true)
  beats.mockRestore()
  await other.close()
})
