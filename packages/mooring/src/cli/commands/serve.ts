/** `mooring serve`: server, console, the carried PostgreSQL and, if wanted, the sandbox, in one process. */
import { randomBytes } from 'node:crypto'
import { type Config, configFault } from '../../config.ts'
import { listen } from '../../hosts/node.ts'
import { VERSION } from '../../mooring.ts'
import { environment, loadConfig } from '../environment.ts'
import { createLog } from '../log.ts'
import type { Simulated } from '../sandbox.ts'
import { removeServerFile, writeServerFile } from '../server-file.ts'
import { signalOrDeath } from '../signals.ts'
import { openWhole } from '../whole.ts'

export interface ServeOptions {
  /** Undefined: as MOORING_SANDBOX says, else off. */
  sandbox?: boolean | undefined
}

/** Runs until a signal. Returns when all is put away. */
export async function serve(options: ServeOptions, out: (line: string) => void): Promise<void> {
  const config = loadConfig()
  // On a terminal the lines below say it better than the log's; what goes wrong is there all the same.
  const quiet = process.stderr.isTTY && !environment().MOORING_LOG
  const log = createLog(quiet ? 'warn' : config.logLevel)
  refusePath(config)
  const localKey = `mk_local_${randomBytes(24).toString('base64url')}`
  const whole = await openWhole(config, log, options.sandbox ?? config.sandbox ?? false, { localKey })
  const { mooring, database, sandbox, vault, dataDir } = whole
  try {
    const stopped = signalOrDeath(database.carried)
    const server = await listen(mooring, config.host, config.port)
    whole.later(() => server.stop())
    if (dataDir !== undefined) {
      writeServerFile(dataDir, {
        url: `http://${reachable(config.host)}:${server.port}`,
        key: localKey,
        pid: process.pid,
      })
      whole.later(() => removeServerFile(dataDir, process.pid))
    }
    const where = database.carried
      ? `PostgreSQL ${database.carried.version}, carried, in the data folder`
      : 'PostgreSQL at DATABASE_URL'
    const lines: [string, string][] = [
      ['Console', config.baseUrl],
      [
        'Sign in',
        config.local ? `${await mooring.signInLink()}  (good once, for 24 hours)` : 'run `npx mooring sign-in-link`',
      ],
      ['API', `${config.baseUrl}/api/v1/docs`],
      ...(dataDir === undefined ? [] : [['Data', dataDir] satisfies [string, string]]),
      [
        'Keys',
        vault.file ? `${vault.file}  (back it up: without it nothing can be opened)` : 'from MOORING_VAULT_KEYS',
      ],
      ['Database', where],
      ['Platforms', platforms(config, sandbox)],
    ]
    out(`\nMooring ${VERSION} runs. Stop it with Ctrl+C.\n`)
    for (const [name, value] of lines) out(`  ${name.padEnd(10)} ${value}`)
    out('')
    const reason = await stopped
    mooring.drain()
    if (reason.fault) throw reason.fault
  } finally {
    await whole.putAway()
  }
}

/** The console's files name each other from the root of an address, so that a server of its own has one of its own. */
function refusePath({ basePath, baseUrl }: Config): void {
  if (basePath === '') return
  throw configFault([
    {
      variable: 'MOORING_BASE_URL',
      problem: `has a path, ${basePath}, which is for a Mooring inside another server`,
      mend: `Use ${new URL(baseUrl).origin}, or a host name of its own.`,
    },
  ])
}

function platforms(config: Config, sandbox: Simulated | undefined): string {
  if (sandbox) {
    const played = `${sandbox.names.join(', ')}: simulated by the sandbox, ${sandbox.url}.`
    const real = new Set(config.registrations.flatMap(({ client, provider }) => (client ? [provider.name] : [])))
    return real.size === 0 ? `${played} Nothing leaves this machine.` : `${[...real].join(', ')}: real. ${played}`
  }
  return Object.keys(config.platformOrigins).length > 0 ? 'at the origins of MOORING_PLATFORM_ORIGINS' : 'real'
}

/** Where this machine itself reaches a server that listens on this address. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
