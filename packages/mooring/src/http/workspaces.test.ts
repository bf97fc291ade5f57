/** Workspaces as a whole: made, named, taken along without a secret, and erased with a proof. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clean, connected, token } from '../../test/linkedin.ts'
import { createWorld, type Json, PNG, type TestBrowser, type World } from '../../test/world.ts'
import { hasWorkspace, tablesOf } from '../store/testing.ts'
import { BY_A_WORKSPACE, OF_A_WORKSPACE } from '../store/workspaces.ts'
import { bearer, expectProblem, keyWith, sameOrigin, send } from './testing.ts'

describe('workspaces', () => {
  let world: World
  let owner: TestBrowser
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    await clean(world)
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(() => world.close())

  const make = async (name: string, externalId?: string) =>
    (await owner.send('POST', '/workspaces', { name, ...(externalId ? { externalId } : {}) })).body
  /** The owner's browser, acting in another workspace. */
  const within = (workspace: string) => (method: string, path: string, body?: unknown) =>
    owner.send(method, path, body, { 'mooring-workspace': workspace })

  async function uploadTo(workspace: string): Promise<void> {
    const cookie = [...owner.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, ...sameOrigin, 'mooring-workspace': workspace }
    expect((await send(world, 'POST', '/api/v1/media', headers, new Uint8Array(PNG))).status).toBe(201)
  }

  /** A connection in this workspace, made in the browser as a person does. */
  async function connectIn(workspace: string): Promise<string> {
    const act = within(workspace)
    const started = await act('POST', '/flows', { provider: 'linkedin' })
    expect(started.status).toBe(201)
    await owner.open(await owner.consent(started.body.authorizeUrl, { member: 'ines' }))
    const flow = (await act('GET', `/flows/${started.body.id}`)).body
    expect(flow.state).toBe('connected')
    return flow.connectionId
  }

  it('are made by whoever runs the server, who owns them, and are apart from each other', async () => {
    const made = await make('Harbour Ltd', 'customer-1')
    expect(made).toMatchObject({ name: 'Harbour Ltd', externalId: 'customer-1' })
    expect((await owner.send('GET', '/session')).body.workspaces.map((one: Json) => [one.name, one.role])).toEqual([
      ['My workspace', 'owner'],
      ['Harbour Ltd', 'owner'],
    ])
    const mine = await connected(world)
    const theirs = await connectIn(made.id)
    const act = within(made.id)
    expect((await act('GET', '/connections')).body.data.map((one: Json) => one.id)).toEqual([theirs])
    expect((await act('GET', `/connections/${mine.id}`)).status).toBe(404)
    expect((await owner.send('GET', `/connections/${theirs}`)).status).toBe(404)
    expect(await owner.send('POST', '/workspaces', { name: 'Again', externalId: 'customer-1' })).toMatchObject({
      status: 409,
    })
  })

  it('are listed whole for a key of the instance, page by page, and alone for one of a workspace', async () => {
    for (const name of ['a', 'b', 'c']) await make(name)
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await world.api('GET', `/workspaces?limit=2${cursor}`)
      seen.push(...body.data.map((one: Json) => one.id))
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
    } while (cursor !== '')
    const stored = await world.database.query<{ id: string }>('select id from mooring.workspaces')
    expect(seen.toSorted()).toEqual(stored.map((one) => one.id).toSorted())
    expect(new Set(seen).size).toBe(seen.length)
    const made = await world.api('POST', '/api/v1/api-keys', {
      name: 'theirs',
      scopes: ['connections:read', 'workspace:write'],
      workspaceId: seen[0],
    })
    const list = await send(world, 'GET', '/api/v1/workspaces', bearer(made.body.key))
    expect(list.body.data.map((one: Json) => one.id)).toEqual([seen[0]])
    const json = { ...bearer(made.body.key), 'content-type': 'application/json' }
    expectProblem(await send(world, 'POST', '/api/v1/workspaces', json, '{"name":"x"}'), 403, 'forbidden')
  })

  it('are renamed by an owner and by nobody less', async () => {
    const made = await make('Old name')
    expect((await within(made.id)('PATCH', '/workspace', { name: 'New name' })).body).toMatchObject({
      name: 'New name',
    })
    const key = await keyWith(world, 'connections:write', 'members:write')
    const answer = await send(
      world,
      'PATCH',
      '/api/v1/workspace',
      { ...bearer(key), 'content-type': 'application/json' },
      '{"name":"x"}',
    )
    expectProblem(answer, 403, 'forbidden')
  })

  it('are taken along line by line, with everything but secrets', async () => {
    const made = await make('To take along')
    const act = within(made.id)
    const id = await connectIn(made.id)
    const invited = await act('POST', '/invitations', { email: 'a@example.com', role: 'viewer' })
    expect(invited.status).toBe(201)
    const key = (
      await world.api('POST', '/api/v1/api-keys', { name: 'k', scopes: ['connections:read'], workspaceId: made.id })
    ).body.key
    await uploadTo(made.id)
    const target = { accountId: (await act('GET', `/connections/${id}`)).body.accounts[0].id }
    const later = { how: 'at', at: { local: '2027-12-01T09:00', zone: 'Europe/Rome' } }
    for (const when of [later, { how: 'draft' }])
      expect((await act('POST', '/posts', { content: { text: 'Kept' }, targets: [target], when })).status).toBe(201)
    const answer = await act('GET', '/workspace/export')
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    const text = String(answer.body)
    const lines: Json[] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const kinds = Map.groupBy(lines, (one) => one.kind)
    expect([...kinds.keys()].sort()).toEqual([
      'account',
      'api-key',
      'connection',
      'delivery',
      'event',
      'media',
      'member',
      'post',
      'publishing',
      'workspace',
    ])
    expect(kinds.get('connection')).toMatchObject([{ id, label: 'Ines Okafor', state: 'connected' }])
    expect(kinds.get('post')).toMatchObject([{ content: { text: 'Kept' } }, { content: { text: 'Kept' } }])
    expect(kinds.get('delivery')?.[0]).not.toHaveProperty('progress')
    expect(kinds.get('delivery')).toMatchObject([{ state: 'scheduled', content: { text: 'Kept' } }])
    const rows = await world.database.query<Record<string, string>>(
      'select access_token, refresh_token from mooring.connections where id = $1',
      [id],
    )
    const secrets = [rows[0]?.access_token, rows[0]?.refresh_token, key, new URL(invited.body.link).hash.slice(1)]
    for (const secret of secrets) {
      expect(secret?.length).toBeGreaterThan(20)
      expect(text).not.toContain(secret)
    }
    expect(text).not.toContain('v1.')
  })

  it('keep the server’s own one', async () => {
    const { name } = (await owner.send('GET', '/session')).body.workspace
    expect(await owner.send('POST', '/workspace/erase', { name })).toMatchObject({ status: 409 })
    const { id } = (await world.api('GET', '/connections')).body.data[0]
    expect((await token(world, id)).status).toBe(200)
  })

  it('are erased when their name is typed, at the platform too, and nothing of them is left', async () => {
    // Without anybody else who rests on the same grant at the platform.
    await clean(world)
    const made = await make('Gone tomorrow', 'customer-9')
    const act = within(made.id)
    const connection = await connectIn(made.id)
    await act('POST', '/invitations', { email: 'gone@example.com', role: 'viewer' })
    await uploadTo(made.id)
    const lying = () => readdir(join(world.mediaDir, made.id)).catch(() => [])
    expect(await lying()).toHaveLength(1)
    expect(await act('POST', '/workspace/erase', { name: 'something else' })).toMatchObject({ status: 409 })
    expect((await act('GET', '/connections')).body.data).toHaveLength(1)
    const answer = await act('POST', '/workspace/erase', { name: 'Gone tomorrow' })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        remaining: 0,
        erased: { connections: 1, accounts: 1, members: 1, invitations: 1, media: 1 },
        revoked: { yes: 1 },
      },
    })
    expect(await lying()).toEqual([])
    // Looked at past row-level security, in every table that there is.
    for (const table of await tablesOf(world.database)) {
      const rows = JSON.stringify(await world.database.query(`select * from mooring.${table.name}`))
      // That a workspace of this id was made and erased is what the server's own audit says, and no more.
      const id = table.name === 'audit_entries' ? [] : [made.id]
      for (const trace of [...id, connection, 'Gone tomorrow', 'gone@example.com', 'customer-9'])
        expect(rows.includes(trace), `${table.name} holds ${trace}`).toBe(false)
    }
    expect((await act('GET', '/connections')).status).toBe(404)
    expect((await owner.send('GET', '/session')).body.workspaces.map((one: Json) => one.name)).not.toContain(
      'Gone tomorrow',
    )
  })

  it('are counted in every table that names one', async () => {
    const named = (await tablesOf(world.database)).filter(hasWorkspace).map((table) => table.name)
    expect([...OF_A_WORKSPACE, ...BY_A_WORKSPACE].toSorted()).toEqual(named.toSorted())
  })
})
