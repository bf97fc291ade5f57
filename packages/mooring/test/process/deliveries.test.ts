/** A server is killed in the middle of deliveries: another takes them over within a minute, and nothing is sent twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Trouble } from '../press.ts'
import type { Json } from '../world.ts'
import { until } from './harness.ts'
import { type PressFleet, type PressServer, startPressFleet } from './press-fleet.ts'
import type { Point } from './press-server.ts'

/** What the product promises; a lease is 35 s. */
const TAKEN_OVER = { timeout: 60_000, interval: 200 }
const SOON = { timeout: 30_000, interval: 20 }

let fleet: PressFleet
let victim: PressServer
let heir: PressServer
const ids = new Map<string, string>()

async function send(text: string, content: Json = {}): Promise<void> {
  const { status, body } = await victim.api('POST', '/posts', {
    content: { text, ...content },
    targets: [{ accountId: await fleet.account() }],
    when: { how: 'now' },
  })
  expect(status, JSON.stringify(body)).toBe(201)
  ids.set(text, body.deliveries[0].id)
}
const look = async (text: string): Promise<Json> => (await heir.api('GET', `/deliveries/${ids.get(text)}`)).body
const printed = (text: string) => fleet.press.printed.filter((one) => one.text === text).length
const asked = (on: string) => fleet.press.asked.filter((one) => one === on).length
const trouble = (on: string, what: Trouble, text?: string) =>
  fleet.press.trouble.push({ on, what, ...(text === undefined ? {} : { text }) })

async function stopAt(point: Point, text: string): Promise<void> {
  await victim.hold(point)
  await send(text)
  await until(`the server stands ${point}`, () => victim.stands(point))
}

/** All at once, so that one lease is waited for and not six. */
beforeAll(async () => {
  fleet = await startPressFleet()
  victim = await fleet.start()
  await stopAt('before-attempt', 'no attempt')
  await stopAt('before-request', 'no request')
  trouble('POST /posts', 'hold-after', 'accepted')
  await send('accepted')
  trouble('POST /posts', 'hold', 'at it')
  await send('at it')
  trouble('POST /posts', 'hold-after', 'second')
  await send('first', { thread: [{ text: 'second' }, { text: 'third' }] })
  trouble('POST /uploads', 'hold')
  await send('with a picture', { media: [{ id: await fleet.picture() }] })
  await until('the platform has them', () => asked('POST /posts') === 4 && asked('POST /uploads') === 1)
  await until('it took two of them', () => printed('accepted') === 1 && printed('second') === 1)
  heir = await fleet.start()
  await victim.kill()
  // The platform goes on with what it has, and finds nobody to answer.
  fleet.press.release()
})
afterAll(() => fleet?.stop())

describe('what a killed server was at is taken over within a minute', () => {
  it('its attempt was not written: it is sent', async () => {
    await expect.poll(async () => (await look('no attempt')).state, TAKEN_OVER).toBe('published')
    expect((await look('no attempt')).attempts).toMatchObject([{ number: 1, outcome: 'accepted' }])
    expect(printed('no attempt')).toBe(1)
  })

  it.each(['accepted', 'at it'])('%s: it is found, and not sent again', async (text) => {
    await expect.poll(async () => (await look(text)).state, TAKEN_OVER).toBe('published')
    const one = await look(text)
    expect(one.attempts).toMatchObject([{ number: 1, outcome: 'confirmed' }])
    expect(one.externalId).toBe(fleet.press.printed.find((post) => post.text === text)?.id)
    expect(printed(text)).toBe(1)
  })

  it('in a thread: it goes on after the part that is there', async () => {
    await expect.poll(async () => (await look('first')).state, TAKEN_OVER).toBe('published')
    expect(['first', 'second', 'third'].map(printed)).toEqual([1, 1, 1])
    const outcomes = (await look('first')).attempts.map((one: Json) => [one.part, one.outcome])
    expect(outcomes).toEqual([
      ['post', 'accepted'],
      ['thread.0', 'confirmed'],
      ['thread.1', 'accepted'],
    ])
  })

  it('at an upload: the file is uploaded again, the post sent once', async () => {
    await expect.poll(async () => (await look('with a picture')).state, TAKEN_OVER).toBe('published')
    expect(asked('POST /uploads')).toBe(2)
    expect(printed('with a picture')).toBe(1)
  })

  it('its request had not left, which nobody can know: it is sent again by a person alone', async () => {
    await expect.poll(async () => (await look('no request')).state, TAKEN_OVER).toBe('unknown')
    await heir.advance(300)
    await fleet.database.query("update mooring.delivery_attempts set began_at = began_at - interval '300 s'")
    await expect.poll(async () => (await look('no request')).state, SOON).toBe('failed')
    expect(await look('no request')).toMatchObject({
      attempts: [{ number: 1, outcome: 'absent' }],
      actions: ['retry', 'cancel'],
    })
    expect(printed('no request')).toBe(0)
    expect((await heir.api('POST', `/deliveries/${ids.get('no request')}/retry`)).status).toBe(200)
    await expect.poll(async () => (await look('no request')).state, SOON).toBe('published')
    expect(printed('no request')).toBe(1)
  })

  it('all in all every text is there once', () => {
    const texts = fleet.press.printed.map((one) => one.text)
    expect(texts.toSorted()).toEqual([...new Set(texts)].toSorted())
    expect(texts).toHaveLength(8)
  })
})
