/** Who has a candidate already, and where else it is: told to whoever may know, and to nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secondPerson } from '../../test/attacks/support.ts'
import { createWorld, type Json, KEY, type TestBrowser, type World } from '../../test/world.ts'
import { keyWith } from './testing.ts'

const NORTHWIND = 'Northwind Studio'

describe('a candidate that is connected already', () => {
  let world: World
  let owner: TestBrowser
  let other: Awaited<ReturnType<typeof secondPerson>>
  /** The owner's alone: nobody else is a member. */
  let hidden: string
  let waiting: string
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    owner = world.browser()
    await owner.signIn()
    other = await secondPerson(world, 'Bela')
    const { connectionId } = await owner.connectAll()
    const accounts = (await world.api('GET', `/connections/${connectionId}`)).body.accounts
    expect(accounts.map((one: Json) => one.label)).toContain(NORTHWIND)
    // Tomas has a role on the same page, and on one more: with a single free account there is no choice.
    const role = { member: 'tomas', organization: 'kestrel-coffee', role: 'ADMINISTRATOR' } as const
    world.sandbox.control.apply({ linkedin: { role } })
    waiting = (await other.connect({ provider: 'linkedin' }, { member: 'tomas' })).flow.id
    hidden = (await owner.send('POST', '/workspaces', { name: 'Hidden Harbour' })).body.id
    await connectIn(hidden, 'tomas')
  })
  afterAll(() => world.close())

  const at = (id: string) => ({ 'mooring-workspace': id })
  async function connectIn(workspace: string, member: 'mara' | 'tomas') {
    const started = (await owner.send('POST', '/flows', { provider: 'linkedin' }, at(workspace))).body
    await owner.open(await owner.consent(started.authorizeUrl, { member }))
    const flow = (await owner.send('GET', `/flows/${started.id}`, undefined, at(workspace))).body
    const accounts = flow.candidates.filter((one: Json) => one.selectable).map((one: Json) => one.id)
    if (accounts.length > 0 && flow.state === 'checkpoint')
      await owner.send('POST', `/flows/${started.id}/accounts`, { accounts }, at(workspace))
    return flow
  }
  const northwind = (body: Json): Json => (body.candidates ?? body.data).find((one: Json) => one.label === NORTHWIND)

  it('says since when, by whom and as whom, and cannot be chosen', async () => {
    const { body } = await other.send('GET', `/flows/${waiting}`)
    const found = northwind(body)
    expect(found).toMatchObject({ selectable: false, connected: true, elsewhere: [] })
    expect(found.reason).toMatch(/^Already connected on \d{1,2} \w{3} \d{4} by Owner, as Mara Lindqvist\.$/)
    const [mine] = (await world.api('GET', '/connections')).body.data
    expect(found.connection).toEqual({
      id: mine.id,
      label: 'Mara Lindqvist',
      connectedBy: 'Owner',
      addedAt: expect.stringMatching(/^\d{4}-/),
    })
    const refused = await other.send('POST', `/flows/${waiting}/accounts`, { accounts: [found.id] })
    expect([refused.status, refused.body.code]).toEqual([422, 'accounts_refused'])
  })

  it('says the same when a connection is asked what it can act as', async () => {
    const [mine] = (await world.api('GET', '/connections')).body.data
    const { body } = await owner.send('GET', `/connections/${mine.id}/available-accounts`)
    expect(northwind(body)).toMatchObject({ connection: { id: mine.id }, connected: true })
  })

  it('names another workspace to who belongs to it, and lets it be chosen all the same', async () => {
    const elsewhere = [{ workspaceId: hidden, workspace: 'Hidden Harbour', connectedBy: 'Owner' }]
    expect(northwind((await owner.send('GET', `/flows/${waiting}`)).body).elsewhere).toEqual(elsewhere)
    const { body: third } = await owner.send('POST', '/workspaces', { name: 'Third' })
    const flow = await connectIn(third.id, 'tomas')
    const found = northwind(flow)
    expect(found).toMatchObject({ selectable: true, connected: false, connection: null, reason: null })
    expect(found.elsewhere.map((one: Json) => one.workspace).sort()).toEqual(['Hidden Harbour', 'My workspace'])
  })

  it('names none to anybody else: not to a member of this workspace, not to a key of it or of the server', async () => {
    const instance = { authorization: `Bearer ${KEY}` }
    const own = { authorization: `Bearer ${await keyWith(world, 'connections:read')}` }
    const answers = [
      await other.send('GET', `/flows/${waiting}`),
      await world.api('GET', `/flows/${waiting}`, undefined, instance),
      await world.api('GET', `/flows/${waiting}`, undefined, own),
    ]
    for (const { status, body } of answers) {
      expect(status).toBe(200)
      expect(northwind(body)).toMatchObject({ connected: true, elsewhere: [] })
      expect(JSON.stringify(body)).not.toMatch(/Hidden Harbour|Third/)
      expect(JSON.stringify(body)).not.toContain(hidden)
    }
  })

  it('forgets a workspace as soon as the person has left it', async () => {
    const session = (await owner.send('GET', '/session')).body
    await world.database.query('delete from mooring.members where workspace_id = $1 and person_id = $2', [
      hidden,
      session.person.id,
    ])
    expect(JSON.stringify((await owner.send('GET', `/flows/${waiting}`)).body)).not.toContain('Hidden Harbour')
  })

  it('tells whom a host sent to connect that it is taken, and not whose doing that is', async () => {
    const made = await world.api('POST', '/connect-sessions', {
      endUser: { id: 'ada', name: 'Ada' },
      returnTo: '/settings',
      completeAt: '/complete',
    })
    const session = { authorization: `Bearer ${made.body.token}` }
    const started = await world.api('POST', '/flows', { provider: 'linkedin' }, session)
    expect(started.status, JSON.stringify(started.body)).toBe(201)
    // At its checkpoint as after a consent: what a completion does is tried in connect-sessions.test.ts.
    await world.database.query(
      `update mooring.flows set state = 'checkpoint', candidates = other.candidates, connection_id = other.connection_id
       from mooring.flows other where other.id = $2 and flows.id = $1`,
      [started.body.id, waiting],
    )
    const { status, body } = await world.api('GET', `/flows/${started.body.id}`, undefined, session)
    expect(status).toBe(200)
    const found = northwind(body)
    expect(found).toMatchObject({ connected: true, selectable: false, connection: null, elsewhere: [] })
    expect(found.reason).toMatch(/^Already connected on [\w ]+\.$/)
    expect(found.picture ?? '').not.toContain('licdn')
    expect(JSON.stringify(body.candidates)).not.toMatch(/Owner|Mara/)
  })

  it('is told as before when who connected it is not known', async () => {
    await world.database.query('update mooring.connections set connected_by = null')
    const { body } = await other.send('GET', `/flows/${waiting}`)
    expect(northwind(body).reason).toMatch(/^Already connected on [\w ]+, as Mara Lindqvist\.$/)
  })
})
