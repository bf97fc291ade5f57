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
    for (let round = 0; round < 5; round += 1) {
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
