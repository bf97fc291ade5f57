/**
 * Looks for secrets in all that a database holds and says: every schema, every column, what is coded in it and what
 * is coded in that. A search that finds nothing proves nothing until it was seen to find: `plants` are the ways to hide one.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { leaks } from './attacks/support.ts'
import type { TestDatabase } from './world.ts'

/** How often a coded text is looked into: base64 of JSON with base64 in it, and once more. */
const DEPTH = 4
const PART = 1_000_000

/** Everything that can be read out of a value, itself included: JSON, percent codes, hex, base64 in both alphabets. */
export function readings(value: string, depth = DEPTH): string[] {
  const found = [value]
  if (depth === 0) return found
  const into = (text: string) => {
    if (text.length >= 8 && text !== value) found.push(...readings(text, depth - 1))
  }
  if (/^\s*[[{"]/.test(value)) for (const text of leaves(value)) into(text)
  if (/%[0-9a-f]{2}/i.test(value)) into(percentDecoded(value))
  for (const [run] of value.matchAll(/(?:[0-9a-f]{2}){8,}/gi)) {
    const bytes = Buffer.from(run, 'hex')
    into(bytes.toString('latin1'))
  }
  for (const [run] of value.matchAll(/[A-Za-z0-9+/_-]{12,}/g)) {
    // Where it begins in a longer word nobody knows: each of the four ways to cut it into groups.
    for (let from = 0; from < 4; from++) {
      const text = Buffer.from(run.slice(from), 'base64').toString('latin1')
      // Bytes of a cipher hold no words, and what is coded again is made of letters.
      if (/[\x20-\x7e]{8,}/.test(text)) into(text)
    }
  }
  return found
}

function leaves(json: string): string[] {
  const texts: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value)
    else if (value !== null && typeof value === 'object')
      for (const [key, inside] of Object.entries(value)) {
        texts.push(key)
        walk(inside)
      }
  }
  try {
    walk(JSON.parse(json))
  } catch {}
  return texts
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/**
 * Every value of every column of every relation that holds rows, as the superuser reads it: tables and materialized views
 * of all schemas, statistics of statements, what runs and what was prepared, comments and settings. One line a value.
 */
export async function everythingStored(database: Pick<TestDatabase, 'query'>): Promise<string[]> {
  const relations = await database.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where (c.relkind in ('r', 'm', 'p', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast'))
       or c.relname in ('pg_stat_statements', 'pg_stat_activity', 'pg_prepared_statements', 'pg_description',
                        'pg_db_role_setting', 'pg_largeobject', 'pg_statistic')
    order by 1`)
  const lines: string[] = []
  for (const { name } of relations) {
    const rows = await database.query<Record<string, unknown>>(
      name === 'pg_catalog.pg_stat_activity'
        ? `select * from ${name} where pid <> pg_backend_pid()`
        : `select * from ${name}`,
    )
    for (const row of rows)
      for (const [column, value] of Object.entries(row))
        if (value !== null) lines.push(...asTexts(value).map((text) => `${name}.${column} ${text}`))
  }
  return lines
}

function asTexts(value: unknown): string[] {
  if (Buffer.isBuffer(value)) return [value.toString('hex'), value.toString('base64'), value.toString('latin1')]
  if (value instanceof Date) return [value.toISOString()]
  if (Array.isArray(value)) return value.flatMap(asTexts)
  if (value !== null && typeof value === 'object') return [JSON.stringify(value)]
  return [String(value)]
}

/** Which secrets can be read in these lines, whole or in part, coded or not. */
export function findSecrets(lines: readonly string[], secrets: Readonly<Record<string, string>>): string[] {
  const found: string[] = []
  let part: string[] = []
  let size = 0
  const look = () => {
    found.push(...leaks(part.join('\n'), secrets))
    part = []
    size = 0
  }
  // In parts, because the search keeps every piece of what it looks at.
  for (const line of lines)
    for (const text of readings(line)) {
      part.push(text)
      size += text.length
      if (size > PART) look()
    }
  look()
  return found
}

/** PostgreSQL's own log of the tests' server, from here on. */
export async function watchServerLog(database: Pick<TestDatabase, 'query'>): Promise<() => string> {
  const [row] = await database.query<{ folder: string }>("select current_setting('data_directory') as folder")
  let folder = row?.folder ?? ''
  while (!existsSync(join(folder, 'server.log'))) {
    if (folder === dirname(folder)) throw new Error('the log of PostgreSQL was not found')
    folder = dirname(folder)
  }
  const path = join(folder, 'server.log')
  const size = (handle: number) => fstatSync(handle).size
  const first = openSync(path, 'r')
  const from = size(first)
  closeSync(first)
  return () => {
    const handle = openSync(path, 'r')
    const bytes = Buffer.alloc(Math.max(0, size(handle) - from))
    readSync(handle, bytes, 0, bytes.length, from)
    closeSync(handle)
    return bytes.toString()
  }
}

/** PostgreSQL writes down each statement of this database with all its parameters, as some operators have it. */
export async function logEveryStatement(database: TestDatabase): Promise<void> {
  const name = database.admin.database
  for (const [setting, value] of Object.entries({
    log_statement: 'all',
    log_min_duration_statement: '0',
    log_error_verbosity: 'default',
    log_min_error_statement: 'error',
    log_parameter_max_length: '-1',
    log_parameter_max_length_on_error: '-1',
  }))
    await database.query(`alter database "${name}" set ${setting} = '${value}'`)
}

/** Ways in which a secret could come to lie in a database. Each takes a statement with one parameter. */
export const plants: readonly { name: string; sql: string; value: (secret: string) => unknown }[] = [
  { name: 'as it is', sql: 'insert into planted (t) values ($1)', value: (secret) => secret },
  {
    name: 'inside a sentence',
    sql: 'insert into planted (t) values ($1)',
    value: (secret) => `It was ${secret}, sir.`,
  },
  { name: 'its first half', sql: 'insert into planted (t) values ($1)', value: (secret) => secret.slice(0, 24) },
  { name: 'its second half', sql: 'insert into planted (t) values ($1)', value: (secret) => secret.slice(-24) },
  { name: 'in base64', sql: 'insert into planted (t) values ($1)', value: (secret) => coded(secret, 'base64') },
  {
    name: 'in base64url, after a word',
    sql: 'insert into planted (t) values ($1)',
    value: (secret) => `tokenIs${coded(secret, 'base64url')}`,
  },
  { name: 'in hex', sql: 'insert into planted (t) values ($1)', value: (secret) => coded(secret, 'hex') },
  {
    name: 'in base64 twice',
    sql: 'insert into planted (t) values ($1)',
    value: (secret) => coded(coded(secret, 'base64'), 'base64'),
  },
  {
    name: 'percent-coded',
    sql: 'insert into planted (t) values ($1)',
    value: (secret) => [...secret].map((one) => `%${coded(one, 'hex')}`).join(''),
  },
  { name: 'as bytes', sql: 'insert into planted (b) values ($1)', value: (secret) => Buffer.from(secret) },
  {
    name: 'as base64 in bytes',
    sql: 'insert into planted (b) values ($1)',
    value: (secret) => Buffer.from(coded(secret, 'base64')),
  },
  {
    name: 'in JSON',
    sql: 'insert into planted (j) values ($1)',
    value: (secret) => JSON.stringify({ a: [{ b: secret }] }),
  },
  {
    name: 'as a name in JSON',
    sql: 'insert into planted (j) values ($1)',
    value: (secret) => JSON.stringify({ [secret]: 1 }),
  },
  {
    name: 'in JSON inside text',
    sql: 'insert into planted (t) values ($1)',
    value: (secret) => JSON.stringify(JSON.stringify({ body: secret })),
  },
  {
    name: 'as base64 in JSON in base64',
    sql: 'insert into planted (t) values ($1)',
    value: (secret) => coded(JSON.stringify({ p: coded(secret, 'base64') }), 'base64'),
  },
  { name: 'in a list', sql: 'insert into planted (l) values ($1)', value: (secret) => ['x', secret] },
]

const coded = (text: string, coding: 'base64' | 'base64url' | 'hex') => Buffer.from(text).toString(coding)
