/** API keys: made once, shown once, kept as SHA-256. The key in the environment holds from the first start. */
import { hash as digest, timingSafeEqual } from 'node:crypto'
import { MooringError, unknownFault } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import type { ApiKeyRow } from '../store/access.ts'
import type { Store } from '../store/store.ts'
import { isBroken, type KeyMode, modeOf, newKey, prefixOf } from './key-format.ts'
import { type Principal, SCOPES, type Scope } from './principal.ts'

/** A key found once is believed this long, in ms: so long may a revoked key live on in another process. */
const BELIEVED_MS = 5_000
const TOUCH_MS = 60_000
const MOST_CACHED = 1_000
/** Keys and metrics are the instance's own: a workspace's key must not list, end or make them, or see what all do. */
const OF_INSTANCE: readonly Scope[] = ['keys:write', 'metrics:read']

const sha256 = (value: string) => digest('sha256', value, 'buffer')

export interface NewKey {
  name: string
  scopes: readonly Scope[]
  /** Null: of the whole instance. */
  workspace: string | null
  /** Null: it does not end by itself. */
  expiresAt: Date | null
  createdBy: string
}

export interface Keys {
  /**
   * Who holds this key, or undefined. Answers from memory where it can: this is on the path of every token read. Throws
   * `unauthorized` with its reason for a key that is known and ended, or is a test key where platforms are real.
   */
  authenticate(key: string): Promise<Principal | undefined>
  /** Throws `invalid_request` for what cannot be, `not_found` where the workspace is none. */
  create(wanted: NewKey): Promise<{ row: ApiKeyRow; key: string }>
  rename(id: string, name: string): Promise<ApiKeyRow | undefined>
  remove(id: string): Promise<boolean>
}

export interface KeyOptions {
  /** Of a key of the whole instance where it names no other. */
  workspace: string
  /** Keys that hold without a row, by the name that the history shows. */
  instanceKeys: Readonly<Record<string, string | undefined>>
  /** `test`: every platform is simulated. */
  mode: KeyMode
}

export function createKeys(runtime: Runtime, store: Store, { workspace, instanceKeys, mode }: KeyOptions): Keys {
  const instances = Object.entries(instanceKeys).flatMap(([name, value]) => {
    const principal: Principal = { kind: 'key', id: 'instance', name, scopes: SCOPES, workspace, instance: true }
    return value === undefined ? [] : [{ hash: sha256(value), principal }]
  })
  const known = new Map<string, { principal: Principal; until: number; touched: number }>()

  const touch = (id: string) => {
    const now = runtime.now()
    store.access
      .touchKey(id, new Date(now))
      .catch((error) => runtime.log.warn({ fault: unknownFault(error) }, 'the last use of a key was not noted'))
    return now
  }

  return {
    async authenticate(key) {
      const hash = sha256(key)
      for (const one of instances) if (timingSafeEqual(hash, one.hash)) return one.principal
      const id = hash.toString('base64')
      const cached = known.get(id)
      const now = runtime.now()
      if (cached && cached.until > now) {
        if (now - cached.touched > TOUCH_MS) cached.touched = touch(cached.principal.id)
        return cached.principal
      }
      known.delete(id)
      if (isBroken(key)) return undefined
      const row = await store.access.keyByHash(hash)
      if (!row) return undefined
      refuseUnfit(row, mode, now)
      const principal: Principal = {
        kind: 'key',
        id: row.id,
        name: row.name,
        scopes: (row.scopes as Scope[]).filter((scope) => row.workspace_id === null || !OF_INSTANCE.includes(scope)),
        workspace: row.workspace_id ?? workspace,
        instance: row.workspace_id === null,
      }
      if (known.size >= MOST_CACHED) known.clear()
      const stale = row.last_used_at === null || now - row.last_used_at.getTime() > TOUCH_MS
      known.set(id, {
        principal,
        until: Math.min(now + BELIEVED_MS, row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY),
        touched: row.last_used_at !== null && !stale ? row.last_used_at.getTime() : touch(row.id),
      })
      return principal
    },
    async create({ name, scopes, workspace: of, expiresAt, createdBy }) {
      if (expiresAt !== null && expiresAt.getTime() <= runtime.now())
        throw invalid('expiresAt', 'A key must end in the future.')
      const ours = of === null ? undefined : scopes.find((one) => OF_INSTANCE.includes(one))
      if (ours) throw invalid('scopes', `A key of one workspace cannot have ${ours}: that is the whole server's.`)
      if (of !== null && !(await store.workspaces.byId(of)))
        throw new MooringError('not_found', 'There is no such workspace.')
      const key = newKey(mode, runtime.random)
      const row = await store.access.addKey({
        id: runtime.uuid(),
        workspace_id: of,
        key_hash: sha256(key),
        prefix: prefixOf(key),
        name,
        scopes: [...scopes],
        expires_at: expiresAt,
        created_by: createdBy,
      })
      return { row, key }
    },
    rename: (id, name) => store.access.renameKey(id, name),
    async remove(id) {
      const removed = await store.access.removeKey(id)
      known.clear()
      return removed
    },
  }
}

const invalid = (path: string, message: string) =>
  new MooringError('invalid_request', message, { fields: [{ path, message }] })

/** A key that is known and does not open: its holder may know why. */
function refuseUnfit(row: ApiKeyRow, mode: KeyMode, now: number): void {
  if (row.expires_at !== null && row.expires_at.getTime() <= now)
    throw new MooringError('unauthorized', `This API key ended on ${row.expires_at.toISOString().slice(0, 10)}.`, {
      detail: `Make another for "${row.name}".`,
    })
  if (modeOf(row.prefix) === 'test' && mode === 'live')
    throw new MooringError('unauthorized', 'This is a test key, and this server reaches real platforms.', {
      detail: 'Keys that were made while every platform was simulated begin with mk_test_. Make a new one.',
    })
}
