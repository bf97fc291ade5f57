/** The whole protocol against an authorization server that others certified: real HTTP, PKCE, `iss`, single-use refresh tokens. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OIDC_CLIENT, type Oidc, startOidc } from '../../test/oidc.ts'
import { isMooringError } from '../error.ts'
import { createRuntime, type Runtime } from '../runtime.ts'
import { authorizationUrl, challengeOf, newVerifier } from './authorize.ts'
import { type CallbackGrant, judgeCallback } from './callback.ts'
import { exchange, refresh, revoke } from './token.ts'

const redirectUri = 'http://localhost:8003/callback/oidc'
const scopes = ['openid', 'offline_access', 'write']
const client = { ...OIDC_CLIENT, redirectUri }

describe.each(['post', 'basic'] as const)('with client authentication %s', (clientAuth) => {
  let oidc: Oidc
  let runtime: Runtime
  beforeAll(async () => {
    oidc = await startOidc({ clientAuth })
    runtime = createRuntime({ platformOrigins: oidc.origins })
  })
  afterAll(() => oidc.stop())

  const where = (parts: Partial<typeof client> = {}) => ({
    provider: oidc.provider,
    oauth: oidc.provider.oauth,
    client: { ...client, ...parts },
  })
  const start = () => {
    const verifier = newVerifier(runtime.random)
    const state = runtime.random(32).toString('base64url')
    const url = authorizationUrl({ ...where(), scopes, separator: ' ', state, challenge: challengeOf(verifier) })
    return { verifier, state, url: `${url}&prompt=consent` }
  }
  const judge = (callbackUrl: string, state: string): CallbackGrant =>
    judgeCallback({
      params: new URL(callbackUrl).searchParams,
      issuer: oidc.provider.issuer,
      issRequired: true,
      expectedState: state,
      redirectErrors: oidc.provider.redirectErrors,
      providerName: oidc.provider.name,
    })
  const codeOf = async (act: () => unknown) => {
    try {
      await act()
      return 'none'
    } catch (error) {
      return isMooringError(error) ? error.code : String(error)
    }
  }
  const connect = async () => {
    const flow = start()
    const grant = judge(await oidc.login(flow.url), flow.state)
    return {
      grant,
      verifier: flow.verifier,
      tokens: await exchange(runtime, { ...where(), grant, verifier: flow.verifier }),
    }
  }

  it('authorize, sign in, consent, callback, exchange: a token that the API takes', async () => {
    const { tokens } = await connect()
    expect(tokens.tokenType).toBe('bearer')
    expect(tokens.scopes?.toSorted()).toEqual(scopes.toSorted())
    const end = ((tokens.accessExpiresAt ?? 0) - Date.now()) / 1000
    expect(end).toBeGreaterThan(3590)
    expect(end).toBeLessThanOrEqual(3600)
    expect(tokens.refreshToken).toBeDefined()
    const me = await runtime.fetch('https://oidc.example/me', {
      headers: { authorization: `Bearer ${tokens.accessToken}` },
    })
    expect(await me.json()).toMatchObject({ sub: 'alice', name: 'alice at OIDC' })
  })

  it('refresh hands out another refresh token; the one that was used is refused: reauthorize', async () => {
    const { tokens } = await connect()
    const first = tokens.refreshToken ?? ''
    const renewed = await refresh(runtime, { ...where(), refreshToken: first })
    expect(renewed.accessToken).not.toBe(tokens.accessToken)
    expect(renewed.refreshToken).toBeDefined()
    expect(renewed.refreshToken).not.toBe(first)
    expect(await codeOf(() => refresh(runtime, { ...where(), refreshToken: first }))).toBe('reauthorize')
    // The reuse was noticed, and ended the whole family.
    expect(await codeOf(() => refresh(runtime, { ...where(), refreshToken: renewed.refreshToken ?? '' }))).toBe(
      'reauthorize',
    )
  })

  it('a refresh token of a chain of five works at each step', async () => {
    let { tokens } = await connect()
    for (let step = 0; step < 5; step++)
      tokens = await refresh(runtime, { ...where(), refreshToken: tokens.refreshToken ?? '' })
    expect(tokens.accessToken).not.toBe('')
  })

  it('a code is good for one exchange: code_refused', async () => {
    const { grant, verifier } = await connect()
    expect(await codeOf(() => exchange(runtime, { ...where(), grant, verifier }))).toBe('code_refused')
  })

  it('#7 a code with another verifier is refused: an injected code is of no use', async () => {
    const flow = start()
    const grant = judge(await oidc.login(flow.url), flow.state)
    const other = newVerifier(runtime.random)
    expect(await codeOf(() => exchange(runtime, { ...where(), grant, verifier: other }))).toBe('code_refused')
  })

  it('a wrong client secret is the operator’s: misconfigured, on both grants', async () => {
    const flow = start()
    const grant = judge(await oidc.login(flow.url), flow.state)
    const wrong = where({ clientSecret: 'wrong' })
    expect(await codeOf(() => exchange(runtime, { ...wrong, grant, verifier: flow.verifier }))).toBe('misconfigured')
    expect(await codeOf(() => refresh(runtime, { ...wrong, refreshToken: 'any' }))).toBe('misconfigured')
  })

  it('a person who says no: access_denied, with the sentence for the person', async () => {
    const flow = start()
    const back = await oidc.login(flow.url, { deny: true })
    expect(() => judge(back, flow.state)).toThrow('You said no on OIDC. Nothing was changed.')
    expect(await codeOf(() => judge(back, flow.state))).toBe('access_denied')
  })

  it('#4 the server sends iss, and it is looked at', async () => {
    const flow = start()
    const back = new URL(await oidc.login(flow.url))
    expect(back.searchParams.get('iss')).toBe('https://oidc.example')
    back.searchParams.set('iss', 'https://attacker.example')
    expect(await codeOf(() => judge(back.href, flow.state))).toBe('issuer_mismatch')
    back.searchParams.delete('iss')
    expect(await codeOf(() => judge(back.href, flow.state))).toBe('issuer_mismatch')
  })

  it('another flow’s state is refused', async () => {
    const flow = start()
    const back = await oidc.login(flow.url)
    expect(await codeOf(() => judge(back, start().state))).toBe('callback_invalid')
  })

  it('revoke ends the refresh token at the server', async () => {
    const { tokens } = await connect()
    const token = tokens.refreshToken ?? ''
    expect(await revoke(runtime, { ...where(), token })).toBe('yes')
    expect(await codeOf(() => refresh(runtime, { ...where(), refreshToken: token }))).toBe('reauthorize')
    expect(await revoke(runtime, { ...where({ clientSecret: 'wrong' }), token })).toBe('no')
  })
})
