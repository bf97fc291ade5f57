/** `mooring serve` on a folder of its own: what the first start makes and says, and what the second one finds. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../world.ts'
import {
  answers,
  bearer,
  cleanUp,
  dataFolder,
  freePort,
  launchServer,
  postgresGone,
  postgresOf,
  request,
  run,
  type Server,
  serverFile,
  startServer,
  until,
} from './harness.ts'
import { connect, cookiesOf, signIn } from './person.ts'

afterAll(cleanUp)

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('a start, and the next one on the same folder', () => {
  let server: Server
  let keys: string
  beforeAll(async () => {
    server = await startServer()
    keys = readFileSync(join(server.dataDir, 'vault.key'), 'utf8')
  })

  it('makes the folder, a key file and the file for the command line, for its owner alone', () => {
    expect(keys).toMatch(/^[A-Za-z0-9_-]{43}=\n$/)
    expect(mode(join(server.dataDir, 'vault.key'))).toBe('600')
    expect(mode(join(server.dataDir, 'server.json'))).toBe('600')
    expect(Number.parseInt(mode(server.dataDir), 8) & 0o066).toBe(0)
    expect(serverFile(server.dataDir)).toEqual({
      url: `http://127.0.0.1:${server.port}`,
      key: expect.stringMatching(/^mk_local_[\w-]{32}$/),
      pid: server.pid,
    })
    expect(readdirSync(server.dataDir).sort()).toEqual(['postgres', 'server.json', 'vault.key'])
  })

  it('says what runs, where the data and the keys lie, and that the platforms are played', () => {
    const out = server.out()
    expect(out).toContain('Mooring 0.1.0 runs. Stop it with Ctrl+C.')
    expect(out).toMatch(new RegExp(`Console +http://localhost:${server.port}\n`))
    expect(out).toMatch(
      new RegExp(`Sign in +http://localhost:${server.port}/setup#[\\w-]{43} +\\(good once, for 24 hours\\)`),
    )
    expect(out).toMatch(new RegExp(`API +http://localhost:${server.port}/api/v1/docs\n`))
    expect(out).toMatch(new RegExp(`Data +${server.dataDir}\n`))
    expect(out).toMatch(new RegExp(`Keys +${server.dataDir}/vault.key +\\(back it up`))
    expect(out).toMatch(/Database +PostgreSQL 18\.\d+, carried, in the data folder\n/)
    expect(out).toMatch(
      /Platforms +LinkedIn, [^:]*X[^:]*: simulated by the sandbox, http:\/\/127\.0\.0\.1:\d+\. Nothing leaves this machine\.\n/,
    )
  })

  it('the link makes the owner, once', async () => {
    const first = await signIn(server, server.link())
    expect(first.status).toBe(200)
    expect(first.body).toMatchObject({
      person: { name: 'Owner' },
      instance: { simulated: true, dataDir: server.dataDir },
    })
    expect(await signIn(server, server.link())).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
  })

  it('a second server on the folder is refused with the first one’s process id, and harms nothing', async () => {
    const before = serverFile(server.dataDir)
    const second = await run(['serve'], { ...server.env, PORT: String(await freePort()) })
    expect(second.code).toBe(6)
    expect(second.err).toContain(`Another Mooring (process ${server.pid}) uses the data folder ${server.dataDir}.`)
    expect(second.err).not.toMatch(/\n\s+at /)
    expect(second.out).toBe('')
    expect(serverFile(server.dataDir)).toEqual(before)
    expect(await answers(`${server.url}/readyz`)).toBe(true)
  })

  it('the next start has the keys, the workspace, the session, the API keys and the connections of before', async () => {
    const link = (await run(['sign-in-link', '--json'], server.env)).json().link
    const session = cookiesOf((await signIn(server, link)).headers)
    const who = () => request('GET', `${server.url}/api/v1/session`, undefined, { cookie: session })
    const made = (await server.api('POST', '/api-keys', { name: 'kept', scopes: ['tokens:read'] })).body
    const connection = await connect(server)
    const token = () => server.api('GET', `/connections/${connection.id}/token`, undefined, bearer(made.key))
    const before = { who: (await who()).body, token: (await token()).body.accessToken }
    expect(mode(join(server.dataDir, 'sandbox.json'))).toBe('600')
    const key = serverFile(server.dataDir).key

    expect(await server.stop()).toEqual({ code: 0, signal: null })
    server = await startServer({ dataDir: server.dataDir, port: server.port })

    expect(readFileSync(join(server.dataDir, 'vault.key'), 'utf8')).toBe(keys)
    expect((await who()).body).toEqual(before.who)
    expect((await token()).body.accessToken).toBe(before.token)
    expect((await server.api('GET', '/connections')).body.data.map((one: Json) => one.id)).toEqual([connection.id])
    // The platform knows the consent of before, too.
    expect((await server.api('POST', `/connections/${connection.id}/refresh`)).status).toBe(200)
    expect((await server.api('POST', `/connections/${connection.id}/test`)).body.ok).toBe(true)
    expect(serverFile(server.dataDir).key).not.toBe(key)
    expect((await server.api('GET', '/connections', undefined, bearer(key))).status).toBe(401)
  })

  it('without the key file a start is refused and makes no other', async () => {
    await server.stop()
    rmSync(join(server.dataDir, 'vault.key'))
    const refused = await run(['serve', '--sandbox'], server.env)
    expect(refused.code).toBe(3)
    expect(refused.err).toContain('The key file is gone.')
    expect(refused.err).toContain(`${server.dataDir}/vault.key is missing`)
    expect(refused.err).toContain('Put it back from your backup')
    expect(existsSync(join(server.dataDir, 'vault.key'))).toBe(false)
    expect(existsSync(join(server.dataDir, 'server.json'))).toBe(false)
    expect(postgresOf(server.dataDir)).toBe(0)
  })
})

describe('a start that cannot be', () => {
  it('of two first ones at once on a folder, one runs and the other says who does', async () => {
    const dataDir = dataFolder()
    const both = await Promise.all([launchServer({ dataDir }), launchServer({ dataDir })])
    await until('one of them is over', () => both.some((one) => one.over()))
    const [winner, loser] = both[0].over() ? [both[1], both[0]] : both
    expect(await loser.ended).toEqual({ code: 6, signal: null })
    expect(loser.err()).toContain(`process ${winner.pid}`)
    await until('the other one is ready', async () => winner.over() || (await answers(`${winner.url}/readyz`)))
    expect(winner.over()).toBe(false)
    expect(readdirSync(dataDir).filter((name) => name.startsWith('vault'))).toEqual(['vault.key'])
  })

  it('a taken port is told with the setting to change, and PostgreSQL does not stay behind', async () => {
    const dataDir = dataFolder()
    const taken = createServer()
    await new Promise<void>((ready) => taken.listen(0, '127.0.0.1', ready))
    const { port } = taken.address() as { port: number }
    const refused = await run(['serve'], { MOORING_DATA_DIR: dataDir, PORT: String(port) })
    taken.close()
    expect(refused.code).toBe(3)
    expect(refused.err).toContain(`Port ${port} is taken.`)
    expect(refused.err).toContain('set PORT to another number')
    expect(existsSync(join(dataDir, 'server.json'))).toBe(false)
    await until('PostgreSQL is gone', () => postgresGone(dataDir))
  })

  it('broken settings are listed all together, without their values, before anything is made', async () => {
    const dataDir = join(dataFolder(), 'not-made')
    const broken = {
      PORT: 'CANARY-port',
      MOORING_BASE_URL: 'http://social.example.com/CANARY',
      MOORING_PLATFORM_ORIGINS: 'CANARY {',
      MOORING_LOG: 'CANARY-loud',
      DATABASE_URL: 'mysql://root:CANARY@localhost/x',
      LINKEDIN_CLIENT_SECRET: 'CANARY-secret',
      LINKEDIN_REDIRECT_URI: 'http://localhost:8003/CANARY',
    }
    const refused = await run(['serve', '--sandbox'], { MOORING_DATA_DIR: dataDir, ...broken })
    expect(refused.code).toBe(3)
    expect(refused.err).toMatch(/^\n\d settings are not right\.\n/)
    for (const name of [...Object.keys(broken), 'LINKEDIN_CLIENT_ID']) {
      if (name !== 'LINKEDIN_CLIENT_SECRET')
        expect(refused.err).toMatch(new RegExp(`^  ${name} .+\\.\n    \\S.+\\.?$`, 'm'))
    }
    expect(refused.err + refused.out).not.toContain('CANARY')
    expect(existsSync(dataDir)).toBe(false)
    const asJson = await run(['serve', '--json'], { MOORING_DATA_DIR: dataDir, ...broken })
    expect([asJson.code, JSON.parse(asJson.err).code, asJson.out]).toEqual([3, 'config_invalid', ''])
  })
})
