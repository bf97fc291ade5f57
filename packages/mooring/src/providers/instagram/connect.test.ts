/** Instagram without a Page, end to end: connected, kept alive, ended. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, count, DAY, look, steer, token } from '../../../test/linkedin.ts'
import { createWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

type Command = NonNullable<Parameters<World['sandbox']['control']['apply']>[0]['instagram']>
const steerIt = (instagram: Command) => world.sandbox.control.apply({ instagram })
const asked = (endpoint: string) => world.sandbox.control.requests(`instagram.${endpoint}`)
const attempt = async (visit = {}, body = {}) =>
  (await world.browser().connect({ provider: 'instagram', ...body }, visit)).flow
const connected = async (visit = {}) => {
  const flow = await attempt(visit)
  expect(flow).toMatchObject({ state: 'connected', error: null })
  return look(world, flow.connectionId)
}
const test = async (id: string) => (await world.api('POST', `/connections/${id}/test`)).body

describe('connecting', () => {
  it.each([{}, { tokenAnswer: 'wrapped' }, { permissions: 'list' }] as const)(
    'takes the professional account, with the id that is published to (%j)',
    async (settings) => {
      steerIt({ settings })
      const connection = await connected()
      expect(connection).toMatchObject({
        provider: 'instagram',
        renewable: true,
        identity: { subject: '25400000000000101', label: 'Northwind Studio', handle: 'northwind.studio' },
        accounts: [{ kind: 'instagram', subject: '17841400000001001', note: 'Business account' }],
        missingScopes: [],
        health: { level: 'ok', reason: 'renews' },
      })
      expect(Math.round((Date.parse(connection.accessTokenExpiresAt) - world.now()) / 86_400_000)).toBe(60)
      expect([asked('token'), asked('lengthen')]).toEqual([1, 1])
    },
  )

  it('asks for its scopes parted by commas, in a window without Facebook’s button', async () => {
    const url = new URL((await world.browser().start({ provider: 'instagram' })).body.authorizeUrl)
    expect(url.searchParams.get('scope')).toBe(
      'instagram_business_basic,instagram_business_content_publish,instagram_business_manage_insights',
    )
    expect(url.searchParams.get('enable_fb_login')).toBe('0')
    expect(url.searchParams.get('force_authentication')).toBe('1')
  })

  it('proves the secret with every call, where the app requires it', async () => {
    steerIt({ app: { registration: 'instagram', requireProof: true } })
    const { id } = await connected()
    expect((await test(id)).ok).toBe(true)
  })

  it('no is no, another account at a reconnect is refused, a personal one gets no further than Instagram', async () => {
    expect(await attempt({ press: 'cancel' })).toMatchObject({ state: 'failed', error: { code: 'access_denied' } })
    const { id } = await connected()
    expect(await attempt({ member: 'tomas' }, { reconnect: id })).toMatchObject({ error: { code: 'wrong_identity' } })
    await expect(attempt({ member: 'ines' })).rejects.toThrow(/simulated Instagram/)
    expect(await count(world)).toBe(1)
  })

  it.each<[string, Parameters<typeof steer>[1], string]>([
    ['a wrong secret', { instagram: { app: { registration: 'instagram', secretRefused: true } } }, 'misconfigured'],
    [
      'a token endpoint that is down',
      { fault: { endpoint: 'instagram.token', kind: 'gateway' } },
      'provider_unavailable',
    ],
    [
      'a short token that is not exchanged',
      { fault: { endpoint: 'instagram.lengthen', kind: 'reset' } },
      'provider_unavailable',
    ],
    ['a full limit', { instagram: { settings: { limited: true } } }, 'provider_rate_limited'],
  ])('%s: told, and nothing is connected', async (_name, command, code) => {
    steer(world, command)
    expect(await attempt()).toMatchObject({ state: 'failed', error: { code } })
    expect(await count(world)).toBe(0)
  })
})

describe('keeping it', () => {
  it('renews seven days before the end, by the token itself, and stores the new one', async () => {
    const { id } = await connected()
    const before = (await token(world, id)).body.accessToken
    world.advance(54 * DAY)
    const { status, body } = await token(world, id)
    expect([status, asked('refresh')]).toEqual([200, 1])
    expect(body.accessToken).not.toBe(before)
    world.advance(54 * DAY)
    expect((await token(world, id)).status).toBe(200)
    expect(asked('refresh')).toBe(2)
  })

  it('is not asked to renew what is younger than a day', async () => {
    const { id } = await connected()
    expect((await world.api('POST', `/connections/${id}/refresh`)).body.code).toBe('conflict')
    expect(asked('refresh')).toBe(0)
  })

  it.each([190, 100] as const)('a token that was removed needs the person (told by code %d)', async (deadToken) => {
    const { id } = await connected()
    steerIt({ settings: { deadToken }, revokeGrant: {} })
    expect((await test(id)).ok).toBe(false)
    expect((await look(world, id)).state).toBe('reauthorize')
  })

  it('a refresh that is refused at the end of a dead token needs the person', async () => {
    const { id } = await connected()
    steerIt({ revokeGrant: {} })
    world.advance(54 * DAY)
    await token(world, id)
    expect((await look(world, id)).state).toBe('reauthorize')
  })

  it.each([
    ['works', 'yes'],
    ['unknown', 'no'],
  ] as const)('is ended at Instagram where that %s', async (revoke, said) => {
    const { id } = await connected()
    steerIt({ settings: { revoke } })
    expect((await world.api('DELETE', `/connections/${id}`)).body.revoked).toBe(said)
    expect((await look(world, id)).state).toBe('disconnected')
  })
})
