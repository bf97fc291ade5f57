/** Tokens that do not open: a key that is gone is the operator's, a changed value is blocked, and nobody is asked to reconnect. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, DAY, history, look, token } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'
import { generateKey } from '../vault/keyring.ts'

let world: World
/** The same database, opened with other keys: what an operator meets who lost one. */
let keyless: World
beforeAll(async () => {
  const env = { MOORING_STARTS_PER_HOUR: '1000' }
  world = await createWorld({ env })
  const { database, sandbox } = world
  keyless = await createWorld({ env, database, vaultKeys: generateKey(), platformOrigins: sandbox.origins })
})
afterAll(async () => {
  await keyless.close()
  await world.close()
})
beforeEach(() => clean(world))

const MESSAGE = 'We have to fix this, not you. Nothing is needed from your side.'
const sql = (text: string, values: unknown[] = []) => world.database.query(text, values)

describe('a vault key that is gone', () => {
  it('is misconfigured, names the key to put back, and is over when the key is back', async () => {
    const { id } = await connected(world)
    const answer = await token(keyless, id)
    expect(answer).toMatchObject({ status: 503, body: { code: 'misconfigured', detail: MESSAGE } })
    expect(answer.body.operatorDetail).toMatch(
      /^A value is sealed with key [A-Za-z0-9_-]{8}, which is not in MOORING_VAULT_KEYS\. Put that key back\.$/,
    )
    expect(await look(keyless, id)).toMatchObject({
      state: 'misconfigured',
      problem: { code: 'vault_unknown_key', message: MESSAGE },
      health: { reason: 'misconfigured', needsPersonAt: null },
    })
    await token(keyless, id)
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.misconfigured'])
    expect((await token(world, id)).status).toBe(200)
    expect(await look(world, id)).toMatchObject({ state: 'connected', problem: null, lastTestedAt: null })
  })

  it('stops a renewal before the platform is asked', async () => {
    const { id } = await connected(world)
    expect(await keyless.api('POST', `/connections/${id}/refresh`)).toMatchObject({
      status: 503,
      body: { code: 'misconfigured' },
    })
    expect(asked(world, 'token')).toBe(1)
    expect((await look(world, id)).problem.code).toBe('vault_unknown_key')
  })

  it('is over only when everything opens: the refresh token counts too', async () => {
    const { id } = await connected(world)
    const foreign = keyless.mooring.engine.vault.seal('x', {
      workspace: world.workspace,
      record: id,
      field: 'refresh_token',
    })
    await sql('update mooring.connections set refresh_token = $1', [foreign])
    await world.api('POST', `/connections/${id}/refresh`)
    expect((await token(world, id)).status).toBe(200)
    expect(await look(world, id)).toMatchObject({ state: 'misconfigured', problem: { code: 'vault_unknown_key' } })
  })

  it('keeps nobody from disconnecting', async () => {
    const { id } = await connected(world)
    expect((await keyless.api('DELETE', `/connections/${id}`)).body).toMatchObject({
      revoked: 'no',
      connection: { state: 'disconnected' },
    })
  })
})

describe('a stored token that was changed', () => {
  it.each([
    ['a byte of it', "overlay(access_token placing 'AAAA' from 20)"],
    ['its whole text', "'nonsense'"],
    ['its place, from another field', 'refresh_token'],
  ])('(%s) is blocked and never sent anywhere', async (_what, change) => {
    const { id } = await connected(world)
    const before = asked(world, 'userinfo')
    await sql(`update mooring.connections set access_token = ${change}`)
    expect(await token(world, id)).toMatchObject({ status: 500, body: { code: 'vault_tampered' } })
    expect(await look(world, id)).toMatchObject({ state: 'misconfigured', problem: { code: 'vault_tampered' } })
    const test = await world.api('POST', `/connections/${id}/refresh`)
    expect(test.status).toBe(200)
    expect((await token(world, id)).status).toBe(200)
    expect(asked(world, 'userinfo')).toBe(before)
  })

  it('(another connection’s) is blocked', async () => {
    const mara = await connected(world)
    const tomas = await connected(world, { member: 'tomas' })
    await sql(
      'update mooring.connections set access_token = (select access_token from mooring.connections where id = $1) where id = $2',
      [mara.id, tomas.id],
    )
    expect((await token(world, tomas.id)).body.code).toBe('vault_tampered')
    expect((await token(world, mara.id)).status).toBe(200)
  })

  it('is not taken for the grant’s end when it is the refresh token', async () => {
    const { id } = await connected(world)
    await sql("update mooring.connections set refresh_token = 'nonsense'")
    world.advance(54 * DAY)
    expect((await token(world, id)).status).toBe(200)
    expect(await look(world, id)).toMatchObject({ state: 'misconfigured', problem: { code: 'vault_tampered' } })
    world.advance(10 * DAY)
    expect(await token(world, id)).toMatchObject({ status: 503, body: { code: 'misconfigured' } })
    expect(asked(world, 'token')).toBe(1)
  })
})
