/** Tables of another system's PostgreSQL, read in one transaction that can write nothing. */
import pg from 'pg'
import { MooringError, unknownFault } from '../../error.ts'
import type { Row } from './record.ts'
import { type ShapedTable, shapedTables, type Table } from './shapes.ts'
import { type Part, refusedSource, type Source } from './source.ts'
import { tableNotes } from './tables.ts'

const AT_A_TIME = 500

export const isDatabaseAddress = (named: string): boolean => /^postgres(ql)?:\/\//i.test(named)

/**
 * An address from the command line. Throws `invalid_request` for one with a password: every user of the machine can read
 * command lines, and a shell keeps them. The address is not repeated.
 */
export function withoutPassword(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  // By a socket, the host may be empty, which a URL with a user cannot have: looked at as text, then.
  const secret = url
    ? url.password !== '' || [...url.searchParams.keys()].some((name) => /password/i.test(name))
    : /:\/\/[^/@]*:[^/@]+@/.test(address) || /[?&][a-z]*password=/i.test(address)
  if (!secret) return address
  throw refusedSource(
    'An address with a password is not taken as an argument.',
    'Command lines can be read by others on this machine and are kept by the shell. Put it into MOORING_IMPORT_DATABASE_URL and run `mooring import` without a source, or leave the password out and set PGPASSWORD.',
  )
}

/** Times and large numbers stay as PostgreSQL writes them: the driver would take a time without a zone for one of this machine's. */
const TIMES_AND_INT8 = [20, 1082, 1114, 1184]
const types = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    TIMES_AND_INT8.includes(oid)
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

export async function postgresSource(address: string, table: string | undefined): Promise<Source> {
  const client = await connected(address)
  const run = async (text: string, values: unknown[] = []): Promise<Row[]> => {
    try {
      return (await client.query<Record<string, unknown>>(text, values)).rows
    } catch (error) {
      throw unreachable(error)
    }
  }
  try {
    await run("set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'iso_8601'")
    await run('begin transaction isolation level repeatable read read only')
    const { found, odd } = shapedTables(await tablesOf(run), table)
    const notes = tableNotes(found, odd, table)
    return {
      kind: 'a PostgreSQL database',
      parts: found.map((one) => partOf(run, one)),
      notes,
      close: () => client.end(),
    }
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

async function connected(address: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({
      connectionString: address,
      application_name: 'mooring import',
      connectionTimeoutMillis: 10_000,
      types,
    })
    // One that is lost between two statements is told by the next.
    client.on('error', () => {})
    await client.connect()
    return client
  } catch (error) {
    throw unreachable(error)
  }
}

/** By its code alone: a driver's message can hold the address or a row's values. */
const unreachable = (error: unknown) =>
  new MooringError('database_unavailable', 'The database to import from does not answer as it should.', {
    detail: `  ${unknownFault(error)}. The address, the password and the right to read the tables are what it needs.`,
  })

/** Those that the search path leads to, as the old system's own statements do. */
const TABLES = `select c.relname as name, array_agg(a.attname::text) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and pg_table_is_visible(c.oid) and c.relnamespace <> 'pg_catalog'::regnamespace
  group by c.oid, c.relname order by c.relname`

type Run = (text: string, values?: unknown[]) => Promise<Row[]>

const tablesOf = async (run: Run): Promise<Table[]> =>
  (await run(TABLES)).map((one) => ({ name: String(one.name), columns: one.columns as string[] }))

function partOf(run: Run, { table, shape, columns }: ShapedTable): Part {
  const wanted = columns.map((one) => pg.escapeIdentifier(one)).join(', ')
  const order = columns.includes('id') ? ' order by id' : ''
  return {
    name: table,
    owner: shape.owner,
    map: shape.map,
    note: shape.note,
    async *rows() {
      await run(`declare source no scroll cursor for select ${wanted} from ${pg.escapeIdentifier(table)}${order}`)
      try {
        for (;;) {
          const rows = await run(`fetch ${AT_A_TIME} from source`)
          yield* rows
          if (rows.length < AT_A_TIME) return
        }
      } finally {
        await run('close source').catch(() => {})
      }
    },
  }
}
