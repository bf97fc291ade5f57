/** `mooring sandbox`: the platform simulators alone, for a team's own tests. */
import { InvalidArgumentError } from 'commander'
import { MooringError, unknownFault } from '../../error.ts'
import { loadConfig } from '../environment.ts'
import { loadSandbox } from '../sandbox.ts'
import type { Terminal } from '../terminal.ts'

export function sandboxCommands({ program, show }: Terminal): void {
  program
    .command('sandbox')
    .description('run the platform simulators alone')
    .option('--port <port>', 'the first of its ports', portNumber, 9700)
    .option('--only <platforms>', 'play these alone, parted by commas')
    .action(async ({ port, only }: { port: number; only?: string }) => {
      const { platformIds, startSandbox } = await loadSandbox()
      const wanted = only === undefined ? {} : { only: platformsOf(only, platformIds) }
      const config = loadConfig()
      const redirectUris = Object.fromEntries(config.registrations.map((one) => [one.id, [one.redirectUri]]))
      const sandbox = await startSandbox({ port, redirectUris, ...wanted }).catch((error: unknown) => {
        throw new MooringError('config_invalid', 'The sandbox cannot listen.', {
          detail: `  It takes the ports from ${port} on (${unknownFault(error)}). Choose others with --port.`,
        })
      })
      // Before a word is shown: whoever reads the words may end this at once.
      const asked = new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
      })
      const facts = { url: sandbox.url, origins: sandbox.origins, apps: sandbox.apps }
      show(facts, () =>
        [
          `The sandbox runs at ${sandbox.url}. Stop it with Ctrl+C.\n`,
          `MOORING_PLATFORM_ORIGINS='${JSON.stringify(sandbox.origins)}'`,
          ...sandbox.apps.map(
            (app) =>
              `\n# ${app.name}\nclient id      ${app.clientId}\nclient secret  ${app.clientSecret || 'none, it is public'}  (simulated)\nscopes         ${app.scopes.join(' ')}`,
          ),
        ].join('\n'),
      )
      await asked
      await sandbox.stop()
    })
}

/** In the order in which the sandbox plays them. Throws `invalid_request` for a name that it does not know. */
function platformsOf<Id extends string>(text: string, known: readonly Id[]): Id[] {
  const named = text.split(/[\s,]+/).filter(Boolean)
  const unknown = named.find((name) => !known.some((id) => id === name))
  if (unknown === undefined && named.length > 0) return known.filter((id) => named.includes(id))
  const first = unknown === undefined ? 'No platform was named.' : `The sandbox plays no "${unknown}".`
  throw new MooringError('invalid_request', first, { detail: `  --only takes ${known.join(', ')}.` })
}

function portNumber(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_000) return port
  throw new InvalidArgumentError('It must be a number from 1 to 65000, or 0 for free ones.')
}
