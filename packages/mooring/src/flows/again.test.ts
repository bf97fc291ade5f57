/** Connecting what is connected already, and reconnecting. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, count, DAY, history, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const labels = (connection: Json) => connection.accounts.map((one: Json) => one.label).sort()

describe('connecting what is connected already', () => {
  it('updates the one connection and says so', async () => {
    const before = await connected(world)
    const old = (await token(world, before.id)).body.accessToken
    world.advance(DAY)
    const { flow, landed } = await world.browser().connect()
    expect(flow).toMatchObject({ state: 'connected', outcome: 'updated', connectionId: before.id, candidates: [] })
    expect(landed.searchParams.get('error')).toBeNull()
    expect(await count(world)).toBe(1)
    const after = await look(world, before.id)
    expect(labels(after)).toEqual(labels(before))
    expect(after.accounts.map((one: Json) => one.id).sort()).toEqual(before.accounts.map((one: Json) => one.id).sort())
    expect(Date.parse(after.connectedAt)).toBeGreaterThan(Date.parse(before.connectedAt))
    expect((await token(world, before.id)).body.accessToken).not.toBe(old)
    expect(await history(world, before.id)).toEqual(['connection.connected', 'connection.updated'])
  })

  it('offers an organization that came later, and keeps the others', async () => {
    const before = await connected(world)
    steer(world, { linkedin: { role: { member: 'mara', organization: 'kestrel-coffee', role: 'ADMINISTRATOR' } } })
    const browser = world.browser()
    const { flow } = await browser.connect()
    expect(flow).toMatchObject({ state: 'checkpoint', outcome: 'updated' })
    const open = flow.candidates.filter((one: Json) => one.selectable)
    expect(open.map((one: Json) => one.label)).toEqual(['Kestrel Coffee'])
    for (const one of flow.candidates.filter((other: Json) => !other.selectable))
      expect(one).toMatchObject({ connected: true, reason: expect.stringMatching(/^Already connected on \d/) })
    await world.api('POST', `/flows/${flow.id}/accounts`, { accounts: [open[0].id] })
    expect(labels(await look(world, before.id))).toEqual([...labels(before), 'Kestrel Coffee'].sort())
    expect(await count(world)).toBe(1)
  })

  it('is two connections for two people', async () => {
    const mara = await connected(world)
    const tomas = await connected(world, { member: 'tomas' })
    expect(tomas.id).not.toBe(mara.id)
    expect([mara.identity.label, tomas.identity.label]).toEqual(['Mara Lindqvist', 'Tomas Brandl'])
  })

  it('by two callbacks at once is one connection', async () => {
    const flows = await Promise.all([world.browser().connect(), world.browser().connect()])
    expect(new Set(flows.map(({ flow }) => flow.connectionId)).size).toBe(1)
    expect(flows.map(({ flow }) => flow.outcome).sort()).toEqual(['connected', 'updated'])
    expect(await count(world)).toBe(1)
  })
})

describe('reconnecting', () => {
  it('renews the named connection, keeps what was chosen and asks nothing', async () => {
    const before = await connected(world)
    steer(world, { linkedin: { revokeGrant: { member: 'mara' } } })
    expect((await world.api('POST', `/connections/${before.id}/refresh`)).body.code).toBe('reauthorize')
    const { flow } = await world.browser().connect({ reconnect: before.id })
    expect(flow).toMatchObject({ state: 'connected', outcome: 'reconnected', reconnects: before.id })
    const after = await look(world, before.id)
    expect(after).toMatchObject({ state: 'connected', problem: null })
    expect(labels(after)).toEqual(labels(before))
    expect((await token(world, before.id)).status).toBe(200)
  })

  it('asks nothing where the person chose less than there is', async () => {
    const browser = world.browser()
    const { flow } = await browser.connect()
    const [mara] = flow.candidates
    await world.api('POST', `/flows/${flow.id}/accounts`, { accounts: [mara.id] })
    const again = await browser.connect({ reconnect: flow.connectionId })
    expect(again.flow).toMatchObject({ state: 'connected', outcome: 'reconnected', candidates: [] })
    expect(labels(await look(world, flow.connectionId))).toEqual(['Mara Lindqvist'])
  })

  it('as somebody else is refused, changes nothing and names the person', async () => {
    const before = await connected(world)
    const live = (await token(world, before.id)).body.accessToken
    const { flow, landed } = await world.browser().connect({ reconnect: before.id }, { member: 'tomas' })
    expect(flow).toMatchObject({
      state: 'failed',
      error: {
        code: 'wrong_identity',
        message: 'That is another LinkedIn account. Sign in there as Mara Lindqvist.',
      },
    })
    expect(landed.searchParams.get('error')).toBe('wrong_identity')
    expect(await count(world)).toBe(1)
    expect((await token(world, before.id)).body.accessToken).toBe(live)
    expect(await look(world, before.id)).toMatchObject({
      identity: { label: 'Mara Lindqvist' },
      lastRefreshedAt: null,
      connectedAt: before.connectedAt,
    })
  })

  it('after a disconnect revives the same connection with its accounts and its history', async () => {
    const before = await connected(world)
    await world.api('DELETE', `/connections/${before.id}`)
    const { flow } = await world.browser().connect({ reconnect: before.id })
    expect(flow).toMatchObject({ state: 'connected', connectionId: before.id, error: null })
    const after = await look(world, before.id)
    expect(after).toMatchObject({ state: 'connected', disconnectedAt: null, createdAt: before.createdAt })
    expect(labels(after)).toEqual(labels(before))
    expect(await history(world, before.id)).toEqual([
      'connection.connected',
      'connection.disconnected',
      'connection.connected',
    ])
    expect((await token(world, before.id)).status).toBe(200)
  })

  it('is the same as connecting anew for somebody who was disconnected', async () => {
    const before = await connected(world, { member: 'ines' })
    await world.api('DELETE', `/connections/${before.id}`)
    const after = await connected(world, { member: 'ines' })
    expect(after).toMatchObject({ id: before.id, state: 'connected' })
    expect(await count(world)).toBe(1)
  })

  it('by connecting anew, asks for the accounts anew', async () => {
    const before = await connected(world)
    await world.api('DELETE', `/connections/${before.id}`)
    // What cannot be acted as is not offered, though the connection still shows what it was.
    expect((await world.api('GET', '/accounts')).body.data).toEqual([])
    expect(labels(await look(world, before.id))).toEqual(labels(before))
    const { flow } = await world.browser().connect()
    expect(flow).toMatchObject({ state: 'checkpoint', outcome: 'connected', connectionId: before.id })
    expect(flow.candidates.every((one: { selectable: boolean }) => one.selectable)).toBe(true)
    expect(labels(await look(world, before.id))).toEqual([])
    expect((await world.api('GET', '/accounts')).body.data).toEqual([])
  })

  it('needs no name of the provider, and an id that exists', async () => {
    const browser = world.browser()
    const unknown = await browser.start({ reconnect: '00000000-0000-4000-8000-000000000000' })
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(asked(world, 'authorization')).toBe(0)
  })
})
