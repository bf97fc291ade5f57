/** `mooring import` as an operator runs it: real files and databases of an older system, a real server, the real command line. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createKeyRing, generateKey } from '../../src/vault/keyring.ts'
import { createVault } from '../../src/vault/vault.ts'
import { databaseUrl } from '../attacks/serving.ts'
import { fernet, type LeftBehind, takenOut } from '../left-behind.ts'
import { type Json, type TestDatabase, testDatabase, type Visit } from '../world.ts'
import { cleanUp, dataFolder, type Env, launch, type Ran, run, type Server, startServer, until } from './harness.ts'
import { followLink } from './person.ts'

const API_KEY = 'mk_test_0123456789abcdef'
const FERNET = generateKey()
const OTHER = generateKey()
const sealed = (text: string, key = FERNET) => fernet(text, key)

const vaultKeys = generateKey()
const vault = createVault(createKeyRing(vaultKeys))
const folder = dataFolder()
const said: string[] = []
let database: TestDatabase
let server: Server
let people: Record<'mara' | 'tomas' | 'ines' | 'priya', LeftBehind>

beforeAll(async () => {
  database = await testDatabase()
  server = await startServer({
    env: {
      DATABASE_URL: databaseUrl(database.admin),
      MOORING_VAULT_KEYS: vaultKeys,
      MOORING_API_KEY: API_KEY,
      MOORING_LOG: 'debug',
      MOORING_STARTS_PER_HOUR: '100',
    },
  })
  const left = async (member: NonNullable<Visit['member']>) => {
    const { body } = await server.api('POST', '/flows', { provider: 'linkedin' })
    await followLink(body.startUrl, { member })
    const { connectionId } = (await server.api('GET', `/flows/${body.id}`)).body
    return takenOut(vault, database, connectionId)
  }
  people = {
    mara: await left('mara'),
    tomas: await left('tomas'),
    ines: await left('ines'),
    priya: await left('priya'),
  }
})
afterAll(async () => {
  await cleanUp()
  await database.drop()
})

const there = (): Env => ({
  MOORING_URL: server.url,
  MOORING_API_KEY: API_KEY,
  MOORING_IMPORT_FERNET_KEYS: `${OTHER}, ${FERNET}`,
})
const mooring = async (args: string[], env: Env = {}): Promise<Ran> => {
  const ran = await run(args, { ...there(), ...env })
  if (args[0] !== 'token') said.push(ran.out, ran.err)
  return ran
}
const rows = () => database.query<Json>('select * from mooring.connections order by created_at, id')

/** What a Python app leaves: everything sealed with one key but a row of another, one clear, one without a way to renew. */
function oldSystem(): string {
  const file = join(folder, `${randomUUID()}.sqlite3`)
  const db = new DatabaseSync(file)
  db.exec(`
    create table social_accounts (id integer primary key, business_id integer, platform text, account_id text, account_name text,
      access_token text, refresh_token text, token_expires_at text, is_active integer, notes text);
    create table oauth_tokens (provider text, access_token_encrypted blob, refresh_token_encrypted blob,
      access_token_expires_at text, refresh_token_expires_at text, scopes text, linkedin_member_id text, user_id integer);
    create table client_linkedin_credentials (client_id integer, linkedin_email_encrypted blob, linkedin_password_encrypted blob,
      connection_status text, heyreach_sender_id integer);`)
  const account = db.prepare('insert into social_accounts values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const { mara, tomas, ines } = people
  const naive = (iso: string) => iso.replace('T', ' ').replace('Z', '')
  account.run(
    1,
    7,
    'LinkedIn',
    mara.subject,
    'Mara \u001b[31mred\u0000',
    sealed(mara.accessToken),
    sealed(mara.refreshToken),
    naive(mara.accessTokenExpiresAt),
    1,
    'CANARY-notes',
  )
  account.run(2, 7, 'linkedin', null, null, tomas.accessToken, null, naive(tomas.accessTokenExpiresAt), 1, null)
  account.run(3, 8, 'linkedin', null, null, sealed('CANARY-sealed-elsewhere', generateKey()), null, null, 1, null)
  account.run(4, 8, 'mastodon', '44', 'Harbor', sealed('CANARY-mastodon-token'), null, null, 1, null)
  account.run(5, 8, 'linkedin', 'x', 'Off', sealed('CANARY-inactive-token'), null, null, 0, null)
  account.run(6, 8, 'linkedin', '2414183', 'A page', sealed('CANARY-dead-token'), null, '2025-01-01', 1, null)
  account.run(7, 8, 'linkedin', null, null, null, null, null, null, null)
  account.run(
    8,
    7,
    'linkedin',
    mara.subject,
    'Mara again',
    sealed(mara.accessToken),
    sealed(mara.refreshToken),
    naive(mara.accessTokenExpiresAt),
    1,
    null,
  )
  db.prepare('insert into oauth_tokens values (?, ?, ?, ?, ?, ?, ?, ?)').run(
    'linkedin',
    Buffer.from(sealed(ines.accessToken, OTHER)),
    Buffer.from(sealed(ines.refreshToken)),
    ines.accessTokenExpiresAt,
    ines.refreshTokenExpiresAt,
    '["openid", "profile", "email", "w_member_social"]',
    ines.subject,
    3,
  )
  db.prepare('insert into client_linkedin_credentials values (?, ?, ?, ?, ?)').run(
    5,
    Buffer.from(sealed('CANARY-mail')),
    Buffer.from(sealed('CANARY-password')),
    'connected',
    9912,
  )
  db.close()
  return file
}

const EXPECTED = [
  ['social_accounts id 1', 'created', 'renews'],
  ['social_accounts id 2', 'created', 'no_refresh_token'],
  ['social_accounts id 3', 'skipped', 'cannot_open'],
  ['social_accounts id 4', 'skipped', 'provider_unknown'],
  ['social_accounts id 5', 'skipped', 'inactive'],
  ['social_accounts id 6', 'skipped', 'needs_identity'],
  ['social_accounts id 7', 'skipped', 'no_token'],
  ['social_accounts id 8', 'unchanged', 'same_tokens'],
]
const outcomes = (ran: Ran) => ran.json().records.map((one: Json) => [one.ref, one.outcome, one.code])

describe('a SQLite file of several owners', () => {
  let file: string
  beforeAll(() => {
    file = oldSystem()
  })

  it('is refused until somebody says where they go', async () => {
    const ran = await mooring(['import', file, '--apply'])
    expect([ran.code, ran.out]).toEqual([2, ''])
    expect(ran.err).toMatch(
      /^\nThe source has more than one owner \(\w+:\d, \w+:\d …\)\.\n.+--workspace-per-owner .+--one-workspace/,
    )
    const both = await mooring(['import', file, '--one-workspace', '--workspace-per-owner'])
    expect(both.code).toBe(2)
    expect(await rows()).toEqual([])
  })

  it('is a dry run without a word: told record by record, nothing written, code 1 because some are at fault', async () => {
    const text = await mooring(['import', file, '--workspace-per-owner'])
    expect([text.code, text.err]).toEqual([1, ''])
    expect(text.out).toMatch(/^RECORD +PLATFORM +AS +WORKSPACE +OUTCOME +WHY\n/)
    expect(text.out).toMatch(
      /^social_accounts id 1 +linkedin +Mara Lindqvist +business:7 +created +It renews itself\.$/m,
    )
    expect(text.out).toMatch(
      /^social_accounts id 3 +linkedin +business:8 +skipped +access_token does not open with the keys in MOORING_IMPORT_FERNET_KEYS\.$/m,
    )
    expect(text.out).toMatch(/^oauth_tokens record 1 +linkedin +Ines Okafor +user:3 +created +It renews itself\.$/m)
    expect(text.out).toMatch(/^client_linkedin_credentials record 1 +heyreach +client:5 +skipped +This release/m)
    expect(text.out).toContain('\nWould be: 3 created, 0 updated, 1 unchanged, 0 kept, 6 skipped.\n')
    expect(text.out).toContain('LinkedIn e-mails and passwords of client_linkedin_credentials were not read')
    expect(text.out).toMatch(/\nNothing was written\. Run it again with --apply\.\n$/)
    const json = (await mooring(['import', file, '--workspace-per-owner', '--json'])).json()
    expect(json).toMatchObject({ dryRun: true, source: 'a SQLite file', faults: 2 })
    expect(await rows()).toEqual([])
    expect(await database.query("select 1 from mooring.workspaces where external_id like 'business:%'")).toEqual([])
  })

  it('with --apply gives each owner a workspace, and again changes nothing', async () => {
    const first = await mooring(['import', file, '--workspace-per-owner', '--apply', '--json'])
    expect(first.code).toBe(1)
    expect(outcomes(first).slice(0, 8)).toEqual(EXPECTED)
    const workspaces = await database.query<Json>(
      'select external_id, count(c.id)::int as connections from mooring.workspaces w left join mooring.connections c on c.workspace_id = w.id where external_id is not null group by 1 order by 1',
    )
    expect(workspaces).toEqual([
      { external_id: 'business:7', connections: 2 },
      { external_id: 'user:3', connections: 1 },
    ])
    const before = (await rows()).map(({ last_tested_at: _, ...row }) => row)
    const again = await mooring(['import', file, '--workspace-per-owner', '--apply', '--json'])
    expect(again.json().counts).toEqual({ created: 0, updated: 0, unchanged: 4, kept: 0, skipped: 6 })
    expect((await rows()).map(({ last_tested_at: _, ...row }) => row)).toEqual(before)
    expect(await database.query('select 1 from mooring.events')).toHaveLength(3)
  })

  it('with --one-workspace takes all into the own one, where the tokens work and renew', async () => {
    const ran = await mooring(['import', file, '--one-workspace', '--apply', '--json'])
    expect(ran.json().counts).toMatchObject({ created: 3 })
    const { data } = (await mooring(['connections', '--json'])).json()
    const of = (subject: string) => data.find((one: Json) => one.identity.subject === subject)
    expect((await mooring(['token', of(people.mara.subject).id])).out).toBe(`${people.mara.accessToken}\n`)
    expect((await mooring(['refresh', of(people.ines.subject).id])).out).toMatch(/^Renewed\./)
    expect(of(people.tomas.subject)).toMatchObject({ renewable: false, health: { reason: 'no_refresh_token' } })
    const kept = await mooring(['import', file, '--one-workspace', '--apply', '--json'])
    expect(kept.json().counts).toMatchObject({ created: 0, kept: 1 })
  })
})

describe('other sources', () => {
  it('a PostgreSQL by the environment, and never by an address with a password', async () => {
    const root = inject('postgres')
    const name = `old_${randomUUID().replaceAll('-', '')}`
    const admin = new pg.Client(root)
    await admin.connect()
    await admin.query(`create database ${name}`)
    const old = new pg.Client({ ...root, database: name })
    await old.connect()
    try {
      await old.query(
        'create table platform_connections (user_id int, platform text, platform_user_id text, access_token text, refresh_token text, token_expires_at timestamp, scopes jsonb, connection_status text, profile_data jsonb)',
      )
      const { priya } = people
      await old.query(
        "insert into platform_connections values (9, 'linkedin', $1, $2, $3, $4, null, 'active', '{\"name\":\"Priya\"}')",
        [priya.subject, priya.accessToken, priya.refreshToken, priya.accessTokenExpiresAt],
      )
      const url = databaseUrl({ ...root, database: name })
      const refused = await mooring(['import', 'postgres://user:CANARY-argument@localhost/x'])
      expect([refused.code, refused.out]).toEqual([2, ''])
      expect(refused.err).toMatch(/^\nAn address with a password is not taken as an argument\./)
      const ran = await mooring(['import', '--apply'], { MOORING_IMPORT_DATABASE_URL: url })
      expect([ran.code, ran.err]).toEqual([0, ''])
      expect(ran.out).toMatch(/^platform_connections record 1 +linkedin +Priya Raman +created +It renews itself\.$/m)
    } finally {
      await old.end()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    }
  })

  it('a bad key, a file that is none, and a server that is not there are told with their codes', async () => {
    const file = join(folder, 'none.json')
    writeFileSync(file, 'CANARY-no-json')
    const key = await mooring(['import', file], { MOORING_IMPORT_FERNET_KEYS: `${FERNET},CANARY-key` })
    expect([key.code, key.err]).toEqual([3, expect.stringContaining('MOORING_IMPORT_FERNET_KEYS: key 2 is not')])
    expect((await mooring(['import', file])).code).toBe(2)
    writeFileSync(file, JSON.stringify({ provider: 'linkedin', accessToken: 'CANARY-away-token' }))
    const away = await mooring(['import', file, '--apply'], {
      MOORING_URL: 'http://127.0.0.1:1',
      MOORING_API_KEY: 'mk_none',
    })
    expect(away.code).toBe(6)
    expect(away.err).toContain(
      'The import stopped at none.json record 1. Run it again: what was taken over is found and not doubled.',
    )
  })
})

describe('cut short', () => {
  it('by Ctrl+C in the middle, and begun again, it has everything once', async () => {
    await database.query('truncate mooring.connections, mooring.events, mooring.grant_holders cascade')
    const file = join(folder, 'many.jsonl')
    const many = Array.from({ length: 400 }, (_, at) => ({
      provider: 'linkedin',
      subject: `person-${at}`,
      accessToken: `CANARY-access-${at}`,
      refreshToken: `CANARY-refresh-${at}`,
      accessTokenExpiresAt: '2099-01-01',
    }))
    writeFileSync(file, many.map((one) => `${JSON.stringify(one)}\n`).join(''))
    const count = async () =>
      (await database.query<{ n: number }>('select count(*)::int as n from mooring.connections'))[0]?.n ?? 0
    const cut = launch(['import', file, '--offline', '--apply'], there())
    await until('some are there', async () => cut.over() || (await count()) > 100)
    cut.process.kill('SIGINT')
    await cut.ended
    said.push(cut.out(), cut.err())
    const some = await count()
    expect(some).toBeLessThan(400)
    const again = await mooring(['import', file, '--offline', '--apply', '--json'])
    expect(again.code).toBe(0)
    const { counts } = again.json()
    expect(counts.created + counts.unchanged).toBe(400)
    expect(counts.unchanged).toBeGreaterThanOrEqual(some)
    expect(await count()).toBe(400)
    expect(await database.query('select 1 from mooring.events')).toHaveLength(400)
    expect(await database.query('select 1 from mooring.connections where token_version <> 1')).toEqual([])
  })
})

describe('after all that', () => {
  it('nothing that was printed or logged holds a token, a password, or a key', () => {
    expect(said.length).toBeGreaterThan(20)
    const secrets = Object.values(people).flatMap((one) => [one.accessToken, one.refreshToken])
    for (const text of [...said, server.out(), server.err()]) {
      for (const secret of [...secrets, 'CANARY', FERNET, OTHER, vaultKeys, '\u001b[31m', '\u0000'])
        expect(text).not.toContain(secret)
    }
    expect(server.err()).toContain('/api/v1/connections/import')
  })
})
