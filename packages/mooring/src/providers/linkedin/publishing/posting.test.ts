/** Publishing on LinkedIn end to end, at the sandbox: what its ledger holds, whatever the answers were. */
import { samples } from '@mooring/sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, connected, steer } from '../../../../test/linkedin.ts'
import { film, type Held, holdFiles, posted } from '../../../../test/posting.ts'
import { createWorld, type Json, type World } from '../../../../test/world.ts'

let world: World
let put: (file: Held) => Promise<string>
let person: string
let page: string
/** With comments, which the app's products do not bring by themselves. */
let asking: string[] = []
beforeAll(async () => {
  world = await createWorld({
    env: { MOORING_STARTS_PER_HOUR: '100' },
    registrations: (from) =>
      from.map((one) => {
        if (one.id !== 'linkedin') return one
        asking = [...one.scopes, 'w_member_social_feed', 'w_organization_social_feed']
        return { ...one, scopes: asking }
      }),
  })
  put = holdFiles(world)
})
afterAll(() => world.close())
beforeEach(async () => {
  await clean(world)
  steer(world, { linkedin: { app: { registration: 'linkedin', scopes: asking } } })
  const { accounts } = await connected(world)
  const of = (kind: string) => accounts.find((one: Json) => one.kind === kind).id
  person = of('person')
  page = of('organization')
})

const ledger = () => world.sandbox.control.ledger('linkedin') ?? []
const kindsOf = (row: Json): string[] => row.media.map((one: Json) => one.kind)
const image = (): Promise<string> =>
  put({ kind: 'image', mime: 'image/png', bytes: samples.png(8, 8), width: 8, height: 8 })
const fault = (kind: string, rest: object = {}, endpoint = 'linkedin.post-create') =>
  steer(world, { fault: { endpoint, kind, ...rest } } as Parameters<typeof steer>[1])

describe.each(['person', 'page'] as const)('as a %s', (who) => {
  const account = () => (who === 'person' ? person : page)

  it('a text is there as it was written', async () => {
    const text = 'Hello (all) #mooring_x \\o/ {x} [y] <z> a|b *c* ~d @e 😀\n\nhttps://example.com/a_b#c'
    const one = await posted(world, account(), { text })
    expect(one).toMatchObject({ state: 'published', problem: null })
    expect(one.permalink).toBe(`https://www.linkedin.com/feed/update/${one.externalId}/`)
    expect(ledger()).toMatchObject([{ id: one.externalId, text, visibility: 'PUBLIC' }])
  })

  it('pictures, a video, a document and a card are there', async () => {
    const alt = 'A (red) square'
    const media = [{ id: await image(), alt }, { id: await image() }]
    const video = { kind: 'video', mime: 'video/mp4', bytes: film(9_000_000), duration_ms: 10_000 } as const
    const pdf = { kind: 'document', mime: 'application/pdf', bytes: samples.pdf(2), pages: 2 } as const
    const link = { url: 'https://example.com/a', title: 'A (title)', image: { id: await image() } }
    for (const [text, content] of [
      ['one picture', { media: media.slice(0, 1) }],
      ['two pictures', { media }],
      ['a film', { media: [{ id: await put(video) }] }],
      ['a paper', { media: [{ id: await put(pdf), title: 'Deck' }] }],
      ['a card', { link }],
      ['a poll', { poll: { question: 'A or B?', options: ['A', 'B'], minutes: 1440 } }],
    ] as const)
      expect(await posted(world, account(), { text, ...content })).toMatchObject({ state: 'published', problem: null })
    const rows = ledger()
    expect(rows.map((row: Json) => [row.text, kindsOf(row)])).toEqual([
      ['one picture', ['image']],
      ['two pictures', ['image', 'image']],
      ['a film', ['video']],
      ['a paper', ['document']],
      ['a card', ['image']],
      ['a poll', []],
    ])
    expect(rows[0]?.media[0]?.alt).toBe(alt)
    expect(rows[4]).toMatchObject({ link: link.url })
  })

  it.each(['before', 'after'] as const)('an answer lost %s it was made: never twice', async (when) => {
    fault('reset', { when })
    const one = await posted(world, account(), { text: 'Once (only)' })
    expect(ledger()).toHaveLength(when === 'after' ? 1 : 0)
    // A person's own posts cannot be read: somebody must say.
    const settledAs = who === 'person' ? 'unknown' : when === 'after' ? 'published' : 'failed'
    expect(one.state).toBe(settledAs)
    if (settledAs === 'published') expect(one.externalId).toBe(ledger()[0]?.id)
  })
})

it('somebody is mentioned by name', async () => {
  const { body } = await world.api('GET', '/accounts')
  const acme = body.data.find((one: Json) => one.kind === 'organization')
  const one = await posted(world, person, {
    text: `Thanks @${acme.label}!`,
    mentions: [{ name: acme.label, id: acme.subject }],
  })
  expect(one.state).toBe('published')
  expect(ledger()[0]?.text).toContain(acme.label)
})

it('a first comment is there, in plain words', async () => {
  const one = await posted(world, page, { text: 'Post', firstComment: 'Read (this) #now' })
  expect(one).toMatchObject({ state: 'published', warning: null })
  expect(ledger()).toMatchObject([
    { id: one.externalId, text: 'Post' },
    { kind: 'comment', text: 'Read (this) #now', replyTo: one.externalId },
  ])
})

it('a first comment that fails leaves the post, with a word', async () => {
  fault('gateway', { status: 503 }, 'linkedin.comment-create')
  const one = await posted(world, page, { text: 'Post', firstComment: 'Lost' })
  expect(one).toMatchObject({ state: 'published', warning: expect.stringContaining('first comment') })
  expect(ledger()).toHaveLength(1)
})

it('an older twin is not taken for a post that was lost', async () => {
  const first = await posted(world, page, { text: 'Twin' })
  world.advance(3600)
  fault('reset', { when: 'before' })
  const second = await posted(world, page, { text: 'Twin' })
  expect(first.state).toBe('published')
  expect(second.state).toBe('failed')
  expect(ledger()).toHaveLength(1)
})

it('a twin within ten minutes is refused, and says which is there', async () => {
  const first = await posted(world, page, { text: 'Twin' })
  const second = await posted(world, page, { text: 'Twin' })
  expect(second).toMatchObject({ state: 'failed', problem: { class: 'duplicate' } })
  expect(ledger().map((row: Json) => row.id)).toEqual([first.externalId])
})

it('files that are not ready yet are waited for', async () => {
  steer(world, { linkedin: { settings: { imageSeconds: 40 } } })
  const one = await posted(world, person, { text: 'Slow', media: [{ id: await image() }] })
  expect(one.state).toBe('published')
  expect(one.attempts.length).toBeGreaterThan(1)
  expect(ledger()).toHaveLength(1)
})

it('a published post can be taken away', async () => {
  const one = await posted(world, page, { text: 'Gone' })
  expect((await world.api('POST', `/deliveries/${one.id}/remove`)).status).toBe(200)
  expect(ledger()).toMatchObject([{ deleted: true }])
})
