/** Publishing on X end to end, at the sandbox: what its ledger holds, whatever the answers were. */
import { samples } from '@mooring/sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, steer } from '../../../../test/linkedin.ts'
import { film, type Held, holdFiles, posted } from '../../../../test/posting.ts'
import { createWorld, type Json, type World } from '../../../../test/world.ts'
import { askedX, connectedX, steerX } from '../../../../test/x.ts'

let world: World
let put: (file: Held) => Promise<string>
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '100' } })
  put = holdFiles(world)
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const accountOf = async (member: 'mara' | 'tomas' | 'ines' = 'tomas'): Promise<string> =>
  (await connectedX(world, { member })).accounts[0].id
const ledger = () => world.sandbox.control.ledger('x') ?? []
const fault = (kind: string, rest: object = {}, endpoint = 'x.post-create') =>
  steer(world, { fault: { endpoint, kind, ...rest } } as Parameters<typeof steer>[1])
const image = (): Promise<string> =>
  put({ kind: 'image', mime: 'image/png', bytes: samples.png(8, 8), width: 8, height: 8 })

describe('what is published', () => {
  it('a text, with its link', async () => {
    const one = await posted(world, await accountOf(), {
      text: 'R&D <now> #tag @mara $ABC',
      link: { url: 'https://example.com/a' },
    })
    expect(one).toMatchObject({ state: 'published', problem: null })
    expect(one.permalink).toMatch(new RegExp(`^https://x.com/\\w+/status/${one.externalId}$`))
    expect(ledger()).toMatchObject([{ id: one.externalId, text: 'R&D <now> #tag @mara $ABC\nhttps://example.com/a' }])
  })

  it('pictures with their descriptions, a GIF, a video in pieces, a poll', async () => {
    const account = await accountOf()
    const gif = await put({ kind: 'gif', mime: 'image/gif', bytes: samples.gif(3), frames: 3 })
    const bytes = film(2_500_000)
    const video = await put({ kind: 'video', mime: 'video/mp4', bytes, duration_ms: 10_000 })
    for (const content of [
      { text: 'pictures', media: [{ id: await image(), alt: 'A (red) square' }, { id: await image() }] },
      { text: 'a GIF', media: [{ id: gif, alt: 'Moving' }] },
      { text: 'a film', media: [{ id: video }] },
      { text: 'a poll', poll: { question: 'A or B?', options: ['A', 'B'], minutes: 60 } },
      { text: '', media: [{ id: await image() }] },
    ])
      expect(await posted(world, account, content)).toMatchObject({ state: 'published', problem: null })
    const rows = ledger().map((row: Json) => [row.text, row.media.map(({ kind, alt }: Json) => [kind, alt])])
    expect(rows).toEqual([
      [
        'pictures',
        [
          ['image', 'A (red) square'],
          ['image', null],
        ],
      ],
      ['a GIF', [['gif', 'Moving']]],
      ['a film', [['video', null]]],
      ['a poll\n\nA or B?', []],
      ['', [['image', null]]],
    ])
    expect(askedX(world, 'upload-append')).toBeGreaterThanOrEqual(4)
  })

  it('a thread as a chain, and a first comment below its first part', async () => {
    const one = await posted(world, await accountOf(), {
      text: 'one',
      thread: [
        { text: 'two', media: [] },
        { text: 'three', media: [{ id: await image() }] },
      ],
      firstComment: 'aside',
    })
    expect(one).toMatchObject({ state: 'published', warning: null })
    const rows = ledger()
    expect(rows.map((row: Json) => [row.text, row.replyTo])).toEqual([
      ['one', null],
      ['two', rows[0]?.id],
      ['three', rows[1]?.id],
      ['aside', rows[0]?.id],
    ])
  })

  it('long with Premium, and refused before it leaves without', async () => {
    const text = 'word '.repeat(100).trim()
    expect((await posted(world, await accountOf('mara'), { text })).state).toBe('published')
    const account = await accountOf('tomas')
    const body = { content: { text }, targets: [{ accountId: account }] }
    const { body: told } = await world.api('POST', '/posts/validate', body)
    expect(JSON.stringify(told)).toContain('text_too_long')
    expect(ledger().map((row: Json) => row.text)).toEqual([text])
  })

  it('can be taken away', async () => {
    const one = await posted(world, await accountOf(), { text: 'Gone' })
    expect((await world.api('POST', `/deliveries/${one.id}/remove`)).status).toBe(200)
    expect(ledger()).toMatchObject([{ deleted: true }])
  })

  it('is taken away with all that answers to it, however often it is asked for', async () => {
    const content = { text: 'Whole', thread: [{ text: 'two' }, { text: 'three' }], firstComment: 'aside' }
    const one = await posted(world, await accountOf(), content)
    fault('reset', { when: 'after' }, 'x.post-delete')
    expect((await world.api('POST', `/deliveries/${one.id}/remove`)).body.code).toBe('provider_unavailable')
    expect(ledger().map((row: Json) => row.deleted)).toEqual([false, false, false, true])
    expect((await world.api('POST', `/deliveries/${one.id}/remove`)).status).toBe(200)
    expect(ledger().map((row: Json) => row.deleted)).toEqual([true, true, true, true])
  })
})

const LONG = `${'long & wide '.repeat(50)}https://example.com/a`

describe.each(['legacy', 'openapi'] as const)('an answer that was lost, with the %s vocabulary', (vocabulary) => {
  beforeEach(() => steerX(world, { settings: { vocabulary } }))

  it.each([
    ['a text', { text: 'R&D <now> https://example.com/a and 😀' }],
    ['a long text', { text: LONG }],
    ['a poll', { text: 'Well', poll: { question: 'A or B?', options: ['A', 'B'], minutes: 60 } }],
  ])('%s is found, and not sent twice', async (_, content) => {
    const account = await accountOf('mara')
    fault('reset', { when: 'after' })
    const one = await posted(world, account, content)
    expect(one).toMatchObject({ state: 'published', attempts: [{ outcome: 'confirmed' }] })
    expect(ledger().map((row: Json) => row.id)).toEqual([one.externalId])
  })

  it.each(['', 'Cat'])('a picture with %j is found by its file', async (text) => {
    const account = await accountOf()
    const media = [{ id: await image() }]
    fault('reset', { when: 'after' })
    const one = await posted(world, account, { text, media })
    expect(one).toMatchObject({ state: 'published', externalId: ledger()[0]?.id })
    expect(ledger()).toHaveLength(1)
  })

  it('what was not made is not there: it can be sent again', async () => {
    const account = await accountOf()
    fault('reset', { when: 'before' })
    const one = await posted(world, account, { text: 'Not yet' })
    expect(one).toMatchObject({ state: 'failed', attempts: [{ outcome: 'absent' }] })
    expect(ledger()).toEqual([])
  })

  it('in the middle of a thread: it goes on from there', async () => {
    const account = await accountOf()
    fault('reset', { when: 'after', skip: 1 })
    const parts = ['same', 'Same', 'end'].map((text) => ({ text, media: [] }))
    const one = await posted(world, account, { text: 'one', thread: parts })
    expect(one.state).toBe('published')
    expect(ledger().map((row: Json) => row.text)).toEqual(['one', 'same', 'Same', 'end'])
  })
})

it('an older twin is not taken for a post that was lost', async () => {
  const account = await accountOf()
  expect((await posted(world, account, { text: 'Twin' })).state).toBe('published')
  world.advance(3600)
  fault('reset', { when: 'before' })
  expect((await posted(world, account, { text: 'Twin' })).state).toBe('failed')
  expect(ledger()).toHaveLength(1)
})

it('a twin is refused as a duplicate', async () => {
  const account = await accountOf()
  await posted(world, account, { text: 'Twin' })
  expect(await posted(world, account, { text: 'Twin' })).toMatchObject({
    state: 'failed',
    problem: { class: 'duplicate' },
  })
})

it('a full limit is waited for', async () => {
  steerX(world, { settings: { limits: { 'x.post-create': { quarter: 1 } } } })
  const account = await accountOf()
  await posted(world, account, { text: 'One' })
  const two = await posted(world, account, { text: 'Two' })
  expect(two.state).toBe('published')
  expect(ledger()).toHaveLength(2)
})
