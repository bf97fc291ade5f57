/** `connections --watch` as a process of its own: on a pipe, as JSON, through the server's restart, and its end. */
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  cleanUp,
  dataFolder,
  type Launched,
  launch,
  run,
  type Server,
  startServer,
  until,
} from '../../../test/process/harness.ts'
import { connect, followLink, steer } from '../../../test/process/person.ts'
import { type Json, testDatabase } from '../../../test/world.ts'
import { generateKey } from '../../vault/keyring.ts'

let server: Server
let mara: Json
beforeAll(async () => {
  server = await startServer()
  mara = await connect(server)
})
afterAll(cleanUp)

const linesOf = (watching: Launched) => watching.out().trimEnd().split('\n')
const objectsOf = (watching: Launched): Json[] => linesOf(watching).map((line) => JSON.parse(line))
const said = (watching: Launched, words: string | RegExp) => () =>
  watching.over() || (typeof words === 'string' ? watching.out().includes(words) : words.test(watching.out()))

describe('while a server runs', () => {
  it('tells what is there, then what changes, as lines and as JSON, and Ctrl+C ends it with 0', async () => {
    const text = launch(['connections', '--watch'], server.env)
    const json = launch(['connections', '--watch', '--json'], server.env)
    const single = launch(['connections', mara.id, '--watch', '--json'], server.env)
    for (const one of [text, json, single]) await until('what is there is told', said(one, mara.id))
    expect(text.out()).toMatch(
      new RegExp(
        `^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d {2}${mara.id} {2}linkedin {2}Mara Lindqvist {2}connected\\. Renews itself until .+\\. Token: \\d{4}-\\S+, in \\d+ days\\n$`,
      ),
    )
    expect(objectsOf(json)).toEqual([{ at: expect.any(String), change: 'found', fields: [], connection: mara }])
    await steer(server.sandbox(), { linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } })
    expect((await server.api('POST', `/connections/${mara.id}/test`)).body.ok).toBe(false)
    await until(
      'the change is told',
      said(text, 'connected → reauthorize; LinkedIn ended our access. Reconnect to go on.'),
    )
    for (const one of [json, single]) {
      await until('the change is told', said(one, 'reauthorize'))
      expect(objectsOf(one).at(-1)).toMatchObject({
        change: 'changed',
        fields: ['state', 'health'],
        connection: { id: mara.id, state: 'reauthorize' },
      })
      expect(linesOf(one)).toHaveLength(2)
    }
    // A later look tells what is new since the one before it, and nothing twice.
    await connectOnceMore('tomas')
    for (const one of [text, json]) {
      await until('the new one is told', said(one, 'Tomas'))
      expect(linesOf(one)).toHaveLength(3)
    }
    expect(objectsOf(json)[2]).toMatchObject({ change: 'added', fields: [], connection: { state: 'connected' } })
    const ends = [text, json, single].map((one, at) => {
      one.process.kill((['SIGINT', 'SIGTERM', 'SIGHUP'] as const)[at])
      return one.ended
    })
    for (const end of ends) expect(await end).toEqual({ code: 0, signal: null })
    for (const one of [text, json, single]) expect([one.err(), one.out().includes('\u001b')]).toEqual(['', false])
  })

  it('a reader that has read enough ends it', async () => {
    const watching = launch(['connections', '--watch'], server.env)
    await until('what is there is told', said(watching, mara.id))
    watching.process.stdout?.destroy()
    await connectOnceMore('ines')
    expect((await watching.ended).code).toBe(0)
  })

  it('what cannot pass by itself ends it at once, with its own code', async () => {
    const elsewhere = { MOORING_DATA_DIR: '/nowhere', MOORING_URL: server.url }
    const [key, none, address] = await Promise.all([
      run(['connections', '--watch'], { ...elsewhere, MOORING_API_KEY: 'mk_live_wrong' }),
      run(['connections', '00000000-0000-4000-8000-000000000000', '--watch'], server.env),
      run(['connections', '--watch'], { ...elsewhere, MOORING_URL: 'nowhere', MOORING_API_KEY: 'x' }),
    ])
    expect([key.code, none.code, address.code]).toEqual([3, 1, 3])
    for (const ran of [key, none, address]) expect([ran.out, ran.err]).toEqual(['', expect.stringMatching(/^\n[A-Z]/)])
  })
})

describe('while servers come and go', () => {
  it('waits for the one that comes back, and goes on where it was', async () => {
    const watching = launch(['connections', '--watch', '--json'], server.env)
    await until('what is there is told', said(watching, mara.id))
    const before = linesOf(watching).length
    await server.stop()
    await until('it notices', () => watching.over() || /server away, waiting\./.test(watching.err()))
    server = await startServer({ dataDir: server.dataDir, port: server.port })
    await until('it is back', () => watching.over() || /server back/.test(watching.err()))
    // Nothing changed: nothing is told twice.
    expect(linesOf(watching)).toHaveLength(before)
    await connectOnceMore('priya')
    await until('the new one is told', said(watching, 'Priya'))
    expect(objectsOf(watching)[before]).toMatchObject({ change: 'added', connection: { state: 'connected' } })
    watching.process.kill('SIGINT')
    expect(await watching.ended).toEqual({ code: 0, signal: null })
    expect(watching.err().match(/server away/g)).toHaveLength(1)
  })

  it('waits where none runs yet, and leaves the folder alone', async () => {
    const dataDir = dataFolder()
    const watching = launch(['connections', '--watch'], { MOORING_DATA_DIR: dataDir })
    await until('it says that it waits', () => watching.over() || watching.err() !== '')
    expect(watching.err()).toBe('server away, waiting. No server runs on the data folder.\n')
    watching.process.kill('SIGINT')
    expect(await watching.ended).toEqual({ code: 0, signal: null })
    expect([watching.out(), readdirSync(dataDir)]).toEqual(['', []])
  })
})

describe('on the operator’s own database', () => {
  it('sees what others do, without a server of its own and without a file of one', async () => {
    const database = await testDatabase()
    const { host, port, user, password } = database.admin
    const query = new URLSearchParams({
      host: String(host),
      port: String(port),
      user: String(user),
      password: String(password ?? ''),
    })
    const env = {
      MOORING_DATA_DIR: '/nowhere',
      DATABASE_URL: `postgres:///${database.admin.database}?${query}`,
      MOORING_VAULT_KEYS: generateKey(),
    }
    const watching = launch(['connections', '--watch', '--json'], env)
    const workspace = async () => (await database.query<{ id: string }>('select id from mooring.workspaces'))[0]?.id
    await until('it has looked', async () => watching.over() || (await workspace()) !== undefined)
    await database.query(
      `insert into mooring.connections (id, workspace_id, provider, registration, subject, label, state, requested_scopes, granted_scopes, connected_by, connected_at)
       values (gen_random_uuid(), $1, 'linkedin', 'linkedin', 'zoe', 'Zoe', 'connected', '{}', '{}', 'Test', now())`,
      [await workspace()],
    )
    await until('it tells of it', said(watching, 'Zoe'))
    watching.process.kill('SIGINT')
    expect(await watching.ended).toEqual({ code: 0, signal: null })
    expect([objectsOf(watching)[0].connection.identity.label, watching.err()]).toEqual(['Zoe', ''])
    await database.drop()
  })
})

async function connectOnceMore(member: 'tomas' | 'ines' | 'priya'): Promise<void> {
  const started = await server.api('POST', '/flows', { provider: 'linkedin' })
  await followLink(started.body.startUrl, { member })
}
