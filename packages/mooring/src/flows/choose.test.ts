/** What can be chosen, what cannot and why, and who gets to choose. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, consented, look, steer } from '../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const choose = (flow: Json, accounts: string[]) => world.api('POST', `/flows/${flow.id}/accounts`, { accounts })
const named = (flow: Json, label: string) => flow.candidates.find((one: Json) => one.label === label)

describe('a single possible account', () => {
  it('is taken without asking where a member has no organization', async () => {
    const { flow, landed } = await world.browser().connect({ provider: 'linkedin' }, { member: 'ines' })
    expect(flow).toMatchObject({ state: 'connected', outcome: 'connected', checkpoint: null, candidates: [] })
    expect(landed.searchParams.get('checkpoint')).toBeNull()
    const { accounts } = await look(world, flow.connectionId)
    expect(accounts).toMatchObject([{ kind: 'person', label: 'Ines Okafor', note: 'Your own profile' }])
  })

  it('is taken without asking where all others are connected already', async () => {
    await connected(world)
    steer(world, { linkedin: { role: { member: 'ines', organization: 'acme-bakery', role: 'ADMINISTRATOR' } } })
    const ines = await connected(world, { member: 'ines' })
    expect(ines.accounts.map((one: Json) => one.label)).toEqual(['Ines Okafor'])
  })
})

describe('what cannot be chosen', () => {
  it('is dimmed with the reason, behind what can', async () => {
    const { flow } = await world.browser().connect({ provider: 'linkedin' }, { member: 'tomas' })
    expect(flow.candidates.map((one: Json) => [one.label, one.note, one.selectable, one.reason])).toEqual([
      ['Tomas Brandl', 'Your own profile', true, null],
      ['Northwind Studio', 'Super admin', true, null],
      ['Kestrel Coffee', 'Analyst', false, 'Analysts cannot post. Ask for the role Content admin.'],
    ])
  })

  it('is greyed out where another connection has it, until that one is disconnected', async () => {
    const mara = await connected(world)
    const { flow } = await world.browser().connect({ provider: 'linkedin' }, { member: 'tomas' })
    expect(flow.state).toBe('connected')
    const ask = async () =>
      (await world.api('GET', `/connections/${flow.connectionId}/available-accounts`)).body.data.find(
        (one: Json) => one.label === 'Northwind Studio',
      )
    expect(await ask()).toMatchObject({
      selectable: false,
      connected: true,
      reason: expect.stringMatching(/^Already connected on \d/),
    })
    await world.api('DELETE', `/connections/${mara.id}`)
    expect(await ask()).toMatchObject({ selectable: true, connected: false, reason: null })
  })

  it.each([
    ['nothing', () => [], 'Choose at least one account.'],
    ['something unknown', () => ['urn:li:organization:1'], 'One of these accounts cannot be chosen.'],
    [
      'something dimmed',
      (flow: Json) => [named(flow, 'Kestrel Coffee').id, named(flow, 'Tomas Brandl').id],
      'Analysts cannot post. Ask for the role Content admin.',
    ],
  ] as const)('refuses %s, takes nothing on and still waits', async (_what, pickFrom, message) => {
    const { flow } = await world.browser().connect({ provider: 'linkedin' }, { member: 'tomas' })
    const answer = await choose(flow, [...pickFrom(flow)])
    expect(answer).toMatchObject({ status: 422, body: { code: 'accounts_refused', detail: message } })
    expect((await look(world, flow.connectionId)).accounts).toEqual([])
    expect((await world.api('GET', `/flows/${flow.id}`)).body.state).toBe('checkpoint')
    expect((await choose(flow, [named(flow, 'Tomas Brandl').id])).status).toBe(200)
  })
})

describe('a member of many organizations', () => {
  it('sees them all, though pages are short and elements odd', async () => {
    const { flow } = await world.browser().connect({ provider: 'linkedin' }, { member: 'priya' })
    const organizations = flow.candidates.filter((one: Json) => one.kind === 'organization')
    // 34 roles, one of which LinkedIn could not resolve; roles that are not held any more are not shown.
    expect(organizations).toHaveLength(33)
    expect(new Set(organizations.map((one: Json) => one.id)).size).toBe(33)
    for (const one of organizations) {
      expect(one).toMatchObject({ selectable: true, handle: expect.stringMatching(/^harbour-office-\d+$/) })
      expect(one.label).toMatch(/^Harbour Office \d\d$/)
      expect(one.note).toMatch(/^(Super|Content) admin$/)
    }
    expect(asked(world, 'organizationAcls')).toBeGreaterThan(2)
    expect(asked(world, 'organizationsLookup')).toBe(1)
    const all = flow.candidates.map((one: Json) => one.id)
    expect((await choose(flow, all)).body.state).toBe('connected')
    expect((await look(world, flow.connectionId)).accounts).toHaveLength(34)
  })

  it('sees them all on the development tier, where the lookup of many is refused', async () => {
    steer(world, { linkedin: { app: { registration: 'linkedin', tier: 'development' } } })
    const { flow } = await world.browser().connect({ provider: 'linkedin' }, { member: 'priya' })
    const organizations = flow.candidates.filter((one: Json) => one.kind === 'organization')
    expect(organizations).toHaveLength(33)
    // Names are for administrators there: a page whose name cannot be read is shown by its number.
    const labels = organizations.map((one: Json) => one.label)
    expect(labels.filter((label: string) => /^Harbour Office \d\d$/.test(label)).length).toBeGreaterThan(20)
    expect(labels.filter((label: string) => /^Organization \d+$/.test(label)).length).toBeGreaterThan(5)
  })
})

describe('choosing', () => {
  it('twice at once goes through once', async () => {
    const { flow } = await world.browser().connect()
    const [mara, acme] = [named(flow, 'Mara Lindqvist').id, named(flow, 'Acme Bakery').id]
    const answers = await Promise.all([choose(flow, [mara]), choose(flow, [acme]), choose(flow, [mara])])
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409])
    expect(answers.find((one) => one.status === 409)?.body.code).toBe('conflict')
    expect((await look(world, flow.connectionId)).accounts).toHaveLength(1)
  })

  it('comes second where another choice goes through while the accounts are read', async () => {
    const { flow } = await world.browser().connect()
    const acme = named(flow, 'Acme Bakery').id
    const { accounts } = world.mooring.engine.store
    const { page } = accounts
    let first: Json
    accounts.page = async (...args) => {
      accounts.page = page
      first = await choose(flow, [acme])
      return page(...args)
    }
    const second = await choose(flow, [acme])
    expect(first).toMatchObject({ status: 200 })
    expect(second).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect((await look(world, flow.connectionId)).accounts).toHaveLength(1)
  })

  it('is refused where the connection was ended meanwhile', async () => {
    const { flow } = await world.browser().connect()
    await world.api('DELETE', `/connections/${flow.connectionId}`)
    expect(await choose(flow, [named(flow, 'Acme Bakery').id])).toMatchObject({
      status: 409,
      body: { code: 'disconnected' },
    })
    expect((await look(world, flow.connectionId)).accounts).toEqual([])
  })

  it('is refused for a flow that waits for nothing, and for one that is not there', async () => {
    const { body } = await world.browser().start({ provider: 'linkedin' })
    expect(await choose(body, ['x'])).toMatchObject({
      status: 409,
      body: { code: 'conflict', operatorDetail: 'The flow is pending.' },
    })
    expect((await choose({ id: '00000000-0000-4000-8000-000000000000' }, ['x'])).status).toBe(404)
  })

  it('can be asked anew when a role was just given', async () => {
    const { flow } = await world.browser().connect()
    expect(named(flow, 'Kestrel Coffee')).toBeUndefined()
    steer(world, { linkedin: { role: { member: 'mara', organization: 'kestrel-coffee', role: 'ADMINISTRATOR' } } })
    const { body } = await world.api('POST', `/flows/${flow.id}/candidates`)
    expect(named(body, 'Kestrel Coffee')).toMatchObject({ selectable: true })
    expect((await choose(flow, [named(body, 'Kestrel Coffee').id])).status).toBe(200)
  })
})

describe('giving a flow up', () => {
  it('ends it: the person who comes back later changes nothing', async () => {
    const browser = world.browser()
    const { id, callback } = await consented(browser)
    expect((await world.api('DELETE', `/flows/${id}`)).status).toBe(204)
    const landed = new URL((await browser.open(callback)).headers.get('location') ?? '')
    expect(landed.searchParams.get('error')).toBe('flow_finished')
    expect((await world.api('GET', `/flows/${id}`)).body).toMatchObject({
      state: 'failed',
      error: { code: 'access_denied', message: 'Given up. Nothing was changed.' },
    })
    expect(asked(world, 'token')).toBe(0)
  })

  it('leaves one that is over as it is', async () => {
    const { flow } = await world.browser().connect({ provider: 'linkedin' }, { member: 'ines' })
    expect((await world.api('DELETE', `/flows/${flow.id}`)).status).toBe(204)
    expect((await world.api('GET', `/flows/${flow.id}`)).body).toMatchObject({ state: 'connected', error: null })
  })
})
