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
