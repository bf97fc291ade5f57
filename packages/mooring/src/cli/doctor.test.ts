/** `mooring doctor`: healthy, and one case for each thing that can be wrong. */
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanUp, dataFolder, type Env, run, type Server, startServer } from '../../test/process/harness.ts'
import { connect } from '../../test/process/person.ts'
import { generateKey } from '../vault/keyring.ts'

afterAll(cleanUp)

interface Finding {
  check: string
  level: string
  message: string
  mend?: string
}

async function findings(env: Env): Promise<{ code: number | null; of(check: string): Finding[] }> {
  const ran = await run(['doctor', '--json'], env)
  expect(ran.err).toBe('')
  const all = ran.json().findings as Finding[]
  for (const one of all)
    expect([one.message, one.level === 'ok' || one.mend]).toEqual([expect.stringMatching(/\.$/), expect.anything()])
  return { code: ran.code, of: (check) => all.filter((one) => one.check === check) }
}

/** The process's own clock, moved to a day; the database keeps its own. */
const at = (day: string) => {
  const code = `const shift=Date.parse('${day}')-Date.now();const now=Date.now;Date.now=()=>now()+shift`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` }
}

let server: Server
beforeAll(async () => {
  server = await startServer()
})

describe('beside a running server', () => {
  it('all is well, and it says what it looked at', async () => {
    const ran = await run(['doctor'], server.env)
    expect([ran.code, ran.err]).toEqual([0, ''])
    expect(ran.out).not.toMatch(/ERROR|warning/)
    const checks = ran.out
      .trimEnd()
      .split('\n')
      .map((line) => /^ok +(\S+) +\S.+\.$/.exec(line)?.[1])
    expect(checks).toEqual([
      'config',
      'network',
      'keys',
      'database',
      'clock',
      'vault',
      'renewals',
      'providers',
      'server',
    ])
    expect(ran.out).toMatch(new RegExp(`PostgreSQL 18\\.\\d+ answers \\(carried, ${server.dataDir}\\)\\.`))
    expect(ran.out).toContain('The running server plays them by its sandbox.')
    expect(ran.out).toContain(`Runs and is ready at ${server.url} (process ${server.pid}).`)
  })

  it('a key file that others can read', async () => {
    const file = join(server.dataDir, 'vault.key')
    chmodSync(file, 0o644)
    const ran = await run(['doctor'], server.env)
    chmodSync(file, 0o600)
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(new RegExp(`^ERROR +keys +${file} can be read by others\\.\n +chmod 600 ${file}$`, 'm'))
  })

  it('a key file that is gone, or holds no key', async () => {
    const file = join(server.dataDir, 'vault.key')
    renameSync(file, `${file}.away`)
    const gone = await findings(server.env)
    writeFileSync(file, 'CANARY', { mode: 0o600 })
    const broken = await findings(server.env)
    renameSync(`${file}.away`, file)
    expect([gone.code, gone.of('keys')]).toEqual([
      1,
      [
        expect.objectContaining({
          level: 'error',
          message: expect.stringContaining('is missing, but the folder holds data'),
        }),
      ],
    ])
    expect(broken.code).toBe(1)
    expect(broken.of('keys')).toMatchObject([{ level: 'error' }])
    expect(JSON.stringify(broken.of('keys'))).not.toContain('CANARY')
    expect(readFileSync(file, 'utf8')).toMatch(/^[\w-]{43}=\n$/)
  })

  it('keys that do not open what is sealed, or are not those of the processes that serve', async () => {
    expect((await findings(server.env)).of('vault')).toEqual([
      { check: 'vault', level: 'ok', message: 'Nothing is sealed yet.' },
    ])
    await connect(server)
    const mine = readFileSync(join(server.dataDir, 'vault.key'), 'utf8').trim()
    const other = generateKey()
    expect((await findings(server.env)).of('vault')).toEqual([
      { check: 'vault', level: 'ok', message: 'The keys at hand open everything that is sealed (2).' },
    ])
    const lost = await findings({ ...server.env, MOORING_VAULT_KEYS: other })
    expect(lost.code).toBe(1)
    expect(lost.of('vault')).toEqual([
      {
        check: 'vault',
        level: 'error',
        message: expect.stringMatching(/^2 values rest on key [\w-]{8}, which is not among the keys\.$/),
        mend: 'Put that key back, behind the others, in MOORING_VAULT_KEYS or the key file.',
      },
      {
        check: 'vault',
        level: 'warning',
        message: expect.stringMatching(
          new RegExp(
            `^Not everybody has the same keys: here [\\w-]{8}; \\S+ \\(pid ${server.pid}\\) has [\\w-]{8}\\.$`,
          ),
        ),
        mend: expect.stringContaining('Finish the roll-out'),
      },
    ])
    const added = await findings({ ...server.env, MOORING_VAULT_KEYS: `${other},${mine}` })
    expect([added.code, added.of('vault').map((one) => one.level)]).toEqual([0, ['warning']])
  })

  it('an app: its redirect address elsewhere, an API version that ends soon, this machine’s clock', async () => {
    const env = {
      ...server.env,
      LINKEDIN_CLIENT_ID: 'id',
      LINKEDIN_CLIENT_SECRET: 'CANARY',
      LINKEDIN_REDIRECT_URI: `http://127.0.0.1:${server.port}/callback/linkedin`,
      LINKEDIN_API_VERSION: '202601',
      ...at('2027-01-01T00:00:00Z'),
    }
    const soon = await findings(env)
    expect(soon.of('provider linkedin')).toEqual([
      { check: 'provider linkedin', level: 'ok', message: expect.stringContaining('Set up.') },
      {
        check: 'provider linkedin',
        level: 'warning',
        message: expect.stringContaining(`Its redirect address is not on ${server.url}`),
        mend: expect.stringContaining('Unset LINKEDIN_REDIRECT_URI'),
      },
      {
        check: 'provider linkedin',
        level: 'warning',
        message: 'LinkedIn API version 202601 ends on 2027-01-15, in 14 days.',
        mend: expect.stringContaining('LINKEDIN_API_VERSION'),
      },
    ])
    expect(soon.of('clock')).toMatchObject([{ level: 'error', message: expect.stringMatching(/differ by -?\d+ s\.$/) }])
    expect(soon.code).toBe(1)
    const over = await findings({ ...env, ...at('2027-01-16T00:00:00Z') })
    expect(over.of('provider linkedin').at(-1)).toMatchObject({
      level: 'error',
      message: expect.stringContaining('ended on 2027-01-15'),
    })
  })
})

describe('where no server runs', () => {
  it('settings that cannot be used are listed, each with how to mend it', async () => {
    const wrong = await findings({ PORT: 'CANARY', MOORING_SANDBOX: 'CANARY' })
    expect(wrong.code).toBe(1)
    expect(wrong.of('config')).toEqual([
      { check: 'config', level: 'error', message: 'PORT cannot be used.', mend: 'Use a number from 1 to 65535.' },
      {
        check: 'config',
        level: 'error',
        message: 'MOORING_SANDBOX is neither on nor off.',
        mend: 'Set MOORING_SANDBOX=on or MOORING_SANDBOX=off.',
      },
    ])
  })

  it('a database that is away, keys that are none, an address that is open', async () => {
    const env = {
      MOORING_DATA_DIR: dataFolder(),
      DATABASE_URL: 'postgres://someone:CANARY@127.0.0.1:1/none',
      MOORING_VAULT_KEYS: 'CANARY',
      HOST: '0.0.0.0',
    }
    const wrong = await findings(env)
    expect(wrong.code).toBe(1)
    expect(wrong.of('database')).toMatchObject([
      { level: 'error', mend: expect.stringContaining('Check DATABASE_URL') },
    ])
    expect(wrong.of('keys')).toMatchObject([
      { level: 'error', mend: expect.stringContaining('npx mooring keys generate') },
    ])
    expect(wrong.of('network')).toMatchObject([{ level: 'warning', mend: expect.stringContaining('MOORING_BASE_URL') }])
    expect(wrong.of('providers')).toMatchObject([{ level: 'warning', message: 'No provider is set up.' }])
    expect(JSON.stringify(['database', 'keys'].map(wrong.of))).not.toMatch(/CANARY|someone/)
  })

  it('a server that should run and does not answer', async () => {
    const dataDir = dataFolder()
    const left = { url: 'http://127.0.0.1:1', key: 'mk_local_left', pid: process.pid }
    writeFileSync(join(dataDir, 'server.json'), JSON.stringify(left), { mode: 0o600 })
    const wrong = await findings({ MOORING_DATA_DIR: dataDir, MOORING_VAULT_KEYS: generateKey() })
    expect(wrong.code).toBe(1)
    expect(wrong.of('keys')).toMatchObject([
      { level: 'ok', message: expect.stringMatching(/holds 1 key; [\w-]{8} seals\.$/) },
    ])
    expect(wrong.of('server')).toMatchObject([
      { level: 'error', message: expect.stringContaining(`Process ${process.pid} should serve http://127.0.0.1:1`) },
    ])
  })
})
