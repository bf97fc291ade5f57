/** `reuse: true` answers with the live connection where there is one, and starts nothing. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { asked, clean, connected, DAY, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const reuse = () => world.browser().start({ provider: 'linkedin', reuse: true })
const flows = async () =>
  Number((await world.database.query<{ n: string }>('select count(*) as n from mooring.flows'))[0]?.n)

it('starts a flow where there is no connection', async () => {
  expect(await reuse()).toMatchObject({ status: 201, body: { state: 'pending' } })
})

it('answers with the live connection, asks the platform nothing and starts nothing', async () => {
  const { id } = await connected(world)
  const before = await flows()
  const answer = await reuse()
  expect(answer).toMatchObject({ status: 200, body: { reused: true, connection: { id, state: 'connected' } } })
  expect(answer.body.connection.accounts).toHaveLength(3)
  expect(answer.headers.getSetCookie()).toEqual([])
  expect(await flows()).toBe(before)
  expect(asked(world, 'token')).toBe(1)
})

it('renews the connection first where it is due', async () => {
  const { id } = await connected(world)
  world.advance(54 * DAY)
  const answer = await reuse()
  expect(answer.body.connection).toMatchObject({ id, state: 'connected' })
  expect(Date.parse(answer.body.connection.accessTokenExpiresAt) - world.now()).toBeGreaterThan(59 * DAY * 1000)
  expect(asked(world, 'token')).toBe(2)
})

it('takes the newest of several', async () => {
  await connected(world)
  world.advance(60)
  const { id } = await connected(world, { member: 'tomas' })
  expect((await reuse()).body.connection.id).toBe(id)
})

it('starts a flow where the connection is dead, and passes a dead one over for a live one', async () => {
  const tomas = await connected(world, { member: 'tomas' })
  world.advance(60)
  const mara = await connected(world)
  steer(world, { linkedin: { revokeGrant: { member: 'mara' } } })
  await world.api('POST', `/connections/${mara.id}/refresh`)
  expect((await reuse()).body.connection.id).toBe(tomas.id)
  await world.api('DELETE', `/connections/${tomas.id}`)
  expect((await reuse()).status).toBe(201)
})

it('finds out that a connection is over while it looks, and starts a flow', async () => {
  const { id } = await connected(world)
  steer(world, { linkedin: { revokeGrant: { member: 'mara' } } })
  world.advance(61 * DAY)
  expect((await reuse()).status).toBe(201)
  expect((await look(world, id)).state).toBe('reauthorize')
})

it('counts a connection as live while its token works, though the platform does not answer', async () => {
  const { id } = await connected(world)
  world.advance(54 * DAY)
  steer(world, { outage: true })
  expect((await reuse()).body.connection).toMatchObject({ id, state: 'failing' })
  expect((await token(world, id)).status).toBe(200)
})

it('is an answer for the asked registration alone', async () => {
  await connected(world, {}, { registration: 'linkedin-community' })
  expect((await reuse()).status).toBe(201)
})
