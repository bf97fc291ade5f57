/** What the platforms' own ledgers say of what the servers say. Pure. */
import type { LedgerEntry } from '@mooring/sandbox'
import type { Network } from './homes.ts'

export interface Said {
  id: string
  network: Network
  /** The platform's name for the account. */
  subject: string
  state: string
  warning: string | null
  /** Why it is not published. */
  reason: string | null
  /** It will be looked at again by itself. */
  due: boolean
  /** What it consists of, in the order in which it goes out: `post`, `thread.0`, `comment`. */
  parts: readonly { part: string; text: string; optional: boolean }[]
  attempts: readonly { part: string; outcome: string }[]
}

/** Where nobody can look at what is there: LinkedIn gives `r_member_social` to nobody any more. */
const UNSEEN: readonly Network[] = ['linkedin person']
const CERTAIN = ['accepted', 'confirmed']
const SETTLED = ['published', 'failed', 'unknown', 'skipped', 'missed', 'cancelled']

export interface Verdict {
  /** One sentence each. */
  wrong: string[]
  /** Of each network, by state. */
  counts: Map<Network, Map<string, number>>
  entries: number
}

const key = (account: string, text: string): string => `${account}\n${text}`

/** Nothing twice and nothing missing: each part of each delivery is there as often as the server says. */
export function judge(deliveries: readonly Said[], ledger: readonly LedgerEntry[]): Verdict {
  const there = Map.groupBy(ledger, (one) => key(one.account, one.text))
  const counts = new Map<Network, Map<string, number>>()
  const wrong: string[] = []
  for (const one of deliveries) {
    const states = counts.get(one.network) ?? new Map<string, number>()
    counts.set(one.network, states.set(one.state, (states.get(one.state) ?? 0) + 1))
    for (const { part, text, optional } of one.parts) {
      const found = there.get(key(one.subject, text)) ?? []
      there.delete(key(one.subject, text))
      const fault = faultOf(one, part, optional, found.length)
      if (fault) wrong.push(`${one.network}, ${one.id}, ${part}, ${one.state}: ${fault}`)
    }
    if (!SETTLED.includes(one.state) || one.due)
      wrong.push(`${one.network}, ${one.id}: it is not settled: ${one.state}`)
  }
  for (const [name, entries] of there)
    wrong.push(`${entries.length} times there and nobody's: ${name.replace('\n', ', ')}`)
  return { wrong, counts, entries: ledger.length }
}

function faultOf(one: Said, part: string, optional: boolean, times: number): string | undefined {
  if (times > 1) return `it is there ${times} times`
  const outcomes = one.attempts.filter((attempt) => attempt.part === part).map((attempt) => attempt.outcome)
  const certain = outcomes.some((outcome) => CERTAIN.includes(outcome))
  if (times === 0) {
    if (certain) return 'the server says that it was taken, and it is not there'
    if (one.state === 'published' && one.warning === null) return 'it is missing, and nobody was told'
    return undefined
  }
  if (certain) return undefined
  if (one.state === 'published' && optional && one.warning !== null) return undefined
  if (one.state === 'unknown')
    return UNSEEN.includes(one.network) ? undefined : 'it is there, and a look would have shown it'
  return 'it is there, and the server says that it is not'
}
