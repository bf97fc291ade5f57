import { describe, expect, it } from 'vitest'
import { CONTACTS, hubspotKit, NORTHWIND } from '../testing.ts'
import { V1_ENDS } from './v1.ts'

const k = hubspotKit()
const V1 = '/oauth/v1/token'
const named = (kind: 'access' | 'refresh', token: string, init?: RequestInit) =>
  k.call(`/oauth/v1/${kind}-tokens/${token}`, undefined, init)

describe('v1, as long as it answers', () => {
  it('gives tokens with four fields, and refuses in the older shape alone', async () => {
    const { status, json } = await k.exchange(await k.code(), {}, V1)
    expect([status, Object.keys(json).toSorted()]).toEqual([
      200,
      ['access_token', 'expires_in', 'refresh_token', 'token_type'],
    ])
    expect((await k.refresh(json.refresh_token, {}, V1)).status).toBe(200)
    expect((await k.refresh('nothing', {}, V1)).json).toEqual({
      status: 'BAD_REFRESH_TOKEN',
      message: expect.any(String),
    })
  })

  it('tells of tokens by their address, without asking who is asking', async () => {
    const { access_token, refresh_token } = await k.tokens()
    const facts = { user: 'mara@northwind.example', user_id: 501, hub_id: NORTHWIND, hub_domain: 'northwind.example' }
    expect((await named('access', access_token)).json).toEqual({
      ...{ token_type: 'access', app_id: 111, token: access_token, ...facts, scopes: ['oauth', CONTACTS] },
      ...{ expires_in: 1800, is_private_distribution: false },
      signed_access_token: { hublet: 'na1', isUserLevel: false },
    })
    const { json } = await named('refresh', refresh_token)
    expect(json).toEqual({
      ...{ token_type: 'refresh', client_id: k.app().clientId, token: refresh_token },
      ...{ ...facts, scopes: ['oauth', CONTACTS] },
    })
    expect((await named('access', refresh_token)).status).toBe(404)
    expect((await named('refresh', 'nothing')).status).toBe(404)
  })

  it('deletes a refresh token and leaves access tokens alone', async () => {
    const { access_token, refresh_token } = await k.tokens()
    expect((await named('refresh', refresh_token, { method: 'DELETE' })).status).toBe(204)
    expect((await named('refresh', refresh_token, { method: 'DELETE' })).status).toBe(404)
    expect((await k.refresh(refresh_token)).status).toBe(400)
    expect((await k.details(access_token)).status).toBe(200)
  })

  it('shows no token in the log, though its addresses hold them', async () => {
    const { access_token } = await k.tokens()
    await named('access', access_token)
    const [entry] = k.sandbox.control.log('hubspot.access-tokens-v1')
    expect(entry?.path).toBe('/oauth/v1/access-tokens/:token')
    expect(JSON.stringify(k.sandbox.control.log())).not.toContain(access_token)
  })
})

describe('v1 is over', () => {
  const all = async () => {
    const { access_token, refresh_token } = await k.tokens()
    return Promise.all([
      k.exchange(await k.code(), {}, V1),
      named('access', access_token),
      named('refresh', refresh_token),
      named('refresh', refresh_token, { method: 'DELETE' }),
    ])
  }

  it('on 2027-02-16', async () => {
    k.sandbox.control.apply({ clock: { set: V1_ENDS - 1000 } })
    expect((await all()).map((one) => one.status)).toEqual([200, 200, 200, 204])
    k.sandbox.control.apply({ clock: { set: V1_ENDS } })
    for (const one of await all()) expect([one.status, one.json.category]).toEqual([404, 'OBJECT_NOT_FOUND'])
  })

  it('or whenever a test says so, and what is dated goes on', async () => {
    k.settings({ v1: 'gone' })
    expect((await all()).map((one) => one.status)).toEqual([404, 404, 404, 404])
    k.settings({ v1: 'answers' })
    k.sandbox.control.apply({ clock: { set: V1_ENDS } })
    expect((await all()).map((one) => one.status)).toEqual([200, 200, 200, 204])
  })
})
