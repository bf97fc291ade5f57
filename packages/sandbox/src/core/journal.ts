/** What came in, for tests to look at. Holds names, never values: a journal must be safe to print. */
export interface Entry {
  n: number
  at: number
  endpoint: string
  method: string
  path: string
  /** Names of query, form and top-level JSON fields, in the order sent. */
  parameters: string[]
  /** The scheme of the Authorization header, lower case. */
  authorization: string | null
  /** Absent while the request is under way, and for one that was cut off. */
  status?: number
  fault?: string
}

export interface Journal {
  open(entry: Omit<Entry, 'n'>): Entry
  /** Requests per endpoint since the last reset. */
  readonly counts: Record<string, number>
  readonly entries: readonly Entry[]
  reset(): void
}

/** Enough for any test, and no leak for a sandbox that stays up for weeks. */
const KEPT = 2000

export function createJournal(): Journal {
  let entries: Entry[] = []
  let counts: Record<string, number> = {}
  let n = 0
  return {
    open(fields) {
      const entry: Entry = { n: ++n, ...fields }
      entries.push(entry)
      if (entries.length > KEPT) entries.shift()
      counts[fields.endpoint] = (counts[fields.endpoint] ?? 0) + 1
      return entry
    },
    get counts() {
      return counts
    },
    get entries() {
      return entries
    },
    reset() {
      entries = []
      counts = {}
      n = 0
    },
  }
}

/** A body sent without `name=` turns its value into a name; such a name is not shown. */
export const safeName = (name: string): string => (/^[A-Za-z][\w.$-]{0,39}$/.test(name) ? name : '(unprintable)')
