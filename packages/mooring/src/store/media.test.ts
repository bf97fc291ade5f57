/** Rows of files: what is made of one goes with it, and what a post needs stays. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world.ts'
import type { Db } from './database.ts'
import type { NewMedia } from './media.ts'
import { newDelivery, newFile, newPost } from './posts-testing.ts'
import type { StoredContent, StoredTarget } from './schema-posts.ts'
import type { Store } from './store.ts'
import { openStore } from './testing.ts'

describe('files of posts', () => {
  let database: TestDatabase
  let db: Db
  let store: Store
  let workspace: string
  beforeAll(async () => {
    database = await testDatabase()
    const opened = await openStore(database)
    db = opened.db
    store = opened.store
  })
  afterAll(async () => {
    await db.close()
    await database.drop()
  })
  const fresh = async () => {
    workspace = (await store.workspaces.create(randomUUID(), 'W', null)).id
  }
  const add = async (more: Partial<NewMedia> = {}) => (await store.media.add(workspace, { ...newFile(), ...more }))?.id
  const some = async (more: Parameters<typeof add>[0] = {}) => (await add(more)) ?? ''
  const post = (
    content: Partial<StoredContent>,
    more: { targets?: StoredTarget[]; draft?: boolean; state?: string } = {},
  ) => {
    const { targets = [], draft = false, state } = more
    const row = {
      ...newPost(),
      content: JSON.stringify({ text: '', media: [], ...content }),
      targets: JSON.stringify(targets),
      draft,
    }
    const deliveries = state === undefined ? [] : [newDelivery({ state: state as 'queued' })]
    return store.posts.create(workspace, row, deliveries, new Date(), undefined)
  }
  const exists = async (id: string) => (await store.media.get(workspace, id)) !== undefined

  it('are listed as they came, the newest first, without what was made of them', async () => {
    await fresh()
    const ids: string[] = []
    for (let at = 0; at < 5; at += 1) ids.unshift(await some({ created_at: new Date(1000 * at) }))
    await some({ made_from: ids[0] ?? '', made_as: 'preview' })
    const first = await store.media.page(workspace, undefined, 3)
    expect(first.map((row) => row.id)).toEqual(ids.slice(0, 3))
    const last = first.at(-1)
    const next = await store.media.page(workspace, { at: last?.created_at as Date, id: last?.id ?? '' }, 3)
    expect(next.map((row) => row.id)).toEqual(ids.slice(3))
  })

  it('are made once in each form, whoever is first', async () => {
    await fresh()
    const of = await some()
    const made = await Promise.all([1, 2, 3, 4].map(() => add({ made_from: of, made_as: 'image/jpeg' })))
    const [winner, ...more] = made.filter((id) => id !== undefined)
    expect(more).toEqual([])
    expect((await store.media.variant(workspace, of, 'image/jpeg'))?.id).toBe(winner)
    expect(await store.media.variant(workspace, of, 'image/png')).toBeUndefined()
    expect(await add({ made_from: of, made_as: 'image/png' })).toBeDefined()
  })

  it('go with what was made of them; a thing that was made goes by itself in no way', async () => {
    await fresh()
    const of = await some()
    const made = [await some({ made_from: of, made_as: 'a' }), await some({ made_from: of, made_as: 'b' })]
    expect(await store.media.remove(workspace, made[0] ?? '')).toBeUndefined()
    expect(((await store.media.remove(workspace, of)) as string[]).sort()).toEqual([of, ...made].sort())
    for (const id of [of, ...made]) expect(await exists(id)).toBe(false)
    expect(await store.media.remove(workspace, of)).toBeUndefined()
  })

  describe.each([
    ['in its text', (id: string) => ({ content: { media: [{ id, alt: 'x' }] } })],
    ['in its thread', (id: string) => ({ content: { thread: [{ text: 'x', media: [{ id }] }] } })],
    ['in its link', (id: string) => ({ content: { link: { url: 'https://x.example', image: { id } } } })],
    [
      'for one account',
      (id: string) => ({ targets: [{ accountId: randomUUID(), override: { media: [{ id }], text: null } }] }),
    ],
  ] as [string, (id: string) => { content?: Partial<StoredContent>; targets?: StoredTarget[] }][])(
    'that a post has %s',
    (_, use) => {
      const held = async (more: { draft?: boolean; state?: string }) => {
        const id = await some()
        const { content = {}, targets = [] } = use(id)
        await post(content, { targets, ...more })
        return id
      }
      beforeAll(fresh)

      it.each(['scheduled', 'queued', 'sending', 'processing', 'waiting', 'missed', 'unknown'])(
        'stay while it is %s',
        async (state) => {
          const id = await held({ state })
          expect(await store.media.remove(workspace, id)).toBe('used')
          expect(await exists(id)).toBe(true)
        },
      )

      it.each(['published', 'failed', 'skipped', 'cancelled', 'removed'])('may go when it is %s', async (state) => {
        const id = await held({ state })
        expect(await store.media.remove(workspace, id)).toEqual([id])
      })

      it('stay while it is a draft', async () => {
        expect(await store.media.remove(workspace, await held({ draft: true }))).toBe('used')
      })

      it('do not count as unused, whatever became of it', async () => {
        const id = await held({ state: 'published' })
        await store.media.dropUnused(workspace, new Date(Date.now() + 1000), 100)
        expect(await exists(id)).toBe(true)
      })
    },
  )

  it('that no post has go when their time is over, so many at once, with what was made of them', async () => {
    await fresh()
    const old = { created_at: new Date(1000) }
    const [a, b, c] = [
      await some(old),
      await some({ created_at: new Date(2000) }),
      await some({ created_at: new Date(3000) }),
    ]
    const made = await some({ made_from: a, made_as: 'preview', created_at: new Date() })
    const kept = await some(old)
    await post({ media: [{ id: kept }] })
    // Ids that stand in a post for something else are no files.
    await post({ mentions: [{ name: 'x', id: 'urn:li:person:1' }] })
    const young = await some()
    expect((await store.media.dropUnused(workspace, new Date(10_000), 1)).sort()).toEqual([a, made].sort())
    expect((await store.media.dropUnused(workspace, new Date(10_000), 100)).sort()).toEqual([b, c].sort())
    expect(await store.media.dropUnused(workspace, new Date(10_000), 100)).toEqual([])
    expect([await exists(kept), await exists(young)]).toEqual([true, true])
  })

  it('are told from ids that nobody has', async () => {
    await fresh()
    const [id, nobody] = [await some(), randomUUID()]
    expect(await store.media.unknown(workspace, [id, nobody, 'notes.txt'])).toEqual([nobody])
    expect(await store.media.unknown(workspace, [])).toEqual([])
  })
})
