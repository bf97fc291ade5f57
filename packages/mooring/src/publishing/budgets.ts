/**
 * How much of what platforms allow is left: told by their headers, or counted against limits that they publish. Kept in the
 * store for all processes, and held here for some seconds, so that a call costs no query of its own.
 */
import { isMooringError } from '../error.ts'
import type { ApiAnswer } from '../provider.ts'
import type { PublishAs, Publisher, Quota, Usage } from '../provider-publishing.ts'
import type { Runtime } from '../runtime.ts'
import type { BudgetRow } from '../store/publishing-settings.ts'
import type { Store } from '../store/store.ts'

/** Whose call it is. */
export interface Caller {
  workspace: string
  registration: string
  connection: string
  account: string
}

export interface Budgets {
  /** When a call may leave, in ms since 1970; undefined: now. */
  opensAt(caller: Caller, endpoint: string): Promise<number | undefined>
  /** Counts a call that leaves. */
  spend(caller: Caller, publisher: Publisher, as: PublishAs, endpoint: string): void
  /** What an answer tells. */
  learn(caller: Caller, publisher: Publisher, answer: ApiAnswer, endpoint: string): void
  /** A refusal for the rate: nothing more leaves until then. */
  block(caller: Caller, endpoint: string, until: number): void
  /** Writes down what is only known here. */
  flush(): Promise<void>
}

/** Read anew after so long. */
const HELD_MS = 5000
const DAY_MS = 86_400_000
/** What all calls of a registration or holder share. */
const ALL = '*'

type Noted = BudgetRow & { spent?: number }

export function createBudgets({ runtime, store }: { runtime: Runtime; store: Store }): Budgets {
  const known = new Map<string, BudgetRow>()
  const unwritten = new Map<string, Noted>()
  const readAt = new Map<string, number>()
  const keyOf = (row: Pick<BudgetRow, 'registration' | 'holder' | 'endpoint'>) =>
    `${row.registration} ${row.holder} ${row.endpoint}`

  async function read(registration: string): Promise<void> {
    const now = runtime.now()
    if (Math.abs(now - (readAt.get(registration) ?? Number.NEGATIVE_INFINITY)) < HELD_MS) return
    readAt.set(registration, now)
    for (const row of await store.budgets.open([registration], new Date(now))) {
      const key = keyOf(row)
      if (!unwritten.has(key)) known.set(key, row)
    }
  }

  function note(row: Noted): void {
    const key = keyOf(row)
    const before = unwritten.get(key)
    const spent = row.spent === undefined ? undefined : row.spent + (before?.spent ?? 0)
    unwritten.set(key, { ...row, ...(spent === undefined ? {} : { spent }) })
    const { spent: _, ...held } = row
    known.set(key, held)
  }

  return {
    async opensAt(caller, endpoint) {
      await read(caller.registration)
      const now = runtime.now()
      const holders = ['', caller.connection, caller.account]
      const shut = holders.flatMap((holder) =>
        [endpoint, ALL].flatMap((of) => {
          const row = known.get(keyOf({ registration: caller.registration, holder, endpoint: of }))
          return row && row.remaining <= 0 && row.resets_at.getTime() > now ? [row.resets_at.getTime()] : []
        }),
      )
      return shut.length === 0 ? undefined : Math.max(...shut)
    },

    spend(caller, publisher, as, endpoint) {
      const now = runtime.now()
      for (const quota of publisher.quotas?.(as) ?? []) {
        if (quota.endpoint !== undefined && quota.endpoint !== endpoint) continue
        const row = rowOf(caller, quota.of, quota.endpoint ?? ALL)
        const before = known.get(keyOf(row))
        const live = before && before.resets_at.getTime() > now && before.known === 'counted' ? before : undefined
        // What the platform says of itself is the better word.
        if (before?.known === 'told' && before.resets_at.getTime() > now) continue
        note({
          ...row,
          limit_of: quota.limit,
          remaining: (live?.remaining ?? quota.limit) - 1,
          resets_at: live?.resets_at ?? new Date(endOf(quota, now)),
          known: 'counted',
          spent: 1,
        })
      }
    },

    learn(caller, publisher, answer, endpoint) {
      for (const usage of publisher.usage?.(answer, endpoint, runtime.now()) ?? [])
        note({
          ...rowOf(caller, usage.of, usage.everything ? ALL : endpoint),
          limit_of: usage.limit ?? null,
          remaining: usage.remaining,
          resets_at: new Date(usage.resetsAt),
          known: 'told',
        })
    },

    block(caller, endpoint, until) {
      const row = rowOf(caller, 'account', endpoint)
      note({
        ...row,
        limit_of: known.get(keyOf(row))?.limit_of ?? null,
        remaining: 0,
        resets_at: new Date(until),
        known: 'told',
      })
    },

    async flush() {
      const rows = [...unwritten.values()]
      if (rows.length === 0) return
      unwritten.clear()
      try {
        await store.budgets.note(rows, new Date(runtime.now()))
      } catch (error) {
        for (const row of rows) if (!unwritten.has(keyOf(row))) unwritten.set(keyOf(row), row)
        if (!isMooringError(error)) throw error
      }
    },
  }
}

function rowOf(caller: Caller, of: Usage['of'], endpoint: string) {
  const holder = of === 'registration' ? '' : of === 'connection' ? caller.connection : caller.account
  return { registration: caller.registration, holder, endpoint }
}

const endOf = (quota: Quota, now: number): number =>
  quota.window === 'utc-day' ? (Math.floor(now / DAY_MS) + 1) * DAY_MS : now + quota.window
