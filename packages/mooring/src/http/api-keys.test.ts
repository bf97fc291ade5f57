/** The life of an API key: made, shown once, used, noted, revoked. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type Json, KEY, type World } from '../../test/world.ts'
import { until } from '../store/carried/testing.ts'
import { bearer, expectProblem, keyWith, sameOrigin, send, UNKNOWN } from './testing.ts'

const PATH = '/api/v1/api-keys'

describe('API keys', () => {
  let world: World
  /** A second process over the same database, with the same clock. */
  let sibling: World
  beforeAll(async () => {
    world = await createWorld()
    sibling = await createWorld({ database: world.database, vaultKeys: world.vaultKeys })
  })
  afterAll(async () => {
    await sibling.close()
    await world.close()
  })

  const list = async (): Promise<Json[]> => (await world.api('GET', PATH)).body.data
  const uses = (at: World, key: string) => send(at, 'GET', '/api/v1/connections', bearer(key))

  it('are shown once, and kept as a hash alone', async () => {
    const made = await world.api('POST', PATH, { name: '  The product  ', scopes: ['connections:read', 'tokens:read'] })
    expect(made.status).toBe(201)
    expect(made.headers.get('cache-control')).toBe('no-store')
    expect(made.body).toMatchObject({
      name: 'The product',
      scopes: ['connections:read', 'tokens:read'],
      mode: 'test',
      workspaceId: null,
      createdBy: 'API key',
      expiresAt: null,
      lastUsedAt: null,
    })
    const { key, id } = made.body
    expect(key).toMatch(/^mk_test_[0-9A-Za-z]{39}$/)
    const [listed] = (await list()).filter((one) => one.id === id)
    expect(listed).toEqual({ ...made.body, key: undefined, prefix: key.slice(0, 12) })
    expect(JSON.stringify(await list())).not.toContain(key.slice(12))
    const [row] = await world.database.query<{ key_hash: Buffer; text: string }>(
      'select key_hash, to_jsonb(k)::text as text from mooring.api_keys k where id = $1',
      [id],
    )
    expect(row?.key_hash).toEqual(createHash('sha256').update(key).digest())
    expect(row?.text).not.toContain(key.slice(12))
    expect(JSON.stringify(world.logs)).not.toContain(key)
  })

  it('are never the same twice, whatever their name', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => keyWith(world, 'connections:read')))
    expect(new Set(keys).size).toBe(20)
  })

  it('open the API in every process at once, and their last use is noted, at most once a minute', async () => {
    const key = await keyWith(world, 'connections:read')
    const id = (await list()).find((one) => one.prefix === key.slice(0, 12)).id
    const lastUse = async () => (await list()).find((one) => one.id === id)?.lastUsedAt
    expect((await uses(sibling, key)).status).toBe(200)
    await until('its use is noted', async () => (await lastUse()) !== null)
    const first = await lastUse()
    for (const one of [world, sibling]) one.advance(30)
    expect((await uses(sibling, key)).status).toBe(200)
    expect((await uses(world, key)).status).toBe(200)
    expect(await lastUse()).toBe(first)
    for (const one of [world, sibling]) one.advance(31)
    expect((await uses(world, key)).status).toBe(200)
    await until('its later use is noted', async () => (await lastUse()) !== first)
    expect(Date.parse(await lastUse()) - Date.parse(first)).toBeGreaterThan(60_000)
  })

  it('are revoked here at once, and in another process within five seconds', async () => {
    const key = await keyWith(world, 'connections:read')
    const { id } = (await list()).find((one) => one.prefix === key.slice(0, 12))
    expect((await uses(sibling, key)).status).toBe(200)
    expect((await uses(world, key)).status).toBe(200)
    expect((await world.api('DELETE', `${PATH}/${id}`)).status).toBe(204)
    expectProblem(await uses(world, key), 401, 'unauthorized')
    // What the sibling found once it believes for five seconds of its clock, and no longer.
    expect((await uses(sibling, key)).status).toBe(200)
    sibling.advance(5)
    expectProblem(await uses(sibling, key), 401, 'unauthorized')
    expect((await list()).map((one) => one.id)).not.toContain(id)
    for (const gone of [id, UNKNOWN]) expect((await world.api('DELETE', `${PATH}/${gone}`)).body.code).toBe('not_found')
  })

  it('that were just revoked are not noted as used, nor brought back by a late note', async () => {
    const key = await keyWith(world, 'connections:read')
    const { id } = (await list()).find((one) => one.prefix === key.slice(0, 12))
    await Promise.all([...Array.from({ length: 10 }, () => uses(world, key)), world.api('DELETE', `${PATH}/${id}`)])
    world.advance(5)
    expectProblem(await uses(world, key), 401)
    expect((await list()).map((one) => one.id)).not.toContain(id)
  })

  it('can be made and revoked by the signed-in person, from the own pages alone', async () => {
    const browser = world.browser()
    await browser.signIn()
    const made = await browser.send('POST', PATH, { name: 'mine', scopes: ['tokens:read'] })
    expect(made.status).toBe(201)
    const foreign = await browser.send('DELETE', `${PATH}/${made.body.id}`, undefined, {
      'sec-fetch-site': 'cross-site',
    })
    expect([foreign.status, foreign.body.code]).toEqual([403, 'cross_site'])
    expect((await browser.send('DELETE', `${PATH}/${made.body.id}`)).status).toBe(204)
  })

  it('of the configuration opens everything, is in no list, and is not stored', async () => {
    expect((await uses(world, KEY)).status).toBe(200)
    expect(JSON.stringify(await list())).not.toContain(KEY.slice(0, 12))
    const rows = await world.database.query('select 1 from mooring.api_keys where key_hash = $1', [
      createHash('sha256').update(KEY).digest(),
    ])
    expect(rows).toEqual([])
  })

  it('count letter for letter', async () => {
    const key = await keyWith(world, 'connections:read')
    for (const wrong of [key.toUpperCase(), key.slice(0, -1), `${key}x`, key.replace('mk_', 'mk-')])
      expectProblem(await send(world, 'GET', '/api/v1/connections', bearer(wrong)), 401)
    expect(
      (await send(world, 'GET', '/api/v1/connections', { authorization: `bearer ${key}`, ...sameOrigin })).status,
    ).toBe(200)
  })

  it('end when they were told to, in every process and also where they were just believed', async () => {
    const expiresAt = new Date(world.now() + 3_000).toISOString()
    const made = await world.api('POST', PATH, { name: 'for a moment', scopes: ['connections:read'], expiresAt })
    expect(made.body.expiresAt).toBe(expiresAt)
    for (const one of [world, sibling]) expect((await uses(one, made.body.key)).status).toBe(200)
    // Less than the five seconds for which a key is believed.
    for (const one of [world, sibling]) one.advance(3)
    for (const one of [world, sibling]) {
      const refused = await uses(one, made.body.key)
      expectProblem(refused, 401, 'unauthorized')
      expect(refused.body.detail).toBe(`This API key ended on ${expiresAt.slice(0, 10)}.`)
    }
    expect((await list()).some((one) => one.id === made.body.id)).toBe(true)
  })

  it.each([
    ['an end that has passed', { expiresAt: '2020-01-01T00:00:00Z' }, 400],
    ['an end that is no time', { expiresAt: 'tomorrow' }, 400],
    ['a workspace that is none', { workspaceId: UNKNOWN }, 404],
    ['what is the whole server’s in one workspace', { workspaceId: 'own', scopes: ['keys:write'] }, 400],
    ['what is the whole server’s in one workspace (metrics)', { workspaceId: 'own', scopes: ['metrics:read'] }, 400],
  ])('are not made for %s', async (_, more, status) => {
    const workspaceId = 'workspaceId' in more && more.workspaceId === 'own' ? world.workspace : undefined
    const before = await list()
    const body = { name: 'x', scopes: ['connections:read'], ...more, ...(workspaceId ? { workspaceId } : {}) }
    expect((await world.api('POST', PATH, body)).status).toBe(status)
    expect(await list()).toEqual(before)
  })

  it('of one workspace open that one', async () => {
    const body = { name: 'one', scopes: ['connections:read'], workspaceId: world.workspace }
    const { key, workspaceId } = (await world.api('POST', PATH, body)).body
    expect(workspaceId).toBe(world.workspace)
    expect((await uses(world, key)).status).toBe(200)
    expectProblem(await send(world, 'GET', PATH, bearer(key)), 403, 'forbidden')
  })

  it('take another name, and nothing else', async () => {
    const { id, key } = (await world.api('POST', PATH, { name: 'old', scopes: ['connections:read'] })).body
    const renamed = await world.api('PATCH', `${PATH}/${id}`, { name: ' new ', scopes: ['tokens:read'] })
    expect(renamed.body).toMatchObject({ id, name: 'new', scopes: ['connections:read'] })
    expect((await uses(world, key)).status).toBe(200)
    for (const name of ['', ' ', 'x'.repeat(81)])
      expect((await world.api('PATCH', `${PATH}/${id}`, { name })).status).toBe(400)
    expect((await world.api('PATCH', `${PATH}/${UNKNOWN}`, { name: 'x' })).status).toBe(404)
  })

  it('that are broken by their own checksum are refused without asking the database', async () => {
    const key = await keyWith(world, 'connections:read')
    const broken = key.slice(0, -1) + (key.endsWith('x') ? 'y' : 'x')
    const asked: unknown[] = []
    const { access } = world.mooring.engine.store
    const { keyByHash } = access
    access.keyByHash = (hash) => {
      asked.push(hash)
      return keyByHash(hash)
    }
    expectProblem(await uses(world, broken), 401, 'unauthorized')
    expect(asked).toEqual([])
    expectProblem(await uses(world, 'mk_live_of-an-older-form'), 401, 'unauthorized')
    expect(asked).toHaveLength(1)
    access.keyByHash = keyByHash
  })
})

describe('a test key', () => {
  it('opens nothing any more where a platform is real, and says why', async () => {
    const simulated = await createWorld()
    const key = await keyWith(simulated, 'connections:read')
    expect(key).toMatch(/^mk_test_/)
    const real = await createWorld({
      database: simulated.database,
      vaultKeys: simulated.vaultKeys,
      env: { LINKEDIN_CLIENT_ID: 'real', LINKEDIN_CLIENT_SECRET: 'real' },
    })
    const refused = await send(real, 'GET', '/api/v1/connections', bearer(key))
    expectProblem(refused, 401, 'unauthorized')
    expect(refused.body.detail).toBe('This is a test key, and this server reaches real platforms.')
    const live = await keyWith(real, 'connections:read')
    expect(live).toMatch(/^mk_live_/)
    for (const one of [real, simulated])
      expect((await send(one, 'GET', '/api/v1/connections', bearer(live))).status).toBe(200)
    await real.close()
    await simulated.close()
  })
})
