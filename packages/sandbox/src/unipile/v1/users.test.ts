import { describe, expect, it } from 'vitest'
import { fault, unipileKit } from '../testing.ts'

const k = unipileKit()
const me = (id: string) => k.v1(`/users/me?account_id=${id}`)
const user = (identifier: string, id: string) => k.v1(`/users/${identifier}?account_id=${id}`)

describe('profiles', () => {
  it('of oneself have no number of connections; by identifier they have', async () => {
    const id = await k.id('ada')
    const { json } = await me(id)
    expect(json).toEqual({
      object: 'AccountOwnerProfile',
      provider: 'LINKEDIN',
      provider_id: expect.stringMatching(/^ACoAA/),
      first_name: 'Ada',
      last_name: 'Moreau',
      headline: 'Founder at Northwind Studio',
      public_identifier: 'ada-moreau',
      public_profile_url: 'https://www.linkedin.com/in/ada-moreau',
      profile_picture_url: null,
      location: 'Utrecht, Netherlands',
      email: 'ada@sandbox.example',
      premium: true,
      organizations: [expect.objectContaining({ name: 'Northwind Studio' })],
      recruiter: null,
      sales_navigator: expect.any(Object),
    })
    for (const identifier of [json.public_identifier, json.provider_id])
      expect((await user(identifier, id)).json).toMatchObject({ connections_count: 1834, is_self: true })
  })

  it('leave the numbers out, and name the headline otherwise, where they are told to', async () => {
    k.settings({ counts: 'absent', headline: 'occupation' })
    const id = await k.id('ada')
    const { json } = await user('ada-moreau', id)
    expect(json).toMatchObject({ occupation: 'Founder at Northwind Studio' })
    expect(Object.keys(json)).not.toContain('connections_count')
    expect(Object.keys(json)).not.toContain('headline')
  })

  it('of others go by ids that are good for one account alone', async () => {
    const ada = await k.id('ada')
    const otp = await k.id('otp')
    await k.solve(otp, '123456')
    const seen = (await user('sam-osei', ada)).json.provider_id
    expect((await user(seen, ada)).status).toBe(200)
    expect(fault(await user(seen, otp))).toEqual([404, 'errors/invalid_resource_identifier'])
    expect(fault(await user('nobody-at-all', ada))).toEqual([404, 'errors/resource_not_found'])
  })

  it('need an account whose session lives', async () => {
    const id = await k.id('ada')
    expect(fault(await k.v1('/users/me'))).toEqual([400, 'errors/missing_parameters'])
    expect(fault(await me('nobody'))).toEqual([404, 'errors/resource_not_found'])
    k.steer({ seat: { id, status: 'CREDENTIALS' } })
    expect(fault(await me(id))).toEqual([401, 'errors/disconnected_account'])
    k.steer({ restrict: { id } })
    expect(fault(await user('ada-moreau', id))).toEqual([403, 'errors/account_restricted'])
    expect(fault(await k.reconnect(id, 'ada'))).toEqual([403, 'errors/account_restricted'])
    k.steer({ restrict: { id, lifted: true } })
    expect((await k.reconnect(id, 'ada')).status).toBe(201)
    expect((await me(id)).status).toBe(200)
  })
})
