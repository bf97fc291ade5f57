/** Mooring inside a host's own process, opened as `mooring serve` opens it, and listening on nothing. */
import type { Authenticate } from './access/host-users.ts'
import { environment, loadConfig } from './cli/environment.ts'
import { createLog } from './cli/log.ts'
import { openWhole } from './cli/whole.ts'
import type { Env } from './config.ts'
import type { Mooring } from './mooring.ts'

export interface OpenOptions {
  /** Instead of the process's environment; variables as the guide "Configuration" lists them. */
  env?: Env
  /** Who is signed in at the host. */
  authenticate?: Authenticate
  /** Plays every platform that has no client yet. `MOORING_SANDBOX` wins over it. */
  sandbox?: boolean
  /** False: this process renews nothing by itself; another one (`mooring serve`) does. */
  background?: boolean
}

/**
 * Opens database, keys and, where it is wanted, the sandbox. `close` puts all of it away. Throws MooringError
 * `config_invalid` with every fault of the configuration.
 */
export async function openMooring(options: OpenOptions = {}): Promise<Mooring> {
  const env = options.env ?? environment()
  const config = loadConfig(env)
  const { authenticate, background } = options
  const whole = await openWhole(config, createLog(config.logLevel), config.sandbox ?? options.sandbox ?? false, {
    authenticate,
    background,
  })
  return { ...whole.mooring, close: whole.putAway }
}
