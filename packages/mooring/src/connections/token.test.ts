/** The life of a token over months: renewed by the margin, warned about, and over in the end. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, DAY, history, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const tokenOf = async (id: string) => (await token(world, id)).body.accessToken as string
const daysLeft = (iso: string) => (Date.parse(iso) - world.now()) / 1000 / DAY

describe('a token that renews itself', () => {
  it('is served as it is until 7 days before its end, and renewed on the first read after', async () => {
    const { id } = await connected(world)
    const first = await tokenOf(id)
    world.advance(52.9 * DAY)
    expect(await tokenOf(id)).toBe(first)
    expect(asked(world, 'token')).toBe(1)
    world.advance(0.2 * DAY)
    const answer = await token(world, id)
    expect(answer.body).toMatchObject({ connectionId: id, tokenType: 'Bearer' })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.body.accessToken).not.toBe(first)
    expect(daysLeft(answer.body.expiresAt)).toBeGreaterThan(59)
    expect(await tokenOf(id)).toBe(answer.body.accessToken)
    expect(asked(world, 'token')).toBe(2)
    expect(await look(world, id)).toMatchObject({ state: 'connected', lastRefreshedAt: expect.any(String) })
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.refreshed'])
  })

  it('is renewed at a read after its end too', async () => {
    const { id } = await connected(world)
    const first = await tokenOf(id)
    world.advance(100 * DAY)
    expect(await tokenOf(id)).not.toBe(first)
  })

  it('lives for its year, gets short at the end of it, and is not renewed on every read', async () => {
    const { id } = await connected(world)
    const seen = new Set<string>()
    let refreshes = 0
    for (let day = 0; day < 364; day += 4) {
      seen.add(await tokenOf(id))
      world.advance(4 * DAY)
      refreshes = asked(world, 'token') - 1
    }
    // Every 53 days or so, and none in the last days, whose token ends with the year: 6 or 7, and never one a read.
    expect(refreshes).toBeGreaterThanOrEqual(6)
    expect(refreshes).toBeLessThanOrEqual(8)
    expect(seen.size).toBe(refreshes + 1)
    const last = await look(world, id)
    expect(daysLeft(last.accessTokenExpiresAt)).toBeLessThan(3)
    expect(last).toMatchObject({ state: 'connected', health: { level: 'bad', reason: 'refresh_token_ends' } })
    world.advance(4 * DAY)
    expect(await token(world, id)).toMatchObject({ status: 409, body: { code: 'reauthorize' } })
    expect(await look(world, id)).toMatchObject({ state: 'reauthorize' })
  })

  it('warns 30 and 7 days before the year of the refresh token is over', async () => {
    const { id } = await connected(world)
    const level = async () => (await look(world, id)).health.level
    world.advance(334 * DAY)
    await tokenOf(id)
    expect(await level()).toBe('ok')
    world.advance(2 * DAY)
    expect(await level()).toBe('warning')
    world.advance(23 * DAY)
    expect(await level()).toBe('bad')
  })

  it('keeps its refresh token where the answer names none', async () => {
    const { id } = await connected(world)
    const sealed = async () =>
      (await world.database.query<Json>('select refresh_token, refresh_expires_at from mooring.connections'))[0]
    const before = await sealed()
    steer(world, {
      fault: { endpoint: 'linkedin.token', kind: 'drop', fields: ['refresh_token', 'refresh_token_expires_in'] },
    })
    world.advance(54 * DAY)
    await tokenOf(id)
    expect(await sealed()).toEqual(before)
    world.advance(54 * DAY)
    expect((await token(world, id)).status).toBe(200)
    expect(asked(world, 'token')).toBe(3)
  })

  it('takes a new refresh token on where the answer names one', async () => {
    const { id } = await connected(world)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'set', fields: { refresh_token: 'another' } } })
    await world.api('POST', `/connections/${id}/refresh`)
    const [row] = await world.database.query<Json>('select refresh_token from mooring.connections')
    const opened = world.mooring.engine.vault.open(row.refresh_token, {
      workspace: world.workspace,
      record: id,
      field: 'refresh_token',
    })
    expect(opened).toBe('another')
  })

  it('keeps what was granted where a renewal names less', async () => {
    const { id, grantedScopes } = await connected(world)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'set', fields: { scope: 'openid' } } })
    world.advance(54 * DAY)
    const answer = await token(world, id)
    expect(answer.body.scopes).toEqual(grantedScopes)
    expect(await look(world, id)).toMatchObject({ grantedScopes, missingScopes: [] })
  })

  it("lives as long as the provider's tokens do where an answer names no end", async () => {
    const { id } = await connected(world)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'drop', fields: ['expires_in'] } })
    await world.api('POST', `/connections/${id}/refresh`)
    expect(daysLeft((await look(world, id)).accessTokenExpiresAt)).toBeCloseTo(60, 1)
  })
})

describe('a token without a refresh token', () => {
  const plain = async () => {
    steer(world, { linkedin: { app: { registration: 'linkedin', refreshTokens: false } } })
    return connected(world)
  }

  it('works until its end, warns at 30 and 7 days, and then asks for the person', async () => {
    const { id, renewable, health } = await plain()
    expect(renewable).toBe(false)
    expect(health).toMatchObject({ level: 'ok', reason: 'no_refresh_token' })
    expect(health.message).toMatch(/^Works until \d+ \w+ \d{4}\. Then reconnect, it takes a minute\.$/)
    const first = await tokenOf(id)
    const level = async () => (await look(world, id)).health.level
    world.advance(31 * DAY)
    expect(await level()).toBe('warning')
    world.advance(23 * DAY)
    expect(await level()).toBe('bad')
    world.advance(5.9 * DAY)
    expect(await tokenOf(id)).toBe(first)
    world.advance(0.2 * DAY)
    const over = await token(world, id)
    expect(over).toMatchObject({
      status: 409,
      body: { code: 'reauthorize', detail: 'Access to LinkedIn has ended. Reconnect to go on.' },
    })
    expect(asked(world, 'token')).toBe(1)
    await token(world, id)
    expect(await look(world, id)).toMatchObject({ state: 'reauthorize', problem: { failures: 1 } })
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.reauthorize'])
  })

  it('cannot be renewed by hand, and says why', async () => {
    const { id } = await plain()
    expect(await world.api('POST', `/connections/${id}/refresh`)).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: 'LinkedIn gave no way to renew this. Reconnect before it ends.' },
    })
  })
})

describe('a connection that is not there', () => {
  it('is not found by anything', async () => {
    for (const id of ['00000000-0000-4000-8000-000000000000', 'nonsense']) {
      for (const [method, part] of [
        ['GET', '/token'],
        ['POST', '/refresh'],
        ['POST', '/test'],
        ['DELETE', ''],
        ['GET', '/events'],
        ['GET', '/available-accounts'],
      ] as const) {
        expect(await world.api(method, `/connections/${id}${part}`)).toMatchObject({
          status: 404,
          body: { code: 'not_found' },
        })
      }
    }
  })
})
