/** Posts that are changed: what was cancelled stays so, what was carried out is not refused, what is free is given once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../../test/desk.ts'
import type { Json } from '../../test/world.ts'

let desk: Desk
let ann: string
let ben: string
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
beforeEach(async () => {
  ann = await desk.account('ann')
  ben = await desk.account('ben')
})

const statesOf = ({ deliveries }: Json) =>
  Object.fromEntries(deliveries.map((one: Json) => [one.account.label, one.state]))
const idOf = ({ deliveries }: Json, label: string) => deliveries.find((one: Json) => one.account.label === label).id

describe('a key whose request was carried out', () => {
  it('is answered with the post after its time, too', async () => {
    const [named, parts] = [{ 'idempotency-key': 'made-at-a-time' }, { when: desk.inRome(60) }]
    const made = (await desk.post([ann], parts, named)).body
    desk.world.advance(3600)
    const again = await desk.post([ann], parts, named)
    expect([again.status, again.body.id]).toEqual([201, made.id])
    const other = await desk.post([ann], { ...parts, content: { text: 'Other' } }, named)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
  })

  it('is answered so where it scheduled one', async () => {
    const { id } = (await desk.post([ann], { when: { how: 'draft' } })).body
    const body = { version: 1, when: desk.inRome(60) }
    const schedule = () =>
      desk.world.api('POST', `/posts/${id}/schedule`, body, { 'idempotency-key': 'scheduled-at-a-time' })
    expect((await schedule()).status).toBe(200)
    desk.world.advance(3600)
    expect(await schedule()).toMatchObject({ status: 200, body: { id, version: 2 } })
  })

  it('is free where the request was refused', async () => {
    const named = { 'idempotency-key': 'refused-at-first' }
    expect((await desk.post([ann], { content: { text: 'x'.repeat(101) } }, named)).body.code).toBe('post_refused')
    expect((await desk.post([ann], { when: { how: 'draft' } }, named)).status).toBe(201)
  })
})
