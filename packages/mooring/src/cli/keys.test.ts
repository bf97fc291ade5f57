/** `mooring keys`: what it says of each state of the keys; and the whole way on a folder of one's own, with and without a server. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  cleanUp,
  dataFolder,
  postgresGone,
  type Ran,
  run,
  type Server,
  startServer,
} from '../../test/process/harness.ts'
import { connect, followLink } from '../../test/process/person.ts'
import { createKeyRing, generateKey } from '../vault/keyring.ts'
import { notOpened, type Vault, vaultTables, verdicts } from './vault-words.ts'

afterAll(cleanUp)

const process = (kids: string[], host = 'web-1') => ({
  id: '5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f',
  startedAt: '2026-11-21T09:00:00.000Z',
  seenAt: '2026-11-21T09:30:00.000Z',
  version: '1.2.3',
  host,
  pid: 42,
  kids,
  current: false,
})
const key = (kid: string, values: number, place: 'seals' | 'opens' | 'unknown') => ({
  kid,
  sealing: place === 'seals',
  inRing: place !== 'unknown',
  values,
  byColumn: values > 0 ? { 'connections.access_token': values } : {},
})
const vault = (keys: Vault['keys'], processes: Vault['processes'], safeToRemove: string[] = []): Vault => ({
  keys,
  processes,
  total: 0,
  safeToRemove,
})

describe('what is said of a key', () => {
  const all = [process(['new', 'old'])]
  it.each<[string, Vault, boolean, string]>([
    [
      'that may go',
      vault([key('new', 5, 'seals'), key('old', 0, 'opens')], all),
      true,
      '0 values rest on old and every process has the new key: old may go.',
    ],
    [
      'that nothing rests on, and nobody knows whether it is an old or a new one',
      vault([key('new', 5, 'seals'), key('old', 0, 'opens')], all),
      false,
      '0 values rest on old and nobody seals with it. An old key may go; a new one is ready to be put in front.',
    ],
    [
      'under which values are',
      vault([key('new', 5, 'seals'), key('old', 1, 'opens')], all),
      true,
      '1 value rests on old, so it must stay. Seal them anew with `npx mooring keys rotate`.',
    ],
    [
      'that is not here',
      vault([key('new', 5, 'seals'), key('lost', 7, 'unknown')], all),
      true,
      '7 values rest on lost, which is not in this ring: put that key back in MOORING_VAULT_KEYS.',
    ],
    [
      'that a process seals with',
      vault([key('new', 5, 'seals'), key('old', 0, 'opens')], [...all, process(['old', 'new'], 'web-2')]),
      true,
      `0 values rest on old, but process ${process([]).id} on web-2 still seals with old: it must stay.`,
    ],
    [
      'that a process has instead of the new one',
      vault([key('new', 5, 'seals'), key('old', 0, 'opens')], [...all, process(['old'], 'web-2')]),
      true,
      `0 values rest on old, but process ${process([]).id} on web-2 does not have new yet: it must stay.`,
    ],
    [
      'that is none',
      vault([key('new', 5, 'seals'), key('none', 2, 'unknown')], all),
      true,
      '2 values in a sealed column are no sealed value: changed by hand, or damaged.',
    ],
  ])('%s', (_, state, rotated, sentence) => {
    expect(verdicts(state, rotated)).toEqual([sentence])
  })

  it('the tables name keys, columns and processes', () => {
    const text = vaultTables(vault([key('new', 5, 'seals'), key('old', 0, 'opens')], [process(['new', 'old'])]))
    expect(text.split('\n')).toEqual([
      'KEY  VALUES  HERE   WHERE',
      'new  5       seals  connections.access_token 5',
      'old  0       opens',
      '',
      'PROCESS                               HOST   PID  VERSION  STARTED              SEALS WITH  OPENS TOO',
      '5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f  web-1  42   1.2.3    2026-11-21 09:00:00  new         old',
    ])
    expect(vaultTables(vault([key('new', 5, 'seals')], []))).toMatch(/\n\nNo process serves at the moment\.$/)
  })

  it('of very many values that did not open, fifty are listed', () => {
    const failed = Array.from({ length: 60 }, (_, at) => ({
      workspaceId: 'w',
      connectionId: at % 2 === 0 ? `c${at}` : null,
      recordId: `c${at}`,
      column: 'connections.access_token',
      code: 'vault_tampered',
    }))
    const lines = notOpened(failed)
    expect(lines).toHaveLength(51)
    expect(lines.slice(0, 2)).toEqual([
      '  connection c0  connections.access_token  vault_tampered',
      '  record c1  connections.access_token  vault_tampered',
    ])
    expect(lines.at(-1)).toBe('  and 10 more: --json lists all')
  })
})

describe('on a folder of one’s own', () => {
  const dataDir = dataFolder()
  const file = join(dataDir, 'vault.key')
  const said: string[] = []
  const keys: string[] = []
  const mooring = async (...args: string[]): Promise<Ran> => {
    const ran = await run(args, server.env)
    said.push(ran.out, ran.err)
    return ran
  }
  let server: Server
  let connection: string
  let token: string
  const kid = (at: number) => createKeyRing(keys[at] ?? '').newest
  const read = async () => (await server.api('GET', `/connections/${connection}/token`)).body.accessToken

  it('a new key in front of the file seals from the next start on, and the old one opens', async () => {
    server = await startServer({ dataDir })
    connection = (await connect(server)).id
    const other = (await server.api('POST', '/flows', { provider: 'linkedin' })).body
    await followLink(other.startUrl, { member: 'tomas' })
    token = await read()
    await server.stop()
    keys.push(generateKey(), readFileSync(file, 'utf8').trim())
    writeFileSync(file, `${keys.join(',')}\n`, { mode: 0o600 })
    server = await startServer({ dataDir, port: server.port })
    expect(await read()).toBe(token)
    const status = await mooring('keys', 'status')
    expect([status.code, status.err]).toEqual([0, ''])
    expect(status.out).toMatch(new RegExp(`^${kid(0)} +0 +seals$`, 'm'))
    expect(status.out).toMatch(
      new RegExp(`^${kid(1)} +4 +opens +connections.access_token 2, connections.refresh_token 2$`, 'm'),
    )
    expect(status.out).toMatch(new RegExp(` ${server.pid} .+ ${kid(0)} +${kid(1)}$`, 'm'))
    expect(status.out).toContain(`4 values rest on ${kid(1)}, so it must stay.`)
  })

  it('what does not open is told by connection, column and code, with exit code 3, and the rest is sealed anew', async () => {
    await server.stop()
    const { rotated, json } = await withLostKey()
    expect(rotated.code).toBe(3)
    expect(rotated.out).toMatch(/^2 values were sealed anew\.\n/)
    const line = (column: string) => `  connection ${connection}  connections.${column}  vault_unknown_key\n`
    expect(rotated.out).toContain(
      `2 did not open and are as they were:\n${line('access_token')}${line('refresh_token')}`,
    )
    expect([json.code, json.json()]).toEqual([
      3,
      expect.objectContaining({
        rewrapped: 0,
        failed: Array(2).fill(expect.objectContaining({ connectionId: connection })),
      }),
    ])
  })

  /** Where no server runs: the command opens the folder itself. One connection is under a key that is away. */
  async function withLostKey() {
    const lost = generateKey()
    writeFileSync(file, `${lost},${keys.join(',')}\n`, { mode: 0o600 })
    server = await startServer({ dataDir, port: server.port })
    expect((await server.api('POST', `/connections/${connection}/refresh`)).status).toBe(200)
    await server.stop()
    keys.unshift(lost)
    writeFileSync(file, `${generateKey()}\n`, { mode: 0o600 })
    const nobody = await mooring('keys', 'status')
    expect([nobody.code, /which is not in this ring/.test(nobody.out)]).toEqual([3, true])
    writeFileSync(file, `${keys.slice(1).join(',')}\n`, { mode: 0o600 })
    return { rotated: await mooring('keys', 'rotate'), json: await mooring('keys', 'rotate', '--json') }
  }

  it('without a server, too: then the old key may go, and the tokens are what they were', async () => {
    keys.unshift(generateKey())
    writeFileSync(file, `${keys.join(',')}\n`, { mode: 0o600 })
    const rotated = await mooring('keys', 'rotate')
    expect([rotated.code, rotated.err]).toEqual([0, ''])
    expect(rotated.out).toMatch(/^4 values were sealed anew\.\n/)
    expect(rotated.out).toContain(`0 values rest on ${kid(1)} and no process serves at the moment: ${kid(1)} may go.`)
    expect([postgresGone(dataDir), existsSync(join(dataDir, 'server.json'))]).toEqual([true, false])
    writeFileSync(file, `${keys[0]}\n`, { mode: 0o600 })
    server = await startServer({ dataDir, port: server.port })
    expect((await read()).length).toBeGreaterThan(100)
    const status = (await mooring('keys', 'status', '--json')).json()
    expect(status).toMatchObject({ total: 4, keys: [{ kid: kid(0), values: 4, sealing: true }] })
    expect(status.processes).toHaveLength(1)
    await server.stop()
  })

  it('no key was ever said', () => {
    const text = said.join('') + server.out() + server.err()
    for (const one of keys) expect(text).not.toContain(one.slice(0, 20))
  })
})
