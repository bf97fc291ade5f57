/** Publishing by Instagram's own sign-in end to end, at the sandbox: by the same containers, at its own host, and videos are fetched. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { look } from '../../../test/linkedin.ts'
import { carryOut, delivery, ledger, posted, publish, settled } from '../../../test/publish.ts'
import { createServedWorld, film, picture } from '../../../test/served.ts'
import type { Json, World } from '../../../test/world.ts'

let world: World
let account: string
beforeAll(async () => {
  world = await createServedWorld({
    registrations: (from) =>
      from.map((one) =>
        one.id === 'instagram' ? { ...one, scopes: [...one.scopes, 'instagram_business_manage_comments'] } : one,
      ),
  })
  const { flow } = await world.browser().connect({ provider: 'instagram' })
  account = (await look(world, flow.connectionId)).accounts[0].id
})
afterAll(() => world.close())
type Command = NonNullable<Parameters<World['sandbox']['control']['apply']>[0]['instagram']>
const steerIt = (instagram: Command) => world.sandbox.control.apply({ instagram })
beforeEach(() => {
  world.sandbox.control.apply({ clearFaults: true })
  world.advance(7200)
})
const book = (text: string): Json[] => ledger(world, 'instagram').filter((one) => one.text === text)

describe('what is published', () => {
  it('a picture with its description, and a comment below it', async () => {
    const media = [{ id: await picture(world), alt: 'A (harbour) & more' }]
    const one = await publish(world, account, { text: 'One\n\n#harbour @mara 😀', media, firstComment: 'First & best' })
    expect(one, JSON.stringify(one)).toMatchObject({
      state: 'published',
      warning: null,
      permalink: expect.stringMatching(/^https:\/\/www\.instagram\.com\/p\//),
    })
    expect(book('One\n\n#harbour @mara 😀')).toMatchObject([
      { id: one.externalId, media: [{ kind: 'image', alt: 'A (harbour) & more' }] },
    ])
    expect(book('First & best')).toMatchObject([{ replyTo: one.externalId }])
  })

  it('a carousel of a PNG and a video', async () => {
    const media = [{ id: await picture(world, 900, 900, 'png') }, { id: await film(world) }]
    expect(await publish(world, account, { text: 'Two', media })).toMatchObject({ state: 'published' })
    expect(book('Two').map((one) => one.media.map(({ kind }: Json) => kind))).toEqual([['image', 'video']])
  })

  it.each(['feed', 'reel', 'story'])('a video to the %s', async (format) => {
    const before = ledger(world, 'instagram').length
    const text = format === 'story' ? '' : `A video to the ${format}`
    const one = await publish(world, account, { text, format, media: [{ id: await film(world) }] })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published', permalink: expect.stringMatching(/^https:/) })
    expect(ledger(world, 'instagram')).toHaveLength(before + 1)
  })
})

it('an answer that is lost: the container says that it was published', async () => {
  const content = { text: 'Lost', media: [{ id: await picture(world) }] }
  world.sandbox.control.apply({ fault: { kind: 'reset', when: 'after', endpoint: 'instagram.publish' } })
  const one = await publish(world, account, content)
  expect(one).toMatchObject({ state: 'published', attempts: [{ outcome: 'confirmed' }] })
  expect(book('Lost').map(({ id }) => id)).toEqual([one.externalId])
})

it('a fault of Instagram’s own is looked into, and nothing is made twice', async () => {
  const content = { text: 'Broken', media: [{ id: await picture(world) }] }
  world.sandbox.control.apply({ fault: { kind: 'gateway', status: 502, when: 'after', endpoint: 'instagram.publish' } })
  const one = await publish(world, account, content)
  expect(one).toMatchObject({ state: 'published', attempts: [{ outcome: 'confirmed' }] })
  expect(book('Broken')).toHaveLength(1)
})

it('a refusal says whose it is', async () => {
  steerIt({ refuse: { endpoint: 'instagram.publish', is: 2_207_051 } } as Command)
  const content = { text: 'Spam', media: [{ id: await picture(world) }] }
  expect(await publish(world, account, content)).toMatchObject({
    state: 'failed',
    problem: { class: 'policy', providerCode: '4/2207051', message: expect.stringMatching(/^Instagram/) },
  })
  expect(book('Spam')).toEqual([])
})

it('a video that cannot be fetched, as is told later, is tried again', async () => {
  steerIt({ failProcessing: { subcode: 2_207_077 } } as Command)
  const content = { text: 'Fetched again', format: 'reel', media: [{ id: await film(world) }] }
  const [id = ''] = await posted(world, [account], content)
  await carryOut(world)
  expect((await delivery(world, id)).state).not.toBe('published')
  expect(await settled(world, id)).toMatchObject({ state: 'published' })
  expect(book('Fetched again')).toHaveLength(1)
})
