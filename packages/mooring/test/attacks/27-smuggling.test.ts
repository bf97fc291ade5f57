import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type TestBrowser, type World } from '../world.ts'
import { rows, secondPerson } from './support.ts'

/** Names of columns, of trusted state and of JavaScript itself, as a body or a query could bring them. */
const EXTRA = {
  id: '00000000-0000-4000-8000-000000000000',
  workspace_id: '00000000-0000-4000-8000-000000000001',
  workspaceId: '00000000-0000-4000-8000-000000000001',
  workspace: 'CANARY',
  starter: 'person:CANARY',
  starter_name: 'CANARY',
  starterName: 'CANARY',
  byKey: true,
  principal: { kind: 'key', id: 'CANARY', scopes: ['tokens:read'] },
  person: 'CANARY',
  role: 'owner',
  kind: 'credentials',
  state: 'connected',
  outcome: 'connected',
  connection_id: '00000000-0000-4000-8000-000000000002',
  connectionId: '00000000-0000-4000-8000-000000000002',
  candidates: [{ subject: 'CANARY', kind: 'person', label: 'CANARY' }],
  requested_scopes: ['CANARY'],
  granted_scopes: ['CANARY'],
  scopes: ['CANARY'],
  return_to: 'https://CANARY.example',
  return_origins: ['https://CANARY.example'],
  expires_at: '2099-01-01T00:00:00Z',
  expiresAt: '2099-01-01T00:00:00Z',
  started_at: '2000-01-01T00:00:00Z',
  startsPerHour: 9999,
  state_hash: 'CANARY',
  binding: 'CANARY',
  ticket: 'CANARY',
  ticket_hash: 'CANARY',
  verifier: 'CANARY',
  subject: 'CANARY',
  access_token: 'CANARY',
  error_code: 'CANARY',
  token_version: 999,
}
/** As text: an object literal would set the prototype and not the member. */
const PROTOTYPE =
  '"__proto__":{"returnTo":"https://CANARY.example","byKey":true,"isAdmin":true},"constructor":{"prototype":{"byKey":true,"CANARY":1}},"prototype":{"CANARY":1},"toString":"CANARY","hasOwnProperty":"CANARY"'
const smuggle = (body: Record<string, unknown>) => `${JSON.stringify({ ...EXTRA, ...body }).slice(0, -1)},${PROTOTYPE}}`

describe('#27 prototype and parameter smuggling', () => {
  let world: World
  let owner: TestBrowser
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(() => world.close())
  const flowRow = async (id: string) =>
    (await world.database.query<Record<string, unknown>>('select * from mooring.flows where id = $1', [id]))[0]
  const polluted = () =>
    Object.keys(Object.prototype).concat(
      Object.keys({}),
      'CANARY' in {} ? ['CANARY'] : [],
      'byKey' in {} ? ['byKey'] : [],
    )

  it('stores of a start the fixed record alone', async () => {
    const clean = await owner.start({ provider: 'linkedin', clientState: 'mine' })
    const smuggled = await owner.send('POST', '/flows', smuggle({ provider: 'linkedin', clientState: 'mine' }))
    expect(smuggled.status).toBe(201)
    const [a, b] = [await flowRow(clean.body.id), await flowRow(smuggled.body.id)]
    const own = new Set(['id', 'state_hash', 'started_at', 'expires_at'])
    for (const [column, value] of Object.entries(a ?? {}))
      if (!own.has(column)) expect(b?.[column], column).toEqual(value)
    expect(smuggled.body.startUrl).toBeUndefined()
    expect(Date.parse(smuggled.body.expiresAt) - Date.parse(smuggled.body.startedAt)).toBe(600_000)
    expect(JSON.stringify([b, smuggled.body])).not.toContain('CANARY')
    expect(polluted()).toEqual([])
  })

  it('gives the client state back as it came, and reads nothing out of it', async () => {
    const clientState = '{"__proto__":{"a":1},"returnTo":"https://evil.example"}&state=x#\u0007<script>'
    const { landed, flow } = await owner.connect({ provider: 'linkedin', returnTo: '/settings', clientState })
    expect(flow.clientState).toBe(clientState)
    expect(landed.pathname).toBe('/settings')
    expect(landed.href).not.toContain('evil')
  })

  it('refuses what is not of its shape, and stores nothing', async () => {
    const stored = await rows(world, 'flows', 'flow_states')
    const bad: unknown[] = [
      { provider: ['linkedin'] },
      { provider: { $ne: null } },
      { provider: 'linkedin', returnTo: ['/'] },
      { provider: 'linkedin', returnTo: { toString: '/' } },
      { provider: 'linkedin', reconnect: ['x'] },
      { provider: 'linkedin', reconnect: "' or 1=1 --" },
      { provider: 'linkedin', reuse: 'true' },
      { provider: 'linkedin', reuse: 1 },
      { provider: 'linkedin', clientState: 5 },
      { provider: 'linkedin', clientState: 'x'.repeat(501) },
      { provider: 'linkedin', endUser: '' },
      { provider: 'linkedin', returnTo: `/${'x'.repeat(2001)}` },
      { provider: null },
      [],
      ['linkedin'],
      'linkedin',
      null,
      7,
    ]
    for (const body of bad) {
      const answer = await owner.send('POST', '/flows', JSON.stringify(body), { 'content-type': 'application/json' })
      expect(answer.status, JSON.stringify(body)).toBe(400)
      expect(['invalid_request', 'invalid_json']).toContain(answer.body.code)
    }
    expect(await rows(world, 'flows', 'flow_states')).toBe(stored)
  })

  it('chooses accounts by the ids that the platform listed, and by nothing beside them', async () => {
    const { flow } = await owner.connect({ provider: 'linkedin' }, { member: 'mara' })
    const path = `/flows/${flow.id}/accounts`
    const one = flow.candidates.find((candidate: { selectable: boolean }) => candidate.selectable).id
    const stored = await rows(world, 'accounts')
    const bad: unknown[] = [
      [],
      ['CANARY'],
      [one, 'CANARY'],
      ['__proto__'],
      ['constructor'],
      [''],
      [`${one} `],
      [one.toUpperCase()],
    ]
    for (const accounts of bad)
      expect((await owner.send('POST', path, { accounts })).status, JSON.stringify(accounts)).toBe(422)
    const shapes: unknown[] = [{ length: 1, 0: one }, one, null, [[one]], [{ id: one }], [5]]
    for (const accounts of shapes)
      expect((await owner.send('POST', path, { accounts })).status, JSON.stringify(accounts)).toBe(400)
    expect(await rows(world, 'accounts')).toBe(stored)
    const chosen = await owner.send('POST', path, smuggle({ accounts: [one, one] }))
    expect(chosen.status).toBe(200)
    const added = await world.database.query<Record<string, unknown>>('select * from mooring.accounts')
    expect(added).toHaveLength(1)
    expect(added[0]).toMatchObject({ subject: one, connection_id: flow.connectionId, workspace_id: world.workspace })
    expect(JSON.stringify([chosen.body, await flowRow(flow.id)])).not.toContain('CANARY')
    expect(polluted()).toEqual([])
  })

  it('sets the accounts of a connection by the same rule', async () => {
    const [row] = await world.database.query<{ id: string; connection_id: string }>(
      'select id, connection_id from mooring.accounts',
    )
    const path = `/connections/${row?.connection_id}/accounts`
    for (const accounts of [['CANARY'], ['__proto__']])
      expect((await owner.send('PUT', path, { accounts })).status).toBe(422)
    const listed = (await owner.send('GET', `/connections/${row?.connection_id}/available-accounts`)).body.data
    const answer = await owner.send(
      'PUT',
      path,
      smuggle({ accounts: listed.slice(0, 2).map((one: { id: string }) => one.id) }),
    )
    expect(answer.status).toBe(200)
    expect(JSON.stringify(answer.body)).not.toContain('CANARY')
  })

  it('signs in the owner alone, whatever stands beside the token', async () => {
    const other = await secondPerson(world)
    const own = 'select expires_at from mooring.sign_in_values where person_id is not null order by expires_at'
    const sessions = (await world.database.query(own)).length
    const token = new URL(await world.mooring.signInLink()).hash.slice(1)
    const fresh = world.browser()
    const body = smuggle({
      token,
      person_id: other.person,
      personId: other.person,
      name: 'CANARY',
      expires_at: '2099-01-01',
    })
    const answer = await fresh.send('POST', '/session', body)
    expect(answer.status).toBe(200)
    expect(answer.body.person.id).toBe((await owner.send('GET', '/session')).body.person.id)
    expect(JSON.stringify(await world.database.query('select * from mooring.people'))).not.toContain('CANARY')
    const all = await world.database.query<{ expires_at: Date }>(own)
    expect(all).toHaveLength(sessions + 1)
    expect(all.at(-1)?.expires_at.getTime()).toBeLessThan(Date.now() + 31 * 86_400_000)
    for (const bad of [{ token: [token] }, { token: { $gt: '' } }, { token: null }, {}])
      expect((await fresh.send('POST', '/session', bad)).status).toBe(400)
  })

  it('gives a key the scopes that were asked for and that exist, and no more', async () => {
    const small = { name: 'small', scopes: ['connections:read'] }
    // Somebody else's workspace is none.
    expect((await owner.send('POST', '/api/v1/api-keys', smuggle(small))).status).toBe(404)
    const made = await owner.send('POST', '/api/v1/api-keys', smuggle({ ...small, workspaceId: null }))
    expect(made.status).toBe(201)
    expect(made.body.scopes).toEqual(['connections:read'])
    const [row] = await world.database.query<Record<string, unknown>>('select * from mooring.api_keys where id = $1', [
      made.body.id,
    ])
    expect(row).toMatchObject({ workspace_id: null, scopes: ['connections:read'], name: 'small', created_by: 'Owner' })
    for (const scopes of [['*'], ['admin'], [], ['connections:read', 'all'], 'tokens:read', [['tokens:read']]])
      expect(
        (await owner.send('POST', '/api/v1/api-keys', { name: 'bad', scopes })).status,
        JSON.stringify(scopes),
      ).toBe(400)
  })

  it('reads of a query what it names, once, and nothing for a start', async () => {
    const stored = await rows(world, 'flows', 'connections', 'accounts')
    const query = Object.entries(EXTRA)
      .map(([name, value]) => `${name}=${encodeURIComponent(JSON.stringify(value))}`)
      .join('&')
    for (const path of ['/connections', '/accounts', '/providers', '/session']) {
      const [plain, more] = [
        await owner.send('GET', path),
        await owner.send('GET', `${path}?${query}&__proto__[a]=1&constructor=1`),
      ]
      expect(more.body, path).toEqual(plain.body)
    }
    const started = await owner.send('POST', `/flows?provider=linkedin&${query}`, {})
    expect(started.status).toBe(400)
    for (const bad of ['limit=0', 'limit=201', 'limit=-1', 'limit=1e9', 'limit=x', 'cursor=x', 'connection=x'])
      expect((await owner.send('GET', `/accounts?${bad}`)).status, bad).toBe(400)
    expect(await rows(world, 'flows', 'connections', 'accounts')).toBe(stored)
    expect(polluted()).toEqual([])
  })
})
