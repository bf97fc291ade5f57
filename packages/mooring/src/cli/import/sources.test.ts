/** Real sources: files of SQLite and JSON, and a PostgreSQL of another system, in good order and in bad. */
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { isMooringError } from '../../error.ts'
import { withoutPassword } from './postgres.ts'
import { type Row, Unreadable } from './record.ts'
import { openSource, type Source } from './source.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-sources-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const path = (ending: string) => join(folder, `${++files}.${ending}`)
const written = (ending: string, content: string | Uint8Array) => {
  const file = path(ending)
  writeFileSync(file, content)
  return file
}

const open = (named: string | undefined, table?: string, databaseUrl?: string) =>
  openSource(named, { table, databaseUrl })

async function refused(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (isMooringError(error)) return `${error.code}: ${error.message} ${error.detail ?? ''}`
    throw error
  }
  throw new Error('it was not refused')
}

/** Every part's rows, twice, since owners are counted before the work begins. */
async function read(source: Source): Promise<Record<string, (Row | string)[]>> {
  const all: Record<string, (Row | string)[]> = {}
  for (const part of source.parts) {
    const rows = async () => {
      const found: (Row | string)[] = []
      for await (const row of part.rows()) found.push(row instanceof Unreadable ? row.why : { ...row })
      return found
    }
    const first = await rows()
    expect(await rows()).toEqual(first)
    all[part.name] = first
  }
  await source.close()
  return all
}

describe('a SQLite file', () => {
  const made = (...statements: string[]) => {
    const file = path('db')
    const database = new DatabaseSync(file)
    for (const statement of statements) database.exec(statement)
    database.close()
    return file
  }
  const TABLE =
    'create table social_accounts (id integer primary key, business_id int, platform text, account_id, access_token blob, is_active bool, password text)'

  it('gives its known tables by their columns, large ids whole, bytes as bytes, and nothing else of them', async () => {
    const file = made(
      TABLE,
      "insert into social_accounts values (2, 7, 'linkedin', 90071992547409911, x'4151', 1, 'CANARY'), (1, 8, null, null, 'AQ', null, null)",
      'create table users (id int, email text)',
      'create view oauth_tokens as select 1 as provider',
    )
    const source = await open(file)
    expect(source.notes).toEqual(['oauth_tokens has not the columns that its name promises, and was not read.'])
    const rows = await read(source)
    expect(rows).toEqual({
      social_accounts: [
        { id: 1n, business_id: 8n, platform: null, account_id: null, access_token: 'AQ', is_active: null },
        {
          id: 2n,
          business_id: 7n,
          platform: 'linkedin',
          account_id: 90071992547409911n,
          access_token: Uint8Array.of(0x41, 0x51),
          is_active: 1n,
        },
      ],
    })
  })

  it('is only read: while another writes it, and when nobody may', async () => {
    const file = made(
      'pragma journal_mode = wal',
      TABLE,
      "insert into social_accounts values (1, 7, 'x', 1, 'a', 1, '')",
    )
    const writer = new DatabaseSync(file)
    writer.exec("begin immediate; insert into social_accounts values (2, 7, 'x', 1, 'a', 1, '')")
    expect((await read(await open(file))).social_accounts).toHaveLength(1)
    writer.exec('commit')
    writer.close()
    expect((await read(await open(file))).social_accounts).toHaveLength(2)
  })

  it('reads a table of an odd name when it is named', async () => {
    const file = made(
      TABLE.replace('social_accounts', '"my ""odd"" table"'),
      `insert into "my ""odd"" table" values (1, 7, 'x', 1, 'a', 1, '')`,
    )
    expect(Object.keys(await read(await open(file, 'my "odd" table')))).toEqual(['my "odd" table'])
    expect(await refused(() => open(file))).toMatch(
      /^invalid_request: No table in there can be imported\. .+--table <name>/s,
    )
    expect(await refused(() => open(file, 'users'))).toMatch(/^invalid_request: The table users cannot be imported\./)
  })

  it("that is torn is told with SQLite's number, without its text", async () => {
    const file = made(
      TABLE,
      `insert into social_accounts select value, 7, 'x', 1, 'CANARY', 1, '' from (with recursive n(value) as (select 1 union all select value + 1 from n where value < 5000) select value from n)`,
    )
    truncateSync(file, 9000)
    const told = await refused(async () => read(await open(file)))
    expect(told).toMatch(/^invalid_request: That SQLite file cannot be read\. .+SQLite code \d+/s)
    expect(told).not.toContain('CANARY')
    const head = written('db', 'SQLite format 3\0 and then nothing that makes sense')
    expect(await refused(() => open(head))).toMatch(/SQLite code 26/)
  })
})

describe('a JSON file', () => {
  const record = { provider: 'linkedin', accessToken: 'a' }
  const rowsOf = async (file: string) => Object.values(await read(await open(file)))[0]

  it.each<[string, string, number]>([
    ['Lines', `${JSON.stringify(record)}\n\n  \r\n${JSON.stringify(record)}\r\n`, 2],
    [
      'Lines without a last line feed, after a byte order mark',
      `\ufeff${JSON.stringify(record)}\n${JSON.stringify(record)}`,
      2,
    ],
    ['one record', JSON.stringify(record), 1],
    ['a list', JSON.stringify([record, record, record]), 3],
    ['a list over many lines', JSON.stringify([record, record], null, 2), 2],
    ['an object with connections', JSON.stringify({ connections: [record, record] }), 2],
    [
      'an object with connections, over many lines',
      JSON.stringify({ total: 2, connections: [record, record] }, null, 2),
      2,
    ],
    ['an object with connections that come late', JSON.stringify({ total: 2, connections: [record, record] }), 2],
    ['one record over many lines', JSON.stringify(record, null, 2), 1],
    ['an object whose list has an object a line', `{"total":1,\n"connections":[\n${JSON.stringify(record)}\n]}`, 1],
    ['an empty list', '[]', 0],
  ])('as %s', async (_, content, count) => {
    expect(await rowsOf(written('json', content))).toEqual(Array.from({ length: count }, () => record))
  })

  it('spoils its bad lines alone', async () => {
    const good = Buffer.from(`${JSON.stringify(record)}\n`)
    const file = written(
      'jsonl',
      Buffer.concat([
        good,
        Buffer.from('{"provider":\n'),
        Buffer.from('"text"\n[1]\nnull\n'),
        Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
        Buffer.from(`{"accessToken":"${'x'.repeat(1_100_000)}"}\n`),
        good,
      ]),
    )
    expect(await rowsOf(file)).toEqual([
      record,
      ...Array.from({ length: 5 }, () => 'It is no JSON object.'),
      'It is longer than 1024 KB.',
      record,
    ])
  })

  it('of Lines is read at any size in little memory, and of one piece up to a bound', async () => {
    const file = path('jsonl')
    const line = `${JSON.stringify({ ...record, label: 'x'.repeat(1000) })}\n`
    const descriptor = openSync(file, 'w')
    for (let at = 0; at < 100; at++) writeSync(descriptor, line.repeat(1000))
    closeSync(descriptor)
    global.gc?.()
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed
    const source = await open(file)
    let count = 0
    let most = 0
    for await (const _ of source.parts[0]?.rows() ?? []) {
      count += 1
      if (count % 20_000 === 0)
        most = Math.max(most, process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before)
    }
    expect(count).toBe(100_000)
    expect(most).toBeLessThan(80 * 1024 * 1024)
    const piece = written('json', '[')
    truncateSync(piece, 2 * 1024 ** 3)
    expect(await refused(() => open(piece))).toMatch(
      /^invalid_request: .+ is larger than 64 MB in one piece\. .+jq -c/s,
    )
  })

  it.each([
    ['text', 'hello'],
    ['nothing', ''],
    ['CSV', 'provider,accessToken\nlinkedin,CANARY'],
    ['a list that ends early', '[{"accessToken":"CANARY"},'],
    ['bytes', Uint8Array.of(0, 1, 2, 255)],
  ])('that is %s is told, without what it holds', async (_, content) => {
    const told = await refused(() => open(written('json', content)))
    expect(told).toMatch(/^invalid_request: /)
    expect(told).not.toContain('CANARY')
  })

  it('that is not there, a folder, or nothing at all', async () => {
    expect(await refused(() => open(join(folder, 'nowhere')))).toMatch(
      /^invalid_request: That file cannot be read\. .+ENOENT/s,
    )
    expect(await refused(() => open(folder))).toMatch(/^invalid_request: .+ is a folder\./)
    expect(await refused(() => open(undefined))).toMatch(/MOORING_IMPORT_DATABASE_URL/)
    for (const other of ['mysql://user:CANARY@host', 'host=db user=x password=CANARY', 'https://CANARY'])
      expect(await refused(() => open(other))).toMatch(/^invalid_request: That is no source that is known\. [^C]+$/)
  })
})

describe('a PostgreSQL of another system', () => {
  const root = inject('postgres')
  const name = `old_${process.pid}_${Date.now()}`
  const run = async (database: string, sql: string) => {
    const client = new pg.Client({ ...root, database })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }
  const address = (options = '') =>
    `postgres://${root.user}@${encodeURIComponent(String(root.host))}:${root.port}/${name}${options}`
  beforeAll(async () => {
    await run('postgres', `create database ${name}`)
    await run(
      name,
      `create table oauth_tokens (id serial primary key, provider text, access_token_encrypted bytea, refresh_token_encrypted text,
         access_token_expires_at timestamp, refresh_token_expires_at timestamptz, scopes text[], linkedin_member_id bigint, secret text);
       create table platform_connections (user_id uuid, platform text, credentials jsonb);
       create schema elsewhere; create table elsewhere.social_accounts (business_id int, platform text, access_token text);
       insert into oauth_tokens (provider, access_token_encrypted, refresh_token_encrypted, access_token_expires_at, refresh_token_expires_at, scopes, linkedin_member_id, secret)
         select 'linkedin', 'gAAAA'::bytea, null, '2027-01-01 10:00:00.5', '2027-01-01 10:00:00+02', '{openid,profile}', 90071992547409911, 'CANARY' from generate_series(1, 1200);
       insert into platform_connections values ('00000000-0000-4000-8000-000000000001', 'linkedin', '{"access_token": "AQX", "expires_at": 1800000000}')`,
    )
    await run(name, `alter database ${name} set timezone = 'America/New_York'`)
  })
  afterAll(() => run('postgres', `drop database if exists ${name} with (force)`))

  it('gives its tables in one snapshot: times as written there, zones minded, arrays and JSON as they are', async () => {
    const source = await open(address())
    const rows = await read(source)
    expect(Object.keys(rows)).toEqual(['oauth_tokens', 'platform_connections'])
    expect(rows.oauth_tokens).toHaveLength(1200)
    expect(rows.oauth_tokens?.[0]).toEqual({
      id: 1,
      provider: 'linkedin',
      access_token_encrypted: Buffer.from('gAAAA'),
      refresh_token_encrypted: null,
      access_token_expires_at: '2027-01-01 10:00:00.5',
      refresh_token_expires_at: '2027-01-01 08:00:00+00',
      scopes: ['openid', 'profile'],
      linkedin_member_id: '90071992547409911',
    })
    expect(rows.platform_connections).toEqual([
      {
        user_id: '00000000-0000-4000-8000-000000000001',
        platform: 'linkedin',
        credentials: { access_token: 'AQX', expires_at: 1800000000 },
      },
    ])
  })

  it('by the environment, and along its search path', async () => {
    const source = await open(undefined, undefined, address('?options=-csearch_path%3Delsewhere'))
    expect(Object.keys(await read(source))).toEqual(['social_accounts'])
  })

  it('writes nothing there, even where a view would', async () => {
    await run(
      name,
      `create table touched (at int); create function touch() returns text language sql volatile as 'insert into touched values (1) returning ''x''';
       create view social_accounts as select 1 as business_id, 'linkedin' as platform, touch() as access_token`,
    )
    expect(await refused(async () => read(await open(address())))).toMatch(/^database_unavailable: .+25006/s)
    expect(await run(name, 'select * from touched')).toEqual([])
    await run(name, 'drop view social_accounts')
  })

  it('that does not answer, or is not there, is told without its address', async () => {
    for (const wrong of ['postgres://CANARY@127.0.0.1:1/CANARY', address().replace(name, 'CANARY')]) {
      const told = await refused(() => open(undefined, undefined, wrong))
      expect(told).toMatch(/^database_unavailable: The database to import from /)
      expect(told).not.toContain('CANARY')
    }
  })

  it.each([
    'postgres://user:CANARY@host/db',
    'postgresql://user:CANARY@host/db',
    'POSTGRES://user:CANARY@host/db',
    'postgres://user@host/db?password=CANARY',
    'postgres://host/db?user=x&sslpassword=CANARY',
    'postgres://user:CANARY@/db?host=/run/postgresql',
    'postgres://:CANARY@host/db',
    'postgres://user:CANARY@[bad/db',
  ])('with a password in the argument is refused: %s', async (argument) => {
    const told = await refused(() => open(argument))
    expect(told).toMatch(
      /^invalid_request: An address with a password is not taken as an argument\. .+MOORING_IMPORT_DATABASE_URL/s,
    )
    expect(told).not.toContain('CANARY')
  })

  it('without one is taken as it is', () => {
    for (const one of [
      'postgres://user@host/db',
      'postgres:///db?host=/run/postgresql&user=x',
      'postgres://user@%2Frun%2Fpostgresql/db',
    ])
      expect(withoutPassword(one)).toBe(one)
  })
})
