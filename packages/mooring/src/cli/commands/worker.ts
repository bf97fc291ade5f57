/** `mooring worker`: what runs in the background, and nothing that listens. */
import { configFault } from '../../config.ts'
import { VERSION } from '../../mooring.ts'
import { environment, loadConfig } from '../environment.ts'
import { createLog } from '../log.ts'
import { signalOrDeath } from '../signals.ts'
import { openWhole } from '../whole.ts'

/** Runs until a signal. Returns when all is put away. */
export async function work(out: (line: string) => void): Promise<void> {
  const config = loadConfig()
  if (config.databaseUrl === undefined)
    throw configFault([
      {
        variable: 'DATABASE_URL',
        problem:
          'is missing; the PostgreSQL that Mooring carries belongs to the process that serves, which renews by itself',
        mend: 'Set DATABASE_URL and MOORING_VAULT_KEYS as the processes have them that this one is to work for.',
      },
    ])
  const log = createLog(process.stderr.isTTY && !environment().MOORING_LOG ? 'warn' : config.logLevel)
  const whole = await openWhole(config, log, false)
  try {
    const stopped = signalOrDeath(undefined)
    out(`Mooring ${VERSION} works in the background. Stop it with Ctrl+C.`)
    await stopped
    whole.mooring.drain()
  } finally {
    await whole.putAway()
  }
}
