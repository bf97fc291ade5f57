/** A server that others can reach, and a start by an ordinary user. */
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { barredParent, findUser } from '../../src/store/carried/user.ts'
import { generateKey } from '../../src/vault/keyring.ts'
import {
  answers,
  BIN,
  cleanUp,
  dataFolder,
  type Env,
  freePort,
  postgresGone,
  run,
  type Server,
  startServer,
  until,
} from './harness.ts'
import { connect, signIn } from './person.ts'

afterAll(cleanUp)

describe('under an address that others can reach', () => {
  const BASE = 'https://social.example.com'
  const dataDir = dataFolder()
  let port: number
  let env: Env
  let server: Server
  beforeAll(async () => {
    port = await freePort()
    env = {
      MOORING_BASE_URL: BASE,
      MOORING_VAULT_KEYS: generateKey(),
      MOORING_DATA_DIR: dataDir,
      PORT: String(port),
    }
  })

  it('without keys it does not start', async () => {
    const { MOORING_VAULT_KEYS: _, ...rest } = env
    const refused = await run(['serve'], rest)
    expect(refused.code).toBe(3)
    expect(refused.err).toContain('MOORING_VAULT_KEYS is missing')
  })

  it('without an owner it does not start, and says how to make one', async () => {
    const refused = await run(['serve'], env)
    expect(refused.code).toBe(3)
    expect(refused.err).toContain('MOORING_BASE_URL can be reached by others, and this server has no owner yet.')
    expect(refused.err).toContain('Run `npx mooring owner` with the same settings first')
    expect(await answers(`http://127.0.0.1:${port}/healthz`)).toBe(false)
    await until('PostgreSQL is gone', () => postgresGone(dataDir))
  })

  it('the owner is made by a command, and then it starts', async () => {
    const made = await run(['owner'], env)
    expect([made.code, made.err]).toEqual([0, ''])
    expect(made.out).toMatch(
      /^The owner was made\.\nhttps:\/\/social\.example\.com\/setup#[\w-]{43}\n\nGood once, for 24 hours\.\n$/,
    )
    const link = made.out.split('\n')[1] ?? ''
    server = await startServer({ dataDir, port, args: [], env })
    expect(await answers(`http://127.0.0.1:${port}/healthz`)).toBe(true)
    expect(server.out()).toMatch(/Console +https:\/\/social\.example\.com\n/)
    expect(server.out()).toMatch(/Sign in +run `npx mooring sign-in-link`\n/)
    expect(server.out()).not.toContain('/setup#')
    const signedIn = await signIn(server, link)
    expect([signedIn.status, signedIn.body.person.name, signedIn.body.instance.baseUrl]).toEqual([200, 'Owner', BASE])
    expect(signedIn.headers.getSetCookie()[0]).toMatch(/^__Host-mooring-session=.+; Secure/)
  })

  it('beside the running server a further link is made, and no further owner', async () => {
    const again = await run(['sign-in-link', '--json'], env)
    expect(again.json()).toEqual({
      link: expect.stringMatching(/^https:\/\/social\.example\.com\/setup#/),
      ownerMade: false,
    })
    expect((await signIn(server, again.json().link)).status).toBe(200)
    expect((await signIn(server, again.json().link)).status).toBe(401)
    // Without the server's settings in the shell, too: the folder's file leads to it.
    const listed = await run(['connections'], { MOORING_DATA_DIR: dataDir })
    expect([listed.code, listed.out]).toEqual([
      0,
      'No connections yet. Make one with `npx mooring connect <provider>`.\n',
    ])
    expect(await server.stop()).toEqual({ code: 0, signal: null })
  })
})

const nobody = process.getuid?.() === 0 ? findUser(readFileSync('/etc/passwd', 'utf8'), 'nobody') : undefined
const barred = nobody && barredParent(BIN, nobody)

describe.skipIf(barred !== undefined)(
  barred === undefined ? 'as an ordinary user' : `as an ordinary user (who cannot enter ${barred} here)`,
  () => {
    it('the server, its PostgreSQL and its files are that user’s', async () => {
      const dataDir = dataFolder()
      if (nobody) chownSync(dataDir, nobody.uid, nobody.gid)
      const env = { HOME: dataDir, XDG_DATA_HOME: dataDir, MOORING_DATA_DIR: '' }
      const uid = nobody?.uid ?? process.getuid?.()
      const server = await startServer({ dataDir: join(dataDir, 'mooring'), env, ...(nobody ? { user: nobody } : {}) })
      expect(server.out()).toContain(`Data       ${join(dataDir, 'mooring')}\n`)
      expect(statSync(join(server.dataDir, 'vault.key'))).toMatchObject({ uid, mode: 0o100600 })
      expect(statSync(join(server.dataDir, 'postgres/cluster')).uid).toBe(uid)
      const connection = await connect(server)
      const token = await run(['token', connection.id], env, nobody)
      expect([token.code, token.err]).toEqual([0, ''])
      expect(token.out.trim().length).toBeGreaterThan(100)
      expect(await server.stop()).toEqual({ code: 0, signal: null })
      expect(existsSync(join(server.dataDir, 'server.json'))).toBe(false)
      await until('PostgreSQL is gone', () => postgresGone(server.dataDir))
    })
  },
)
