/** Sealing anew under the newest key, a bounded part at a time, while everything goes on. */
import { isMooringError, MooringError } from '../error.ts'
import { SEALED, type SealedChange, type SealedPlace, type SealedRow, type SealedTable } from '../store/sealed.ts'
import { obstacle } from '../vault/ring-state.ts'
import type { Engine } from './engine.ts'
import { holdersOf } from './vault-state.ts'

/** Rows looked at in one statement; rows sealed anew in one transaction, and how many of those run at once. */
const LOOK_AT = 2000
const ROWS = 50
const AT_ONCE = 4
/** Where one call ends. */
const MOST_ROWS = 5000
const LONGEST_MS = 1000

export interface NotOpened {
  workspaceId: string
  /** Undefined for what belongs to no connection yet. */
  connectionId: string | undefined
  recordId: string
  /** `table.column`. */
  column: string
  code: 'vault_unknown_key' | 'vault_tampered'
}

export interface Rotated {
  rewrapped: number
  /** Somebody else wrote there first: what a refresh stores is sealed under its process's key. */
  skipped: number
  failed: NotOpened[]
  /** Where the next call goes on; undefined at the end. */
  cursor: string | undefined
}

/**
 * Seals the next part of what is under other keys under the newest one. Each value is put only where the one that was
 * read still is. A value that does not open is told and passed by: nothing else happens to it. Throws `conflict` while
 * a process could not open what is sealed anew, or seals with another key, unless forced; `invalid_request` for a cursor
 * of others.
 */
export async function rotate(engine: Engine, cursor: string | undefined, force: boolean): Promise<Rotated> {
  const { store, vault, runtime } = engine
  const kid = vault.kids[0] ?? ''
  const start = fromCursor(cursor, kid)
  if (!force) {
    const stands = obstacle(vault.kids, await holdersOf(engine))
    if (stands) throw stands
  }
  const done: Rotated = { rewrapped: 0, skipped: 0, failed: [], cursor: undefined }
  const began = runtime.now()
  let place = start
  let resealed = 0
  const over = () => resealed >= MOST_ROWS || runtime.now() - began >= LONGEST_MS
  do {
    const { table, rows, next } = await store.sealed.stale(place, kid, LOOK_AT)
    const all = [...parts(rows)]
    place = next
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const some = all.slice(at, at + AT_ONCE)
      await Promise.all(some.map((part) => reseal(engine, table, part, done)))
      const last = some.at(-1)?.at(-1)
      resealed += some.reduce((sum, part) => sum + part.length, 0)
      if (!over() || !last || at + AT_ONCE >= all.length) continue
      place = { table: SEALED.indexOf(table), workspace: last.workspace, record: last.record }
      break
    }
  } while (place && !over())
  if (done.rewrapped > 0 || done.failed.length > 0) {
    const counts = { kid, rewrapped: done.rewrapped, skipped: done.skipped, failed: done.failed.length }
    runtime.log.info(counts, 'values were sealed anew')
  }
  return { ...done, cursor: place && toCursor(place, kid) }
}

/** Pieces of one workspace each, small enough that neither the locks nor the sealing are felt by others. */
function* parts(rows: readonly SealedRow[]): Generator<SealedRow[]> {
  let part: SealedRow[] = []
  for (const row of rows) {
    if (part.length === ROWS || (part[0] && part[0].workspace !== row.workspace)) {
      yield part
      part = []
    }
    part.push(row)
  }
  if (part.length > 0) yield part
}

async function reseal(engine: Engine, table: SealedTable, rows: SealedRow[], done: Rotated): Promise<void> {
  const workspace = rows[0]?.workspace ?? ''
  let asked = 0
  const changes = rows.map((row): SealedChange => {
    const values = row.values.map((from, at) => {
      const field = table.columns[at] ?? ''
      const to = from === null ? undefined : rewrapped(engine, table, row, field, from, done)
      if (from === null || to === undefined) return undefined
      asked += 1
      return { from, to }
    })
    return { record: row.record, values }
  })
  if (asked === 0) return
  const put = await engine.store.sealed.swap(workspace, table, changes)
  done.rewrapped += put
  done.skipped += asked - put
}

function rewrapped(
  engine: Engine,
  table: SealedTable,
  row: SealedRow,
  field: string,
  sealed: string,
  done: Rotated,
): string | undefined {
  try {
    return engine.vault.rewrap(sealed, { workspace: row.workspace, record: row.record, field })
  } catch (error) {
    if (!isMooringError(error) || (error.code !== 'vault_unknown_key' && error.code !== 'vault_tampered')) throw error
    done.failed.push({
      workspaceId: row.workspace,
      connectionId: table.connection ? row.record : undefined,
      recordId: row.record,
      column: `${table.table}.${field}`,
      code: error.code,
    })
    return undefined
  }
}

const CURSOR =
  /^([\w-]{8}) (\d) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

const toCursor = (place: SealedPlace, kid: string): string =>
  Buffer.from(`${kid} ${place.table} ${place.workspace} ${place.record}`).toString('base64url')

/** A cursor names the key that it goes towards: of processes that differ, the second must not undo what the first did. */
function fromCursor(cursor: string | undefined, kid: string): SealedPlace | undefined {
  if (cursor === undefined) return undefined
  const [, towards, table, workspace = '', record = ''] =
    CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (towards === undefined) {
    throw new MooringError('invalid_request', 'That cursor is not one of ours.', {
      fields: [{ path: 'cursor', message: 'is not a cursor' }],
    })
  }
  if (towards !== kid) {
    throw new MooringError('conflict', 'Another process answered, which seals with another key.', {
      detail: `This rotation goes towards ${towards}, and this process seals with ${kid}. Give every process the same keys and begin again.`,
    })
  }
  return { table: Number(table), workspace, record }
}
