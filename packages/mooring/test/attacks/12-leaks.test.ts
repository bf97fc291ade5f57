import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { need, text } from '../../src/provider.ts'
import { providers } from '../../src/providers/index.ts'
import { createWorld, KEY, type TestBrowser, type World } from '../world.ts'
import { type Acme, type Handler, send, startAcme, type TokenRequest } from './acme.ts'
import { type Recorder, record } from './recorder.ts'
import { dump, LINKEDIN_ENV, leaks } from './support.ts'

/** A code, a token, a verifier, the client's secret: every value that a request carried. */
const carried = ({ form, authorization }: TokenRequest): string[] => [
  ...[...form.values()].filter((value) => value.length > 20),
  ...(authorization === undefined ? [] : [authorization, authorization.split(' ')[1] ?? '']),
  'test-secret',
]
const CANARY = { access_token: 'CANARY-access-1f8a6c0d2b7e4935', refresh_token: 'CANARY-refresh-77e0b1c2a9d84f36' }
/** A platform that repeats everything that it was sent, in the worst places. */
const echo =
  (status: number, shape: (said: string) => unknown, headers: Record<string, string> = {}): Handler =>
  (request, response) =>
    send(response, status, shape(carried(request).join(' ')), headers)

const TOKEN_FAULTS: [string, Handler][] = [
  ['a refusal that repeats the request', echo(400, (said) => ({ error: 'invalid_grant', error_description: said }))],
  ['a refusal whose code is a token', echo(400, (said) => ({ error: said.split(' ')[0] }))],
  [
    'a refusal whose code is a token of the answer',
    echo(400, () => ({ error: CANARY.access_token, error_uri: CANARY.refresh_token })),
  ],
  ['an error as an object', echo(400, (said) => ({ error: { message: said, type: said, code: CANARY.access_token } }))],
  [
    'a refusal beside tokens',
    echo(400, (said) => ({ error: 'invalid_grant', error_description: `${said} ${CANARY.access_token}`, ...CANARY })),
  ],
  [
    'a wrong secret',
    echo(401, (said) => ({ error: 'invalid_client', error_description: `client_secret ${said} is wrong` })),
  ],
  ['a rate limit', echo(429, (said) => ({ error: 'slow_down', error_description: said }), { 'retry-after': '3' })],
  [
    'a 500 in HTML',
    echo(500, (said) => `<html><body>${said} ${CANARY.access_token}</body></html>`, { 'content-type': 'text/html' }),
  ],
  ['a 503 in JSON', echo(503, (said) => ({ message: said, ...CANARY }))],
  ['a 200 of garbage', echo(200, (said) => `${said} ${JSON.stringify(CANARY)} trailing`)],
  ['a 200 that is cut', echo(200, () => JSON.stringify(CANARY).slice(0, -3))],
  ['a 200 that is a list', echo(200, () => [CANARY])],
  ['a 200 without an access token', echo(200, () => ({ refresh_token: CANARY.refresh_token }))],
  [
    'a 200 with tokens of a wrong type',
    echo(200, () => ({ access_token: [CANARY.access_token], refresh_token: { a: CANARY.refresh_token } })),
  ],
  ['a 200 with another token type', echo(200, () => ({ ...CANARY, token_type: 'mac' }))],
  [
    'a 200 that is not well-formed text',
    echo(200, () => '{"access_token":"CANARY-access-1f8a6c0d2b7e4935\\ud800","token_type":"bearer"}'),
  ],
  [
    'a 200 with a bad lifetime',
    echo(200, () => ({ ...CANARY, token_type: 'bearer', expires_in: CANARY.access_token })),
  ],
  [
    'a 200 with a bad scope',
    echo(200, () => ({ ...CANARY, token_type: 'bearer', scope: [{ a: CANARY.access_token }] })),
  ],
  ['a redirect', echo(302, () => '', { location: `https://evil.example/?t=${CANARY.access_token}` })],
  ['a reset', (_request, response) => void response.socket?.destroy()],
  [
    'a reset in the middle of the body',
    (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write(JSON.stringify(CANARY))
      setImmediate(() => response.socket?.destroy())
    },
  ],
  ['a body too large', echo(200, () => ({ ...CANARY, pad: 'x'.repeat(300 * 1024) }))],
]

const API_FAULTS: [string, Handler][] = [401, 403, 404, 429, 500].map((status) => [
  `the API's ${status} that repeats the token`,
  (request, response) => {
    const said = request.authorization ?? ''
    send(response, status, { code: said.replace('Bearer ', ''), message: said, serviceErrorCode: said })
  },
])
API_FAULTS.push(
  ['an identity without an id', (request, response) => send(response, 200, { name: request.authorization })],
  [
    'a provider that quotes the answer in an error of its own',
    (request, response) => send(response, 200, { id: 'crash', said: request.authorization }),
  ],
  ['an answer that is no JSON', (request, response) => send(response, 200, `token ${request.authorization}`)],
  ["the API's reset", (_request, response) => void response.socket?.destroy()],
)

describe('#12 leak by logs and errors', () => {
  let acme: Acme
  let world: World
  let owner: TestBrowser
  let recorder: Recorder
  /** Every secret that this file has met. */
  const secrets: Record<string, string> = {
    ...CANARY,
    'client secret': 'test-secret',
    key: KEY,
    ...{ linkedin: LINKEDIN_ENV.LINKEDIN_CLIENT_SECRET },
  }
  beforeAll(async () => {
    acme = await startAcme({
      identity: async ({ call }) => {
        const { body } = await call({ url: 'https://api.acme.example/me' })
        // A provider's own mistake, whose message quotes what it could not read.
        if (text(body, 'id') === 'crash') throw new RangeError(`cannot read ${JSON.stringify(body)}`)
        return { subject: need(text(body, 'id'), 'Acme', 'id'), label: text(body, 'name') ?? '' }
      },
    })
    world = await createWorld({
      providers: [...providers, acme.provider],
      platformOrigins: acme.origins,
      env: { ...LINKEDIN_ENV, MOORING_STARTS_PER_HOUR: '1000' },
    })
    secrets['vault key'] = world.vaultKeys
    recorder = record(world)
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(async () => {
    await world.close()
    await acme.stop()
  })

  /** Everything that was sent, logged and stored holds none of what was secret. */
  async function expectSilence(): Promise<void> {
    Object.assign(secrets, acme.secrets)
    for (const [at, { form }] of acme.tokenRequests.entries()) {
      const verifier = form.get('code_verifier')
      if (verifier) secrets[`verifier ${at}`] = verifier
    }
    expect(leaks(recorder.text(), secrets)).toEqual([])
    expect(leaks(await dump(world), secrets)).toEqual([])
    recorder.clear()
  }
  const start = async (body: Record<string, unknown> = { provider: 'acme' }) => {
    const flow = (await owner.start(body)).body
    secrets[`state ${flow.id}`] = new URL(flow.authorizeUrl).searchParams.get('state') ?? ''
    for (const [name, value] of owner.jar) secrets[name] = decodeURIComponent(value).split('.')[0] ?? ''
    return flow as { id: string; authorizeUrl: string }
  }
  const connect = async (subject?: string) => {
    const flow = await start()
    const answer = await owner.open(acme.approve(flow.authorizeUrl, subject === undefined ? {} : { subject }))
    const error = new URL(answer.headers.get('location') ?? 'x:').searchParams.get('error')
    return { error, flow: (await world.api('GET', `/flows/${flow.id}`)).body }
  }

  it('notices a leak when there is one', async () => {
    expect(leaks('x', secrets)).toEqual([])
    for (const way of [CANARY.access_token, Buffer.from(KEY).toString('base64'), CANARY.access_token.slice(4, 30)])
      expect(leaks(`a ${way} b`, secrets), way).toHaveLength(1)
    expect((await connect('first')).error).toBeNull()
    expect(recorder.answers.length).toBeGreaterThan(3)
    expect(world.logs.some((line) => line.level === 'debug' && line.message === 'request')).toBe(true)
    expect(await dump(world)).toContain('mooring.connections.access_token "v1.')
    await expectSilence()
  })

  it.each(TOKEN_FAULTS)('says no secret when the exchange meets %s', async (_name, handler) => {
    acme.onToken = handler
    const { error, flow } = await connect()
    acme.onToken = undefined
    // Some of these answers can be read after all, and then the API refuses the token.
    expect(error).not.toBeNull()
    expect(flow.state).toBe('failed')
    await expectSilence()
  })

  it.each(API_FAULTS)('says no secret when the identity meets %s', async (_name, handler) => {
    acme.onApi = handler
    const { error } = await connect()
    acme.onApi = undefined
    expect(error).not.toBeNull()
    await expectSilence()
  })

  it.each(TOKEN_FAULTS)('says no secret when the refresh meets %s', async (_name, handler) => {
    const { flow } = await connect(`refreshing-${acme.tokenRequests.length}`)
    acme.onToken = handler
    world.advance(3700)
    const ways = [
      await world.api('GET', `/connections/${flow.connectionId}/token`),
      await world.api('POST', `/connections/${flow.connectionId}/refresh`),
      await owner.send('POST', `/connections/${flow.connectionId}/test`),
      await owner.send('GET', `/connections/${flow.connectionId}`),
      await world.api('GET', `/connections/${flow.connectionId}/events`),
    ]
    acme.onToken = undefined
    expect(
      ways.some((one) => one.status >= 400 || one.body.ok === false || one.body.problem || one.body.accessToken),
    ).toBe(true)
    await expectSilence()
  })

  it.each(API_FAULTS)('says no secret when a test of the connection meets %s', async (_name, handler) => {
    const { flow } = await connect('tested')
    acme.onApi = handler
    const answer = await world.api('POST', `/connections/${flow.connectionId}/test`)
    await world.api('GET', `/connections/${flow.connectionId}/available-accounts`)
    acme.onApi = undefined
    expect(answer.body.ok ?? false).toBe(false)
    await expectSilence()
  })

  it('does not quote a token that looks like words, when the API repeats it as its code', async () => {
    const token = 'correct-horse-battery'
    secrets.words = token
    acme.onToken = (_request, response) => send(response, 200, { access_token: token, token_type: 'bearer' })
    acme.onApi = (_request, response) => send(response, 403, { code: token })
    expect((await connect()).error).not.toBeNull()
    acme.onToken = undefined
    acme.onApi = undefined
    await expectSilence()
  })

  it('says no secret when the database refuses the row, and repeats it in its own error', async () => {
    await world.database.query(`create function mooring.refuse() returns trigger language plpgsql as
      $$ begin raise exception 'CANARY-message-of-the-database %', row_to_json(new) using detail = row_to_json(new)::text, hint = 'CANARY-hint-of-the-database'; end $$`)
    for (const table of ['connections', 'flow_states', 'events', 'sign_in_values', 'api_keys']) {
      await world.database.query(
        `create trigger refuse before insert on mooring.${table} for each row execute function mooring.refuse()`,
      )
      const token = new URL(await world.mooring.signInLink()).hash.slice(1)
      secrets[`sign-in ${table}`] = token
      await owner.start({ provider: 'acme' })
      await connect('unlucky').catch(() => {})
      await owner.send('POST', '/session', { token })
      await owner.send('POST', '/api/v1/api-keys', { name: 'k', scopes: ['tokens:read'] })
      await world.database.query(`drop trigger refuse on mooring.${table}`)
      expect(recorder.text()).not.toMatch(/CANARY-(hint|message)/)
      expect(recorder.text()).toContain('SQLSTATE P0001')
      await expectSilence()
    }
  })

  it('says no secret when a sealed value does not open', async () => {
    const { flow } = await connect('sealed')
    for (const value of [
      'plain-text-CANARY-0123456789',
      'v1.AAAAAAAA.QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB',
    ]) {
      await world.database.query('update mooring.connections set access_token = $1 where id = $2', [
        value,
        flow.connectionId,
      ])
      const answer = await world.api('GET', `/connections/${flow.connectionId}/token`)
      expect(answer.status).toBeGreaterThanOrEqual(500)
      await owner.send('POST', `/connections/${flow.connectionId}/test`)
      expect(leaks(recorder.text(), { value })).toEqual([])
    }
    await expectSilence()
  })

  it('says no secret of a request that is wrong: header, cookie, body and address', async () => {
    const said = 'CANARY-said-5c1e7a90b3d2'
    for (const [method, path, body] of [
      ['POST', '/flows', { provider: said, registration: said, returnTo: `https://${said}.example`, reconnect: said }],
      ['POST', '/flows', `{"provider": "${said}`],
      ['POST', '/session', { token: said }],
      ['GET', `/connections/${said}`, undefined],
      ['GET', `/connections?cursor=${said}&limit=${said}`, undefined],
      ['POST', `/flows/${crypto.randomUUID()}/accounts`, { accounts: [said] }],
      ['GET', `/${said}`, undefined],
    ] as const) {
      await owner.send(method, path, body, { 'x-request-id': `${said}\u00ff` })
      await owner.send(method, path, body, { authorization: `Bearer ${said}`, cookie: `mooring-session=${said}` })
    }
    expect(leaks(recorder.text(), { said })).toEqual([])
  })

  it('prints a token set as its name, however it is printed', async () => {
    const { tokenSetFrom } = await import('../../src/protocol/token-set.ts')
    const tokens = tokenSetFrom({ ...CANARY, expires_in: 60 }, 0)
    const nested = { a: [tokens], b: new Error('x', { cause: tokens }) }
    const prints = [
      String(tokens),
      JSON.stringify(nested),
      inspect(nested, { depth: 9, showHidden: true }),
      `${tokens}`,
    ]
    expect(prints.join()).not.toContain('CANARY')
    expect(prints[0]).toBe('[TokenSet]')
  })
})
