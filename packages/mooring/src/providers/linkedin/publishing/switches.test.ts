/** The operator's switches, end to end at the sandbox: the older API, and settling by sending again. */
import { samples } from '@mooring/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connected, steer } from '../../../../test/linkedin.ts'
import { film, type Held, holdFiles, posted } from '../../../../test/posting.ts'
import { createWorld, type Json, type World } from '../../../../test/world.ts'

let world: World
let put: (file: Held) => Promise<string>
let person: string
const ledger = () => world.sandbox.control.ledger('linkedin') ?? []
const lose = (when: 'before' | 'after', endpoint: string) => steer(world, { fault: { endpoint, kind: 'reset', when } })

async function open(env: Record<string, string>): Promise<void> {
  world = await createWorld({ env })
  put = holdFiles(world)
  const { accounts } = await connected(world)
  person = accounts.find((one: Json) => one.kind === 'person').id
}

describe('LINKEDIN_POSTS_API=ugcPosts', () => {
  beforeAll(() => open({ LINKEDIN_POSTS_API: 'ugcPosts' }))
  afterAll(() => world.close())

  it('publishes texts, links, pictures and videos through the older API', async () => {
    const picture = { kind: 'image', mime: 'image/png', bytes: samples.png(8, 8) } as const
    const video = { kind: 'video', mime: 'video/mp4', bytes: film(200_000), duration_ms: 10_000 } as const
    for (const content of [
      { text: 'Plain (text) #tag_a' },
      { text: 'link', link: { url: 'https://example.com/a', title: 'A' } },
      { text: 'picture', media: [{ id: await put(picture) }] },
      { text: 'video', media: [{ id: await put(video) }] },
    ])
      expect(await posted(world, person, content)).toMatchObject({ state: 'published', problem: null })
    expect(ledger().map((row: Json) => [row.text, row.link, row.media.map((one: Json) => one.kind)])).toEqual([
      ['Plain (text) #tag_a', null, []],
      ['link', 'https://example.com/a', []],
      ['picture', null, ['image']],
      ['video', null, ['video']],
    ])
  })

  it('takes a post away', async () => {
    const one = await posted(world, person, { text: 'Gone' })
    expect((await world.api('POST', `/deliveries/${one.id}/remove`)).status).toBe(200)
    expect(ledger().at(-1)).toMatchObject({ text: 'Gone', deleted: true })
  })
})

describe('LINKEDIN_SETTLE_BY_RESEND=on', () => {
  beforeAll(() => open({ LINKEDIN_SETTLE_BY_RESEND: 'on' }))
  afterAll(() => world.close())

  it.each(['before', 'after'] as const)('settles what was lost %s it was made', async (when) => {
    const text = `Lost ${when}`
    lose(when, 'linkedin.post-create')
    const one = await posted(world, person, { text })
    expect(one.state).toBe('published')
    const rows = ledger().filter((row: Json) => row.text === text)
    expect(rows.map((row: Json) => row.id)).toEqual([one.externalId])
  })

  it('asks a person where there are no words to tell a twin by', async () => {
    const id = await put({ kind: 'image', mime: 'image/png', bytes: samples.png(8, 8) })
    lose('after', 'linkedin.post-create')
    expect((await posted(world, person, { text: '', media: [{ id }] })).state).toBe('unknown')
    expect(ledger().filter((row: Json) => row.text === '')).toHaveLength(1)
  })
})
