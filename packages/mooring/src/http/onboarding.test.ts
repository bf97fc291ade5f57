/** The first steps of a workspace: told by what is there, skipped, and marked by a host. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type Json, type World } from '../../test/world.ts'

const STEPS = [
  'business',
  { id: 'connect', providers: ['linkedin'] },
  { id: 'connect-other', providers: ['x', 'hubspot'] },
  'webhook',
  { id: 'host-plan', title: 'Choose a plan', text: 'It takes a minute.', href: 'https://app.example.com/plan' },
]

describe('the first steps', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({
      env: { MOORING_ONBOARDING: JSON.stringify(STEPS), MOORING_STARTS_PER_HOUR: '1000' },
    })
  })
  afterAll(() => world.close())
  const look = async (): Promise<Json> => (await world.api('GET', '/onboarding')).body
  const states = async () =>
    Object.fromEntries((await look()).steps.map((one: { id: string; state: string }) => [one.id, one.state]))
  const say = (id: string, state: string) => world.api('PUT', `/onboarding/steps/${id}`, { state })

  it('are open, in their order, and nobody has seen them', async () => {
    const { steps, current, seen } = await look()
    expect(steps.map((one: Json) => [one.id, one.kind, one.state])).toEqual([
      ['business', 'business', 'open'],
      ['connect', 'connect', 'open'],
      ['connect-other', 'connect', 'open'],
      ['webhook', 'webhook', 'open'],
      ['host-plan', 'host', 'open'],
    ])
    expect([current, seen]).toEqual(['business', false])
    expect((await world.api('PUT', '/onboarding', { seen: true })).body).toMatchObject({ seen: true })
    expect((await look()).seen).toBe(true)
  })

  it('are done when what they ask for is there, and again when it is not', async () => {
    await world.api('PATCH', '/workspace', { website: 'https://harbour.example' })
    expect((await look()).current).toBe('business')
    await world.api('PATCH', '/workspace', { idealCustomer: 'Founders' })
    expect((await look()).current).toBe('connect')
    const { connectionId } = await world.browser().connectAll()
    expect(await states()).toMatchObject({ connect: 'done', 'connect-other': 'open' })
    const { id } = (await world.api('POST', '/webhooks', { url: 'https://app.example.com/hooks' })).body
    expect(await states()).toMatchObject({ webhook: 'done' })
    await world.api('DELETE', `/webhooks/${id}`)
    await world.api('DELETE', `/connections/${connectionId}`)
    expect(await states()).toMatchObject({ business: 'done', connect: 'open', webhook: 'open' })
  })

  it('are skipped and taken up again; what is there wins', async () => {
    expect((await say('connect', 'skipped')).body.current).toBe('connect-other')
    expect((await say('connect', 'open')).body.current).toBe('connect')
    await say('connect-other', 'skipped')
    await world.browser().connectAll({ provider: 'hubspot' })
    expect(await states()).toMatchObject({ 'connect-other': 'done' })
  })

  it('of a host are done when it says so, and no others', async () => {
    expect((await say('host-plan', 'done')).status).toBe(200)
    expect(await states()).toMatchObject({ 'host-plan': 'done' })
    for (const id of ['connect', 'webhook']) {
      const refused = await say(id, 'done')
      expect([refused.status, refused.body.code]).toEqual([409, 'conflict'])
    }
    expect((await say('host-other', 'done')).status).toBe(404)
  })

  it('are over when none is open', async () => {
    for (const id of ['connect', 'webhook']) await say(id, 'skipped')
    expect((await look()).current).toBeNull()
  })

  it('are each workspace’s own, and are marked in the audit', async () => {
    const other = await world.mooring.engine.store.workspaces.create(crypto.randomUUID(), 'Another', null)
    const key = (
      await world.api('POST', '/api/v1/api-keys', { name: 'x', scopes: ['connections:read'], workspaceId: other.id })
    ).body.key
    const headers = { authorization: `Bearer ${key}` }
    const theirs = (await world.api('GET', '/onboarding', undefined, headers)).body
    expect([theirs.current, theirs.seen]).toEqual(['business', false])
    expect((await world.api('PUT', '/onboarding', { seen: true }, headers)).status).toBe(403)
    const { data } = (await world.api('GET', '/audit?action=onboarding.marked')).body
    expect(data.length).toBeGreaterThan(3)
  })
})
