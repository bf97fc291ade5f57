import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'

describe('connecting', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '100' } })
  })
  afterAll(() => world.close())

  it('connects a person and two organizations of their choice', async () => {
    const browser = world.browser()
    await browser.signIn()
    const { flow, landed, started } = await browser.connect({
      provider: 'linkedin',
      returnTo: '/connect/return',
      clientState: 'mine',
    })
    expect(started).toMatchObject({
      state: 'pending',
      kind: 'oauth',
      provider: 'linkedin',
      registration: 'linkedin',
      clientState: 'mine',
    })
    expect(landed.pathname).toBe('/connect/return')
    expect(landed.searchParams.get('flow')).toBe(flow.id)
    expect(landed.searchParams.get('checkpoint')).toBe('accounts')
    expect(flow).toMatchObject({
      state: 'checkpoint',
      checkpoint: 'accounts',
      outcome: 'connected',
      identity: { label: 'Mara Lindqvist' },
      missingScopes: [],
    })
    const labels = flow.candidates.map((one: { label: string }) => one.label)
    expect(labels).toEqual(['Mara Lindqvist', 'Acme Bakery', 'Northwind Studio'])
    const chosen = await browser.send('POST', `/flows/${flow.id}/accounts`, {
      accounts: flow.candidates.map((one: { id: string }) => one.id),
    })
    expect(chosen.status).toBe(200)
    expect(chosen.body).toMatchObject({ state: 'connected', candidates: [] })
    const { body } = await world.api('GET', `/connections/${flow.connectionId}`)
    expect(body).toMatchObject({
      state: 'connected',
      provider: 'linkedin',
      registration: 'linkedin',
      renewable: true,
      connectedBy: 'Owner',
      problem: null,
    })
    expect(body.accounts.map((one: { label: string }) => one.label).sort()).toEqual([
      'Acme Bakery',
      'Mara Lindqvist',
      'Northwind Studio',
    ])
    expect(Date.parse(body.accessTokenExpiresAt) - world.now()).toBeGreaterThan(59 * 86_400_000)
    const token = await world.api('GET', `/connections/${flow.connectionId}/token`)
    expect(token.status).toBe(200)
    expect(token.body.accessToken.length).toBeGreaterThan(100)
    expect((await browser.send('GET', `/connections/${flow.connectionId}/token`)).status).toBe(403)
  })
})
