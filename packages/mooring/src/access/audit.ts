/**
 * Who did what from where. A deed is noted right after it, one row each; what a program does all the time (reading a token,
 * calling a platform) is counted in memory and written as one row a minute, key and connection. Noting never fails a deed.
 */
import { type ErrorCode, isMooringError, unknownFault } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import type { NewAuditEntry } from '../store/audit.ts'
import type { Store } from '../store/store.ts'

export interface Deed {
  workspace: string
  action: string
  outcome: 'ok' | 'refused'
  /** Of a refusal. */
  code?: string | undefined
  actor: { kind: string; id: string | null; name: string }
  address: string | undefined
  browser: string | null
  target?: { kind: string; id: string; label?: string | undefined } | undefined
}

export interface Audit {
  note(deed: Deed): Promise<void>
  /** Costs an addition: for the hottest paths. */
  count(deed: CountedDeed): void
  /** Writes what was counted. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface CountedDeed {
  workspace: string
  action: string
  actor: Deed['actor']
  connection: string
  address: string | undefined
  /** Of a refusal. */
  refused?: string | undefined
}

const MINUTE_MS = 60_000
/** Refusals that one process notes in a minute: who asks without right a thousand times writes no thousand rows. */
const MOST_REFUSALS = 60
/** Kinds of counted deeds in a minute: more keys times connections than that are written at once. */
const MOST_COUNTED = 5_000
/** After these the same rows can be written the next time. */
const PASSES: readonly string[] = ['database_unavailable', 'storage_full'] satisfies ErrorCode[]

interface Counted extends CountedDeed {
  times: number
}

export function createAudit(runtime: Runtime, store: Store): Audit {
  let counted = new Map<string, Counted>()
  // Apart, so that strangers who try passwords do not hide what somebody known was refused.
  const refusals = { known: { since: 0, number: 0 }, nobody: { since: 0, number: 0 } }

  /** False: it may be written the next time. What can never be (its workspace was erased) is told in the log alone. */
  const add = async (workspace: string, entries: readonly NewAuditEntry[]): Promise<boolean> => {
    try {
      await store.audit.add(workspace, entries)
      return true
    } catch (error) {
      runtime.log.error({ fault: unknownFault(error), entries: entries.length }, 'the audit was not written')
      return !(isMooringError(error) && PASSES.includes(error.code))
    }
  }

  const mayRefuse = (whose: 'known' | 'nobody'): boolean => {
    const now = runtime.now()
    const counter = refusals[whose]
    if (now - counter.since > MINUTE_MS) Object.assign(counter, { since: now, number: 0 })
    counter.number += 1
    return counter.number <= MOST_REFUSALS
  }

  /** Written early, because there was much; not again before the next minute where that did not help. */
  let early = false
  const write = async (): Promise<void> => {
    if (counted.size === 0) return
    const all = [...counted.values()]
    counted = new Map()
    const at = new Date(runtime.now())
    for (const [workspace, some] of Map.groupBy(all, (one) => one.workspace)) {
      const written = await add(
        workspace,
        some.map(({ action, actor, connection, address, refused, times }) => ({
          ...entryOf(
            runtime,
            { action, outcome: refused === undefined ? 'ok' : 'refused', code: refused, actor, address, browser: null },
            at,
          ),
          target_kind: 'connection',
          target_id: connection.slice(0, 200),
          times,
        })),
      )
      // The database is away: they are counted on, as far as there is room, and written the next time.
      if (!written) for (const { times, ...deed } of some) if (counted.size < MOST_COUNTED) count(deed, times)
    }
    if (counted.size < MOST_COUNTED) early = false
  }
  // One after the other: a slow write and the next minute's must not run side by side.
  let writing: Promise<void> = Promise.resolve()
  const flush = (): Promise<void> => {
    writing = writing.then(write, write)
    return writing
  }
  function count(deed: CountedDeed, times = 1): void {
    const { action, actor, connection, address, refused } = deed
    // The server's own keys have one id: their names tell them apart.
    const key = JSON.stringify([deed.workspace, action, actor.id, actor.name, connection, address, refused])
    const there = counted.get(key)
    if (there) there.times += times
    else counted.set(key, { ...deed, times })
  }
  const stop = runtime.every(MINUTE_MS, () => void flush())

  return {
    async note(deed) {
      if (deed.outcome === 'refused' && !mayRefuse(deed.actor.kind === 'nobody' ? 'nobody' : 'known')) return
      await add(deed.workspace, [entryOf(runtime, deed, new Date(runtime.now()))])
    },
    count(deed) {
      if (deed.refused !== undefined && !mayRefuse('known')) return
      count({ ...deed, actor: { kind: deed.actor.kind, id: deed.actor.id, name: deed.actor.name } })
      if (counted.size <= MOST_COUNTED || early) return
      early = true
      void flush()
    },
    flush,
    async close() {
      stop()
      await flush()
    },
  }
}

function entryOf(runtime: Runtime, deed: Omit<Deed, 'workspace'>, at: Date): NewAuditEntry {
  const { action, outcome, code, actor, address, browser, target } = deed
  return {
    id: runtime.uuid(),
    at,
    action,
    outcome,
    code: code ?? null,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name.slice(0, 200),
    address: address ?? null,
    browser: browser?.slice(0, 200) ?? null,
    target_kind: target?.kind ?? null,
    target_id: target?.id.slice(0, 200) ?? null,
    target_label: target?.label?.slice(0, 200) ?? null,
  }
}
