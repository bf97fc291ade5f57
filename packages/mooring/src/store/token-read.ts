/** The hottest read: what a live token needs. */
import { type Db, requireUuid } from './database.ts'
import type { ConnectionState } from './schema.ts'
import { shared } from './shared.ts'

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

export function tokenReader(db: Db): (workspace: string, id: string) => Promise<TokenRow | undefined> {
  const one = async (workspace: string, id: string) => {
    const { rows } = await db.pool.query<TokenRow>({ name: 'connection-token', text: ONE, values: [workspace, id] })
    return [rows[0]]
  }
  const many = async (workspace: string, ids: readonly string[]) => {
    const values = [workspace, ids]
    const found = await db.pool.query<TokenRow & { id: string }>({ name: 'connection-tokens', text: MANY, values })
    const rows = new Map(found.rows.map((row) => [row.id, row]))
    return ids.map((id) => rows.get(id))
  }
  const read = shared(MOST, (workspace, ids: readonly string[]) => {
    const [first] = ids
    return first !== undefined && ids.length === 1 ? one(workspace, first) : many(workspace, ids)
  })
  // PostgreSQL answers ids in small letters, by which they are given back.
  return async (workspace, id) => read(requireUuid(workspace), requireUuid(id).toLowerCase())
}
