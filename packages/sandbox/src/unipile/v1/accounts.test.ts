import { describe, expect, it } from 'vitest'
import { fault, unipileKit } from '../testing.ts'

const k = unipileKit()
const status = async (id: string) => (await k.v1(`/accounts/${id}`)).json.sources[0].status

describe('accounts', () => {
  it('are shown as Unipile shows them', async () => {
    const id = await k.id('sms')
    await k.solve(id, '123456')
    expect((await k.v1(`/accounts/${id}`)).json).toEqual({
      object: 'Account',
      id,
      type: 'LINKEDIN',
      name: 'Sam Osei',
      created_at: '2026-11-21T12:00:00.000Z',
      connection_params: {
        im: {
          id: expect.stringMatching(/^ACoAA/),
          publicIdentifier: 'sam-osei',
          username: 'Sam Osei',
          premiumId: null,
          premiumContractId: null,
          premiumFeatures: [],
          connection_method: 'credentials',
          proxy: { country: 'US' },
          organizations: [],
        },
      },
      signatures: [],
      groups: [],
      sources: [{ id: `${id}_MESSAGING`, status: 'OK' }],
    })
  })

  it('come in pages', async () => {
    const all = [await k.id('ada'), await k.id('otp'), await k.id('sms')]
    const first = (await k.v1('/accounts?limit=2')).json
    expect(first).toMatchObject({ object: 'AccountList', cursor: expect.any(String) })
    const second = (await k.v1(`/accounts?limit=2&cursor=${first.cursor}`)).json
    expect(second.cursor).toBe(null)
    expect([...first.items, ...second.items].map((one: { id: string }) => one.id)).toEqual(all)
  })

  it.each(['limit=0', 'limit=251', 'limit=many', 'cursor=made-up'])('are refused for %s', async (query) => {
    expect(fault(await k.v1(`/accounts?${query}`))).toEqual([400, 'errors/invalid_parameters'])
  })

  it('are gone once deleted, also while they are being linked', async () => {
    const id = await k.id('ada')
    expect((await k.v1(`/accounts/${id}`, { method: 'DELETE' })).json).toEqual({ object: 'AccountDeleted' })
    for (const method of ['GET', 'DELETE'])
      expect(fault(await k.v1(`/accounts/${id}`, { method }))).toEqual([404, 'errors/resource_not_found'])
    expect((await k.reconnect(id, 'ada')).status).toBe(404)
    const waiting = await k.id('otp')
    await k.v1(`/accounts/${waiting}`, { method: 'DELETE' })
    expect((await k.solve(waiting, '123456')).status).toBe(400)
    expect((await k.connect('otp')).status).toBe(202)
  })

  it('of a path that is not there are not found', async () => {
    expect(fault(await k.v1('/nothing'))).toEqual([404, 'errors/resource_not_found'])
    expect((await k.v1('/accounts', { method: 'PUT' })).status).toBe(404)
  })
})

describe('linking anew', () => {
  it('keeps the id, and asks again what it asks', async () => {
    const id = await k.id('otp')
    await k.solve(id, '123456')
    k.steer({ seat: { id, status: 'CREDENTIALS' } })
    expect(await status(id)).toBe('CREDENTIALS')
    expect((await k.reconnect(id, 'otp')).json).toMatchObject({ object: 'Checkpoint', account_id: id })
    expect((await k.reconnect(id, 'otp')).status).toBe(425)
    expect((await k.solve(id, '123456')).json).toEqual({ object: 'AccountReconnected', account_id: id })
    expect(await status(id)).toBe('OK')
  })

  it('is called otherwise after a checkpoint where it is told to', async () => {
    k.settings({ reconnectSolved: 'AccountCreated' })
    const id = await k.id('sms')
    await k.solve(id, '123456')
    await k.reconnect(id, 'sms')
    expect((await k.solve(id, '123456')).json.object).toBe('AccountCreated')
  })

  it('links at once who is asked nothing, and nobody else', async () => {
    const id = await k.id('ada')
    expect((await k.reconnect(id, 'ada')).json).toEqual({ object: 'AccountReconnected', account_id: id })
    expect(fault(await k.reconnect(id, 'otp'))).toEqual([401, 'errors/wrong_account'])
    expect(fault(await k.reconnect(id, 'ada', { password: 'wrong' }))).toEqual([401, 'errors/invalid_credentials'])
    expect(fault(await k.reconnect('nobody', 'ada'))).toEqual([404, 'errors/resource_not_found'])
  })

  it('leaves an account as it was when its attempt runs out', async () => {
    const id = await k.id('otp')
    await k.solve(id, '123456')
    k.steer({ seat: { id, status: 'CREDENTIALS' } })
    await k.reconnect(id, 'otp')
    k.advance(300)
    expect(await status(id)).toBe('CREDENTIALS')
  })
})

describe('an account that stopped', () => {
  it.each([
    ['STOPPED', 'AccountRestarted', 'OK'],
    ['ERROR', 'AccountRestarted', 'OK'],
    ['CREDENTIALS', 'AccountFailedToRestart', 'CREDENTIALS'],
    ['OK', 'AccountFailedToRestart', 'OK'],
  ] as const)('at %s is answered %s', async (before, object, after) => {
    const id = await k.id('ada')
    k.steer({ seat: { id, status: before } })
    const { status: answered, json } = await k.v1(`/accounts/${id}/restart`, { method: 'POST' })
    expect([answered, json]).toEqual([200, { object }])
    expect(await status(id)).toBe(after)
  })

  it('in one of its sources does not work as a whole', async () => {
    const id = await k.id('ada')
    k.steer({ seat: { id, status: 'ERROR', source: 1 } })
    const sources = (await k.v1(`/accounts/${id}`)).json.sources.map((one: { status: string }) => one.status)
    expect(sources).toEqual(['OK', 'ERROR'])
  })

  it('is synced on demand while its session lives', async () => {
    const id = await k.id('ada')
    expect((await k.v1(`/accounts/${id}/sync`)).json).toEqual({ object: 'AccountResync', status: 'SYNC_STARTED' })
    k.steer({ seat: { id, status: 'CREDENTIALS' } })
    expect(fault(await k.v1(`/accounts/${id}/sync`))).toEqual([401, 'errors/disconnected_account'])
    for (const [method, path] of [
      ['GET', 'sync'],
      ['POST', 'restart'],
    ] as const)
      expect((await k.v1(`/accounts/nobody/${path}`, { method })).status).toBe(404)
  })
})
