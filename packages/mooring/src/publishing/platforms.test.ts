/** Words at each simulated platform, which refuses what the real one refuses: published once, found again where an answer is lost. */
import { samples } from '@mooring/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connected, look, steer } from '../../test/linkedin.ts'
import { connectedMeta, NORTHWIND_IG } from '../../test/meta.ts'
import { holdFiles } from '../../test/posting.ts'
import { carryOut, delivery, ledger, posted, publish, settled } from '../../test/publish.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'
import { connectedX } from '../../test/x.ts'

let world: World
let member: string
let page: string
let person: string
let facebook: string
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
  const self = (await connected(world)).accounts
  member = self.find((one: Json) => one.kind === 'person').id
  page = self.find((one: Json) => one.kind === 'organization').id
  person = (await connectedX(world, { member: 'tomas' })).accounts[0].id
  facebook = (await connectedMeta(world)).accounts.find((one: Json) => one.kind === 'page').id
})
afterAll(() => world.close())

const lost = (endpoint: string) => steer(world, { fault: { kind: 'reset', when: 'after', endpoint } })
const written = (platform: string, text: string) => ledger(world, platform).filter((one) => one.text.includes(text))

const PLATFORMS: [string, string, () => string][] = [
  ['LinkedIn, as a person', 'linkedin', () => member],
  ['LinkedIn, as an organization', 'linkedin', () => page],
  ['X', 'x', () => person],
  ['a Facebook Page', 'meta', () => facebook],
]

describe.each(PLATFORMS)('%s', (name, platform, account) => {
  it('takes words, and shows where they are', async () => {
    const text = `Ahoy from ${name} (first) & <all> #harbour @ 100% _really_`
    const one = await publish(world, account(), { text })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published', problem: null, warning: null })
    expect(one.permalink).toMatch(/^https:\/\//)
    const [entry, ...more] = written(platform, `Ahoy from ${name}`)
    expect(more).toEqual([])
    expect(entry).toMatchObject({ id: one.externalId, text, deleted: false })
    const url = new URL(one.permalink)
    const origin = world.sandbox.origins[url.origin]
    expect((await fetch(`${origin}${url.pathname}`)).status).toBe(200)
  })

  it('is not asked twice for what it has', async () => {
    const text = `Twice at ${name}`
    await publish(world, account(), { text })
    const again = await publish(world, account(), { text })
    expect(written(platform, text)).toHaveLength(1)
    expect(again).toMatchObject({ state: 'failed', problem: { class: 'duplicate' } })
  })
})

describe('an answer that is lost', () => {
  it.each([
    ['LinkedIn, as an organization', 'linkedin', () => page, 'linkedin.post-create'],
    ['X', 'x', () => person, 'x.post-create'],
    ['a Facebook Page', 'meta', () => facebook, 'meta.post'],
  ] as const)('%s: is found', async (name, platform, account, endpoint) => {
    const text = `Lost at ${name}, with (braces) & #tags https://example.com/a?b=c`
    lost(endpoint)
    const [id = ''] = await posted(world, [account()], { text })
    await carryOut(world)
    expect((await delivery(world, id)).state).toBe('unknown')
    const one = await settled(world, id)
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published', attempts: [{ outcome: 'confirmed' }] })
    expect(written(platform, `Lost at ${name}`)).toHaveLength(1)
    expect(one.externalId).toBe(written(platform, `Lost at ${name}`)[0]?.id)
  })

  it('LinkedIn, as a person: only the person can say', async () => {
    lost('linkedin.post-create')
    const [id = ''] = await posted(world, [member], { text: 'Lost as a member' })
    await carryOut(world)
    expect(await delivery(world, id)).toMatchObject({ state: 'unknown', nextTryAt: null, actions: ['confirm'] })
    const urn = written('linkedin', 'Lost as a member')[0]?.id
    const url = `https://www.linkedin.com/feed/update/${urn}/`
    expect((await world.api('POST', `/deliveries/${id}/confirm`, { live: true, url })).body).toMatchObject({
      state: 'published',
      externalId: urn,
    })
  })

  it('LinkedIn, as a person who sends it again: the platform names the first', async () => {
    lost('linkedin.post-create')
    const [id = ''] = await posted(world, [member], { text: 'Sent again by hand' })
    await carryOut(world)
    await world.api('POST', `/deliveries/${id}/confirm`, { live: false })
    const one = await settled(world, id)
    const [entry, ...more] = written('linkedin', 'Sent again by hand')
    expect(one).toMatchObject({ state: 'published', externalId: entry?.id })
    expect(more).toEqual([])
  })
})

describe('what is taken away', () => {
  it.each(PLATFORMS)('%s', async (name, platform, account) => {
    const text = `Gone from ${name}`
    const one = await publish(world, account(), { text })
    const removed = await world.api('POST', `/deliveries/${one.id}/remove`)
    expect(removed.body, JSON.stringify(removed.body)).toMatchObject({ state: 'removed' })
    expect(written(platform, text)[0]).toMatchObject({ deleted: true })
  })
})

describe('X', () => {
  it('takes a thread, each after the one before', async () => {
    const one = await publish(world, person, {
      text: 'Thread one',
      thread: [{ text: 'Thread two' }, { text: 'Thread three' }],
    })
    expect(one.state).toBe('published')
    const parts = ledger(world, 'x').filter((entry) => entry.text.startsWith('Thread '))
    expect(parts.map((entry) => [entry.text, entry.replyTo])).toEqual([
      ['Thread one', null],
      ['Thread two', parts[0]?.id],
      ['Thread three', parts[1]?.id],
    ])
  })

  it('counts as it counts', async () => {
    const { body } = await world.api('POST', '/posts/validate', {
      content: { text: `日本語 https://example.com/${'x'.repeat(200)}` },
      targets: [{ accountId: person }],
    })
    expect(body.accounts[0].counters[0]).toEqual({ at: 'text', used: 3 * 2 + 1 + 23, limit: 280 })
  })
})

it('one that is refused holds back no other', async () => {
  const long = 'y'.repeat(2000)
  const { body } = await world.api('POST', '/posts', {
    content: { text: long },
    targets: [{ accountId: person }, { accountId: member }],
    when: { how: 'now' },
  })
  for (const one of body.deliveries) if (one.state !== 'skipped') await settled(world, one.id)
  const { deliveries } = (await world.api('GET', `/posts/${body.id}`)).body
  const states = Object.fromEntries(deliveries.map((one: Json) => [one.account.provider, one.state]))
  expect(states).toEqual({ x: 'skipped', linkedin: 'published' })
})

it('does not stand twice on an account that two connections lead to', async () => {
  const byFacebook = (await connectedMeta(world)).accounts.find((one: Json) => one.subject === NORTHWIND_IG).id
  const flow = await world.browser().connectAll({ provider: 'instagram' })
  const byItself = (await look(world, flow.connectionId)).accounts[0]
  expect(byItself.subject).toBe(NORTHWIND_IG)
  const bytes = samples.png(1080, 1080)
  const media = [{ id: await holdFiles(world)({ kind: 'image', mime: 'image/png', bytes, width: 1080, height: 1080 }) }]
  const of = async (targets: object[]) => {
    const { body } = await world.api('POST', '/posts/validate', { content: { text: 'Jugs', media }, targets })
    return body.accounts.map((one: Json) => one.issues.map((issue: Json) => issue.code).includes('account_twice'))
  }
  const both = [{ accountId: byFacebook }, { accountId: byItself.id }]
  expect(await of(both)).toEqual([false, true])
  expect(await of([both[0] ?? {}, { ...both[1], override: { text: 'Bowls' } }])).toEqual([false, false])
  expect(await of([{ accountId: byFacebook }, { accountId: facebook }])).toEqual([false, false])
})
