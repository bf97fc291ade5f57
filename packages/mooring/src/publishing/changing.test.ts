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

describe('what was cancelled', () => {
  it('does not come back with a change of the words', async () => {
    const made = (await desk.post([ann, ben], { when: desk.inRome(600) })).body
    await desk.deed(idOf(made, 'ben'), 'cancel')
    const { body } = await desk.edit(made.id, { content: { text: 'Better' } })
    expect(statesOf(body)).toEqual({ ann: 'scheduled', ben: 'cancelled' })
    desk.world.advance(601)
    await desk.go()
    expect(desk.printed()).toEqual(['Better'])
    expect(statesOf(await desk.look(made.id))).toEqual({ ann: 'published', ben: 'cancelled' })
  })

  it('a post of which all was: its words alone change, until it is scheduled anew', async () => {
    const made = (await desk.post([ann], { when: desk.inRome(600) })).body
    await desk.deed(idOf(made, 'ann'), 'cancel')
    const more = [{ accountId: ann }, { accountId: ben }]
    const { body } = await desk.edit(made.id, { content: { text: 'Better' }, targets: more })
    expect(body).toMatchObject({ state: 'cancelled', at: made.at, content: { text: 'Better' } })
    expect(statesOf(body)).toEqual({ ann: 'cancelled', ben: 'cancelled' })
    desk.world.advance(6000)
    await desk.go()
    expect((await desk.edit(made.id, { content: { text: 'Best' } })).body.state).toBe('cancelled')
    expect(desk.printed()).toEqual([])
    await desk.world.api('POST', `/posts/${made.id}/schedule`, { version: 3, when: { how: 'now' } })
    await desk.go()
    expect(desk.printed()).toEqual(['Best', 'Best'])
  })

  it('a post that was to go out at once does not go out because it is changed', async () => {
    const made = (await desk.post([ann])).body
    await desk.deed(idOf(made, 'ann'), 'cancel')
    expect((await desk.edit(made.id, { content: { text: 'Better' } })).body.state).toBe('cancelled')
    await desk.go()
    expect(desk.printed()).toEqual([])
    expect((await desk.deed(idOf(await desk.look(made.id), 'ann'), 'retry')).status).toBe(200)
    await desk.go()
    expect(desk.printed()).toEqual(['Better'])
  })

  it('nor does what somebody is asked about, because it was late', async () => {
    await desk.world.api('PATCH', '/publishing/settings', { missed: { policy: 'ask', afterMinutes: 30 } })
    const made = (await desk.post([ann])).body
    desk.world.advance(7200)
    await desk.go()
    expect(statesOf(await desk.look(made.id))).toEqual({ ann: 'missed' })
    const { status, body } = await desk.edit(made.id, { content: { text: 'Better' } })
    expect([status, statesOf(body)]).toEqual([200, { ann: 'missed' }])
    expect(body.deliveries[0].problem.message).toContain('It is late')
    await desk.go()
    expect(desk.printed()).toEqual([])
    await desk.deed(idOf(body, 'ann'), 'retry')
    await desk.go()
    expect(desk.printed()).toEqual(['Better'])
  })
})

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

describe('an account that is gone', () => {
  it('is refused where nothing is known of it', async () => {
    const { status, body } = await desk.post([ann, crypto.randomUUID()])
    expect([status, body.code]).toEqual([422, 'post_refused'])
    expect(body.errors).toEqual([{ path: 'targets.1.account', message: 'There is no such account in this workspace.' }])
    await desk.go()
    expect(desk.printed()).toEqual([])
  })

  it('stays behind in a post that named it while it was there', async () => {
    const made = (await desk.post([ann, ben], { when: desk.inRome(600) })).body
    await desk.world.database.query('delete from mooring.accounts where id = $1', [ben])
    const { status, body } = await desk.edit(made.id, { content: { text: 'Better' } })
    expect([status, statesOf(body)]).toEqual([200, { ann: 'scheduled', ben: 'skipped' }])
    expect(body.deliveries.find((one: Json) => one.state === 'skipped')).toMatchObject({
      account: { id: ben, provider: 'press' },
      problem: { providerCode: 'account_unknown' },
    })
    expect((await desk.deed(idOf(body, 'ben'), 'retry')).body.code).toBe('post_refused')
    const later = { version: 2, when: desk.inRome(900) }
    const moved = (await desk.world.api('POST', `/posts/${made.id}/schedule`, later)).body
    expect(statesOf(moved)).toEqual({ ann: 'scheduled', ben: 'skipped' })
  })
})

it('a twin of one that is refused itself is not held back', async () => {
  const same = await desk.account('by another way', ann)
  await desk.world.database.query(
    `update mooring.connections set state = 'disconnected'
     where id = (select connection_id from mooring.accounts where id = $1)`,
    [ann],
  )
  const { body } = await desk.post([ann, same])
  expect(statesOf(body)).toEqual({ ann: 'skipped', 'by another way': 'queued' })
  await desk.go()
  desk.printed()
})

it('a slot is given to one post alone, however many ask at once', async () => {
  const slots = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' }))
  await desk.world.api('PATCH', '/publishing/settings', { zone: 'Europe/Rome', slots })
  const drafts = await Promise.all([1, 2, 3, 4, 5].map(() => desk.post([ann], { when: { how: 'draft' } })))
  const made = await Promise.all([
    ...[1, 2, 3, 4, 5].map(() => desk.post([ann], { when: { how: 'slot' } })),
    ...drafts.map(({ body }) =>
      desk.world.api('POST', `/posts/${body.id}/schedule`, { version: 1, when: { how: 'slot' } }),
    ),
  ])
  expect(new Set(made.map((one) => one.body.at?.local)).size).toBe(10)
})
