/** What people do with deliveries: each deed once, and nothing that would stand twice. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../../test/desk.ts'
import type { Json } from '../../test/world.ts'

let desk: Desk
let ann: string
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
beforeEach(async () => {
  ann = await desk.account('ann')
  desk.press.trouble = []
})

const first = ({ deliveries }: Json) => deliveries[0]
const look = async (delivery: string) => (await desk.world.api('GET', `/deliveries/${delivery}`)).body

describe('a twin that was held back', () => {
  const twins = async () => {
    const same = await desk.account('by another way', ann)
    const { id } = (await desk.post([ann, same])).body
    const [one, other] = (await desk.look(id)).deliveries.toSorted((a: Json) => (a.account.id === ann ? -1 : 1))
    expect(other).toMatchObject({ state: 'skipped', problem: { providerCode: 'account_twice' } })
    return { id, one: one.id, other: other.id }
  }
  const refused = { status: 422, body: { code: 'post_refused' } }

  it('is not sent beside the first, whether that waits, is out or is cancelled and sent again', async () => {
    const { one, other } = await twins()
    expect(await desk.deed(other, 'retry')).toMatchObject(refused)
    await desk.go()
    expect(await desk.deed(other, 'retry')).toMatchObject(refused)
    await desk.deed(other, 'cancel')
    expect(await desk.deed(other, 'retry')).toMatchObject(refused)
    expect((await look(one)).state).toBe('published')
    expect(desk.printed()).toEqual(['Hello'])
  })

  it('is sent where the first is not to go out, which then stays behind', async () => {
    const { one, other } = await twins()
    await desk.deed(one, 'cancel')
    expect((await desk.deed(other, 'retry')).status).toBe(200)
    expect(await desk.deed(one, 'retry')).toMatchObject(refused)
    await desk.go()
    expect(desk.printed()).toEqual(['Hello'])
  })

  it('of two that are sent again at once one goes out', async () => {
    const { one, other } = await twins()
    await desk.deed(one, 'cancel')
    const answers = await Promise.all([desk.deed(one, 'retry'), desk.deed(other, 'retry')])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422])
    await desk.go()
    expect(desk.printed()).toEqual(['Hello'])
  })
})

describe('two deeds at once', () => {
  const statuses = async (delivery: string, name: string, body?: Json) => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => desk.deed(delivery, name, body)))
    return answers.map((one) => one.status).sort()
  }

  it('it is not there: one of them has it sent again', async () => {
    const { id } = first((await desk.post([ann])).body)
    desk.press.trouble.push({ on: 'POST /posts', what: 'reset-before' })
    await desk.go()
    await desk.world.database.query('delete from mooring.deliveries_due where delivery_id = $1', [id])
    expect(await statuses(id, 'confirm', { live: false })).toEqual([200, 409, 409, 409])
    await desk.go()
    expect(desk.printed()).toEqual(['Hello'])
  })

  it('once more: one of them has it sent again', async () => {
    const { id } = first((await desk.post([ann])).body)
    desk.press.trouble.push({ on: 'POST /posts', what: '422' })
    await desk.go()
    expect(await statuses(id, 'retry')).toEqual([200, 409, 409, 409])
    await desk.go()
    expect(desk.printed()).toEqual(['Hello'])
  })

  it('taken away: one of them says so', async () => {
    const { id } = first((await desk.post([ann])).body)
    await desk.go()
    expect(await statuses(id, 'remove')).toEqual([200, 409, 409, 409])
    const told = await desk.world.database.query(
      "select 1 from mooring.events where delivery_id = $1 and type = 'delivery.removed'",
      [id],
    )
    expect(told).toHaveLength(1)
  })

  it('a deed and a change: neither waits for the other for ever', async () => {
    for (let round = 0; round < 12; round += 1) {
      const made = (await desk.post([ann, await desk.account()], { when: desk.inRome(600) })).body
      for (const one of made.deliveries) await desk.deed(one.id, 'cancel')
      const answers = await Promise.all([
        desk.edit(made.id, { content: { text: 'Better' } }),
        ...made.deliveries.map((one: Json) => desk.deed(one.id, 'retry')),
        desk.edit(made.id, { content: { text: 'Best' } }),
      ])
      for (const { status } of answers) expect([200, 404, 409]).toContain(status)
      await desk.go()
      desk.printed()
    }
  })
})

describe('a way out', () => {
  it('what a platform refused is changed, dismissed, removed', async () => {
    const made = (await desk.post([ann])).body
    desk.press.trouble.push({ on: 'POST /posts', what: '422' })
    await desk.go()
    expect(first(await desk.look(made.id))).toMatchObject({ state: 'failed', actions: ['retry', 'cancel'] })
    const { body } = await desk.edit(made.id, { content: { text: 'Better' } })
    await desk.go()
    expect(first(await desk.look(made.id))).toMatchObject({ state: 'failed', problem: { class: 'content' } })
    await desk.deed(first(body).id, 'retry')
    await desk.go()
    expect(desk.printed()).toEqual(['Better'])
  })

  it('what our own check refused just before it was sent, too', async () => {
    const made = (await desk.post([ann], { when: desk.inRome(60) })).body
    const { id } = first(made)
    await desk.world.database.query(
      `update mooring.deliveries set content = jsonb_set(content, '{text}', to_jsonb(repeat('x', 101))) where id = $1`,
      [id],
    )
    desk.world.advance(61)
    await desk.go()
    expect(await look(id)).toMatchObject({ state: 'failed', attempts: [], actions: ['retry', 'cancel'] })
    expect((await desk.deed(id, 'cancel')).body.state).toBe('cancelled')
    expect((await desk.world.api('DELETE', `/posts/${made.id}`)).status).toBe(204)
  })

  it('what waits with a file sent already is cancelled', async () => {
    const { id: file } = await desk.world.upload()
    const made = (await desk.post([ann], { content: { text: 'Look', media: [{ id: file }] } })).body
    desk.press.trouble.push({ on: 'POST /posts', what: '429' })
    await desk.go()
    const one = first(await desk.look(made.id))
    expect(one).toMatchObject({ state: 'queued', actions: ['cancel'] })
    expect((await desk.deed(one.id, 'cancel')).status).toBe(200)
    desk.world.advance(7200)
    await desk.go()
    expect(desk.printed()).not.toContain('Look')
  })

  it('a thread of which the first part is out is not dismissed or changed', async () => {
    const made = (await desk.post([ann], { content: { text: 'One', thread: [{ text: 'Two' }] } })).body
    desk.press.trouble.push({ on: 'POST /posts', what: '422', text: 'Two' })
    await desk.go()
    expect(first(await desk.look(made.id))).toMatchObject({ state: 'failed', actions: ['retry'] })
    expect((await desk.edit(made.id, { content: { text: 'Other' } })).body.code).toBe('post_begun')
    expect((await desk.deed(first(made).id, 'cancel')).body.code).toBe('delivery_state')
    desk.printed()
  })

  it('what a process has just taken is not said to have left', async () => {
    const made = (await desk.post([ann])).body
    const { store } = desk.world.mooring.engine
    const now = new Date(desk.world.now())
    await store.deliveryWork.takeOne(desk.world.workspace, first(made).id, now, crypto.randomUUID())
    const { status, body } = await desk.edit(made.id, { content: { text: 'Better' } })
    expect([status, body.code]).toEqual([409, 'delivery_state'])
    expect((await desk.world.api('DELETE', `/posts/${made.id}`)).body.code).toBe('delivery_state')
    await desk.world.database.query('update mooring.deliveries_due set lease_until = null where delivery_id = $1', [
      first(made).id,
    ])
    expect((await desk.edit(made.id, { content: { text: 'Better' } })).status).toBe(200)
    await desk.go()
    expect(desk.printed()).toEqual(['Better'])
  })
})
