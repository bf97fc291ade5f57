/** Ids of another workspace answer exactly as ids that nobody has: nothing tells that they exist. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'
import { ROLES } from '../access/permissions.ts'
import { everythingOf, type Seeded, seedWorkspace } from '../store/testing.ts'
import {
  bearer,
  documentOf,
  expectProblem,
  goodBody,
  type Operation,
  operationsOf,
  pathWith,
  sameOrigin,
  send,
  UNKNOWN,
} from './testing.ts'

describe('ids of another workspace', () => {
  let world: World
  let operations: Operation[]
  let other: Seeded
  let before: string
  let cookie: string
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    operations = operationsOf(await documentOf(world))
    other = await seedWorkspace(world.mooring.engine.store, 'Another')
    before = await everythingOf(world.database, other.workspace)
    const browser = world.browser()
    await browser.signIn()
    cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  })
  afterAll(() => world.close())

  /** Undefined: of the instance, and of no workspace. */
  const idOf = (operation: Operation): string | undefined => {
    const group = operation.path.split('/')[3] ?? ''
    const owned = { connections: other.connection, proxy: other.connection, flows: other.flow }
    const apps = { registrations: other.app, accounts: other.account, webhooks: other.webhook }
    const sent = {
      'connect-links': other.link,
      posts: other.posts.post,
      deliveries: other.posts.delivery,
      media: other.posts.file,
    }
    const people = { members: other.member, invitations: other.invited }
    // A person's own are found by who asks, and tried in sign-in.test.ts.
    // A step has the same id in every workspace.
    // A picture's address is signed, and no id: tried in pictures.test.ts.
    const none = {
      onboarding: undefined,
      pictures: undefined,
      'api-keys': undefined,
      providers: undefined,
      me: undefined,
    }
    const known: Record<string, string | undefined> = { ...owned, ...apps, ...sent, ...people, ...none }
    expect(Object.keys(known), `${operation.name} is of a new group: say here whose its ids are`).toContain(group)
    return known[group]
  }

  const asKey = { ...bearer(), 'content-type': 'application/json' }
  const asPerson = () => ({ ...sameOrigin, cookie, 'content-type': 'application/json' })
  const stripped = (text: string) => text.replace(/"requestId":"[^"]+"/, '')

  it('are 404 on every route with an id, in the very words of an id that nobody has', async () => {
    const withId = operations.filter((one) => /\{\w+\}/.test(one.path) && idOf(one) !== undefined)
    expect(withId.length).toBeGreaterThan(10)
    for (const one of withId) {
      for (const headers of [asKey, asPerson()]) {
        const body = one.body && JSON.stringify(goodBody(one))
        const foreign = await send(world, one.method, pathWith(one, idOf(one) ?? ''), headers, body)
        const random = await send(world, one.method, pathWith(one, UNKNOWN), headers, body)
        const keysAlone = /\/(token|complete)$/.test(one.path) || one.path.includes('/proxy/')
        if (keysAlone && headers !== asKey) expectProblem(foreign, 403, 'forbidden')
        else expectProblem(foreign, 404, 'not_found')
        expect(stripped(foreign.text), one.name).toBe(stripped(random.text))
        expect([...foreign.headers.keys()], one.name).toEqual([...random.headers.keys()])
      }
    }
    expect(await everythingOf(world.database, other.workspace)).toBe(before)
  })

  it.each(ROLES)('tell a member who is %s no more: the same words as for an id that nobody has', async (role) => {
    const email = `${role}@example.com`
    const { body: invited } = await world.api('POST', '/invitations', { email, role })
    const browser = world.browser()
    const joined = await browser.send('POST', '/session/invitation/accept', {
      token: new URL(invited.link).hash.slice(1),
      name: role,
      password: 'brisk otter lantern 44',
    })
    expect(joined).toMatchObject({ status: 200, body: { workspace: { role }, person: { operator: false } } })
    const mine = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...sameOrigin, cookie: mine, 'content-type': 'application/json' }
    const statuses = new Map<number, number>()
    for (const one of operations.filter((each) => /\{\w+\}/.test(each.path) && idOf(each) !== undefined)) {
      const body = one.body && JSON.stringify(goodBody(one))
      const foreign = await send(world, one.method, pathWith(one, idOf(one) ?? ''), headers, body)
      const random = await send(world, one.method, pathWith(one, UNKNOWN), headers, body)
      expect([403, 404], `${one.name} ${foreign.text}`).toContain(foreign.status)
      expect(stripped(foreign.text), one.name).toBe(stripped(random.text))
      expect([...foreign.headers.keys()], one.name).toEqual([...random.headers.keys()])
      statuses.set(foreign.status, (statuses.get(foreign.status) ?? 0) + 1)
    }
    // Who may more is refused less: the 404 of an owner is no 403 in disguise.
    const most = { owner: 12, admin: 12, publisher: 4, viewer: 4 }[role]
    expect(statuses.get(404) ?? 0, JSON.stringify([...statuses])).toBeGreaterThanOrEqual(most)
    const elsewhere = await send(world, 'GET', '/api/v1/connections', {
      ...headers,
      'mooring-workspace': other.workspace,
    })
    expectProblem(elsewhere, 404, 'not_found')
    expect(await everythingOf(world.database, other.workspace)).toBe(before)
  })

  it('are 404 to reconnect, and find nothing in a filter', async () => {
    for (const reconnect of [other.connection, UNKNOWN]) {
      const answer = await world.api('POST', '/flows', { reconnect })
      expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
        404,
        'not_found',
        'There is no such connection.',
      ])
    }
    for (const path of [`/accounts?connection=${other.connection}`, '/accounts', '/connections']) {
      expect((await world.api('GET', path)).body).toEqual({ data: [], nextCursor: null })
    }
    expect(await everythingOf(world.database, other.workspace)).toBe(before)
  })

  it('of flows, opened as a start link or a callback, are nothing that we made', async () => {
    const ticket = Buffer.concat([Buffer.from(other.workspace.replaceAll('-', ''), 'hex'), Buffer.alloc(32)]).toString(
      'base64url',
    )
    expect((await send(world, 'GET', `/start/${ticket}`)).status).toBe(410)
    expect((await send(world, 'POST', `/start/${ticket}`, sameOrigin)).status).toBe(410)
    expect((await send(world, 'GET', `/callback/linkedin?code=x&state=${ticket}`)).status).toBe(400)
    expect(await everythingOf(world.database, other.workspace)).toBe(before)
  })

  it("serve a key of that workspace, which in turn finds nothing of the first one's", async () => {
    const flow = await world.browser().connectAll()
    const key = `mk_live_${'k'.repeat(24)}`

    await world.database.query('update mooring.api_keys set key_hash = $1 where id = $2', [
      createHash('sha256').update(key).digest(),
      other.key,
    ])
    const own = await send(world, 'GET', `/api/v1/connections/${other.connection}`, bearer(key))
    expect([own.status, own.body.id]).toEqual([200, other.connection])
    expect((await send(world, 'GET', '/api/v1/connections', bearer(key))).body.data).toHaveLength(1)
    expectProblem(await send(world, 'GET', `/api/v1/connections/${flow.connectionId}`, bearer(key)), 404, 'not_found')
    expectProblem(await send(world, 'GET', `/api/v1/flows/${flow.id}`, bearer(key)), 404, 'not_found')
  })
})
