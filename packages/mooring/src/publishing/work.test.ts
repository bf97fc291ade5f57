/** Deliveries at a platform on which everything can go wrong: each is published once, or says why not. */
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { type Press, type PressRules, pressAccount, pressProvider, startPress, type Trouble } from '../../test/press.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'
import { knownAs } from '../connections/engine.ts'
import { carryOutDue, startWorker } from './worker.ts'

let world: World
let press: Press
async function open(rules: PressRules = {}): Promise<void> {
  press = await startPress()
  world = await createWorld({ providers: [pressProvider(rules)], platformOrigins: press.origins })
  press.now = world.now
}
const shut = async () => {
  await world.close()
  await press.stop()
}

let words = 0
/** A post that is due now, not yet carried out; answers with its delivery's id. */
async function due(content: Json = {}, account?: string): Promise<string> {
  const { status, body } = await world.api('POST', '/posts', {
    content: { text: `Word ${++words}`, ...content },
    targets: [{ accountId: account ?? (await pressAccount(world)) }],
    when: { how: 'now' },
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.deliveries[0].id
}
const go = () => carryOutDue(world.mooring.publishing, 50)
const look = async (id: string): Promise<Json> => (await world.api('GET', `/deliveries/${id}`)).body
const trouble = (what: Trouble, on = 'POST /posts') => press.trouble.push({ on, what })
/** Moves on to when it is looked at again, and carries it out. */
async function later(id: string): Promise<Json> {
  const { nextTryAt } = await look(id)
  expect(nextTryAt).not.toBeNull()
  await world.pass(Math.max(0, (Date.parse(nextTryAt) - world.now()) / 1000) + 1)
  await go()
  return look(id)
}
async function untilSettled(id: string): Promise<Json> {
  for (let times = 0; times < 80; times += 1) {
    const one = await look(id)
    if (one.nextTryAt === null) return one
    await later(id)
  }
  throw new Error('never settled')
}
const textsOf = () => press.printed.map((one) => one.text)

describe('at a platform whose posts can be read', () => {
  beforeAll(() => open())
  afterAll(shut)
  afterEach(() => {
    press.trouble = []
    press.printed = []
    press.asked = []
  })

  it('publishes, and keeps what is known of it', async () => {
    const id = await due({ text: 'Hello' })
    await go()
    const one = await look(id)
    expect(one).toMatchObject({ state: 'published', externalId: press.printed[0]?.id, problem: null, nextTryAt: null })
    expect(one.permalink).toBe(`https://press.example/${press.printed[0]?.id}`)
    expect(one.attempts).toMatchObject([{ number: 1, part: 'post', outcome: 'accepted', status: 201 }])
    expect(await go()).toBe(0)
    expect(textsOf()).toEqual(['Hello'])
  })

  it('writes the attempt before the request leaves', async () => {
    trouble('hold')
    const id = await due()
    const going = go()
    await expect.poll(() => press.asked.includes('POST /posts')).toBe(true)
    expect(await look(id)).toMatchObject({ state: 'sending', attempts: [{ outcome: 'sending', endedAt: null }] })
    press.release()
    await going
    expect((await look(id)).state).toBe('published')
  })

  it.each(['reset-after', '500-after', 'garbled'] as const)(
    '%s: finds what was published, and does not send twice',
    async (what) => {
      trouble(what)
      const id = await due()
      await go()
      expect(await look(id)).toMatchObject({ state: 'unknown', attempts: [{ outcome: 'unknown' }] })
      expect(await later(id)).toMatchObject({
        state: 'published',
        externalId: press.printed[0]?.id,
        attempts: [{ outcome: 'confirmed' }],
      })
      expect(press.printed).toHaveLength(1)
    },
  )

  it.each(['reset-before', '500-before'] as const)(
    '%s: says that nothing was published, once it is certain',
    async (what) => {
      trouble(what)
      const id = await due()
      await go()
      expect((await look(id)).state).toBe('unknown')
      expect((await later(id)).state).toBe('unknown')
      const end = await untilSettled(id)
      expect(end).toMatchObject({ state: 'failed', attempts: [{ outcome: 'absent' }], actions: ['retry', 'cancel'] })
      expect(press.printed).toHaveLength(0)
      expect((await world.api('POST', `/deliveries/${id}/retry`)).status).toBe(200)
      await go()
      expect((await look(id)).state).toBe('published')
      expect(press.printed).toHaveLength(1)
    },
  )

  it('takes no older twin for this one', async () => {
    const account = await pressAccount(world)
    const first = await due({ text: 'Twin' }, account)
    await go()
    world.advance(3600)
    trouble('reset-before')
    const second = await due({ text: 'Twin' }, account)
    await go()
    expect((await untilSettled(second)).state).toBe('failed')
    expect((await look(first)).state).toBe('published')
  })

  it('finds what was published though its clock and the platform’s are hours apart', async () => {
    for (const apart of [-3, 3]) {
      press.now = () => world.now() + apart * 3_600_000
      trouble('reset-after')
      const id = await due()
      await go()
      expect(await later(id)).toMatchObject({ state: 'published', attempts: [{ outcome: 'confirmed' }] })
    }
    press.now = world.now
  })

  it('takes no post of another delivery for this one, however young', async () => {
    const account = await pressAccount(world)
    await due({ text: 'Again' }, account)
    await go()
    trouble('reset-before')
    const second = await due({ text: 'Again' }, account)
    await go()
    expect((await untilSettled(second)).state).toBe('failed')
    expect(textsOf()).toEqual(['Again'])
  })

  it.each([
    ['429', 'The first comment is not there.'],
    ['401', 'The first comment is not there.'],
    ['reset-before', 'The first comment is not there.'],
    ['503-sure', null],
  ] as const)('%s at the first comment: the post is out all the same', async (what, warning) => {
    press.trouble.push({ on: 'POST /posts', what, text: 'Aside' })
    const id = await due({ text: 'Out', firstComment: 'Aside' })
    await go()
    expect(await untilSettled(id)).toMatchObject({ state: 'published', warning, externalId: press.printed[0]?.id })
    expect(textsOf()).toEqual(warning === null ? ['Out', 'Aside'] : ['Out'])
  })

  it('a worker with nothing under way leaves no timer behind, which would keep its process alive', async () => {
    const sleeps = vi.spyOn(world.mooring.engine.runtime, 'sleep')
    await startWorker(world.mooring.publishing).stop(60_000)
    expect(sleeps.mock.calls.map(([, signal]) => signal?.aborted)).toEqual([true])
    sleeps.mockRestore()
  })

  it('a fault of our own after a part was taken does not make that part unknown', async () => {
    const publisher = knownAs(world.mooring.engine, 'press')?.provider.publishing
    if (!publisher) throw new Error('no publisher')
    const { next } = publisher
    let looked = 0
    const broken = vi.spyOn(publisher, 'next').mockImplementation((...asked) => {
      // Once by what learns that it was taken, then by what goes on.
      if (asked[2]['post.0'] !== undefined && ++looked > 1) throw new TypeError('nobody foresaw this')
      return next(...asked)
    })
    const id = await due({ text: 'First', thread: [{ text: 'Then', media: [] }] })
    await go()
    broken.mockRestore()
    expect(await look(id)).toMatchObject({ state: 'queued', attempts: [{ part: 'post', outcome: 'accepted' }] })
    expect((await later(id)).state).toBe('published')
    expect(textsOf()).toEqual(['First', 'Then'])
  })

  it('what is out already needs no token to be said so', async () => {
    const id = await due()
    await world.database.query(
      `update mooring.deliveries set progress = '{"post.0":"post-77"}', state = 'sending' where id = $1`,
      [id],
    )
    await world.database.query("update mooring.connections set state = 'reauthorize'")
    await go()
    await world.database.query("update mooring.connections set state = 'connected'")
    expect(await look(id)).toMatchObject({ state: 'published', externalId: 'post-77' })
    expect(press.asked).toEqual([])
  })

  it('nobody can look while the connection is dead: that is told once', async () => {
    trouble('reset-after')
    const id = await due()
    await go()
    await world.database.query("update mooring.connections set state = 'reauthorize'")
    for (let looks = 0; looks < 3; looks += 1) expect((await later(id)).state).toBe('unknown')
    const told = await world.database.query(
      "select 1 from mooring.events where delivery_id = $1 and type = 'delivery.unknown'",
      [id],
    )
    expect(told).toHaveLength(1)
    await world.database.query("update mooring.connections set state = 'connected'")
    expect((await later(id)).state).toBe('published')
  })

  it('a limit that opens in days is not waited for', async () => {
    trouble('429-days')
    const id = await due()
    await go()
    expect(await look(id)).toMatchObject({ state: 'failed', problem: { class: 'rate' }, nextTryAt: null })
  })

  it('a tick keeps what it is at, however long an answer takes', async () => {
    const { runtime } = world.mooring.engine
    const beats: (() => void)[] = []
    const every = vi.spyOn(runtime, 'every').mockImplementation((_, work) => {
      beats.push(work)
      return () => {}
    })
    trouble('hold')
    const id = await due()
    const going = go()
    await expect.poll(() => press.asked.includes('POST /posts')).toBe(true)
    await world.database.query("update mooring.deliveries_due set lease_until = now() + interval '3 seconds'")
    for (const beat of beats) beat()
    const kept = async () =>
      (
        await world.database.query(
          "select 1 from mooring.deliveries_due where delivery_id = $1 and lease_until > now() + interval '20 seconds'",
          [id],
        )
      ).length
    await expect.poll(kept).toBe(1)
    press.release()
    await going
    every.mockRestore()
    expect((await look(id)).state).toBe('published')
  })

  it('a fault of our own is tried again, and told in the end', async () => {
    const publisher = knownAs(world.mooring.engine, 'press')?.provider.publishing
    if (!publisher) throw new Error('no publisher')
    const broken = vi.spyOn(publisher, 'next').mockImplementation(() => {
      throw new TypeError('nobody foresaw this')
    })
    const id = await due()
    await go()
    expect(await look(id)).toMatchObject({ state: 'queued', problem: { class: 'platform' } })
    const end = await untilSettled(id)
    broken.mockRestore()
    expect(end.state).toBe('failed')
    expect((await world.api('POST', `/deliveries/${id}/retry`)).status).toBe(200)
    await go()
    expect((await look(id)).state).toBe('published')
  })

  it('takes no older twin for this one by a clock that is ahead either', async () => {
    press.now = () => world.now() + 3 * 3_600_000
    const account = await pressAccount(world)
    await due({ text: 'Ahead' }, account)
    await go()
    await world.pass(3600)
    trouble('reset-before')
    const second = await due({ text: 'Ahead' }, account)
    await go()
    expect((await untilSettled(second)).state).toBe('failed')
    expect(textsOf()).toEqual(['Ahead'])
    press.now = world.now
  })

  it('does not say that it is not there because of a clock that is put on', async () => {
    trouble('hold')
    const id = await due()
    const going = go()
    await expect.poll(() => press.asked.includes('POST /posts')).toBe(true)
    await world.database.query("update mooring.deliveries_due set lease_until = now() - interval '1 second'")
    await go()
    for (let looks = 0; looks < 3; looks += 1) {
      world.advance(7200)
      await go()
      expect((await look(id)).state).toBe('unknown')
    }
    press.release()
    await going
    await go()
    expect((await look(id)).state).toBe('published')
  })

  it('sends nothing where the server stood still after the attempt was written', async () => {
    const { deliveryWork } = world.mooring.engine.store
    const { write } = deliveryWork
    deliveryWork.write = async (...parts) => {
      const written = await write(...parts)
      if (parts[4].begin) world.advance(60)
      return written
    }
    const id = await due()
    await go()
    deliveryWork.write = write
    expect(await look(id)).toMatchObject({ state: 'queued', attempts: [{ outcome: 'refused', status: null }] })
    expect(press.asked).not.toContain('POST /posts')
    expect((await later(id)).state).toBe('published')
    expect(press.printed).toHaveLength(1)
  })

  it('the database is away when the answer comes: it is written as soon as there is one', async () => {
    const root = new pg.Client(inject('postgres'))
    await root.connect()
    const { database } = world.database.admin
    const { runtime } = world.mooring.engine
    const { sleep } = runtime
    let pauses = 0
    runtime.sleep = (ms) => {
      pauses += 1
      return sleep(ms)
    }
    trouble('hold-after')
    const id = await due()
    const going = go()
    await expect.poll(() => press.printed.length).toBe(1)
    await root.query(`alter database ${database} allow_connections false`)
    await root.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database])
    press.release()
    await expect.poll(() => pauses).toBeGreaterThan(1)
    await root.query(`alter database ${database} allow_connections true`)
    await root.end()
    await going
    runtime.sleep = sleep
    expect(await look(id)).toMatchObject({ state: 'published', attempts: [{ outcome: 'accepted', status: 201 }] })
  })

  it('never reached: the request is sent later, since it cannot have arrived', async () => {
    const origins = { ...press.origins }
    const { port } = new URL(Object.values(origins)[0] ?? '')
    await press.stop()
    const id = await due()
    await go()
    expect(await look(id)).toMatchObject({ state: 'queued', attempts: [{ outcome: 'refused' }] })
    expect(Number(port)).toBeGreaterThan(0)
    const began = world.now()
    const end = await untilSettled(id)
    expect(end).toMatchObject({ state: 'failed', problem: { class: 'network' } })
    // A line that is away is no reason to give up on the same day.
    expect(world.now() - began).toBeGreaterThan(23 * 3_600_000)
    await world.close()
    await open()
  })

  it.each([
    ['403', 'permission'],
    ['422', 'content'],
  ] as const)('%s: fails at once, with the sentence', async (what, of) => {
    trouble(what)
    const id = await due()
    await go()
    expect(await look(id)).toMatchObject({
      state: 'failed',
      problem: { class: of },
      attempts: [{ outcome: 'refused' }],
    })
  })

  it('429: waits as long as the platform says, and so does the next of the account', async () => {
    const account = await pressAccount(world)
    trouble('429')
    const id = await due({}, account)
    await go()
    const one = await look(id)
    expect(one).toMatchObject({ state: 'queued', problem: { class: 'rate' } })
    expect(Date.parse(one.nextTryAt) - world.now()).toBeGreaterThan(100_000)
    const other = await due({}, account)
    const another = await due()
    await go()
    expect((await look(other)).state).toBe('queued')
    expect((await look(another)).state).toBe('published')
    expect((await later(id)).state).toBe('published')
    const { body } = await world.api('GET', '/publishing/budgets')
    expect(body.data).toBeInstanceOf(Array)
  })

  it('429 a second time: the provider knows that it was limited before', async () => {
    trouble('429')
    trouble('429')
    const id = await due()
    await go()
    const wait = async (one: Json) => Date.parse(one.nextTryAt) - world.now()
    expect(await wait(await look(id))).toBeLessThanOrEqual(121_000)
    expect(await wait(await later(id))).toBeGreaterThan(1_000_000)
    expect((await later(id)).state).toBe('published')
  })

  it('a refusal can take back what was learnt', async () => {
    trouble('422')
    const id = await due()
    await go()
    const [row] = await world.database.query('select progress from mooring.deliveries where id = $1', [id])
    expect(row).toEqual({ progress: { 'file.0': null } })
  })

  it('503 that says that nothing was made: tries again, with an attempt of its own', async () => {
    trouble('503-sure')
    const id = await due()
    await go()
    expect((await look(id)).state).toBe('queued')
    expect(await later(id)).toMatchObject({
      state: 'published',
      attempts: [{ outcome: 'refused' }, { outcome: 'accepted' }],
    })
    expect(press.printed).toHaveLength(1)
  })

  it('401 that stays: waits for the reconnect, and goes out after it', async () => {
    trouble('401')
    const id = await due()
    await go()
    expect(await look(id)).toMatchObject({
      state: 'waiting',
      problem: { class: 'auth' },
      actions: expect.arrayContaining(['reconnect']),
    })
    expect((await later(id)).state).toBe('published')
  })

  it('a connection that is dead: waits, says so once, and goes out after the reconnect', async () => {
    const account = await pressAccount(world, 'ann', 'reauthorize')
    const id = await due({}, account)
    await go()
    expect(await look(id)).toMatchObject({ state: 'waiting', atRisk: expect.stringContaining('reconnected') })
    await later(id)
    const events = () =>
      world.database.query("select 1 from mooring.events where type = 'delivery.waiting' and delivery_id = $1", [id])
    expect(await events()).toHaveLength(1)
    await world.database.query("update mooring.connections set state = 'connected'")
    expect((await later(id)).state).toBe('published')
  })

  it('a thread goes on from the last part that is there', async () => {
    trouble('503-sure')
    const id = await due({ text: 'one', thread: [{ text: 'two' }, { text: 'three' }] })
    press.trouble = []
    await go()
    expect(press.printed.map((one) => [one.text, one.after])).toEqual([
      ['one', null],
      ['two', press.printed[0]?.id],
      ['three', press.printed[1]?.id],
    ])
    expect((await look(id)).attempts.map((one: Json) => one.part)).toEqual(['post', 'thread.0', 'thread.1'])
    press.printed = []
    const other = await due({ text: 'a', thread: [{ text: 'b' }, { text: 'c' }] })
    press.trouble = [
      { on: 'POST /posts', what: 'hold' },
      { on: 'POST /posts', what: 'reset-after' },
    ]
    const going = go()
    await expect.poll(() => press.asked.filter((one) => one === 'POST /posts').length).toBeGreaterThan(3)
    press.release()
    await going
    expect((await look(other)).state).toBe('unknown')
    expect((await later(other)).state).toBe('published')
    expect(textsOf()).toEqual(['a', 'b', 'c'])
  })

  it('a first comment that fails leaves the post published, with a warning', async () => {
    press.trouble = []
    const id = await due({ text: 'Post', firstComment: 'First!' })
    await go()
    expect((await look(id)).warning).toBeNull()
    const other = await due({ text: 'Other', firstComment: 'First!' })
    trouble('hold')
    trouble('reset-after')
    const going = go()
    await expect.poll(() => press.asked.filter((one) => one === 'POST /posts').length).toBe(3)
    press.release()
    await going
    expect(await look(other)).toMatchObject({ state: 'published', warning: 'The first comment is not there.' })
    expect(textsOf()).toEqual(['Post', 'First!', 'Other', 'First!'])
  })

  it('a process that dies at the first comment leaves the post published, with a warning', async () => {
    const other = await due({ text: 'Whole', firstComment: 'Last!' })
    await go()
    // As a killed process leaves it: the comment's attempt without an end, and the lease over.
    await world.database.query(
      `update mooring.deliveries set state = 'sending', progress = progress - 'comment' where id = $1`,
      [other],
    )
    await world.database.query(
      `update mooring.delivery_attempts set outcome = 'sending', ended_at = null where delivery_id = $1 and part = 'comment'`,
      [other],
    )
    await world.database.query(
      `insert into mooring.deliveries_due (workspace_id, delivery_id, due_at, lane) values ($1, $2, now() - interval '1 hour', 'press')`,
      [world.workspace, other],
    )
    const before = press.printed.length
    await go()
    expect(await look(other)).toMatchObject({ state: 'published', warning: 'The first comment is not there.' })
    expect(press.printed.length).toBe(before)
  })

  it('a late answer is the truth, whoever has the delivery by then', async () => {
    trouble('hold')
    const id = await due()
    const going = go()
    await expect.poll(() => press.asked.includes('POST /posts')).toBe(true)
    // The lease ends, and another process finds an attempt without an end.
    await world.database.query("update mooring.deliveries_due set lease_until = now() - interval '1 second'")
    await go()
    expect((await look(id)).state).toBe('unknown')
    press.release()
    await going
    await go()
    expect(await look(id)).toMatchObject({ state: 'published', attempts: [{ outcome: 'accepted' }] })
    expect(press.printed).toHaveLength(1)
  })

  it('two that take at once take each delivery once', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => due()))
    const taken = await Promise.all([go(), go(), go()])
    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(20)
    for (const id of ids) expect((await look(id)).state).toBe('published')
    expect(press.printed).toHaveLength(20)
  })

  it('says at once what its check refuses, and sends the rest', async () => {
    const [good, bad] = [await pressAccount(world), await pressAccount(world)]
    const { status, body } = await world.api('POST', '/posts', {
      content: { text: 'Fine' },
      targets: [{ accountId: good }, { accountId: bad, override: { text: 'x'.repeat(101) } }],
      when: { how: 'now' },
    })
    expect(status).toBe(201)
    await go()
    const states = (await world.api('GET', `/posts/${body.id}`)).body
    expect(states.deliveries.map((one: Json) => one.state).sort()).toEqual(['published', 'skipped'])
    expect(states.state).toBe('partial')
  })
})

describe('at a platform that lets nobody look', () => {
  beforeAll(() => open({ readBack: false }))
  afterAll(shut)
  afterEach(() => {
    press.trouble = []
    press.printed = []
  })

  it('asks a person, who says that it is live', async () => {
    trouble('reset-after')
    const id = await due()
    await go()
    expect(await look(id)).toMatchObject({ state: 'unknown', nextTryAt: null, actions: ['confirm'] })
    expect((await world.api('POST', `/deliveries/${id}/confirm`, { live: true, url: 'nonsense' })).body.code).toBe(
      'invalid_request',
    )
    const { body } = await world.api('POST', `/deliveries/${id}/confirm`, {
      live: true,
      url: `https://press.example/${press.printed[0]?.id}`,
    })
    expect(body).toMatchObject({ state: 'published', externalId: press.printed[0]?.id })
    expect((await world.api('POST', `/deliveries/${id}/confirm`, { live: false })).body.code).toBe('delivery_state')
    await go()
    expect(press.printed).toHaveLength(1)
  })

  it('asks a person, who says that it is not: it is sent again', async () => {
    trouble('reset-before')
    const id = await due()
    await go()
    await world.api('POST', `/deliveries/${id}/confirm`, { live: false })
    await go()
    expect(await look(id)).toMatchObject({
      state: 'published',
      attempts: [{ outcome: 'absent' }, { outcome: 'accepted' }],
    })
    expect(press.printed).toHaveLength(1)
  })

  it('nobody else can send it again meanwhile', async () => {
    trouble('reset-after')
    const id = await due()
    await go()
    expect((await world.api('POST', `/deliveries/${id}/retry`)).body.code).toBe('delivery_state')
    expect((await world.api('POST', `/deliveries/${id}/cancel`)).body.code).toBe('delivery_state')
  })
})

describe('at a platform that refuses twins, with the operator letting us ask again', () => {
  beforeAll(() => open({ readBack: false, resend: true }))
  afterAll(shut)

  it.each(['reset-after', 'reset-before'] as const)('%s: settles by asking again', async (what) => {
    press.printed = []
    trouble(what)
    const id = await due()
    await go()
    expect((await look(id)).state).toBe('unknown')
    expect(await later(id)).toMatchObject({ state: 'published', externalId: press.printed[0]?.id })
    expect(press.printed).toHaveLength(1)
  })

  it('what was to follow follows: a thread and a first comment', async () => {
    press.printed = []
    trouble('reset-after')
    const id = await due({ text: 'One', thread: [{ text: 'Two', media: [] }], firstComment: 'And this' })
    await go()
    expect((await look(id)).state).toBe('unknown')
    expect(await later(id)).toMatchObject({ state: 'published', externalId: press.printed[0]?.id, warning: null })
    expect(press.printed.map((one) => one.text)).toEqual(['One', 'Two', 'And this'])
  })

  it.each(['429', '503-sure', '401', '500-before', '422'] as const)(
    '%s when asked again: it stays unknown, and is not sent later as if nothing had left',
    async (what) => {
      press.printed = []
      trouble('reset-after')
      const id = await due()
      await go()
      trouble(what)
      expect((await later(id)).state).toBe('unknown')
      const end = await untilSettled(id)
      expect(end.state).toBe(what === '422' ? 'unknown' : 'published')
      expect(press.printed).toHaveLength(1)
    },
  )

  it('is not asked again once the platform may have forgotten the first', async () => {
    press.printed = []
    trouble('reset-after')
    const id = await due()
    await go()
    for (let times = 0; times < 3; times += 1) {
      trouble('500-before')
      await later(id)
    }
    await world.pass(600)
    press.asked = []
    await go()
    expect(await look(id)).toMatchObject({ state: 'unknown', nextTryAt: null, actions: ['confirm'] })
    expect(press.asked).not.toContain('POST /posts')
    press.trouble = []
  })

  it('a twin that is not ours is no success', async () => {
    const account = await pressAccount(world)
    await due({ text: 'Same' }, account)
    await go()
    const id = await due({ text: 'Same' }, account)
    await go()
    expect(await look(id)).toMatchObject({ state: 'failed', problem: { class: 'duplicate' } })
  })
})

describe('at a platform that refuses twins and does not say which', () => {
  beforeAll(() => open({ readBack: false, resend: true, names: false }))
  afterAll(shut)

  it('a person says what it means after a lost answer', async () => {
    trouble('reset-after')
    const id = await due()
    await go()
    expect(await later(id)).toMatchObject({ state: 'unknown', nextTryAt: null, actions: ['confirm'] })
    const url = `https://press.example/${press.printed[0]?.id}`
    expect((await world.api('POST', `/deliveries/${id}/confirm`, { live: true, url })).status).toBe(200)
    expect(await look(id)).toMatchObject({ state: 'published', permalink: url })
    expect(press.printed).toHaveLength(1)
  })
})
