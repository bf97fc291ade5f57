/** Which keys are in use, and what may be done with them: judged from counts and from what each process holds. Pure. */
import { MooringError } from '../error.ts'

/** How many values of one column rest on one key. */
export interface KeyUse {
  kid: string
  /** `table.column`. */
  column: string
  values: number
}

/** A process that serves: its keys, of which the first seals. */
export interface KeyHolder {
  id: string
  host: string
  pid: number
  /** Since it was last seen. */
  secondsAgo: number
  kids: readonly string[]
}

export interface KeyState {
  kid: string
  /** Seals here. */
  sealing: boolean
  /** Opens here. */
  inRing: boolean
  values: number
  byColumn: Record<string, number>
}

/** Every key that is in this ring, in that of a process, or under a value; this ring's first, in its order. */
export function keyStates(
  ring: readonly string[],
  uses: readonly KeyUse[],
  holders: readonly Pick<KeyHolder, 'kids'>[],
): KeyState[] {
  const kids = new Set([...ring, ...holders.flatMap((one) => one.kids), ...uses.map((one) => one.kid)])
  const sorted = uses.toSorted((a, b) => a.column.localeCompare(b.column))
  return [...kids].map((kid) => {
    const byColumn: Record<string, number> = {}
    for (const use of sorted) if (use.kid === kid) byColumn[use.column] = (byColumn[use.column] ?? 0) + use.values
    const values = Object.values(byColumn).reduce((sum, one) => sum + one, 0)
    return { kid, sealing: kid === ring[0], inRing: ring.includes(kid), values, byColumn }
  })
}

/** The keys that nothing rests on and nobody will seal with: to take them out loses nothing. */
export function safeToRemove(
  ring: readonly string[],
  states: readonly KeyState[],
  holders: readonly Pick<KeyHolder, 'kids'>[],
): string[] {
  if (holders.some((one) => one.kids[0] !== ring[0])) return []
  return states
    .filter((one) => !one.sealing && one.values === 0)
    .map((one) => one.kid)
    .filter((kid) => ring.includes(kid) || holders.some((one) => one.kids.includes(kid)))
}

/**
 * Why nothing may be sealed anew with this ring's first key yet; undefined where it may. A process without that key could
 * not open what is sealed anew. One that has it and seals with another would go on doing so, and there would be no end.
 */
export function obstacle(ring: readonly string[], holders: readonly KeyHolder[]): MooringError | undefined {
  const [newest = ''] = ring
  const without = holders.find((one) => !one.kids.includes(newest))
  if (without) {
    return new MooringError('conflict', 'A process does not have the newest key. Nothing was sealed anew.', {
      detail: `${describe(without)} holds ${without.kids.join(', ')} and not ${newest}: it could not open what is sealed anew. Restart it with the new key in MOORING_VAULT_KEYS. If it was killed, it counts as gone two minutes after it was last seen.`,
    })
  }
  const behind = holders.find((one) => one.kids[0] !== newest)
  if (behind) {
    return new MooringError('conflict', 'A process still seals with another key. Nothing was sealed anew.', {
      detail: `${describe(behind)} seals with ${behind.kids[0]} and not with ${newest}. Put the same key in front of MOORING_VAULT_KEYS everywhere and restart. If it was killed, it counts as gone two minutes after it was last seen.`,
    })
  }
  return undefined
}

const describe = (one: KeyHolder): string =>
  `Process ${one.id} on ${one.host} (pid ${one.pid}, seen ${one.secondsAgo} s ago)`
