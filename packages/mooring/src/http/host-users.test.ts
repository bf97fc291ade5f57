/** The host product's own users: by its own function, and by tokens of the sign-in services that hosts use. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'
import { type Answer, bearer, expectProblem, sameOrigin, send } from './testing.ts'

const FLOWS = '/api/v1/flows'
const START = { provider: 'linkedin' }
const post = (world: World, path: string, headers: Record<string, string>, body: object) =>
  send(world, 'POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body))
const start = (world: World, headers: Record<string, string>) => post(world, FLOWS, headers, START)

describe('a host that says who is signed in', () => {
  let world: World
  /** The host's session: `cookie: host=<id>/<workspace>/<role>`. */
  const as = (id: string, workspace: string, role: string) => ({ cookie: `host=${id}/${workspace}/${role}` })
  let broken: 'throws' | 'lacks' | undefined
  beforeAll(async () => {
    world = await createWorld({
      env: { MOORING_STARTS_PER_HOUR: '1000' },
      authenticate(request) {
        if (broken === 'throws') throw new Error('CANARY-of-the-host')
        const [, id, workspace, role] = /host=([^/]+)\/([^/]+)\/([^;]+)/.exec(request.headers.get('cookie') ?? '') ?? []
        if (id === undefined || workspace === undefined) return null
        if (broken === 'lacks') return { id, workspace } as never
        return { id, name: `User ${id}`, workspace, workspaceName: `Company ${workspace}`, role: role as 'admin' }
      },
    })
  })
  afterAll(() => world.close())

  it('lets its users work, each in the workspace of their customer, made when it is new', async () => {
    const started = await start(world, { ...as('u1', 'acme', 'admin'), ...sameOrigin })
    expect(started.status, started.text).toBe(201)
    const rows = await world.database.query<{ name: string; starter: string; starter_name: string }>(
      "select w.name, f.starter, f.starter_name from mooring.flows f join mooring.workspaces w on w.id = f.workspace_id where external_id = 'acme'",
    )
    expect(rows).toEqual([{ name: 'Company acme', starter: 'user:u1', starter_name: 'User u1' }])
    const path = `${FLOWS}/${started.body.id}`
    expect((await send(world, 'GET', path, as('u2', 'acme', 'viewer'))).status).toBe(200)
    expectProblem(await send(world, 'GET', path, as('u1', 'other', 'owner')), 404, 'not_found')
    // Many at once for one new customer make one workspace.
    await Promise.all(
      Array.from({ length: 10 }, (_, at) => send(world, 'GET', '/api/v1/connections', as(`n${at}`, 'new', 'viewer'))),
    )
    expect(await world.database.query("select 1 from mooring.workspaces where external_id = 'new'")).toHaveLength(1)
  })

  it.each([
    ['owner', 201],
    ['admin', 201],
    ['publisher', 403],
    ['viewer', 403],
  ])('lets %s connect or not: %i', async (role, status) => {
    const answer = await start(world, { ...as('u1', 'roles', role), ...sameOrigin })
    expect(answer.status).toBe(status)
    if (status === 403) expect(answer.body.detail).toBe(`As ${role} here you may not do that.`)
    expect((await send(world, 'GET', '/api/v1/connections', as('u1', 'roles', role))).status).toBe(200)
  })

  it('gives nobody what is the whole server’s, or a token', async () => {
    const owner = as('u1', 'acme', 'owner')
    for (const path of ['/api/v1/api-keys', '/api/v1/vault', '/metrics'])
      expect((await send(world, 'GET', path, owner)).status, path).toBe(path === '/metrics' ? 200 : 403)
    const made = await post(world, '/api/v1/api-keys', { ...owner, ...sameOrigin }, { name: 'x', scopes: ['proxy'] })
    expect(made.status).toBe(403)
  })

  it('is asked from the own site alone: another site’s page cannot start for its user (#2)', async () => {
    for (const headers of [{}, { 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }])
      expectProblem(await start(world, { ...as('u1', 'acme', 'admin'), ...headers }), 403, 'cross_site')
  })

  it('lets nobody finish for another (#3)', async () => {
    const owner = as('u1', 'acme', 'admin')
    const finish = async (who: Record<string, string>) => {
      const started = await start(world, { ...owner, ...sameOrigin })
      const binding = started.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ')
      const { location } = await world.sandbox.browser().consent(started.body.authorizeUrl, {})
      const { pathname, search } = new URL(location ?? '')
      const cookie = [binding, who.cookie].filter(Boolean).join('; ')
      const answer = await send(world, 'GET', pathname + search, { cookie })
      return new URL(answer.headers.get('location') ?? 'x:', 'http://x').searchParams.get('error')
    }
    expect(await finish(as('u2', 'acme', 'admin'))).toBe('flow_other_person')
    expect(await finish({})).toBe('flow_other_person')
    expect(await finish(owner)).toBeNull()
  })

  it('nobody is signed in where it says so', async () => {
    expectProblem(await send(world, 'GET', '/api/v1/connections'), 401, 'unauthorized')
  })

  it.each(['throws', 'lacks'] as const)('that %s lets nobody in, and its words reach nobody', async (how) => {
    broken = how
    const answer = await send(world, 'GET', '/api/v1/connections', as('u1', 'acme', 'admin'))
    broken = undefined
    expectProblem(answer, 500, 'internal')
    expect(answer.text + JSON.stringify(world.logs)).not.toContain('CANARY-of-the-host')
  })
})

describe('a token of the host’s sign-in', () => {
  const SUPABASE = 'https://project.supabase.co/auth/v1'
  const AUTH0 = 'https://tenant.eu.auth0.com/'
  const CLERK = 'https://clerk.app.example.com'
  const secret = 'a-secret-that-is-long-enough-for-hmac-256'
  let keys: Awaited<ReturnType<typeof generateKeyPair>>
  let stranger: Awaited<ReturnType<typeof generateKeyPair>>
  let jwks: Server
  let asked = 0
  let down = false
  const worlds: Record<'supabase' | 'auth0' | 'clerk', World> = {} as never

  beforeAll(async () => {
    keys = await generateKeyPair('RS256')
    stranger = await generateKeyPair('RS256')
    const published = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
    jwks = createServer((_, response) => {
      asked += 1
      if (down) return void response.writeHead(503).end()
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [published] }))
    })
    await new Promise<void>((done) => jwks.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(jwks.address() as AddressInfo).port}`
    worlds.supabase = await createWorld({
      env: {
        MOORING_JWT_SECRET: secret,
        MOORING_JWT_ISSUER: SUPABASE,
        MOORING_JWT_AUDIENCE: 'authenticated',
        MOORING_JWT_WORKSPACE_CLAIM: 'app_metadata.org',
        MOORING_JWT_ROLE_CLAIM: 'app_metadata.role',
        MOORING_JWT_NAME_CLAIM: 'user_metadata.full_name',
      },
    })
    worlds.auth0 = await createWorld({
      platformOrigins: { 'https://tenant.eu.auth0.com': url },
      env: {
        MOORING_JWT_JWKS_URL: `${AUTH0}.well-known/jwks.json`,
        MOORING_JWT_ISSUER: AUTH0,
        MOORING_JWT_AUDIENCE: 'https://api.example.com',
        MOORING_JWT_WORKSPACE_CLAIM: 'https://app.example.com/org',
        MOORING_JWT_DEFAULT_ROLE: 'viewer',
      },
    })
    worlds.clerk = await createWorld({
      platformOrigins: { [CLERK]: url },
      env: {
        MOORING_JWT_JWKS_URL: `${CLERK}/.well-known/jwks.json`,
        MOORING_JWT_ISSUER: CLERK,
        MOORING_JWT_WORKSPACE_CLAIM: 'org_id',
        MOORING_JWT_ROLE_CLAIM: 'org_role',
        MOORING_JWT_ROLES: 'org:admin=admin,org:member=viewer',
      },
    })
  })
  afterAll(async () => {
    for (const world of Object.values(worlds)) await world.close()
    jwks.close()
  })

  const SHAPES = {
    supabase: {
      iss: SUPABASE,
      aud: 'authenticated',
      role: 'authenticated',
      app_metadata: { org: 'acme', role: 'admin', provider: 'email' },
      user_metadata: { full_name: 'Ada Lovelace' },
    },
    auth0: { iss: AUTH0, aud: ['https://api.example.com', `${AUTH0}userinfo`], 'https://app.example.com/org': 'acme' },
    clerk: { iss: CLERK, azp: 'https://app.example.com', org_id: 'org_acme', org_role: 'org:admin' },
  }
  interface Made {
    claims?: JWTPayload
    key?: CryptoKey | Uint8Array
    header?: { alg: string; kid?: string }
    lives?: number
  }
  async function token(of: keyof typeof SHAPES, { claims = {}, key, header, lives = 300 }: Made = {}): Promise<string> {
    const now = Math.floor(worlds[of].now() / 1000)
    const hmac = of === 'supabase'
    return new SignJWT({ sub: 'user-1', ...SHAPES[of], ...claims })
      .setProtectedHeader(header ?? (hmac ? { alg: 'HS256' } : { alg: 'RS256', kid: 'one' }))
      .setIssuedAt(now)
      .setExpirationTime(now + lives)
      .sign(key ?? (hmac ? new TextEncoder().encode(secret) : keys.privateKey))
  }
  const list = (of: keyof typeof SHAPES, jwt: string): Promise<Answer> =>
    send(worlds[of], 'GET', '/api/v1/connections', bearer(jwt))

  it.each(['supabase', 'auth0', 'clerk'] as const)('(%s) opens the workspace of its customer', async (of) => {
    expect((await list(of, await token(of))).status).toBe(200)
    const externalId = of === 'clerk' ? 'org_acme' : 'acme'
    const rows = await worlds[of].database.query('select 1 from mooring.workspaces where external_id = $1', [
      externalId,
    ])
    expect(rows).toHaveLength(1)
  })

  it('starts a flow without a cookie of the host, and the browser that has the flow’s cookie finishes it', async () => {
    const world = worlds.supabase
    const started = await start(world, bearer(await token('supabase')))
    expect(started.status, started.text).toBe(201)
    const flows = await world.database.query<{ starter: string; starter_name: string }>(
      'select starter, starter_name from mooring.flows',
    )
    expect(flows).toEqual([{ starter: 'bearer:user-1', starter_name: 'Ada Lovelace' }])
    const { location } = await world.sandbox.browser().consent(started.body.authorizeUrl, {})
    const { pathname, search } = new URL(location ?? '')
    const stolen = await send(world, 'GET', pathname + search)
    expect(stolen.status).toBe(403)
    const cookie = started.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const done = await send(world, 'GET', pathname + search, { cookie })
    expect(done.headers.get('location')).not.toContain('error=')
  })

  it('holds its user to the role that it bears, by the host’s own names or ours', async () => {
    expect((await start(worlds.clerk, bearer(await token('clerk')))).status).toBe(201)
    const member = await token('clerk', { claims: { org_role: 'org:member' } })
    expectProblem(await start(worlds.clerk, bearer(member)), 403, 'forbidden')
    expectProblem(await start(worlds.auth0, bearer(await token('auth0'))), 403, 'forbidden')
    for (const org_role of ['org:owner', 'constructor', '__proto__', '', undefined])
      expectProblem(await list('clerk', await token('clerk', { claims: { org_role } })), 401, 'unauthorized')
  })

  it('is refused when it does not hold', async () => {
    const other = new TextEncoder().encode('another-secret-that-is-long-enough-too')
    const publicKey = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)))
    const refused: [keyof typeof SHAPES, string, string][] = [
      ['supabase', 'another secret', await token('supabase', { key: other })],
      ['auth0', 'another key', await token('auth0', { key: stranger.privateKey })],
      ['auth0', 'an unknown key', await token('auth0', { header: { alg: 'RS256', kid: 'two' } })],
      ['auth0', 'the public key as a secret', await token('auth0', { key: publicKey, header: { alg: 'HS256' } })],
      ['supabase', 'another algorithm', await token('supabase', { key: keys.privateKey, header: { alg: 'RS256' } })],
      ['supabase', 'another issuer', await token('supabase', { claims: { iss: 'https://evil.example' } })],
      ['supabase', 'another audience', await token('supabase', { claims: { aud: 'anon' } })],
      ['auth0', 'another audience', await token('auth0', { claims: { aud: 'https://other.example.com' } })],
      ['supabase', 'no user', await token('supabase', { claims: { sub: '' } })],
      ['supabase', 'no workspace', await token('supabase', { claims: { app_metadata: { role: 'admin' } } })],
      [
        'supabase',
        'a workspace that is none',
        await token('supabase', { claims: { app_metadata: { org: { a: 1 }, role: 'admin' } } }),
      ],
      ['supabase', 'no signature', `${(await token('supabase')).split('.').slice(0, 2).join('.')}.`],
      [
        'supabase',
        'alg none',
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await token('supabase')).split('.')[1]}.x`,
      ],
      ['supabase', 'rubbish', 'a.b.c'],
    ]
    for (const [of, what, jwt] of refused) {
      const answer = await list(of, jwt)
      expect(answer.status, what).toBe(401)
      expectProblem(answer, 401, 'unauthorized')
      if (jwt.length > 50) expect(answer.text, what).not.toContain(jwt.split('.')[1]?.slice(0, 20))
    }
  })

  it('ends, and says so', async () => {
    const jwt = await token('supabase', { lives: 60 })
    expect((await list('supabase', jwt)).status).toBe(200)
    worlds.supabase.advance(70)
    const answer = await list('supabase', jwt)
    expectProblem(answer, 401, 'unauthorized')
    expect(answer.body.detail).toBe('Your sign-in has expired. Sign in again.')
  })

  it('asks for the keys once, not for each token', async () => {
    const before = asked
    for (let at = 0; at < 5; at += 1) expect((await list('auth0', await token('auth0'))).status).toBe(200)
    expect(asked).toBe(before)
  })

  it('that cannot be checked is the server’s matter, and no one’s who signed in', async () => {
    down = true
    const world = await createWorld({
      platformOrigins: { [CLERK]: `http://127.0.0.1:${(jwks.address() as AddressInfo).port}` },
      env: {
        MOORING_JWT_JWKS_URL: `${CLERK}/.well-known/jwks.json`,
        MOORING_JWT_ISSUER: CLERK,
        MOORING_JWT_DEFAULT_ROLE: 'viewer',
      },
    })
    expectProblem(await send(world, 'GET', '/api/v1/connections', bearer(await token('clerk'))), 500, 'internal')
    down = false
    await world.close()
  })

  it('is in no log and no row', async () => {
    const jwt = await token('supabase')
    await list('supabase', jwt)
    expect(JSON.stringify(worlds.supabase.logs)).not.toContain(jwt.slice(0, 40))
  })
})
