import { describe, expect, it } from 'vitest'
import { CONTACTS, hubspotKit, OTHER_REDIRECT, OWN, OWN_CLIENT } from '../testing.ts'

const k = hubspotKit()

describe('a command', () => {
  it.each([
    { app: { registration: 'nobody', name: 'x' } },
    { addApp: { registration: 'hubspot', clientId: '9', clientSecret: 's', required: ['oauth'] } },
    {
      addApp: {
        registration: 'own',
        clientId: 'sandbox-hubspot-0000-0000-000000000000',
        clientSecret: 's',
        required: [],
      },
    },
    { token: { do: 'expire' as const } },
    { uninstall: { member: 'tomas' as const } },
    { dropScope: { scope: 'oauth' } },
  ])('that names what is not there is refused: %j', (command) => {
    expect(() => k.sandbox.control.apply({ hubspot: command })).toThrow(
      /There is no app|is taken|No grant matches|No token/,
    )
  })

  it('that names a scope which HubSpot has not is refused', () => {
    expect(() => k.steer({ app: { registration: 'hubspot', required: ['crm.pipelines.deals.read'] } })).toThrow(
      /no such scope/,
    )
  })

  it('ends tokens one by one', async () => {
    const mara = await k.tokens()
    const tomas = await k.tokens({ member: 'tomas' })
    k.steer({ token: { do: 'expire', kind: 'access', member: 'mara' } })
    expect((await k.details(mara.access_token)).status).toBe(401)
    expect((await k.details(tomas.access_token)).status).toBe(200)
    expect((await k.refresh(mara.refresh_token)).status).toBe(200)
    k.steer({ token: { do: 'revoke', kind: 'refresh', member: 'mara' } })
    expect((await k.refresh(mara.refresh_token)).status).toBe(400)
    expect((await k.refresh(tomas.refresh_token)).status).toBe(200)
  })

  it('adds an app of its own', async () => {
    k.steer({ addApp: { ...OWN, optional: [CONTACTS] } })
    const redirect_uri = OTHER_REDIRECT
    const authorize = { client_id: OWN.clientId, redirect_uri, scope: 'oauth', optional_scope: CONTACTS }
    const { json } = await k.exchange(await k.code({ authorize }), { ...OWN_CLIENT, redirect_uri })
    expect(json.scopes).toEqual(['oauth', CONTACTS])
  })

  it('shows no secret, no code and no token', async () => {
    const code = await k.code()
    const { access_token, refresh_token } = await k.tokens()
    const shown = JSON.stringify(k.shown())
    for (const secret of [code, access_token, refresh_token, k.app().clientSecret ?? ''])
      expect(shown).not.toContain(secret)
    expect(k.shown().tokens.map((one) => [one.kind, one.member, one.status])).toEqual([
      ['refresh', 'mara', 'active'],
      ['access', 'mara', 'active'],
    ])
    k.advance(1800)
    expect(k.shown().tokens.map((one) => one.status)).toEqual(['active', 'expired'])
  })

  it('signs everybody out', async () => {
    const browser = k.sandbox.browser()
    await k.back({}, browser)
    k.steer({ signOut: true })
    expect((await browser.open(k.authorizeUrl())).html).toContain('Continue as')
  })

  it('throttles in HubSpot’s words', async () => {
    const { access_token } = await k.tokens()
    k.sandbox.control.fault({ endpoint: 'hubspot.account-info', kind: 'throttle' })
    const { status, json } = await k.details(access_token)
    expect([status, json.policyName]).toEqual([429, 'TEN_SECONDLY_ROLLING'])
  })
})
