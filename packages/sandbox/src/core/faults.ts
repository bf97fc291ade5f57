import type { Fault } from './fault.ts'

/** The faults that wait for their call, oldest first. A call takes at most one. */
export interface Faults {
  add(fault: Fault): void
  take(endpoint: string, method: string): Fault | undefined
  readonly waiting: readonly Fault[]
  clear(): void
}

/** Endpoint patterns: a whole name, a prefix ending in `*`, or `*`. */
export const matches = (pattern: string, endpoint: string): boolean =>
  pattern.endsWith('*') ? endpoint.startsWith(pattern.slice(0, -1)) : pattern === endpoint

export function createFaults(): Faults {
  let waiting: Fault[] = []
  return {
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
      return undefined
    },
    get waiting() {
      return waiting
    },
    clear() {
      waiting = []
    },
  }
}
