/** The sandbox's own time. Every code, token, signature and version is judged by it, never by the machine's clock. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  advance(seconds: number): void
  set(ms: number): void
  /** A frozen clock only moves when told to: what an exact expiry test needs. */
  freeze(on: boolean): void
  reset(): void
  readonly frozen: boolean
}

export function createClock(real: () => number = Date.now): Clock {
  let offset = 0
  let stoppedAt: number | undefined
  const now = () => stoppedAt ?? real() + offset
  const moveTo = (ms: number) => {
    if (stoppedAt === undefined) offset = ms - real()
    else stoppedAt = ms
  }
  return {
    now,
    advance: (seconds) => moveTo(now() + seconds * 1000),
    set: moveTo,
    freeze(on) {
      if (on) stoppedAt = now()
      else if (stoppedAt !== undefined) {
        offset = stoppedAt - real()
        stoppedAt = undefined
      }
    },
    reset() {
      offset = 0
      stoppedAt = undefined
    },
    get frozen() {
      return stoppedAt !== undefined
    },
  }
}
