/** How a process that goes on for ever comes to its end. */
import { MooringError } from '../error.ts'

/** Ctrl+C can come twice for one press: from the terminal, and from npm, which passes on what it got itself. */
const ONE_PRESS_MS = 500

/** The first signal ends the server in order; the second one at once. */
export function signalOrDeath(
  carried: { onExit(listener: (reason: string) => void): void } | undefined,
): Promise<{ fault?: MooringError }> {
  return new Promise((resolve) => {
    let asked: number | undefined
    const ask = () => {
      const now = performance.now()
      if (asked !== undefined && now - asked > ONE_PRESS_MS) process.exit(130)
      asked ??= now
      resolve({})
    }
    process.on('SIGINT', ask)
    process.on('SIGTERM', ask)
    process.on('SIGHUP', ask)
    carried?.onExit((reason) => {
      if (asked === undefined)
        resolve({
          fault: new MooringError('database_unavailable', 'PostgreSQL ended by itself, so the server stops.', {
            detail: `  ${reason}`,
          }),
        })
    })
  })
}
