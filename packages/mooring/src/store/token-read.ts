/**
 * The hottest read: what a live token needs. Reads of one workspace that begin while another is under way share the next
 * statement: to write to the database and to be woken by it costs more than all else in a read. None is answered by a
 * statement that was sent before it began.
 */
import { type Db, databaseFault, requireUuid } from './database.ts'
import type { ConnectionState } from './schema.ts'

/** What a token read needs, and nothing sealed beside the access token. */
export interface TokenRow {
  state: ConnectionState
  registration: string
  access_token: string | null
  access_expires_at: Date | null
  token_version: string
  granted_scopes: string[]
  renewable: boolean
  /** The platform refused to renew, and the token still lived. */
  refresh_refused_at: Date | null
  refresh_expires_at: Date | null
  failures: number
  issued_at: Date | null
  /** Somebody holds the right to refresh at this moment. */
  leased: boolean
  /** Somebody held it until it ran out, and never said how it went: the refresh token may be spent. */
  left: boolean
  next_try_at: Date | null
}

/**
 * One statement, one round trip, no transaction of its own. The inner query is lateral to the setting of the workspace
 * and so runs after it; row-level security then judges it like any other. One statement is of one workspace.
 */
const SQL = (
  id: string,
  which: string,
) => `with w as materialized (select set_config('mooring.workspace', $1, true) as v)
select c.* from w cross join lateral (
  select ${id}state, registration, access_token, access_expires_at, token_version, granted_scopes,
         refresh_token is not null as renewable, refresh_refused_at, refresh_expires_at, failures,
         coalesce(last_refreshed_at, connected_at) as issued_at, coalesce(lease_until > now(), false) as leased,
         coalesce(lease_until <= now(), false) as left, next_try_at
  from mooring.connections where w.v is not null and workspace_id = $1::uuid and id ${which} offset 0) c`

const ONE = SQL('', '= $2::uuid')
const MANY = SQL('id, ', '= any($2::uuid[])')

/** So many rows a statement: a larger answer would hold up everybody in it. */
const MOST = 64

interface Reader {
  id: string
  resolve(row: TokenRow | undefined): void
  reject(fault: unknown): void
}

export function tokenReader(db: Db): (workspace: string, id: string) => Promise<TokenRow | undefined> {
  /** Who waits, by workspace. An entry that is there means that a statement of it is under way, or about to be. */
  const waiting = new Map<string, Reader[]>()

  const one = async (workspace: string, { id, resolve }: Reader) => {
    const { rows } = await db.pool.query<TokenRow>({ name: 'connection-token', text: ONE, values: [workspace, id] })
    resolve(rows[0])
  }
  const many = async (workspace: string, readers: Reader[]) => {
    const values = [workspace, readers.map((reader) => reader.id)]
    const found = await db.pool.query<TokenRow & { id: string }>({ name: 'connection-tokens', text: MANY, values })
    const rows = new Map(found.rows.map((row) => [row.id, row]))
    for (const { id, resolve } of readers) resolve(rows.get(id))
  }
  const next = (workspace: string): void => {
    const readers = waiting.get(workspace)?.splice(0, MOST) ?? []
    const [first] = readers
    if (!first) return void waiting.delete(workspace)
    const asked = readers.length === 1 ? one(workspace, first) : many(workspace, readers)
    asked
      .catch((error: unknown) => {
        for (const { reject } of readers) reject(databaseFault(error))
      })
      .finally(() => next(workspace))
  }

  return async (workspace, id) => {
    requireUuid(workspace)
    // PostgreSQL answers ids in small letters, by which they are given back.
    const wanted = requireUuid(id).toLowerCase()
    return new Promise((resolve, reject) => {
      const reader = { id: wanted, resolve, reject }
      const queue = waiting.get(workspace)
      if (queue) return void queue.push(reader)
      waiting.set(workspace, [reader])
      setImmediate(next, workspace)
    })
  }
}
