/**
 * The engine on an authorization server that it knows nothing of: oidc-provider, which OpenID certified, with PKCE and
 * refresh tokens that are good for one use. A second use ends the whole grant there, so a race would be seen at once.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { look, token } from './linkedin.ts'
import { type Oidc, startOidc } from './oidc.ts'
import { createWorld, type World } from './world.ts'

let oidc: Oidc
let world: World
/** Another process on the same database. */
let second: World
beforeAll(async () => {
  oidc = await startOidc()
  const options = { env: { MOORING_STARTS_PER_HOUR: '100' }, providers: [oidc.provider], platformOrigins: oidc.origins }
  world = await createWorld(options)
  second = await createWorld({ ...options, database: world.database, vaultKeys: world.vaultKeys })
})
afterAll(async () => {
  await second.close()
  await world.close()
  await oidc.stop()
})
beforeEach(() => {
  oidc.hits.clear()
})

const advance = (seconds: number) => [world, second].map((one) => one.advance(seconds))
const exchanges = () => oidc.hits.get('/token') ?? 0

async function connect(account: string, parts: { deny?: boolean; reconnect?: string } = {}) {
  const { deny = false, ...body } = parts
  const browser = world.browser()
  const started = await browser.start({ provider: 'oidc', ...body })
  expect(started.status).toBe(201)
  const callback = await oidc.login(`${started.body.authorizeUrl}&prompt=login%20consent`, { account, deny })
  const response = await browser.open(callback)
  const landed = new URL(response.headers.get('location') ?? '')
  return { landed, callback: new URL(callback), flow: (await world.api('GET', `/flows/${started.body.id}`)).body }
}

describe('on a server of others', () => {
  it('a person connects, by PKCE, with the issuer checked and the identity from userinfo', async () => {
    const { flow, callback, landed } = await connect('ada')
    expect(callback.searchParams.get('iss')).toBe(oidc.issuer)
    expect(landed.searchParams.get('error')).toBeNull()
    expect(flow).toMatchObject({ state: 'connected', outcome: 'connected', missingScopes: [] })
    expect(await look(world, flow.connectionId)).toMatchObject({
      provider: 'oidc',
      renewable: true,
      identity: { subject: 'ada', label: 'ada at OIDC' },
      accounts: [{ subject: 'ada' }],
    })
    const { body } = await token(world, flow.connectionId)
    const me = await fetch(`${oidc.url}/me`, { headers: { authorization: `Bearer ${body.accessToken}` } })
    expect(await me.json()).toMatchObject({ sub: 'ada' })
  })

  it('a person who says no changes nothing', async () => {
    const { flow } = await connect('bo', { deny: true })
    expect(flow.error).toMatchObject({
      code: 'access_denied',
      message: 'You said no on OIDC. Nothing was changed.',
    })
    expect(exchanges()).toBe(0)
  })

  it('somebody else cannot take a connection over', async () => {
    const { flow } = await connect('cleo')
    const other = await connect('dan', { reconnect: flow.connectionId })
    expect(other.flow.error).toMatchObject({
      code: 'wrong_identity',
      message: 'That is another OIDC account. Sign in there as cleo at OIDC.',
    })
    expect((await token(world, flow.connectionId)).status).toBe(200)
  })
})

describe('refresh tokens that are good for one use', () => {
  it('are renewed again and again, each by the one before', async () => {
    const { flow } = await connect('eve')
    const seen = new Set<string>()
    for (let times = 0; times < 4; times += 1) {
      seen.add((await token(world, flow.connectionId)).body.accessToken)
      advance(3400)
    }
    expect(seen.size).toBe(4)
    expect(exchanges()).toBe(4)
    expect(await look(world, flow.connectionId)).toMatchObject({ state: 'connected', problem: null })
  })

  it('survive a hundred callers in two processes, again and again', async () => {
    const { flow } = await connect('finn')
    for (let times = 1; times <= 3; times += 1) {
      advance(3700)
      const asking = [world, second].flatMap((one) => Array.from({ length: 50 }, () => token(one, flow.connectionId)))
      const answers = await Promise.all(asking)
      expect(answers.filter((one) => one.status !== 200)).toEqual([])
      expect(new Set(answers.map((one) => one.body.accessToken)).size).toBe(1)
      expect(exchanges()).toBe(1 + times)
    }
    expect((await world.api('POST', `/connections/${flow.connectionId}/test`)).body.ok).toBe(true)
  })

  it('that were used by somebody else ask for the person', async () => {
    const { flow } = await connect('gus')
    const sealed = async () =>
      (
        await world.database.query<{ refresh_token: string }>(
          'select refresh_token from mooring.connections where id = $1',
          [flow.connectionId],
        )
      )[0]?.refresh_token
    const old = await sealed()
    await world.api('POST', `/connections/${flow.connectionId}/refresh`)
    expect(await sealed()).not.toBe(old)
    // What a restored backup does: the token of before comes back, and its second use ends the grant.
    await world.database.query('update mooring.connections set refresh_token = $1 where id = $2', [
      old,
      flow.connectionId,
    ])
    expect(await world.api('POST', `/connections/${flow.connectionId}/refresh`)).toMatchObject({
      status: 409,
      body: { code: 'reauthorize', providerCode: 'invalid_grant' },
    })
    expect((await token(world, flow.connectionId)).body.code).toBe('reauthorize')
    const again = await connect('gus', { reconnect: flow.connectionId })
    expect(again.flow).toMatchObject({ state: 'connected', outcome: 'reconnected' })
    expect((await token(world, flow.connectionId)).status).toBe(200)
  })

  it('are not lost where the database is away when the answer comes', async () => {
    const { flow } = await connect('hedy')
    const { runtime } = world.mooring.engine
    const { fetch } = runtime
    const name = `"${world.database.admin.database}"`
    const said = (part: string) => vi.waitUntil(() => world.logs.some((line) => line.message.includes(part)), 60_000)
    // No login but the superuser's gets in, and who is in is thrown out: a restart of the database, seen from here.
    const away = `alter database ${name} connection limit 0`
    const leave = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mooring' and datname = current_database()`
    runtime.fetch = async (url, init) => {
      runtime.fetch = fetch
      const response = await fetch(url, init)
      await world.database.query(away)
      await world.database.query(leave)
      return response
    }
    const asking = world.api('POST', `/connections/${flow.connectionId}/refresh`)
    await said('cannot be stored')
    await world.database.query(`alter database ${name} connection limit -1`)
    await said('could be stored after all')
    expect([200, 503]).toContain((await asking).status)
    advance(3700)
    expect((await token(world, flow.connectionId)).status).toBe(200)
  })

  it('are ended at the server when the connection is', async () => {
    const { flow } = await connect('iris')
    const { accessToken } = (await token(world, flow.connectionId)).body
    expect((await world.api('DELETE', `/connections/${flow.connectionId}`)).body.revoked).toBe('yes')
    const me = await fetch(`${oidc.url}/me`, { headers: { authorization: `Bearer ${accessToken}` } })
    expect(me.status).toBe(401)
  })
})
