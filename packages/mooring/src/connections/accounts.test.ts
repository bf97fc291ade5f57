/** What a connection acts as, seen and changed after the flow; and what happened to it, page by page. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, connected, look, steer } from '../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const available = async (id: string) => (await world.api('GET', `/connections/${id}/available-accounts`)).body.data
const set = (id: string, accounts: string[]) => world.api('PUT', `/connections/${id}/accounts`, { accounts })
const labels = (connection: Json) => connection.accounts.map((one: Json) => one.label).sort()
const role = (parts: Record<string, unknown>) =>
  steer(world, { linkedin: { role: { member: 'mara', organization: 'acme-bakery', ...parts } } })

describe('available accounts', () => {
  it('are asked of the platform now', async () => {
    const { id } = await connected(world)
    expect((await available(id)).map((one: Json) => [one.label, one.connected])).toEqual([
      ['Mara Lindqvist', true],
      ['Acme Bakery', true],
      ['Northwind Studio', true],
    ])
    steer(world, { linkedin: { role: { member: 'mara', organization: 'kestrel-coffee', role: 'CURATOR' } } })
    expect((await available(id)).at(-1)).toMatchObject({
      label: 'Kestrel Coffee',
      note: 'Curator',
      selectable: false,
      reason: 'Curators cannot post. Ask for the role Content admin.',
    })
  })

  it('say why they cannot be had', async () => {
    const { id } = await connected(world)
    steer(world, { fault: { endpoint: 'linkedin.organizationAcls', kind: 'throttle' } })
    expect(await world.api('GET', `/connections/${id}/available-accounts`)).toMatchObject({
      status: 503,
      body: { code: 'provider_rate_limited', detail: 'LinkedIn asked us to slow down.' },
    })
    await world.api('DELETE', `/connections/${id}`)
    expect((await world.api('GET', `/connections/${id}/available-accounts`)).body.code).toBe('disconnected')
  })
})

describe('setting the accounts', () => {
  it('is exact: adds, removes, keeps the ids of what stays', async () => {
    const before = await connected(world)
    const acme = before.accounts.find((one: Json) => one.label === 'Acme Bakery')
    steer(world, { linkedin: { role: { member: 'mara', organization: 'kestrel-coffee', role: 'ADMINISTRATOR' } } })
    const kestrel = (await available(before.id)).find((one: Json) => one.label === 'Kestrel Coffee')
    const { status, body } = await set(before.id, [acme.subject, kestrel.id])
    expect(status).toBe(200)
    expect(labels(body)).toEqual(['Acme Bakery', 'Kestrel Coffee'])
    expect(body.accounts.find((one: Json) => one.label === 'Acme Bakery')).toEqual(acme)
    expect((await world.api('GET', `/accounts?connection=${before.id}`)).body.data).toHaveLength(2)
  })

  it('may leave none', async () => {
    const { id } = await connected(world)
    expect((await set(id, [])).body.accounts).toEqual([])
  })

  it('refuses what is unknown or cannot be used, and changes nothing', async () => {
    const { id, accounts } = await connected(world, { member: 'tomas' })
    const own = accounts.map((one: Json) => one.subject)
    const analyst = (await available(id)).find((one: Json) => one.label === 'Kestrel Coffee')
    for (const bad of ['urn:li:organization:1', analyst.id]) {
      expect(await set(id, [...own, bad])).toMatchObject({ status: 422, body: { code: 'accounts_refused' } })
    }
    expect((await look(world, id)).accounts).toEqual(accounts)
  })

  it('lets what it has stay, though the role is gone or not listed any more', async () => {
    const { id, accounts } = await connected(world)
    const own = accounts.map((one: Json) => one.subject)
    role({ role: 'ANALYST' })
    expect(labels((await set(id, own)).body)).toEqual(['Acme Bakery', 'Mara Lindqvist', 'Northwind Studio'])
    role({ remove: true })
    expect(labels((await set(id, own)).body)).toEqual(['Acme Bakery', 'Mara Lindqvist', 'Northwind Studio'])
    const rest = accounts.filter((one: Json) => one.label !== 'Acme Bakery').map((one: Json) => one.subject)
    expect(labels((await set(id, rest)).body)).toEqual(['Mara Lindqvist', 'Northwind Studio'])
    expect((await set(id, own)).body.code).toBe('accounts_refused')
  })

  it('refuses what another connection has', async () => {
    const mara = await connected(world)
    const tomas = await connected(world, { member: 'tomas' })
    const northwind = mara.accounts.find((one: Json) => one.label === 'Northwind Studio').subject
    expect(await set(tomas.id, [northwind])).toMatchObject({
      status: 422,
      body: { detail: expect.stringMatching(/^Already connected on /) },
    })
    await world.api('DELETE', `/connections/${mara.id}`)
    expect((await set(tomas.id, [northwind])).status).toBe(200)
  })
})

describe('the history of a connection', () => {
  it('is newest first, paged, with who did it', async () => {
    const browser = world.browser()
    await browser.signIn()
    const flow = await browser.connectAll()
    for (let times = 0; times < 3; times += 1) {
      world.advance(60)
      await world.api('POST', `/connections/${flow.connectionId}/refresh`)
    }
    const path = `/connections/${flow.connectionId}/events?limit=3`
    const first = (await world.api('GET', path)).body
    const second = (await world.api('GET', `${path}&cursor=${first.nextCursor}`)).body
    const events = [...first.data, ...second.data]
    expect(second.nextCursor).toBeNull()
    expect(events.map((one: Json) => [one.type, one.actor, one.message])).toEqual([
      ...Array.from({ length: 3 }, () => ['connection.refreshed', 'Mooring', 'Renewed with LinkedIn.']),
      ['connection.connected', 'Owner', 'Connected LinkedIn as Mara Lindqvist.'],
    ])
    const times = events.map((one: Json) => Date.parse(one.at))
    expect(times).toEqual(times.toSorted((a: number, b: number) => b - a))
  })
})
