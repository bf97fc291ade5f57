/** Which platforms a start speaks to: none yet, the real one, or a sandbox that runs apart. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../world.ts'
import {
  answers,
  cleanUp,
  dataFolder,
  freePort,
  type Launched,
  launch,
  request,
  run,
  type Server,
  startServer,
  until,
} from './harness.ts'
import { connect, cookiesOf, requestsOf, signIn } from './person.ts'

afterAll(cleanUp)

describe('without the sandbox and without an app', () => {
  let server: Server
  let linkedin: Json
  beforeAll(async () => {
    server = await startServer({ args: ['--no-sandbox'], env: { MOORING_SANDBOX: 'on' } })
    linkedin = (await server.api('GET', '/providers')).body.data.find((one: Json) => one.id === 'linkedin')
  })

  it('says that the platforms are the real ones', () => {
    expect(server.out()).toMatch(/Platforms +real\n/)
  })

  it('every registration is not set up, and its card has the steps with the exact redirect address', () => {
    expect(linkedin).toMatchObject({ configured: false, simulated: false })
    expect(linkedin.registrations.map((one: Json) => one.id)).toEqual(['linkedin', 'linkedin-community'])
    for (const one of linkedin.registrations) {
      const uri = `${server.url}/callback/${one.id}`
      expect(one).toMatchObject({ configured: false, simulated: false, redirectUri: uri })
      expect(one.setup.join('\n')).toContain(`add this redirect URL: ${uri}`)
      expect(one.setup.at(-1)).toMatch(/^Set LINKEDIN\w*_CLIENT_ID and LINKEDIN\w*_CLIENT_SECRET, then restart\.$/)
      expect(one.env.filter((variable: Json) => variable.required).every((variable: Json) => !variable.set)).toBe(true)
    }
  })

  it.each([{ provider: 'linkedin' }, { registration: 'linkedin-community' }, { provider: 'unheard-of' }])(
    'a start with %j is answered 404',
    async (body) => {
      expect(await server.api('POST', '/flows', body)).toMatchObject({
        status: 404,
        body: { code: 'provider_not_configured' },
      })
    },
  )

  it('its callback is answered 404, too', async () => {
    const answer = await request('GET', `${server.url}/callback/linkedin?code=x&state=y`)
    expect([answer.status, /not set up/.test(answer.body)]).toEqual([404, true])
  })

  it('all else works: signing in, keys, lists, the document, health', async () => {
    const cookie = cookiesOf((await signIn(server, server.link())).headers)
    expect((await request('GET', `${server.url}/api/v1/session`, undefined, { cookie })).body.instance.simulated).toBe(
      false,
    )
    expect((await server.api('POST', '/api-keys', { name: 'one', scopes: ['connections:read'] })).status).toBe(201)
    for (const path of ['/connections', '/accounts', '/api-keys', '/openapi.json', '/docs'])
      expect([path, (await server.api('GET', path)).status]).toEqual([path, 200])
    for (const path of ['/healthz', '/readyz']) expect(await answers(server.url + path)).toBe(true)
  })

  it('the command says what to set, and connecting ends with code 3', async () => {
    const listed = await run(['providers'], server.env)
    expect(listed.code).toBe(0)
    expect(listed.out).toMatch(new RegExp(`^linkedin +LinkedIn +not set up +${server.url}/callback/linkedin$`, 'm'))
    expect(listed.out).toContain('LinkedIn (linkedin) is not set up:\n  1. Create an app')
    expect(listed.out).toContain('Set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, then restart.')
    const refused = await run(['connect', 'linkedin'], server.env)
    expect([refused.code, refused.out]).toEqual([3, ''])
    expect(refused.err).toContain('LinkedIn is not set up on this server yet.\n')
    expect(refused.err).toContain('Set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET')
  })
})

describe('with an app of our own and the sandbox on', () => {
  it('the platform is the real one for all its apps: the sandbox leaves its origins alone', async () => {
    const env = { LINKEDIN_CLIENT_ID: 'real-id', LINKEDIN_CLIENT_SECRET: 'CANARY-real-secret' }
    const server = await startServer({ env })
    expect(server.out()).toMatch(
      /Platforms +LinkedIn: real\. [^:]+: simulated by the sandbox, http:\/\/127\.0\.0\.1:\d+\.\n/,
    )
    const started = await server.api('POST', '/flows', { provider: 'linkedin' })
    expect(started.status).toBe(201)
    const authorize = new URL(started.body.authorizeUrl)
    expect(authorize.origin + authorize.pathname).toBe('https://www.linkedin.com/oauth/v2/authorization')
    expect(authorize.searchParams.get('client_id')).toBe('real-id')
    expect(authorize.searchParams.get('redirect_uri')).toBe(`${server.url}/callback/linkedin`)
    const [linkedin] = (await server.api('GET', '/providers')).body.data
    expect(linkedin).toMatchObject({ configured: true, simulated: false })
    expect(linkedin.registrations.map((one: Json) => [one.configured, one.simulated])).toEqual([
      [true, false],
      [false, false],
    ])
    expect((await server.api('POST', '/flows', { registration: 'linkedin-community' })).status).toBe(404)
    expect(JSON.stringify(linkedin) + server.out() + server.err()).not.toContain('CANARY')
  })
})

describe('with a sandbox that runs apart', () => {
  let sandbox: Launched
  let facts: Json
  let server: Server
  beforeAll(async () => {
    const port = await freePort()
    sandbox = launch(['sandbox', '--port', String(await freePort())], {
      PORT: String(port),
      MOORING_DATA_DIR: dataFolder(),
    })
    await until('the sandbox runs', () => sandbox.over() || /\nscopes .+\n$/.test(sandbox.out()))
    if (sandbox.over()) throw new Error(`the sandbox ended:\n${sandbox.err()}`)
    const [, url] = /The sandbox runs at (\S+)\. Stop it/.exec(sandbox.out()) ?? []
    const [, origins] = /^MOORING_PLATFORM_ORIGINS='(.+)'$/m.exec(sandbox.out()) ?? []
    const [, clientId = '', clientSecret = '', scopes = ''] =
      /client id +(\S+)\nclient secret +(\S+) +\(simulated\)\nscopes +(.+)\n/.exec(sandbox.out()) ?? []
    facts = { url, origins: JSON.parse(origins ?? '{}') }
    server = await startServer({
      port,
      env: {
        LINKEDIN_CLIENT_ID: clientId,
        LINKEDIN_CLIENT_SECRET: clientSecret,
        LINKEDIN_SCOPES: scopes,
        MOORING_PLATFORM_ORIGINS: JSON.stringify(facts.origins),
      },
    })
  })

  it('it says where it is, and a whole connection goes by it', async () => {
    expect(facts.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(Object.keys(facts.origins)).toContain('https://www.linkedin.com')
    expect(server.out()).toMatch(/Platforms +at the origins of MOORING_PLATFORM_ORIGINS\n/)
    const connection = await connect(server)
    expect(connection).toMatchObject({ state: 'connected', identity: { label: 'Mara Lindqvist' } })
    expect((await server.api('POST', `/connections/${connection.id}/refresh`)).status).toBe(200)
    expect((await server.api('POST', `/connections/${connection.id}/test`)).body.ok).toBe(true)
    expect(await requestsOf(facts.url, 'linkedin.token')).toBe(2)
  })

  it('tells the same as JSON', async () => {
    const other = launch(['sandbox', '--port', '0', '--json'], { MOORING_DATA_DIR: dataFolder() })
    await until('the sandbox runs', () => other.over() || /^}$/m.test(other.out()))
    const told = JSON.parse(other.out())
    expect(Object.keys(told.origins)).toEqual(Object.keys(facts.origins))
    expect(told.apps[0]).toMatchObject({ registration: 'linkedin', clientId: expect.any(String) })
    other.process.kill('SIGINT')
    expect(await other.ended).toEqual({ code: 0, signal: null })
  })

  it('ends in order at a signal', async () => {
    sandbox.process.kill('SIGTERM')
    expect(await sandbox.ended).toEqual({ code: 0, signal: null })
    expect(sandbox.err()).toBe('')
  })

  it('plays some alone, and says which there are where a name is none', async () => {
    const env = { MOORING_DATA_DIR: dataFolder() }
    const some = launch(['sandbox', '--port', '0', '--json', '--only', 'hubspot,x'], env)
    await until('the sandbox runs', () => some.over() || /^}$/m.test(some.out()))
    const told = JSON.parse(some.out())
    some.process.kill('SIGTERM')
    expect(await some.ended).toEqual({ code: 0, signal: null })
    expect(Object.keys(told.origins)).toEqual([
      'https://x.com',
      'https://api.x.com',
      'https://pbs.twimg.com',
      'https://app.hubspot.com',
      'https://app-eu1.hubspot.com',
      'https://api.hubapi.com',
    ])
    expect(new Set(told.apps.map((one: Json) => one.provider))).toEqual(new Set(['x', 'hubspot']))
    const wrong = await run(['sandbox', '--only', 'x,myspace'], env)
    expect([wrong.code, wrong.out]).toEqual([2, ''])
    expect(wrong.err).toContain('The sandbox plays no "myspace".')
    expect(wrong.err).toContain(
      '--only takes linkedin, x, meta, instagram, google-analytics, hubspot, threads, heyreach, unipile.',
    )
  })

  it('a port that is taken or no port is told', async () => {
    const env = { MOORING_DATA_DIR: dataFolder() }
    const [taken, none] = await Promise.all([
      run(['sandbox', '--port', String(server.port)], env),
      run(['sandbox', '--port', 'many'], env),
    ])
    expect([taken.code, taken.out]).toEqual([3, ''])
    expect(taken.err).toContain('Choose others with --port.')
    expect([none.code, none.out]).toEqual([2, ''])
    expect(none.err).toContain('It must be a number')
  })
})
