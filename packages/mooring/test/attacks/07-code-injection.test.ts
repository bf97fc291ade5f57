import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorizationUrl } from '../../src/protocol/authorize.ts'
import { providers } from '../../src/providers/index.ts'
import { createWorld, type TestBrowser, type World } from '../world.ts'
import { type Acme, startAcme } from './acme.ts'
import { dump, LINKEDIN_ENV, leaks, TOKEN } from './support.ts'

describe('#7 code injection', () => {
  let acme: Acme
  let world: World
  let owner: TestBrowser
  beforeAll(async () => {
    acme = await startAcme()
    world = await createWorld({
      providers: [...providers, acme.provider],
      platformOrigins: acme.origins,
      env: { ...LINKEDIN_ENV, MOORING_STARTS_PER_HOUR: '1000' },
    })
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(async () => {
    await world.close()
    await acme.stop()
  })
  const start = async (browser = owner, provider = 'acme') => (await browser.start({ provider })).body
  const challengeOf = (url: string) => new URL(url).searchParams.get('code_challenge') ?? ''
  const errorOf = (response: Response) => new URL(response.headers.get('location') ?? 'x:').searchParams.get('error')

  it('sends with every code a verifier that fits the challenge, and never the same twice', async () => {
    const seen = new Set<string>()
    for (let time = 0; time < 8; time++) {
      const flow = await start()
      const query = new URL(flow.authorizeUrl).searchParams
      expect(query.get('code_challenge_method')).toBe('S256')
      expect(errorOf(await owner.open(acme.approve(flow.authorizeUrl)))).toBeNull()
      const verifier = acme.tokenRequests.at(-1)?.form.get('code_verifier') ?? ''
      expect(verifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/)
      expect(createHash('sha256').update(verifier).digest('base64url')).toBe(query.get('code_challenge'))
      seen.add(verifier)
    }
    expect(seen.size).toBe(8)
  })

  it("does not redeem a code that was obtained under another flow's challenge", async () => {
    const attacker = world.browser()
    await attacker.signIn()
    const [theirs, mine] = [await start(attacker), await start()]
    const stolen = new URL(acme.approve(theirs.authorizeUrl)).searchParams.get('code') ?? ''
    const callback = new URL(acme.approve(mine.authorizeUrl))
    callback.searchParams.set('code', stolen)
    expect(errorOf(await owner.open(callback.href))).toBe('code_refused')
  })

  it('takes no verifier and no challenge from outside', async () => {
    const body = {
      provider: 'acme',
      code_verifier: 'x'.repeat(43),
      verifier: 'x'.repeat(43),
      code_challenge: 'mine',
      pkce: 'plain',
    }
    const flow = (await owner.start(body)).body
    expect(challengeOf(flow.authorizeUrl)).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const callback = `${acme.approve(flow.authorizeUrl)}&code_verifier=${'x'.repeat(43)}`
    expect(errorOf(await owner.open(callback))).toBeNull()
    expect(acme.tokenRequests.at(-1)?.form.get('code_verifier')).not.toContain('xxx')
  })

  it('asks for nothing rather than without a verifier, when it was taken out of the row', async () => {
    for (const value of [null, '', 'x'.repeat(43)]) {
      const flow = await start()
      await world.database.query('update mooring.flow_states set verifier = $1 where flow_id = $2', [value, flow.id])
      const before = acme.tokenRequests.length
      expect(errorOf(await owner.open(acme.approve(flow.authorizeUrl)))).not.toBeNull()
      expect(acme.tokenRequests.length).toBe(before)
    }
  })

  it('keeps the verifier sealed, and out of the address', async () => {
    const flow = await start()
    const stored = await dump(world)
    await owner.open(acme.approve(flow.authorizeUrl))
    const verifier = acme.tokenRequests.at(-1)?.form.get('code_verifier') ?? ''
    expect(leaks(`${stored}\n${flow.authorizeUrl}\n${JSON.stringify(world.logs)}`, { verifier })).toEqual([])
    expect(leaks(await dump(world), { verifier })).toEqual([])
  })

  it("gives a start link's browser a challenge of its own", async () => {
    const flow = (await world.api('POST', '/flows', { provider: 'acme' })).body
    const browser = world.browser()
    const taken = await world.mooring.fetch(
      new Request(flow.startUrl, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } }),
    )
    const url = taken.headers.get('location') ?? ''
    expect(challengeOf(url)).not.toBe(challengeOf(flow.authorizeUrl))
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(taken.headers.getSetCookie()[0] ?? '') ?? []
    browser.jar.set(name, value)
    expect(errorOf(await browser.open(acme.approve(url)))).toBeNull()
  })

  it('never sends LinkedIn a challenge or a verifier, which its standard flow refuses', async () => {
    const flow = await start(owner, 'linkedin')
    expect([...new URL(flow.authorizeUrl).searchParams.keys()].filter((name) => name.startsWith('code_'))).toEqual([])
    expect(errorOf(await owner.open(await owner.consent(flow.authorizeUrl)))).toBeNull()
    const parameters = world.sandbox.control.log(TOKEN).flatMap((entry) => entry.parameters)
    expect(parameters).toContain('code')
    expect(parameters).not.toContain('code_verifier')
  })

  it('cannot be made without a challenge where PKCE belongs, nor with one where it does not', () => {
    const client = { clientId: 'a', clientSecret: 'b', redirectUri: 'https://a.example/callback/acme' }
    const parts = { client, scopes: ['read'], separator: ' ', state: 's' } as const
    const { oauth } = acme.provider
    expect(() => authorizationUrl({ ...parts, oauth })).toThrow(TypeError)
    expect(() => authorizationUrl({ ...parts, oauth: { ...oauth, pkce: 'unsupported' }, challenge: 'c' })).toThrow(
      TypeError,
    )
  })
})
