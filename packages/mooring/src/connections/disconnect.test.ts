/** Ending a connection: erased here, told to the platform, its history kept. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, history, impatient, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const end = (id: string) => world.api('DELETE', `/connections/${id}`)
const atPlatform = () => {
  const { accessTokens, refreshTokens } = world.sandbox.control.state().linkedin
  return [...accessTokens, ...refreshTokens].map((one) => one.status)
}

describe('disconnecting', () => {
  it('erases every token here and ends both at the platform', async () => {
    const { id } = await connected(world)
    const answer = await end(id)
    expect(answer).toMatchObject({
      status: 200,
      body: { revoked: 'yes', connection: { id, state: 'disconnected', disconnectedAt: expect.any(String) } },
    })
    expect(atPlatform()).toEqual(['revoked', 'revoked'])
    const [row] = await world.database.query<Json>('select * from mooring.connections')
    expect(row).toMatchObject({
      state: 'disconnected',
      access_token: null,
      refresh_token: null,
      access_expires_at: null,
      refresh_expires_at: null,
    })
    expect(JSON.stringify(row)).not.toMatch(/v1\.[A-Za-z0-9_-]{8}\./)
  })

  it('tells the platform nothing where another system goes on with the grant', async () => {
    const { id } = await connected(world)
    const answer = await world.api('DELETE', `/connections/${id}?keepGrant=true`)
    expect(answer).toMatchObject({ status: 200, body: { revoked: 'kept', connection: { state: 'disconnected' } } })
    expect(atPlatform()).not.toContain('revoked')
    const [row] = await world.database.query<Json>('select access_token, refresh_token from mooring.connections')
    expect(row).toEqual({ access_token: null, refresh_token: null })
    expect((await world.api('DELETE', `/connections/${id}?keepGrant=perhaps`)).status).toBe(400)
  })

  it('gives no token any more and keeps the history', async () => {
    const { id } = await connected(world)
    await end(id)
    expect(await token(world, id)).toMatchObject({ status: 409, body: { code: 'disconnected' } })
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.disconnected'])
    expect(await look(world, id)).toMatchObject({
      identity: { label: 'Mara Lindqvist' },
      renewable: false,
      health: { level: 'ok', reason: 'disconnected', message: 'Disconnected. Its history is kept.' },
    })
  })

  it.each([
    ['refuses', { kind: 'answer', status: 400 }],
    ['is out', { kind: 'gateway' }],
    ['drops the line', { kind: 'reset' }],
    ['never answers', { kind: 'hang' }],
  ] as const)('comes through though the platform %s, and says that it was not told', async (_what, fault) => {
    const { id } = await connected(world)
    steer(world, { fault: { endpoint: 'linkedin.revoke', times: 'always', ...fault } })
    const patient = impatient(world)
    const { body } = await end(id).finally(patient)
    expect(body).toMatchObject({ revoked: 'no', connection: { state: 'disconnected' } })
    const rows = await world.database.query('select access_token, refresh_token from mooring.connections')
    expect(rows).toEqual([{ access_token: null, refresh_token: null }])
  })

  it('twice is the same as once', async () => {
    const { id } = await connected(world)
    await end(id)
    expect(await end(id)).toMatchObject({ status: 200, body: { revoked: 'no' } })
    expect(asked(world, 'revoke')).toBe(2)
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.disconnected'])
  })

  it('twice at once writes it down once', async () => {
    const { id } = await connected(world)
    const answers = await Promise.all([end(id), end(id), end(id)])
    expect(answers.map((one) => one.body.revoked).sort()).toEqual(['no', 'no', 'yes'])
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.disconnected'])
  })

  it('leaves the grant alive where a connection of another workspace rests on it', async () => {
    const { id } = await connected(world)
    const other = '11111111-1111-4111-8111-111111111111'
    await world.database.query(
      "insert into mooring.workspaces (id, name) values ($1, 'Other') on conflict do nothing",
      [other],
    )
    await world.database.query(
      'insert into mooring.grant_holders (grant_hash, workspace_id, connection_id) select grant_hash, $1, gen_random_uuid() from mooring.grant_holders',
      [other],
    )
    expect((await end(id)).body.revoked).toBe('shared')
    expect(asked(world, 'revoke')).toBe(0)
    expect(atPlatform()).toEqual(['active', 'active'])
  })

  it('is done by whoever may write, and its name is kept', async () => {
    const { id } = await connected(world)
    await end(id)
    const { body } = await world.api('GET', `/connections/${id}/events`)
    expect(body.data[0]).toMatchObject({
      type: 'connection.disconnected',
      actor: 'API key',
      message: 'Disconnected.',
      connectionId: id,
    })
  })
})
