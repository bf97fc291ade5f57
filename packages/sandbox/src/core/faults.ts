import type { Fault, Mishap } from './fault-kinds.ts'
import { matches } from './matches.ts'
import { createRandomFaults, type RandomFaults } from './random-faults.ts'

/** The faults that wait for their call, oldest first, and those that come by chance. A call takes at most one. */
export interface Faults {
  add(fault: Fault): void
  take(endpoint: string, method: string): Mishap | undefined
  readonly waiting: readonly Fault[]
  readonly random: RandomFaults
  clear(): void
}

export function createFaults(): Faults {
  let waiting: Fault[] = []
  const random = createRandomFaults()
  return {
    random,
    add(fault) {
      waiting.push({ ...fault })
    },
    take(endpoint, method) {
      for (const fault of waiting) {
        if (!matches(fault.endpoint, endpoint)) continue
        if (fault.method !== undefined && fault.method !== method) continue
        if (fault.skip > 0) {
          fault.skip -= 1
          continue
        }
        if (fault.times !== 'always') {
          fault.times -= 1
          if (fault.times === 0) waiting = waiting.filter((other) => other !== fault)
        }
        return fault
      }
      return random.take(endpoint, method)
    },
    get waiting() {
      return waiting
    },
    clear() {
      waiting = []
      random.set([])
    },
  }
}
