import { describe, expect, it } from 'vitest'
import { NothingMatches } from '../../control/nothing-matches.ts'
import { xKit } from '../testing.ts'

const k = xKit()

describe('what control does to X', () => {
  it('adds an app, confidential or public, and changes one', async () => {
    const redirectUris = ['https://own.example/cb']
    k.steer({ addApp: { registration: 'own', clientId: 'own', scopes: ['tweet.read'], redirectUris } })
    k.steer({ app: { registration: 'own', name: 'Own' } })
    expect(k.shown().apps.find((app) => app.registration === 'own')).toMatchObject({ name: 'Own', redirectUris })
    expect(() => k.steer({ addApp: { registration: 'own', clientId: 'other', scopes: [] } })).toThrow(NothingMatches)
  })

  it('expires and revokes tokens by kind, user and id', async () => {
    const mara = await k.tokens()
    const tomas = await k.tokens({ member: 'tomas' })
    k.steer({ token: { do: 'expire', kind: 'access', member: 'mara' } })
    expect((await k.me(mara.access_token)).status).toBe(401)
    expect((await k.refresh(mara.refresh_token)).status).toBe(200)
    const id = k.shown().tokens.find((one) => one.member === 'tomas' && one.kind === 'access')?.id ?? ''
    k.steer({ token: { do: 'revoke', kind: 'access', id } })
    expect((await k.me(tomas.access_token)).status).toBe(401)
  })

  it('says where it names what is not there', () => {
    expect(() => k.steer({ token: { do: 'revoke', kind: 'both' } })).toThrow(NothingMatches)
    expect(() => k.steer({ revokeGrant: {} })).toThrow(NothingMatches)
    expect(() => k.steer({ app: { registration: 'nobody' } })).toThrow(NothingMatches)
  })

  it('throttles, and puts the platform out, like any other', async () => {
    const { access_token } = await k.tokens()
    k.sandbox.control.fault({ endpoint: 'x.me', kind: 'throttle' })
    const throttled = await k.me(access_token)
    expect(throttled.status).toBe(429)
    expect(throttled.headers.get('x-rate-limit-remaining')).toBe('0')
    k.sandbox.control.apply({ outage: { platform: 'x' } })
    expect((await k.me(access_token)).status).toBe(503)
    k.sandbox.control.apply({ outage: false })
    expect((await k.me(access_token)).status).toBe(200)
  })

  it('shows no secret and no token', async () => {
    const { access_token, refresh_token } = await k.tokens()
    await k.refresh(refresh_token)
    const text = JSON.stringify(k.sandbox.control.state())
    for (const value of [access_token, refresh_token, k.app().clientSecret, 'sandbox-x-app-only'])
      expect(text).not.toContain(value)
    expect(k.shown().tokens.map((one) => one.status)).toEqual(['active', 'spent', 'active', 'active'])
  })
})
