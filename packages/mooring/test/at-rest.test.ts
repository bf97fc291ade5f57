/**
 * Tokens at rest, proved: every kind of flow is walked with everything that is secret written down as it passes; then all
 * that the database holds, its own log with every statement and parameter, and our log at its most talkative are searched,
 * coded and uncoded. Last, each secret is hidden on purpose and must be found: a search that cannot find proves nothing.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openQueue, SWEEP } from '../src/jobs/queue.ts'
import { providers } from '../src/providers/index.ts'
import { silent } from '../src/runtime.ts'
import { createKeyRing, generateKey } from '../src/vault/keyring.ts'
import { createVault } from '../src/vault/vault.ts'
import { type Acme, send, startAcme } from './attacks/acme.ts'
import { secretIn, tokensIn } from './attacks/canaries.ts'
import { deliver, pushes, signed } from './attacks/pushing.ts'
import { ask, bearer, connectIn, LINKEDIN_ENV, secondTenant } from './attacks/support.ts'
import { everythingStored, findSecrets, logEveryStatement, plants, watchServerLog } from './canary-search.ts'
import { complete, look, makeSession, walk as walkSession } from './sessions.ts'
import { createWorld, type Json, KEY, type TestBrowser, type TestDatabase, testDatabase, type World } from './world.ts'

/** With those that make a list of accounts to choose from. */
const SCOPES = 'openid profile email w_member_social r_organization_social w_organization_social rw_organization_admin'

const canary = (name: string) => `${name}-canary-${randomBytes(18).toString('base64url')}`

describe('tokens at rest', () => {
  const secrets: Record<string, string> = {}
  let acme: Acme
  let database: TestDatabase
  let world: World
  let owner: TestBrowser
  let serverLog: () => string
  let mine = ''
  let atAcme = ''

  const keep = (name: string, value: string | null | undefined): void => {
    if (!value || value.length < 8 || Object.values(secrets).includes(value)) return
    secrets[`${name} ${Object.keys(secrets).length}`] = value
  }

  /** Whatever secret goes to a platform or comes from it is written down on its way. */
  function harvest(): void {
    const { runtime } = world.mooring.engine
    const { fetch } = runtime
    runtime.fetch = async (url, init) => {
      const form = new URLSearchParams(String(init?.body ?? ''))
      for (const name of ['code', 'code_verifier', 'client_secret', 'refresh_token', 'token'])
        keep(name, form.get(name))
      const [scheme, credential] = (new Headers(init?.headers).get('authorization') ?? '').split(' ')
      keep(scheme ?? '', credential)
      const response = await fetch(url, init)
      const said = await response
        .clone()
        .json()
        .catch(() => ({}))
      for (const name of ['access_token', 'refresh_token', 'id_token']) keep(name, said?.[name])
      return response
    }
  }

  beforeAll(async () => {
    acme = await startAcme({ pushes })
    database = await testDatabase()
    await logEveryStatement(database)
    serverLog = await watchServerLog(database)
    const vaultKeys = `${generateKey()},${generateKey()}`
    world = await createWorld({
      database,
      vaultKeys,
      background: true,
      providers: [...providers, acme.provider],
      platformOrigins: acme.origins,
      env: { ...LINKEDIN_ENV, LINKEDIN_SCOPES: SCOPES, MOORING_STARTS_PER_HOUR: '1000' },
    })
    harvest()
    keep('API key', KEY)
    keep('client secret', 'test-secret')
    for (const key of vaultKeys.split(',')) keep('vault key', key)
    owner = world.browser()
  })
  afterAll(async () => {
    await world.close()
    await acme.stop()
    await database.drop()
  })

  const cookies = () => {
    for (const [name, value] of owner.jar) keep(name, secretIn(value))
  }
  async function walk(body: Json, visit: Json = {}): Promise<Json> {
    const started = (await owner.start(body)).body
    cookies()
    keep('start ticket', started.startUrl?.split('/').at(-1))
    const atPlatform = body.provider === 'acme' || visit.acme === true
    const callback = atPlatform ? acme.approve(started.authorizeUrl) : await owner.consent(started.authorizeUrl, visit)
    for (const name of ['code', 'state']) keep(name, new URL(callback).searchParams.get(name))
    await owner.open(callback)
    return (await world.api('GET', `/flows/${started.id}`)).body
  }
  const fault = (endpoint: string, kind: 'gateway' | 'reset' | 'truncate') =>
    world.sandbox.control.fault({ endpoint, kind })
  const answer = (endpoint: string, status: number, body: Json) =>
    world.sandbox.control.fault({ endpoint, kind: 'answer', status, body })

  const ourLog = () => world.logs.map((line) => JSON.stringify(line))

  async function expectSilence(): Promise<void> {
    await tokensIn(database, world.vaultKeys, secrets).catch(() => {})
    expect(findSecrets(await everythingStored(database), secrets)).toEqual([])
    expect(findSecrets(ourLog(), secrets)).toEqual([])
  }

  const steps: [string, () => Promise<unknown>][] = [
    [
      'a sign-in link and a session',
      async () => {
        const token = new URL(await world.mooring.signInLink()).hash.slice(1)
        keep('sign-in token', token)
        keep('unused sign-in token', new URL(await world.mooring.signInLink()).hash.slice(1))
        expect((await owner.send('POST', '/session', { token })).status).toBe(200)
        cookies()
        expect((await owner.send('GET', '/session')).status).toBe(200)
      },
    ],
    [
      'a connect with a choice of accounts',
      async () => {
        const flow = await walk({ provider: 'linkedin', returnTo: '/settings' })
        expect(flow.state).toBe('checkpoint')
        const accounts = flow.candidates.filter((one: Json) => one.selectable).map((one: Json) => one.id)
        await owner.send('POST', `/flows/${flow.id}/accounts`, { accounts })
        mine = flow.connectionId
      },
    ],
    [
      'a connect with PKCE',
      async () => {
        const flow = await walk({ provider: 'acme' })
        expect(flow.error).toBeNull()
        atAcme = flow.connectionId
      },
    ],
    ['a flow that is left where it began', () => owner.start({ provider: 'acme' }).then(cookies)],
    ['a denial', () => walk({ provider: 'linkedin' }, { press: 'cancel' })],
    [
      'a refused code, a reset, a page of a gateway and half an answer',
      async () => {
        answer('linkedin.token', 400, { error: 'invalid_request', error_description: 'no such code' })
        expect((await walk({ provider: 'linkedin' })).state).toBe('failed')
        for (const kind of ['gateway', 'reset', 'truncate'] as const) {
          fault('linkedin.token', kind)
          await walk({ provider: 'linkedin' })
          fault('linkedin.userinfo', kind)
          await walk({ provider: 'linkedin' })
        }
      },
    ],
    [
      'an answer that repeats the secrets back as its error',
      async () => {
        acme.onToken = ({ form, authorization }, response) => {
          const said = [...form].map(([name, value]) => `${name}=${value}`).join(' ')
          response.writeHead(400, { 'content-type': 'application/json' })
          response.end(JSON.stringify({ error: 'invalid_request', error_description: `${said} ${authorization}` }))
        }
        expect((await walk({ provider: 'acme' })).state).toBe('failed')
        await world.api('POST', `/connections/${atAcme}/refresh`)
        acme.onToken = undefined
      },
    ],
    ['a reconnect', async () => expect((await walk({ reconnect: mine })).outcome).toBe('reconnected')],
    ['a token read, a test and the history', () => looks()],
    [
      'a refresh that was due, and forced ones',
      async () => {
        world.advance(55 * 86_400)
        const token = new URL(await world.mooring.signInLink()).hash.slice(1)
        keep('sign-in token', token)
        await owner.send('POST', '/session', { token })
        cookies()
        expect((await world.api('GET', `/connections/${mine}/token`)).status).toBe(200)
        expect((await world.api('POST', `/connections/${mine}/refresh`)).status).toBe(200)
        expect((await world.api('POST', `/connections/${atAcme}/refresh`)).status).toBe(200)
      },
    ],
    [
      'a refresh whose tokens could not be stored',
      async () => {
        await database.query(
          'alter table mooring.connections add constraint full_up check (token_version < 0) not valid',
        )
        expect((await world.api('POST', `/connections/${atAcme}/refresh`)).status).toBeGreaterThanOrEqual(500)
        await database.query('alter table mooring.connections drop constraint full_up')
        expect((await world.api('POST', `/connections/${atAcme}/refresh`)).status).toBeLessThan(600)
      },
    ],
    ['a sweep in the background, through the queue', () => sweeps()],
    [
      'a wrong client secret and its alert',
      async () => {
        world.sandbox.control.apply({ linkedin: { app: { registration: 'linkedin', secretRefused: true } } })
        await world.api('POST', `/connections/${mine}/refresh`)
        await walk({ provider: 'linkedin' })
        await owner.send('GET', '/alerts')
        world.sandbox.control.apply({ linkedin: { app: { registration: 'linkedin', secretRefused: false } } })
      },
    ],
    [
      'API keys, made, used and ended',
      async () => {
        const scopes = ['tokens:read', 'connections:write', 'connections:read']
        const { key, id } = (await owner.send('POST', '/api/v1/api-keys', { name: 'one', scopes })).body
        keep('API key', key)
        expect((await world.api('GET', `/connections/${mine}/token`, undefined, bearer(key))).status).toBeLessThan(600)
        await owner.send('DELETE', `/api/v1/api-keys/${id}`)
        keep('unknown API key', canary('mk_live_unknown'))
        await world.api('GET', '/connections', undefined, bearer(Object.values(secrets).at(-1) ?? ''))
      },
    ],
    [
      'a start link of a program, opened and used',
      async () => {
        const link = (await world.api('POST', '/flows', { provider: 'linkedin' })).body
        keep('start ticket', link.startUrl.split('/').at(-1))
        keep('state', new URL(link.authorizeUrl).searchParams.get('state'))
        await owner.open(link.startUrl)
        await owner.send('POST', link.startUrl)
        cookies()
      },
    ],
    [
      'connect sessions: one that is completed, one that another person brings back, one that nobody completes',
      async () => {
        const at = { returnTo: '/settings', completeAt: '/complete' }
        for (const user of ['ada', 'mallory', undefined]) {
          const made = await makeSession(world, { ...at, providers: ['linkedin'] })
          keep('session token', made.token)
          const browser = world.browser()
          const { to } = await walkSession(world, browser, made)
          for (const [name, value] of browser.jar) keep(name, secretIn(value))
          const code = to?.searchParams.get('code') ?? ''
          keep('completion code', code)
          const flow = to?.searchParams.get('flow') ?? ''
          if (user !== undefined) await complete(world, { flow, code }, user)
          if (user === 'ada') await look(world, browser, `/connect-session/${made.id}/accounts`)
        }
        const [held] = await database.query<Json>('select * from mooring.flows where held_tokens is not null')
        const seal = { workspace: held.workspace_id, record: held.id, field: 'held_tokens' }
        const text = createVault(createKeyRing(world.vaultKeys)).open(held.held_tokens, seal)
        // It passed by on its way from the platform, and lies there sealed.
        expect(Object.values(secrets)).toContain(JSON.parse(text)[0])
      },
    ],
    [
      'callbacks, requests and forms with secrets where none belong',
      async () => {
        const [code, state, password, form] = ['code', 'state', 'password', 'form'].map(canary)
        Object.assign(secrets, { 'stray code': code, 'stray state': state, password, 'stray form': form })
        await owner.open(`/callback/linkedin?code=${code}&state=${state}`)
        await owner.open(`/callback/acme?code=${code}&state=${state}&error=${password}&error_description=${form}`)
        await owner.send('POST', '/flows', { provider: 'linkedin', password, username: form })
        await owner.send('POST', `/flows?password=${password}`, `{"provider":"linkedin","password":"${password}"`)
        await world.api('GET', `/connections?password=${password}`, undefined, { 'x-password': form ?? '' })
        await world.api('GET', '/connections', undefined, { authorization: `Basic ${password}`, cookie: `a=${form}` })
        await ask(world, 'GET', `/nowhere/${password}?${form}`)
      },
    ],
    ['a call through the proxy, renewed in the middle', () => proxied()],
    [
      'an import, dry and done',
      async () => {
        const [accessToken, refreshToken, password] = ['imported-access', 'imported-refresh', 'imported-password'].map(
          canary,
        )
        Object.assign(secrets, { 'imported access': accessToken, 'imported refresh': refreshToken })
        secrets['imported password'] = password ?? ''
        const records = [
          { provider: 'acme', registration: 'acme', label: 'Imported', accessToken, refreshToken },
          { provider: 'nowhere', accessToken, refreshToken },
          { provider: 'acme', registration: 'acme', accessToken: `${accessToken}\n`, password },
        ]
        acme.onApi = (_, response) => void send(response, 200, { id: 'imported', name: 'Imported' })
        for (const dryRun of [true, false]) {
          for (const offline of [true, false])
            await world.api('POST', '/connections/import', { dryRun, offline, records })
          const done = await world.api('POST', '/connections/import', { dryRun, records: records.slice(0, 2) })
          expect(done.status, JSON.stringify(done.body)).toBe(200)
          expect(done.body.data[0].outcome).toBe(dryRun ? 'created' : 'unchanged')
        }
        acme.onApi = undefined
        expect(findSecrets([JSON.stringify((await world.api('GET', '/connections')).body)], secrets)).toEqual([])
      },
    ],
    [
      'a refused refresh, and a test after it',
      async () => {
        world.sandbox.control.apply({ linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } })
        await world.api('POST', `/connections/${mine}/refresh`)
        expect((await owner.send('POST', `/connections/${mine}/test`)).body.ok).toBe(false)
        expect((await world.api('GET', `/connections/${mine}`)).body.state).toBe('reauthorize')
      },
    ],
    [
      'values moved between rows, and values in the clear put into columns by somebody else',
      async () => {
        const other = (await connectIn(world, world.workspace, { member: 'tomas' })).connection
        const plain = canary('plain')
        const before = await database.query('select id, access_token, refresh_token from mooring.connections')
        await database.query(
          'update mooring.connections set access_token = (select access_token from mooring.connections where id = $2) where id = $1',
          [atAcme, other],
        )
        await world.api('GET', `/connections/${atAcme}/token`)
        await database.query("update mooring.connections set refresh_token = 'v1.' || reverse($2) where id = $1", [
          other,
          plain,
        ])
        await world.api('POST', `/connections/${other}/refresh`)
        await owner.send('POST', `/connections/${other}/test`)
        keep('plain', plain)
        for (const row of before)
          await database.query('update mooring.connections set access_token = $2, refresh_token = $3 where id = $1', [
            ...Object.values(row),
          ])
      },
    ],
    [
      'pushes, good and forged',
      async () => {
        const subject = canary('person')
        const body = canary('body')
        for (const path of ['/push/acme/deauthorize', '/push/acme/erase'])
          expect((await deliver(world, signed(world, subject, { path }))).status).toBe(200)
        const forged = signed(world, body, { secret: 'wrong' })
        expect((await deliver(world, forged)).status).toBe(401)
        Object.assign(secrets, { 'person of a push': subject, 'forged push': String(forged.body).slice(-40) })
      },
    ],
    [
      'another workspace with a key of its own',
      async () => {
        const them = await secondTenant(world)
        keep('API key', them.key)
        await connectIn(world, them.workspace, { member: 'ines' })
        await them.api('GET', '/connections')
      },
    ],
    ['a rotation of the keys', () => rotates()],
    [
      'a disconnect and a sign-out',
      async () => {
        for (const id of [mine, atAcme]) expect((await world.api('DELETE', `/connections/${id}`)).status).toBe(200)
        await world.api('GET', `/connections/${mine}/token`)
        await owner.send('DELETE', '/session')
      },
    ],
  ]

  async function looks(): Promise<void> {
    expect((await world.api('GET', `/connections/${mine}/token`)).status).toBe(200)
    await owner.send('POST', `/connections/${mine}/test`)
    for (const path of ['', '/events', '/available-accounts']) await owner.send('GET', `/connections/${mine}${path}`)
    for (const path of [
      '/connections',
      '/accounts',
      '/providers',
      '/forecast',
      '/alerts',
      '/vault',
      '/api/v1/api-keys',
    ])
      expect((await owner.send('GET', path)).status, path).toBe(200)
    for (const path of ['/metrics', '/readyz', '/healthz']) await ask(world, 'GET', path, bearer(KEY))
  }

  async function sweeps(): Promise<void> {
    const before = (await world.api('GET', `/connections/${mine}`)).body.lastRefreshedAt
    world.advance(55 * 86_400)
    const { engine } = world.mooring
    const queue = await openQueue(engine.store.foreignSql, silent)
    await queue.send(SWEEP)
    const end = Date.now() + 90_000
    const swept = async () => (await world.api('GET', `/connections/${mine}`)).body.lastRefreshedAt !== before
    while (!(await swept()) && Date.now() < end) await new Promise((done) => setTimeout(done, 100))
    expect(await swept(), 'nobody swept').toBe(true)
    await queue.stop({ graceful: false, close: false })
    const jobs = await database.query<{ data: unknown }>("select data from mooring_jobs.job where name = 'refresh'")
    expect(jobs.length).toBeGreaterThan(0)
    // A job names ids and nothing else.
    for (const { data } of jobs)
      expect(Object.keys(data as object).sort()).toEqual(['connection', 'provider', 'workspace'])
    const token = new URL(await world.mooring.signInLink()).hash.slice(1)
    keep('sign-in token', token)
    await owner.send('POST', '/session', { token })
    cookies()
  }

  async function proxied(): Promise<void> {
    const [query, header, body] = ['query', 'header', 'body'].map(canary)
    Object.assign(secrets, { 'proxied query': query, 'proxied header': header, 'proxied body': body })
    const path = `/proxy/${mine}/v2/userinfo?q=${query}`
    const headers = { 'x-secret': header ?? '' }
    expect((await world.api('GET', path, undefined, headers)).status).toBe(200)
    answer('linkedin.userinfo', 401, { status: 401, code: 'REVOKED_ACCESS_TOKEN', message: body })
    await world.api('GET', path, undefined, headers)
    await world.api('POST', `/proxy/${mine}/v2/nowhere?q=${query}`, { secret: body }, headers)
    await world.api('GET', `/proxy/${randomUUID()}/v2/userinfo?q=${query}`, undefined, headers)
    await tokensIn(database, world.vaultKeys, secrets)
  }

  async function rotates(): Promise<void> {
    const newest = generateKey()
    keep('vault key', newest)
    await tokensIn(database, world.vaultKeys, secrets)
    const rotated = await createWorld({
      database,
      vaultKeys: `${newest},${world.vaultKeys}`,
      providers: [...providers, acme.provider],
      platformOrigins: acme.origins,
      env: LINKEDIN_ENV,
    })
    try {
      for (let cursor: string | null = '', turns = 0; cursor !== null && turns < 50; turns++) {
        const done = await rotated.api('POST', '/vault/rotate', { force: true, ...(cursor ? { cursor } : {}) })
        expect(done.status, JSON.stringify(done.body)).toBe(200)
        cursor = done.body.cursor
      }
      const { keys } = (await rotated.api('GET', '/vault')).body
      expect(keys.find((one: Json) => one.sealing).values).toBeGreaterThan(0)
      expect(
        findSecrets(
          rotated.logs.map((line) => JSON.stringify(line)),
          secrets,
        ),
      ).toEqual([])
    } finally {
      await rotated.close()
    }
  }

  it.each(steps)('are sealed after %s', async (_, act) => {
    await act()
    await expectSilence()
  })

  it('were all there to be found: every kind of secret passed by', () => {
    const kinds = new Set(Object.keys(secrets).map((name) => name.replace(/ \d+$/, '')))
    for (const kind of [
      'access_token',
      'refresh_token',
      'id_token',
      'code',
      'state',
      'code_verifier',
      'client_secret',
      'Basic',
      'API key',
      'unknown API key',
      'mooring-session',
      'sign-in token',
      'start ticket',
      'vault key',
      'password',
      'imported access',
      'proxied body',
      'forged push',
      'session token',
      'completion code',
    ])
      expect(kinds, kind).toContain(kind)
    expect([...kinds].filter((one) => one.startsWith('mooring-flow-')).length).toBeGreaterThan(5)
    expect(Object.keys(secrets).length).toBeGreaterThan(60)
  })

  it("stand in no statement and no parameter that PostgreSQL's own log holds", async () => {
    const said = serverLog()
    // It did write down what was asked, and with what: the sealed values are there.
    expect(said).toMatch(/insert into "mooring"\."connections"/)
    expect(said).toMatch(/\$\d+ = 'v1\./)
    // What the test itself wrote past Mooring, as somebody with the right to write, is no word of ours.
    const ours = Object.entries(secrets).filter(([name]) => !name.startsWith('plain'))
    expect(findSecrets(said.split('\n'), Object.fromEntries(ours))).toEqual([])
  })

  it("have one password beside them in the clear, the database's own login, and that in its one place", async () => {
    const [row] = await database.query<{ password: string }>('select password from mooring.app_login')
    const login = { login: row?.password ?? '' }
    const place = 'mooring.app_login.password '
    const lines = await everythingStored(database)
    expect(lines.filter((line) => line.startsWith(place))).toEqual([place + login.login])
    expect(
      findSecrets(
        lines.filter((line) => !line.startsWith(place)),
        login,
      ),
    ).toEqual([])
    expect(findSecrets(ourLog(), login)).toEqual([])
    expect(findSecrets(serverLog().split('\n'), login)).toEqual([])
  })

  describe('would be found', () => {
    const planted = async (work: () => Promise<void>): Promise<string[]> => {
      await database.query('create table planted (t text, b bytea, j jsonb, l text[])')
      await work()
      const found = findSecrets(await everythingStored(database), secrets)
      await database.query('drop table planted')
      return found.map((one) => one.split(': ')[0] ?? '').sort()
    }

    it('each of them, lying in a table', async () => {
      const found = await planted(async () => {
        for (const [at, secret] of Object.values(secrets).entries()) {
          const plant = plants[at % plants.length]
          if (plant) await database.query(plant.sql, [plant.value(secret)])
        }
      })
      expect([...new Set(found)]).toEqual(Object.keys(secrets).sort())
    })

    it.each(plants)('$name', async (plant) => {
      for (const secret of [
        canary('hidden'),
        `eyJ${randomBytes(40).toString('base64url')}`,
        randomBytes(20).toString('hex'),
      ]) {
        const lines = [`planted ${JSON.stringify(plant.value(secret))}`]
        const value = plant.value(secret)
        if (Buffer.isBuffer(value)) lines.push(`planted ${value.toString('latin1')}`)
        expect(findSecrets(lines, { secret })).toHaveLength(1)
        expect(findSecrets(lines, { secret: canary('another') })).toEqual([])
      }
    })

    it('in a job of the queue, in an event, in an error, in our log', async () => {
      const [job, event, error, log] = ['job', 'event', 'error', 'log'].map(canary) as [string, string, string, string]
      const hidden = { job, event, error }
      await database.query('insert into mooring_jobs.job (name, data) values ($1, $2)', [
        'refresh',
        JSON.stringify({ token: Buffer.from(job).toString('base64') }),
      ])
      await database.query(
        "insert into mooring.events (workspace_id, id, at, type, actor, message) values ($1, gen_random_uuid(), now(), 'x', 'x', $2)",
        [world.workspace, `It was ${event}`],
      )
      await database.query('update mooring.flows set error_detail = $1', [error])
      const found = findSecrets(await everythingStored(database), hidden)
      expect([...new Set(found.map((one) => one.split(': ')[0]))].sort()).toEqual(['error', 'event', 'job'])
      world.mooring.engine.runtime.log.debug({ deep: [{ token: log }] }, 'x')
      expect(findSecrets(ourLog(), { log })).toHaveLength(1)
    })

    it("in PostgreSQL's log, as a statement's text or a parameter", async () => {
      const [text, parameter, bytes] = ['text', 'parameter', 'bytes'].map(canary) as [string, string, string]
      const client = new pg.Client(database.admin)
      await client.connect()
      await client.query(`select '${text}'`)
      await client.query('select $1::text', [parameter])
      await client.query('select $1::bytea', [Buffer.from(bytes)])
      await client.end()
      const found = findSecrets(serverLog().split('\n'), { text, parameter, bytes })
      expect([...new Set(found.map((one) => one.split(': ')[0]))].sort()).toEqual(['bytes', 'parameter', 'text'])
    })
  })
})
