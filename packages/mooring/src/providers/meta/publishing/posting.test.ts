/** Publishing to Pages and to the Instagram accounts behind them end to end, at the sandbox: what its book holds, whatever the answers were. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askedMeta, connectedMeta, NORTHWIND, NORTHWIND_IG, steerMeta } from '../../../../test/meta.ts'
import { carryOut, delivery, ledger, posted, publish, settled } from '../../../../test/publish.ts'
import { createServedWorld, film, picture } from '../../../../test/served.ts'
import type { Json, World } from '../../../../test/world.ts'

const COMMENTS = ['pages_manage_engagement', 'instagram_manage_comments']
let world: World
let page: string
let gram: string
beforeAll(async () => {
  world = await createServedWorld({
    registrations: (from) =>
      from.map((one) => (one.id === 'meta' ? { ...one, scopes: [...one.scopes, ...COMMENTS] } : one)),
  })
  const { accounts } = await connectedMeta(world)
  page = accounts.find((one: Json) => one.subject === NORTHWIND).id
  gram = accounts.find((one: Json) => one.subject === NORTHWIND_IG).id
})
afterAll(() => world.close())
beforeEach(() => {
  const settings = {
    chunkBytes: 4_194_304,
    postsPerDay: 50,
    limited: 'off',
    publishedAgain: 'refused',
    pageCallsPerHour: 9000,
  } as const
  world.sandbox.control.apply({ clearFaults: true, meta: { settings } })
  // What was refused for the pace is forgiven.
  world.advance(7200)
})

const book = (text: string): Json[] => ledger(world, 'meta').filter((one) => one.text === text)
const fault = (endpoint: string, rest: object) => world.sandbox.control.apply({ fault: { endpoint, ...rest } } as never)
const lose = (endpoint: string, when: 'before' | 'after', skip = 0) =>
  fault(endpoint, { kind: 'reset', when, ...(skip ? { skip } : {}) })
type Refusal = NonNullable<Parameters<typeof steerMeta>[1]['refuse']>
const refuse = (endpoint: string, is: number | string, times = 1) =>
  steerMeta(world, { refuse: { endpoint, is, times } as Refusal })

/** A post of each kind of a Page's: its content, and the call that publishes it, after so many of the same name. */
const KINDS: [string, (text: string) => Promise<Json>, string, number][] = [
  ['words', async (text) => ({ text }), 'meta.post', 0],
  ['a link', async (text) => ({ text, link: { url: 'https://example.com/a?b=c' } }), 'meta.post', 0],
  [
    'a picture',
    async (text) => ({ text, media: [{ id: await picture(world), alt: 'A (harbour) & more' }] }),
    'meta.photo',
    0,
  ],
  [
    'pictures',
    async (text) => ({ text, media: [{ id: await picture(world) }, { id: await picture(world) }] }),
    'meta.post',
    0,
  ],
  ['a video', async (text) => ({ text, media: [{ id: await film(world) }] }), 'meta.video', 2],
  ['a reel', async (text) => ({ text, format: 'reel', media: [{ id: await film(world) }] }), 'meta.reel', 1],
]

describe.each(KINDS)('a Page: %s', (name, contentOf, endpoint, skip) => {
  it('whose answer was lost is found, and is there once', async () => {
    const text = `Lost: ${name} & (all) <of> it 😀\n\n#harbour`
    const content = await contentOf(text)
    lose(endpoint, 'after', skip)
    const [id = ''] = await posted(world, [page], content)
    await carryOut(world)
    expect((await delivery(world, id)).state).toBe('unknown')
    const one = await settled(world, id)
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published', attempts: [{ outcome: 'confirmed' }] })
    expect(book(text).map((entry) => entry.id)).toEqual([one.externalId])
  })

  it('that never arrived is not there; sent again it is there once', async () => {
    const text = `Never: ${name}`
    const content = await contentOf(text)
    lose(endpoint, 'before', skip)
    const one = await publish(world, page, content)
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'failed', attempts: [{ outcome: 'absent' }] })
    expect(book(text)).toEqual([])
    await world.api('POST', `/deliveries/${one.id}/retry`)
    expect(await settled(world, one.id)).toMatchObject({ state: 'published' })
    expect(book(text)).toHaveLength(1)
  })

  it('is taken away again', async () => {
    const text = `Gone: ${name}`
    const one = await publish(world, page, await contentOf(text))
    expect((await world.api('POST', `/deliveries/${one.id}/remove`)).body).toMatchObject({ state: 'removed' })
    expect(book(text)).toMatchObject([{ deleted: true }])
  })
})

describe('a Page', () => {
  it('a post that is gone there is taken away; one that may not be is not', async () => {
    const one = await publish(world, page, { text: 'Gone already' })
    const path = `/deliveries/${one.id}/remove`
    const missing = { error: { message: 'Unsupported delete request.', code: 100, error_subcode: 33 } }
    fault('meta.delete', { kind: 'answer', status: 400, when: 'before', body: missing })
    expect((await world.api('POST', path)).body).toMatchObject({ code: 'permission' })
    lose('meta.delete', 'after')
    expect((await world.api('POST', path)).body).toMatchObject({ code: 'provider_unavailable' })
    expect((await world.api('POST', path)).body).toMatchObject({ state: 'removed' })
    expect(book('Gone already')).toMatchObject([{ deleted: true }])
  })

  it('a picture without words: a person says that it is live, by an address that has no id', async () => {
    const media = [{ id: await picture(world) }]
    lose('meta.photo', 'after')
    const [id = ''] = await posted(world, [page], { text: '', media })
    await carryOut(world)
    expect(await delivery(world, id)).toMatchObject({ state: 'unknown', nextTryAt: null, actions: ['confirm'] })
    const url = 'https://www.facebook.com/northwind/posts/pfbid02abc'
    const { body } = await world.api('POST', `/deliveries/${id}/confirm`, { live: true, url })
    expect(body).toMatchObject({ state: 'published', permalink: url, externalId: null, actions: [] })
  })

  it('has the first comment below it; where it fails the post is there all the same', async () => {
    const one = await publish(world, page, { text: 'Commented', firstComment: 'First & best' })
    expect(one).toMatchObject({ state: 'published', warning: null })
    expect(book('First & best')).toMatchObject([{ replyTo: one.externalId }])
    refuse('meta.comment', 1346003)
    const other = await publish(world, page, { text: 'Not commented', firstComment: 'Nowhere' })
    expect(other).toMatchObject({ state: 'published', warning: expect.stringContaining('first comment') })
    expect(book('Nowhere')).toEqual([])
  })

  it('a large video goes in the parts that Facebook wants, whole', async () => {
    steerMeta(world, { settings: { chunkBytes: 1_000_000 } })
    const one = await publish(world, page, { text: 'In parts', media: [{ id: await film(world, 7_654_321) }] })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published' })
    expect(book('In parts')).toHaveLength(1)
    expect(one.permalink).toMatch(/^https:\/\/www\.facebook\.com\/.*videos/)
  })

  it('a video that loses a part on the way goes on from there', async () => {
    steerMeta(world, { settings: { chunkBytes: 1_000_000 } })
    const content = { text: 'Broken off', media: [{ id: await film(world, 4_000_000) }] }
    lose('meta.video', 'after', 2)
    const one = await publish(world, page, content)
    expect(one, JSON.stringify(one)).toMatchObject({
      state: 'published',
      attempts: [{ outcome: 'accepted' }],
    })
    expect(book('Broken off')).toHaveLength(1)
  })

  it.each(['before', 'after'] as const)('a reel whose upload is lost %s it arrived is sent anew', async (when) => {
    const text = `Upload lost ${when}`
    const content = { text, format: 'reel', media: [{ id: await film(world) }] }
    lose('meta.video-upload', when)
    expect(await publish(world, page, content)).toMatchObject({ state: 'published' })
    expect(book(text)).toHaveLength(1)
  })

  it('a video that it may not publish is failed for the permission', async () => {
    const content = { text: 'Not allowed', media: [{ id: await film(world) }] }
    refuse('meta.video', 'no-video-permission')
    expect(await publish(world, page, content)).toMatchObject({ state: 'failed', problem: { class: 'permission' } })
    expect(book('Not allowed')).toEqual([])
  })

  it('a video that Facebook cannot read is failed, and uploaded anew when it is sent again', async () => {
    steerMeta(world, { failProcessing: { what: 'video', code: 1_363_127, message: 'x' } } as never)
    const content = { text: 'Unreadable', format: 'reel', media: [{ id: await film(world) }] }
    const one = await publish(world, page, content)
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'failed', problem: { class: 'media' } })
    await world.api('POST', `/deliveries/${one.id}/retry`)
    expect(await settled(world, one.id)).toMatchObject({ state: 'published' })
    expect(book('Unreadable').filter((entry) => entry.account === NORTHWIND)).toHaveLength(1)
  })

  it('a video has its comment below its post, which is named a little later', async () => {
    const content = { text: 'Named later', firstComment: 'Below it', media: [{ id: await film(world) }] }
    const one = await publish(world, page, content)
    expect(one).toMatchObject({ state: 'published', warning: null, externalId: expect.stringContaining('_') })
    expect(book('Below it')).toMatchObject([{ replyTo: one.externalId }])
  })

  it('a video of which nothing is told is unknown in the end, and never published by hope', async () => {
    steerMeta(world, { settings: { pageVideoMs: 2 * 86_400_000 } })
    const content = { text: 'Takes days', format: 'reel', media: [{ id: await film(world) }] }
    const [id = ''] = await posted(world, [page], content)
    while ((await delivery(world, id)).state !== 'processing') await carryOut(world)
    await world.pass(86_400)
    const one = await settled(world, id)
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'unknown', publishedAt: null, actions: ['confirm'] })
    steerMeta(world, { settings: { pageVideoMs: 3000 } })
    await world.api('POST', `/deliveries/${id}/confirm`, { live: false })
    expect(await settled(world, id)).toMatchObject({ state: 'published', externalId: expect.any(String) })
  })

  it('a video that cannot be asked about is unknown, too', async () => {
    const content = { text: 'Nobody answers', format: 'reel', media: [{ id: await film(world) }] }
    fault('meta.node', { kind: 'gateway', status: 502, times: 20 })
    expect(await publish(world, page, content)).toMatchObject({ state: 'unknown', actions: ['confirm'] })
  })

  it.each([
    [1_404_078, 'policy'],
    [1_346_003, 'policy'],
    [4_854_002, 'policy'],
    [368, 'policy'],
    [1_609_005, 'content'],
    [2_061_006, 'content'],
    [1_349_125, 'content'],
    [1_366_051, 'duplicate'],
  ])('refused by %d is failed: %s', async (is, of) => {
    refuse('meta.post', is)
    const one = await publish(world, page, { text: `Refused by ${is}` })
    expect(one).toMatchObject({ state: 'failed', problem: { class: of }, attempts: [{ outcome: 'refused' }] })
    expect(book(`Refused by ${is}`)).toEqual([])
  })

  it.each([true, false])('that is the same as one that was in doubt is asked about once (live: %s)', async (live) => {
    const text = `Doubted, live: ${live}`
    lose('meta.post', live ? 'after' : 'before')
    fault('meta.posts', { kind: 'gateway', status: 502, times: 20 })
    const [id = ''] = await posted(world, [page], { text })
    expect(await settled(world, id)).toMatchObject({ state: 'unknown', actions: ['confirm'] })
    world.sandbox.control.apply({ clearFaults: true })
    if (!live) refuse('meta.post', 1_455_006, 2)
    await world.api('POST', `/deliveries/${id}/confirm`, { live: false })
    expect(await settled(world, id)).toMatchObject({
      state: 'unknown',
      actions: ['confirm'],
      problem: { message: expect.stringContaining('same post') },
    })
    await world.api('POST', `/deliveries/${id}/confirm`, { live })
    expect(await settled(world, id)).toMatchObject({ state: live ? 'published' : 'failed' })
    expect(book(text)).toHaveLength(live ? 1 : 0)
  })

  it('refused for what can be read is failed, though the status says that it is Facebook’s fault', async () => {
    steerMeta(world, { refuse: { endpoint: 'meta.post', is: 1_609_005, times: 1, status: 500 } })
    expect(await publish(world, page, { text: 'Refused with 500' })).toMatchObject({
      state: 'failed',
      problem: { class: 'content' },
      attempts: [{ outcome: 'refused' }],
    })
  })

  it('that posts too fast goes out later by itself', async () => {
    refuse('meta.post', 1_390_008)
    const [id = ''] = await posted(world, [page], { text: 'Too fast' })
    await carryOut(world)
    const waiting = await delivery(world, id)
    expect(waiting).toMatchObject({ state: 'queued', problem: { class: 'rate' } })
    expect(Date.parse(waiting.nextTryAt) - world.now()).toBeGreaterThan(3_500_000)
    expect(await settled(world, id)).toMatchObject({ state: 'published' })
    expect(book('Too fast')).toHaveLength(1)
  })

  it('whose limit is full waits, and with it all that would be asked of it', async () => {
    steerMeta(world, { settings: { limited: 'pages-use-case' } })
    const [id = ''] = await posted(world, [page], { text: 'Limited' })
    await carryOut(world)
    expect(await delivery(world, id)).toMatchObject({ state: 'queued', problem: { class: 'rate' } })
    steerMeta(world, { settings: { limited: 'off' } })
    expect(await settled(world, id)).toMatchObject({ state: 'published' })
    expect(book('Limited')).toHaveLength(1)
  })

  it('that is told to be at a hundred percent is asked nothing more, of any kind, until it opens', async () => {
    steerMeta(world, { settings: { pageCallsPerHour: 2 } })
    for (const text of ['Half', 'Full'])
      expect(await publish(world, page, { text })).toMatchObject({ state: 'published' })
    const content = { text: 'A picture later', media: [{ id: await picture(world) }] }
    const before = askedMeta(world, 'photo')
    const [id = ''] = await posted(world, [page], content)
    await carryOut(world)
    expect(await delivery(world, id)).toMatchObject({ state: 'queued', problem: { class: 'rate' } })
    expect(askedMeta(world, 'photo')).toBe(before)
    expect(await settled(world, id)).toMatchObject({ state: 'published' })
    expect(book('A picture later')).toHaveLength(1)
  })
})

describe('Instagram', () => {
  const one = async (text: string, rest: object = {}) => ({ text, media: [{ id: await picture(world) }], ...rest })
  const carousel = async (text: string) => ({
    text,
    media: [{ id: await picture(world), alt: 'One' }, { id: await film(world) }, { id: await picture(world) }],
  })
  const here = (text: string) => book(text).filter((entry) => entry.account === NORTHWIND_IG)

  it.each([
    ['a picture', one],
    ['a carousel', carousel],
  ])('%s whose answer was lost is found and commented on, and is there once', async (name, contentOf) => {
    const text = `Lost on Instagram: ${name} & 😀 #harbour`
    const content = { ...(await contentOf(text)), firstComment: `Below ${name}` }
    lose('meta.ig-publish', 'after')
    const found = await publish(world, gram, content)
    expect(found, JSON.stringify(found)).toMatchObject({ state: 'published', warning: null })
    expect(found.attempts[0]).toMatchObject({ outcome: 'confirmed' })
    expect(here(text).map((entry) => entry.id)).toEqual([found.externalId])
    expect(book(`Below ${name}`)).toMatchObject([{ replyTo: found.externalId }])
  })

  it('a story whose answer was lost is published, though nobody lists it', async () => {
    const before = ledger(world, 'meta').length
    const content = { text: '', format: 'story', media: [{ id: await picture(world), alt: 'left out' }] }
    lose('meta.ig-publish', 'after')
    expect(await publish(world, gram, content)).toMatchObject({ state: 'published', externalId: null })
    expect(ledger(world, 'meta')).toHaveLength(before + 1)
  })

  it.each([
    [1, 'published'],
    [4, 'failed'],
  ])('what was not published for a fault of its own is sent again by itself: %d times, %s', async (times, state) => {
    const text = `Not published ${times} times`
    const content = await one(text)
    refuse('meta.ig-publish', 2_207_001, times)
    const done = await publish(world, gram, content)
    expect(done, JSON.stringify(done)).toMatchObject({ state })
    const outcomes = done.attempts.map(({ outcome }: Json) => outcome)
    expect(outcomes.toSorted()).toEqual(times === 1 ? ['absent', 'accepted'] : ['absent', 'absent', 'absent'])
    expect(here(text)).toHaveLength(times === 1 ? 1 : 0)
  })

  it.each(['refused', 'same'] as const)(
    'what a person took for lost, and is there, is not made twice (published again: %s)',
    async (publishedAgain) => {
      steerMeta(world, { settings: { publishedAgain } })
      const text = `Doubted: ${publishedAgain}`
      const content = await one(text)
      lose('meta.ig-publish', 'after')
      const [id = ''] = await posted(world, [gram], content)
      while ((await delivery(world, id)).state !== 'unknown') {
        await carryOut(world)
        world.advance(5)
      }
      // The container cannot be asked about, and the person does not find the post.
      fault('meta.node', { kind: 'gateway', status: 502, times: 20 })
      expect(await settled(world, id)).toMatchObject({ state: 'unknown', actions: ['confirm'] })
      world.sandbox.control.apply({ clearFaults: true })
      await world.api('POST', `/deliveries/${id}/confirm`, { live: false })
      const settledOne = await settled(world, id)
      expect(settledOne, JSON.stringify(settledOne)).toMatchObject({ state: 'published' })
      expect(here(text).map((entry) => entry.id)).toEqual([settledOne.externalId])
    },
  )

  it.each([2_207_001, 2_207_053, 2_207_052, 2_207_082])(
    'a container that fails by %d is made anew by itself',
    async (subcode) => {
      const content = await carousel(`Failed by ${subcode}`)
      steerMeta(world, { failProcessing: { what: 'container', subcode } } as never)
      const done = await publish(world, gram, content)
      expect(done, JSON.stringify(done)).toMatchObject({ state: 'published' })
      expect(here(`Failed by ${subcode}`)).toHaveLength(1)
    },
  )

  it.each(['before', 'after'] as const)('a video whose upload is lost %s it arrived is sent anew', async (when) => {
    const text = `Upload lost ${when} on Instagram`
    const content = { text, media: [{ id: await film(world) }] }
    lose('meta.ig-upload', when)
    expect(await publish(world, gram, content)).toMatchObject({ state: 'published' })
    expect(here(text)).toHaveLength(1)
  })

  it('a container that fails by itself each time is given up after some, for they are counted by the day', async () => {
    const before = askedMeta(world, 'ig-container')
    steerMeta(world, { failProcessing: { what: 'container', subcode: 2_207_001, times: 6 } })
    const failed = await publish(world, gram, await one('Fails each time'))
    expect(failed).toMatchObject({ state: 'failed', problem: { class: 'media', providerCode: '2207001' } })
    expect(askedMeta(world, 'ig-container') - before).toBe(6)
    await world.api('POST', `/deliveries/${failed.id}/retry`)
    expect(await settled(world, failed.id)).toMatchObject({ state: 'published' })
  })

  it('a container that fails for the file is failed, and made anew when it is sent again', async () => {
    steerMeta(world, { failProcessing: { what: 'container', subcode: 2_207_026 } } as never)
    const failed = await publish(world, gram, await one('Bad file'))
    expect(failed).toMatchObject({ state: 'failed', problem: { class: 'media', providerCode: '2207026' } })
    await world.api('POST', `/deliveries/${failed.id}/retry`)
    expect(await settled(world, failed.id)).toMatchObject({ state: 'published' })
  })

  it('a file that it cannot fetch is tried a few times', async () => {
    refuse('meta.ig-container', 2_207_052, 2)
    expect(await publish(world, gram, await one('Fetched at last'))).toMatchObject({ state: 'published' })
    refuse('meta.ig-container', 2_207_052, 6)
    const never = await publish(world, gram, await one('Never fetched'))
    expect(never).toMatchObject({
      state: 'failed',
      problem: { class: 'media', providerCode: expect.stringContaining('2207052') },
    })
    expect(never.problem.message).toContain('MOORING_MEDIA_URL')
  })

  it('the posts of a day are waited for', async () => {
    steerMeta(world, { settings: { postsPerDay: 1 } })
    world.advance(90_000)
    expect(await publish(world, gram, await one('Today'))).toMatchObject({ state: 'published' })
    const [id = ''] = await posted(world, [gram], await one('Tomorrow'))
    await carryOut(world)
    expect(await delivery(world, id)).toMatchObject({
      state: 'queued',
      problem: { class: 'rate', message: expect.stringContaining('1 posts a day') },
    })
    expect(await settled(world, id)).toMatchObject({ state: 'published' })
    const [first, second] = ['Today', 'Tomorrow'].map((text) => here(text)[0]?.at)
    expect(second - first).toBeGreaterThan(86_000_000)
  })

  it('what was prepared and waited for longer than a day is prepared anew', async () => {
    const [id = ''] = await posted(world, [gram], await one('Waited long'))
    refuse('meta.ig-publish', 2_207_042, 25)
    expect(await settled(world, id)).toMatchObject({ state: 'published' })
    expect(here('Waited long')).toHaveLength(1)
  })

  it.each([
    [2_207_051, 'policy'],
    [2_207_050, 'policy'],
  ])('refused by %d is failed: %s', async (is, of) => {
    refuse('meta.ig-publish', is)
    expect(await publish(world, gram, await one(`IG refused by ${is}`))).toMatchObject({
      state: 'failed',
      problem: { class: of },
    })
    expect(here(`IG refused by ${is}`)).toEqual([])
  })
})
