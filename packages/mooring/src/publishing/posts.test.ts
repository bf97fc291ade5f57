/** Posts over HTTP: made once, changed by one at a time, out at their time. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Press, pressAccount, pressProvider, startPress } from '../../test/press.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'
import { carryOutDue } from './worker.ts'

let world: World
let press: Press
let account: string
beforeAll(async () => {
  press = await startPress()
  world = await createWorld({ providers: [pressProvider()], platformOrigins: press.origins })
  press.now = world.now
})
afterAll(async () => {
  await world.close()
  await press.stop()
})
beforeEach(async () => {
  press.printed = []
  account = await pressAccount(world)
})

const go = () => carryOutDue(world.mooring.publishing, 50)
const post = (parts: Json = {}, headers: Record<string, string> = {}) =>
  world.api(
    'POST',
    '/posts',
    { content: { text: 'Hello' }, targets: [{ accountId: account }], when: { how: 'now' }, ...parts },
    headers,
  )
const get = async (id: string): Promise<Json> => (await world.api('GET', `/posts/${id}`)).body
const draft = async (parts: Json = {}) => (await post({ when: { how: 'draft' }, ...parts })).body
/** A wall time in Rome, so many seconds from now. */
const inRome = (seconds: number) => ({
  how: 'at',
  at: {
    local: new Date(world.now() + seconds * 1000).toLocaleString('sv', { timeZone: 'Europe/Rome' }).replace(' ', 'T'),
    zone: 'Europe/Rome',
  },
})

describe('an Idempotency-Key', () => {
  const key = { 'idempotency-key': 'one-of-a-kind' }

  it('makes one post, however often it is sent, and at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => post({}, key)))
    expect(answers.map((one) => one.status)).toEqual([201, 201, 201, 201])
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(1)
    await go()
    await go()
    expect((await post({}, key)).body).toMatchObject({ id: answers[0]?.body.id, state: 'published' })
    await go()
    expect(press.printed).toHaveLength(1)
  })

  it('is refused for another body', async () => {
    const other = { 'idempotency-key': 'another' }
    await post({}, other)
    const { status, body } = await post({ content: { text: 'Something else' } }, other)
    expect([status, body.code]).toEqual([422, 'idempotency_key_reused'])
    await go()
  })

  it.each(['', ' ', 'a b', 'x'.repeat(201)])('%j is none', async (value) => {
    expect((await post({}, { 'idempotency-key': value })).status).toBe(400)
  })

  it('schedules once, too', async () => {
    const { id, version } = await draft()
    const once = { 'idempotency-key': 'scheduled' }
    const schedule = () => world.api('POST', `/posts/${id}/schedule`, { version, when: { how: 'now' } }, once)
    expect((await schedule()).status).toBe(200)
    expect((await schedule()).status).toBe(200)
    await go()
    expect(press.printed).toHaveLength(1)
  })
})

describe('what is refused', () => {
  it('a post of which nothing could go out, with why for each', async () => {
    const { status, body } = await post({ content: { text: 'x'.repeat(101) } })
    expect([status, body.code]).toEqual([422, 'post_refused'])
    expect(body.errors).toEqual([{ path: 'targets.0.text', message: 'Write at most 100 characters.' }])
    expect((await post({ targets: [] })).body.code).toBe('post_refused')
    expect((await post({ targets: [{ accountId: crypto.randomUUID() }] })).body.code).toBe('post_refused')
  })

  it('an account twice, an unknown key, a time that has passed', async () => {
    expect((await post({ targets: [{ accountId: account }, { accountId: account }] })).status).toBe(400)
    expect((await post({ content: { text: 'a', colour: 'red' } })).status).toBe(400)
    expect((await post({ when: inRome(-3600) })).body.code).toBe('time_refused')
    expect((await post({ when: { how: 'at', at: { local: 'soon', zone: 'Europe/Rome' } } })).body.code).toBe(
      'time_refused',
    )
    expect((await post({ when: { how: 'slot' } })).body).toMatchObject({ code: 'time_refused' })
  })

  it('a file that is not there', async () => {
    const media = [{ id: crypto.randomUUID() }]
    const { body } = await world.api('POST', '/posts/validate', {
      content: { text: 'a', media },
      targets: [{ accountId: account }],
    })
    expect(body.accounts[0]).toMatchObject({ ok: false, issues: [{ code: 'media_missing', at: 'media.0' }] })
  })
})

describe('a draft', () => {
  it('is kept whatever stands against it, and goes nowhere', async () => {
    const made = await draft({ content: { text: 'x'.repeat(500) } })
    expect(made).toMatchObject({ state: 'draft', version: 1, deliveries: [], at: null })
    await go()
    expect(press.printed).toHaveLength(0)
  })

  it('is changed by one at a time', async () => {
    const { id } = await draft()
    const first = await world.api('PATCH', `/posts/${id}`, { version: 1, content: { text: 'Mine' } })
    expect(first.body).toMatchObject({ version: 2, content: { text: 'Mine' } })
    const second = await world.api('PATCH', `/posts/${id}`, { version: 1, content: { text: 'Theirs' } })
    expect([second.status, second.body.code]).toEqual([409, 'stale_write'])
    expect((await get(id)).content.text).toBe('Mine')
  })

  it('says something else where it is told to', async () => {
    const other = await pressAccount(world)
    const made = await draft({
      targets: [{ accountId: account }, { accountId: other, override: { text: 'For them' } }],
    })
    await world.api('POST', `/posts/${made.id}/schedule`, { version: 1, when: { how: 'now' } })
    await go()
    expect(press.printed.map((one) => one.text).sort()).toEqual(['For them', 'Hello'])
  })

  it('is removed, and is gone', async () => {
    const { id } = await draft()
    expect((await world.api('DELETE', `/posts/${id}`)).status).toBe(204)
    expect((await world.api('GET', `/posts/${id}`)).status).toBe(404)
  })

  it('is duplicated', async () => {
    const made = (await post()).body
    await go()
    const { status, body } = await world.api('POST', `/posts/${made.id}/duplicate`)
    expect(status).toBe(201)
    expect(body).toMatchObject({ state: 'draft', content: { text: 'Hello' }, targets: [{ accountId: account }] })
    expect(body.id).not.toBe(made.id)
  })
})

describe('a time', () => {
  it('is kept as the clock shows it, and nothing leaves before', async () => {
    const when = inRome(3600)
    const made = (await post({ when })).body
    expect(made).toMatchObject({ state: 'scheduled', at: when.at, deliveries: [{ state: 'scheduled' }] })
    await go()
    expect(press.printed).toHaveLength(0)
    world.advance(3601)
    await go()
    expect((await get(made.id)).state).toBe('published')
    expect(press.printed).toHaveLength(1)
  })

  it('is moved, taken back, and cancelled', async () => {
    const made = (await post({ when: inRome(3600) })).body
    const later = inRome(7200)
    const moved = (await world.api('POST', `/posts/${made.id}/schedule`, { version: 1, when: later })).body
    expect(moved).toMatchObject({ state: 'scheduled', at: later.at, version: 2 })
    world.advance(3700)
    await go()
    expect(press.printed).toHaveLength(0)
    const back = (await world.api('POST', `/posts/${made.id}/schedule`, { version: 2, when: { how: 'draft' } })).body
    expect(back).toMatchObject({ state: 'draft', deliveries: [] })
    const again = (await world.api('POST', `/posts/${made.id}/schedule`, { version: 3, when: inRome(3600) })).body
    const [one] = again.deliveries
    expect((await world.api('POST', `/deliveries/${one.id}/cancel`)).body.state).toBe('cancelled')
    world.advance(4000)
    await go()
    expect(press.printed).toHaveLength(0)
    expect((await get(made.id)).state).toBe('cancelled')
  })

  it('what has left is not changed any more', async () => {
    const made = (await post()).body
    await go()
    for (const [method, path, body] of [
      ['PATCH', '', { version: 1, content: { text: 'Other' } }],
      ['POST', '/schedule', { version: 1, when: { how: 'draft' } }],
      ['DELETE', '', undefined],
    ] as const) {
      const { status, body: problem } = await world.api(method, `/posts/${made.id}${path}`, body)
      expect([status, problem.code]).toEqual([409, 'post_begun'])
    }
  })

  it('a scheduled post that is changed goes out as it was changed', async () => {
    const made = (await post({ when: inRome(600) })).body
    await world.api('PATCH', `/posts/${made.id}`, { version: 1, content: { text: 'Better' } })
    world.advance(601)
    await go()
    expect(press.printed.map((one) => one.text)).toEqual(['Better'])
  })
})

describe('slots', () => {
  it('are filled one after the other', async () => {
    const slots = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' }))
    const set = await world.api('PATCH', '/publishing/settings', { zone: 'Europe/Rome', slots })
    expect(set.body).toMatchObject({ zone: 'Europe/Rome', slots })
    const free = (await world.api('GET', '/publishing/next-slots')).body.data
    const first = (await post({ when: { how: 'slot' } })).body
    const second = (await post({ when: { how: 'slot' } })).body
    expect([first.at, second.at]).toEqual([free[0].at, free[1].at])
    expect((await world.api('GET', '/publishing/next-slots')).body.data[0].at).toEqual(free[2].at)
    expect((await world.api('PATCH', '/publishing/settings', { zone: 'Mars/Base' })).status).toBe(400)
    await world.api('PATCH', '/publishing/settings', { slots: [] })
  })
})

describe('what is late', () => {
  const set = (policy: string) => world.api('PATCH', '/publishing/settings', { missed: { policy, afterMinutes: 30 } })
  const lateBy = async (minutes: number) => {
    const made = (await post({ when: inRome(60) })).body
    world.advance(60 + minutes * 60)
    await go()
    return get(made.id)
  }

  it('goes out late, waits for a word, or is dropped, as the workspace wants it', async () => {
    await set('late')
    expect((await lateBy(90)).state).toBe('published')
    await set('ask')
    expect((await lateBy(10)).state).toBe('published')
    const asked = await lateBy(90)
    expect(asked).toMatchObject({ state: 'attention', deliveries: [{ state: 'missed', actions: ['retry', 'cancel'] }] })
    await world.api('POST', `/deliveries/${asked.deliveries[0].id}/retry`)
    await go()
    expect((await get(asked.id)).state).toBe('published')
    await set('drop')
    const dropped = await lateBy(90)
    expect(dropped.deliveries[0]).toMatchObject({
      state: 'missed',
      problem: { message: expect.stringContaining('dropped') },
    })
    const events = await world.database.query("select 1 from mooring.events where type = 'delivery.missed'")
    expect(events).toHaveLength(2)
    await set('late')
  })
})

describe('looking', () => {
  it('lists by what is to be done', async () => {
    const only = await pressAccount(world, 'ben')
    const mine = { targets: [{ accountId: only }] }
    const waiting = (await draft(mine)).id
    const soon = (await post({ ...mine, when: inRome(3600) })).body.id
    const later = (await post({ ...mine, when: inRome(7200) })).body.id
    const out = (await post(mine)).body.id
    press.trouble.push({ on: 'POST /posts', what: '422' })
    await go()
    const bad = (await post(mine)).body.id
    press.trouble.push({ on: 'POST /posts', what: '422' })
    await go()
    const ids = async (query: string) =>
      (await world.api('GET', `/posts?accountId=${only}&${query}`)).body.data.map((one: Json) => one.id)
    expect(await ids('view=draft')).toEqual([waiting])
    expect(await ids('view=queue')).toEqual([soon, later])
    expect(await ids('limit=1&view=queue')).toEqual([soon])
    expect((await ids('view=attention')).sort()).toEqual([out, bad].filter((id) => id !== undefined).sort())
    expect(await ids('view=sent')).toEqual([])
    expect((await ids('')).sort()).toEqual([waiting, soon, later, out, bad].sort())
    const { body } = await world.api('GET', `/posts?accountId=${only}&limit=2`)
    const next = await world.api('GET', `/posts?accountId=${only}&limit=2&cursor=${body.nextCursor}`)
    expect(new Set([...body.data, ...next.body.data].map((one: Json) => one.id)).size).toBe(4)
    press.trouble = []
  })

  it('says what takes posts, and what each takes', async () => {
    const { body } = await world.api('GET', '/publishing/targets')
    const mine = body.data.find((one: Json) => one.account.id === account)
    expect(mine).toMatchObject({
      unusable: null,
      account: { provider: 'press', providerName: 'Press' },
      features: { images: 4 },
    })
  })

  it('shows the exact requests that would leave, without the token, and sends none', async () => {
    const before = press.asked.length
    const { body } = await world.api('POST', '/posts/dry-run', {
      content: { text: 'One', thread: [{ text: 'Two' }], firstComment: 'Three' },
      targets: [{ accountId: account }],
    })
    const [{ steps }] = body.requests
    expect(steps.map((one: Json) => [one.method, one.url, one.publishes])).toEqual([
      ['POST', 'https://api.press.example/posts', true],
      ['POST', 'https://api.press.example/posts', true],
      ['POST', 'https://api.press.example/posts', true],
    ])
    expect(JSON.parse(steps[1].body)).toMatchObject({ text: 'Two', after: '<post 0>' })
    expect(steps[0].headers).toMatchObject({ authorization: 'Bearer [redacted]', 'content-type': 'application/json' })
    expect(JSON.stringify(body)).not.toContain('press-token')
    expect(press.asked.length).toBe(before)
  })

  it('hears of each change, and of no other workspace', async () => {
    const controller = new AbortController()
    const url = 'http://localhost:8003/api/v1/posts/events'
    const headers = { authorization: 'Bearer mk_test_0123456789abcdef' }
    const response = await world.mooring.fetch(new Request(url, { headers, signal: controller.signal }))
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    const until = async (what: string) => {
      while (!heard.includes(what)) {
        const { value, done } = (await reader?.read()) ?? { done: true, value: '' }
        if (done) break
        heard += value
      }
    }
    await until('event: ready')
    const made = (await post()).body
    await until(made.id)
    expect(heard).toContain(`event: post\ndata: {"postId":"${made.id}"}`)
    await reader?.cancel()
    controller.abort()
  })
})
