import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { type ClientAuth, defineProvider, type OAuthProvider, type OAuthShape } from '../../src/provider.ts'
import { providers } from '../../src/providers/index.ts'
import { OIDC_CLIENT, OIDC_ISSUER, type Oidc, startOidc } from '../oidc.ts'
import { createWorld, type Json, type World } from '../world.ts'
import { startAcme } from './acme.ts'

interface Asked {
  url: string
  body: string
  headers: Headers
}

/** Everything that leaves for a platform, as it leaves. */
function watch(world: World): Asked[] {
  const { runtime } = world.mooring.engine
  const { fetch } = runtime
  const asked: Asked[] = []
  runtime.fetch = (url, init) => {
    asked.push({ url, body: String(init?.body ?? ''), headers: new Headers(init?.headers) })
    return fetch(url, init)
  }
  return asked
}

/** A client's assertion by any of its names (RFC 7521 §4, RFC 7523 §2), or a JWT of any make. */
const ASSERTION = /client_assertion|(^|[&?])assertion=|jwt-bearer|saml2-bearer|eyJ[\w-]{8,}\.[\w-]*/i

const tokens = (asked: Asked[], path: RegExp) => asked.filter((one) => path.test(new URL(one.url).pathname))

function expectNoAssertion(asked: Asked[]): void {
  for (const { url, body, headers } of asked) {
    const whole = [url, body, ...[...headers].map(([name, value]) => `${name}: ${value}`)].join('\n')
    expect(whole).not.toMatch(ASSERTION)
    // Nor does it ask the server how it wants to be spoken to: what it would answer decides nothing.
    expect(url).not.toContain('/.well-known/')
  }
}

describe('#23 audience injection by signed client assertions', () => {
  describe.each<['post' | 'basic']>([['post'], ['basic']])('at a strict server that wants client_secret_%s', (how) => {
    let oidc: Oidc
    let world: World
    let asked: Asked[]
    beforeAll(async () => {
      oidc = await startOidc({ clientAuth: how })
      world = await createWorld({ providers: [oidc.provider], platformOrigins: oidc.origins })
      asked = watch(world)
    })
    afterAll(async () => {
      await world.close()
      await oidc.stop()
    })

    const finish = async (parts: { deny?: boolean; body?: Record<string, unknown> } = {}): Promise<Json> => {
      const browser = world.browser()
      const started = await browser.start(parts.body ?? { provider: 'oidc' })
      expect(started.status, JSON.stringify(started.body)).toBe(201)
      await browser.open(await oidc.login(started.body.authorizeUrl, { deny: parts.deny ?? false }))
      return (await world.api('GET', `/flows/${started.body.id}`)).body
    }

    it('connects, renews, reconnects, fails and revokes with the secret alone', async () => {
      const flow = await finish()
      expect(flow.error).toBeNull()
      const path = `/connections/${flow.connectionId}`
      expect((await world.api('POST', `${path}/refresh`)).status).toBe(200)
      expect((await world.api('POST', `${path}/test`)).body.ok).toBe(true)
      expect((await finish({ body: { reconnect: flow.connectionId } })).outcome).toBe('reconnected')
      expect((await finish({ deny: true })).error.code).toBe('access_denied')
      expect((await world.api('DELETE', path)).body.revoked).toBe('yes')

      expectNoAssertion(asked)
      const shown = tokens(asked, /^\/token/)
      // Two codes, one refresh, and two tokens revoked.
      expect(shown.map((one) => new URL(one.url).pathname).sort()).toEqual([
        ...Array(3).fill('/token'),
        ...Array(2).fill('/token/revocation'),
      ])
      for (const { body, headers } of shown) {
        const form = new URLSearchParams(body)
        const basic = `Basic ${Buffer.from(`${OIDC_CLIENT.clientId}:${OIDC_CLIENT.clientSecret}`).toString('base64')}`
        expect(headers.get('authorization')).toBe(how === 'basic' ? basic : null)
        expect(form.get('client_secret')).toBe(how === 'post' ? OIDC_CLIENT.clientSecret : null)
        expect([...form.keys()].filter((name) => !KNOWN.has(name))).toEqual([])
      }
    })
  })

  it('at the simulated platform, in every kind of flow', async () => {
    const world = await createWorld()
    const asked = watch(world)
    const browser = world.browser()
    const flow = await browser.connectAll()
    const path = `/connections/${flow.connectionId}`
    world.advance(55 * 86_400)
    expect((await world.api('GET', `${path}/token`)).status).toBe(200)
    expect((await world.api('POST', `${path}/refresh`)).status).toBe(200)
    expect((await browser.connect({ reconnect: flow.connectionId })).flow.outcome).toBe('reconnected')
    await browser.connect({ provider: 'linkedin' }, { press: 'cancel' })
    await world.api('DELETE', path)
    expectNoAssertion(asked)
    const shown = tokens(asked, /accessToken|revoke/)
    expect(shown.length).toBeGreaterThanOrEqual(5)
    for (const { body, headers } of shown) {
      expect([...new URLSearchParams(body).keys()].filter((name) => !KNOWN.has(name))).toEqual([])
      expect(headers.get('authorization')).toBeNull()
    }
    await world.close()
  })

  it('has no word in the contract: three ways for a client to show itself, none of them signed', () => {
    expectTypeOf<ClientAuth>().toEqualTypeOf<'post' | 'basic' | 'none'>()
    expectTypeOf<keyof OAuthShape>().toEqualTypeOf<
      | 'authorizeUrl'
      | 'tokenUrl'
      | 'revokeUrl'
      | 'clientAuth'
      | 'idInBody'
      | 'pkce'
      | 'optionalScopes'
      | 'fixedScopes'
      | 'loopbackOnly'
    >()
    // @ts-expect-error a signed assertion is no way
    const signed: ClientAuth = 'private_key_jwt'
    expect(signed).toBe('private_key_jwt')
  })

  it.each(['private_key_jwt', 'client_secret_jwt', 'tls_client_auth', '', undefined])(
    'lets no provider be defined that wants %s',
    async (clientAuth) => {
      const [provider] = providers as readonly [OAuthProvider]
      const oauth = { ...provider.oauth, clientAuth: clientAuth as ClientAuth }
      expect(() => defineProvider({ ...provider, oauth })).toThrow(TypeError)
    },
  )

  it('sends nothing where settings turn a provider into one that wants it', async () => {
    const acme = await startAcme()
    const { oauth } = acme.provider
    const turned = { ...acme.provider, oauthFor: () => ({ ...oauth, clientAuth: 'private_key_jwt' as ClientAuth }) }
    const world = await createWorld({ providers: [turned], platformOrigins: acme.origins })
    const asked = watch(world)
    const browser = world.browser()
    const started = await browser.start({ provider: 'acme' })
    await browser.open(acme.approve(started.body.authorizeUrl))
    expect((await world.api('GET', `/flows/${started.body.id}`)).body.state).not.toBe('connected')
    expect(asked).toEqual([])
    expect(acme.tokenRequests).toEqual([])
    await world.close()
    await acme.stop()
  })

  it('would be seen: the watch finds an assertion where there is one', () => {
    const jwt = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${Buffer.from('{"aud":"x"}').toString('base64url')}.x`
    const plain = { url: `${OIDC_ISSUER}/token`, body: 'grant_type=refresh_token', headers: new Headers() }
    expect(() => expectNoAssertion([plain])).not.toThrow()
    for (const one of [
      { ...plain, body: `${plain.body}&client_assertion=${jwt}` },
      {
        ...plain,
        body: `${plain.body}&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer`,
      },
      { ...plain, headers: new Headers({ authorization: `Bearer ${jwt}` }) },
      { ...plain, url: `${OIDC_ISSUER}/.well-known/openid-configuration` },
    ])
      expect(() => expectNoAssertion([one])).toThrow()
  })
})

/** All that a token or revocation request of ours may bear. */
const KNOWN = new Set([
  'grant_type',
  'code',
  'redirect_uri',
  'code_verifier',
  'refresh_token',
  'client_id',
  'client_secret',
  'token',
  'token_type_hint',
])
