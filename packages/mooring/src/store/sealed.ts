/**
 * Where sealed values lie, and the walk over them: for the count per key, and for sealing them anew. A column that holds
 * sealed values is named here and nowhere else; a test dumps the database and demands it.
 */
import { sql } from 'kysely'
import { type Db, databaseFault, requireUuid } from './database.ts'

export interface SealedTable {
  table: string
  /** The column whose value the seal is bound to: unique in a workspace, a UUID. */
  record: string
  /** The columns; each one's name is the field that the seal is bound to. */
  columns: readonly string[]
  /** The record is a connection. */
  connection: boolean
}

export const SEALED: readonly SealedTable[] = [
  {
    table: 'connections',
    record: 'id',
    columns: ['access_token', 'refresh_token', 'kept_credentials'],
    connection: true,
  },
  { table: 'accounts', record: 'id', columns: ['access_token'], connection: false },
  { table: 'flow_states', record: 'flow_id', columns: ['verifier'], connection: false },
  { table: 'flows', record: 'id', columns: ['held_tokens', 'held_credentials'], connection: false },
  { table: 'sign_in_secrets', record: 'id', columns: ['secret'], connection: false },
  { table: 'registrations', record: 'id', columns: ['client_secret'], connection: false },
  { table: 'webhooks', record: 'id', columns: ['secret'], connection: false },
]

/** Everything up to here, this record too, was walked over. */
export interface SealedPlace {
  /** Of SEALED. */
  table: number
  workspace: string
  record: string
}

export interface SealedRow {
  workspace: string
  record: string
  /** In the order of the table's columns. */
  values: (string | null)[]
}

export interface SealedCount {
  table: string
  column: string
  /** NOT_SEALED for what has not the form of a sealed value. */
  kid: string
  values: number
}

export interface SealedChange {
  record: string
  /** In the order of the table's columns; undefined leaves one as it is. */
  values: ({ from: string; to: string } | undefined)[]
}

/** No key's id has four characters. */
export const NOT_SEALED = 'none'

/** How many workspaces one statement looks into. */
const WORKSPACES = 1000
const FIRST = '00000000-0000-0000-0000-000000000000'
/** After every record of a workspace. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** `v1.` and a key's id of eight characters and a dot: of a long value the rest is not even fetched. */
const PREFIX = 12

/**
 * Up to $3 rows from a place on, over many workspaces in one round trip. The inner query is lateral to the setting of the
 * workspace and so runs after it, once for each: row-level security judges it like any other query of that workspace.
 */
const walk = ({ table, record, columns }: SealedTable) => `e as materialized (
  select w.at, w.id as workspace, c.* from unnest($1::uuid[]) with ordinality as w(id, at)
  cross join lateral (select set_config('mooring.workspace', w.id::text, true) as v offset 0) s
  cross join lateral (
    select t.${record} as record, ${columns.map((column) => `t.${column}`).join(', ')} from mooring.${table} t
    where s.v is not null and t.workspace_id = w.id and t.${record} > case w.at when 1 then $2::uuid else '${FIRST}'::uuid end
    order by t.${record} limit $3 offset 0) c
  order by w.at, c.record limit $3
), l as (select workspace as last_workspace, record as last_record from e order by at desc, record desc limit 1)`

const prefixOf = (column: string) => `substr(e.${column}, 1, ${PREFIX})`

const staleSql = (one: SealedTable) => `with ${walk(one)}, n as (select count(*) as walked from e)
select n.walked::int, l.*, e.workspace, e.record, e.${one.columns.join(', e.')} from n left join l on true
left join e on ${one.columns.map((column) => `${prefixOf(column)} <> $4`).join(' or ')} order by e.at, e.record`

const countSql = (one: SealedTable) => `with ${walk(one)}, n as (select count(*) as walked from e), k as (
  select p.field, case when p.prefix ~ '^v1\\.[A-Za-z0-9_-]{8}\\.$' then substr(p.prefix, 4, 8) else '${NOT_SEALED}' end as kid,
         count(*)::int as total
  from e cross join lateral (values ${one.columns.map((column) => `('${column}', ${prefixOf(column)})`).join(', ')}) p(field, prefix)
  where p.prefix is not null group by 1, 2
) select n.walked::int, l.*, k.* from n left join l on true left join k on true`

interface Walked {
  walked: number
  last_workspace: string
  last_record: string
}

type StaleRow = Walked & { workspace: string | null; record: string } & Record<string, unknown>
type CountRow = Walked & { field: string | null; kid: string; total: number }

/** Rows of one step of a count over everything: some milliseconds' work each. */
const COUNT_STEP = 20_000

export function sealedStore(db: Db) {
  /** The next part of the walk, of up to `limit` rows; where it goes on, or undefined at its end. */
  async function step<Row extends Walked>(
    from: SealedPlace | undefined,
    limit: number,
    statement: (table: SealedTable) => string,
    more: unknown[] = [],
  ): Promise<{ table: SealedTable; rows: Row[]; next: SealedPlace | undefined } | undefined> {
    const at = from ?? { table: 0, workspace: FIRST, record: LAST }
    const table = SEALED[at.table]
    if (!table) return undefined
    const workspaces = await workspacesFrom(db, at.workspace)
    // The one that it stands in may be gone by now.
    const after = workspaces[0] === at.workspace ? at.record : FIRST
    try {
      const { rows } = await db.pool.query<Row>(statement(table), [workspaces, after, limit, ...more])
      const { walked = 0, last_workspace = '', last_record = '' } = rows[0] ?? {}
      return { table, rows, next: place(at.table, walked === limit ? [last_workspace, last_record] : undefined) }
    } catch (error) {
      throw databaseFault(error)
    }

    function place(index: number, stopped: [string, string] | undefined): SealedPlace | undefined {
      if (stopped) return { table: index, workspace: stopped[0], record: stopped[1] }
      const last = workspaces.at(-1)
      if (last !== undefined && workspaces.length === WORKSPACES) return { table: index, workspace: last, record: LAST }
      return index + 1 < SEALED.length ? { table: index + 1, workspace: FIRST, record: LAST } : undefined
    }
  }

  /** How many values rest on which key, among the next `limit` rows. */
  async function count(
    from: SealedPlace | undefined,
    limit: number,
  ): Promise<{ counts: SealedCount[]; next: SealedPlace | undefined }> {
    const walked = await step<CountRow>(from, limit, countSql)
    if (!walked) return { counts: [], next: undefined }
    const counts = walked.rows.flatMap(({ field, kid, total }) =>
      field === null ? [] : [{ table: walked.table.table, column: field, kid, values: total }],
    )
    return { counts, next: walked.next }
  }

  return {
    count,

    /** Over everything; one column and key may come more than once. */
    async countAll(): Promise<SealedCount[]> {
      const all: SealedCount[] = []
      for (let place: SealedPlace | undefined; ; ) {
        const { counts, next } = await count(place, COUNT_STEP)
        all.push(...counts)
        if (!next) return all
        place = next
      }
    },

    /** Rows with a value that this key did not seal, among the next `limit` rows. In order of workspace and record. */
    async stale(
      from: SealedPlace | undefined,
      kid: string,
      limit: number,
    ): Promise<{ table: SealedTable; rows: SealedRow[]; next: SealedPlace | undefined }> {
      const walked = await step<StaleRow>(from, limit, staleSql, [`v1.${kid}.`])
      if (!walked) return { table: SEALED[0] as SealedTable, rows: [], next: undefined }
      const { table, rows, next } = walked
      const found = rows.flatMap((row) =>
        row.workspace === null
          ? []
          : [
              {
                workspace: row.workspace,
                record: row.record,
                values: table.columns.map((column) => row[column] as string | null),
              },
            ],
      )
      return { table, rows: found, next }
    },

    /** Puts a value in the place of another, where the other is still there. Returns how many were put. */
    swap: (workspace: string, table: SealedTable, changes: readonly SealedChange[]): Promise<number> =>
      db.workspace(requireUuid(workspace), async (trx) => {
        const columns = table.columns.map((name, at) => ({
          name: sql.ref(name),
          from: sql.ref(`v.from${at}`),
          to: sql.ref(`v.to${at}`),
          alias: sql`${sql.ref(`from${at}`)}, ${sql.ref(`to${at}`)}`,
          lists: sql`${changes.map((one) => one.values[at]?.from ?? null)}::text[], ${changes.map((one) => one.values[at]?.to ?? null)}::text[]`,
        }))
        const { rows } = await sql<{ put: number }>`update mooring.${sql.table(table.table)} t
          set ${sql.join(columns.map(({ name, from, to }) => sql`${name} = case when t.${name} = ${from} then ${to} else t.${name} end`))}
          from unnest(${changes.map((one) => one.record)}::uuid[], ${sql.join(columns.map((one) => one.lists))})
            as v(record, ${sql.join(columns.map((one) => one.alias))})
          where t.workspace_id = ${workspace} and t.${sql.ref(table.record)} = v.record
            and (${sql.join(
              columns.map(({ name, from }) => sql`t.${name} = ${from}`),
              sql` or `,
            )})
          returning ${sql.join(
            columns.map(({ name, to }) => sql`(t.${name} is not distinct from ${to} and ${to} is not null)::int`),
            sql` + `,
          )} as put`.execute(trx)
        return rows.reduce((sum, row) => sum + row.put, 0)
      }),
  }
}

/** Over all workspaces; an id is all that the instance may see of each. */
function workspacesFrom(db: Db, id: string): Promise<string[]> {
  return db.instance(async (trx) => {
    const rows = await trx
      .selectFrom('workspaces')
      .select('id')
      .where('id', '>=', id)
      .orderBy('id')
      .limit(WORKSPACES)
      .execute()
    return rows.map((row) => row.id)
  })
}
