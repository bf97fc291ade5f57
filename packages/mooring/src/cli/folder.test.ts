/** Commands on a folder on which no server runs: they open it themselves, and leave it as a server expects it. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  cleanUp,
  dataFolder,
  type Env,
  freePort,
  postgresGone,
  run,
  type Server,
  startServer,
} from '../../test/process/harness.ts'
import { connect, signIn } from '../../test/process/person.ts'
import type { Json } from '../../test/world.ts'

afterAll(cleanUp)

describe('a folder of which nothing is known yet', () => {
  const dataDir = dataFolder()
  const env: Env = { MOORING_DATA_DIR: dataDir }

  it('doctor looks and makes nothing', async () => {
    const ran = await run(['doctor', '--json'], env)
    expect(ran.code).toBe(0)
    const said = new Map(ran.json().findings.map((one: Json) => [one.check, one.message]))
    expect(said.get('keys')).toBe(`The first start will make ${dataDir}/vault.key.`)
    expect(said.get('database')).toBe(`The first start will make one in ${dataDir}.`)
    expect(said.get('server')).toBe('None runs on this data folder at the moment.')
    expect(readdirSync(dataDir)).toEqual([])
  })

  it('a command makes keys and database in the order in which a server does, and puts PostgreSQL away', async () => {
    const ran = await run(['connections'], env)
    expect([ran.code, ran.err]).toEqual([0, ''])
    expect(ran.out).toBe('No connections yet. Make one with `npx mooring connect <provider>`.\n')
    expect(statSync(join(dataDir, 'vault.key')).mode & 0o777).toBe(0o600)
    expect(existsSync(join(dataDir, 'server.json'))).toBe(false)
    expect(postgresGone(dataDir)).toBe(true)
  })
})

describe('a folder whose server has ended', () => {
  let env: Env
  let connection: Json
  let token: string
  let server: Server

  it('is the same that the commands saw before the first start', async () => {
    const dataDir = dataFolder()
    const port = await freePort()
    // The way in of somebody who sets up a machine: the link first, the server after it.
    const link = await run(['sign-in-link', '--json'], { MOORING_DATA_DIR: dataDir, PORT: String(port) })
    expect(link.json().ownerMade).toBe(true)
    server = await startServer({ dataDir, port })
    env = server.env
    expect((await signIn(server, link.json().link)).status).toBe(200)
    connection = await connect(server)
    token = (await server.api('GET', `/connections/${connection.id}/token`)).body.accessToken
    expect((await server.stop()).code).toBe(0)
  })

  it('a live token is printed, and the connections are listed, also where a killed server left its file', async () => {
    // A process id that lives, at an address where nobody answers: what is left of a server after its machine went down.
    const left = { url: 'http://127.0.0.1:1', key: 'mk_local_left', pid: process.pid }
    writeFileSync(join(server.dataDir, 'server.json'), JSON.stringify(left), { mode: 0o600 })
    const printed = await run(['token', connection.id], env)
    expect([printed.code, printed.out, printed.err]).toEqual([0, `${token}\n`, ''])
    const listed = await run(['--json', 'connections'], env)
    expect(listed.json().data.map((one: Json) => [one.id, one.state])).toEqual([[connection.id, 'connected']])
  })

  it('what needs the platform says that it is not set up, and connecting asks for a server', async () => {
    const refresh = await run(['refresh', connection.id], env)
    expect([refresh.code, refresh.out]).toEqual([3, ''])
    expect(refresh.err).toContain('LinkedIn is not set up on this server yet.')
    const begun = await run(['connect', 'linkedin'], env)
    expect([begun.code, begun.out]).toEqual([3, ''])
    expect(begun.err).toContain(
      'No server runs that could answer the callback.\n  Start one with `npm start` or `npx mooring serve`',
    )
    expect(postgresGone(server.dataDir)).toBe(true)
  })

  it('the document and the providers are told', async () => {
    const listed = await run(['providers'], env)
    expect(listed.out).toMatch(/^linkedin-community +LinkedIn pages +not set up +http/m)
    expect((await run(['openapi'], env)).json().info.title).toBe('Mooring')
  })
})
