import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Mishap, mishapSchema } from './fault-kinds.ts'
import { matches } from './matches.ts'

/** What befalls a creating call at its worst: refused unread, and done with the answer lost. */
const USUAL: readonly z.input<typeof mishapSchema>[] = [
  { kind: 'gateway', status: 503, when: 'before' },
  { kind: 'gateway', status: 502, when: 'after' },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
]

export const randomSchema = z.strictObject({
  seed: z.number().int(),
  /** Which share of the calls goes wrong. */
  rate: z.number().min(0).max(1),
  /** Names of endpoints, or prefixes ending in `*`. */
  endpoint: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).transform((one) => [one].flat()),
  method: z.string().toUpperCase().optional(),
  /** Each as likely as the next; one that stands twice is twice as likely. */
  kinds: z
    .array(mishapSchema)
    .min(1)
    .prefault(() => [...USUAL]),
})

export type Random = z.output<typeof randomSchema>

/** Two numbers from 0 to below 1 for the n-th call of an endpoint: the same at every run of one seed, whatever else is called. */
export function drawn(seed: number, endpoint: string, n: number): [number, number] {
  const hash = createHash('sha256').update(`${seed} ${endpoint} ${n}`).digest()
  return [hash.readUInt32BE(0) / 2 ** 32, hash.readUInt32BE(4) / 2 ** 32]
}

/** Calls that go wrong by chance. */
export interface RandomFaults {
  /** Replaces what was there; none at all where the list is empty. */
  set(rules: readonly Random[]): void
  take(endpoint: string, method: string): Mishap | undefined
  /** The rules, the calls that each has seen, and how many of them met which of its kinds, in their order. */
  readonly shown: readonly (Random & { calls: number; met: readonly number[] })[]
}

export function createRandomFaults(): RandomFaults {
  let rules: (Random & { calls: number; met: number[]; seen: Map<string, number> })[] = []
  return {
    set(next) {
      rules = next.map((rule) => ({ ...rule, calls: 0, met: rule.kinds.map(() => 0), seen: new Map() }))
    },
    take(endpoint, method) {
      for (const rule of rules) {
        if (rule.method !== undefined && rule.method !== method) continue
        if (!rule.endpoint.some((pattern) => matches(pattern, endpoint))) continue
        const n = (rule.seen.get(endpoint) ?? 0) + 1
        rule.seen.set(endpoint, n)
        rule.calls += 1
        const [chance, which] = drawn(rule.seed, endpoint, n)
        if (chance >= rule.rate) continue
        const kind = Math.floor(which * rule.kinds.length)
        rule.met[kind] = (rule.met[kind] ?? 0) + 1
        return rule.kinds[kind]
      }
      return undefined
    },
    get shown() {
      return rules.map(({ seen: _seen, ...rule }) => rule)
    },
  }
}
