/** Commands of whoever runs the server: the check-up, the way in, the document of the API. */
import { MooringError } from '../../error.ts'
import { silent } from '../../runtime.ts'
import { createKeyRing } from '../../vault/keyring.ts'
import { signatures } from '../../vault/signature.ts'
import { databaseBeside, dataDirOf, environment, loadConfig, vaultKeysOf } from '../environment.ts'
import { EXIT } from '../exit.ts'
import type { Terminal } from '../terminal.ts'

export function operatorCommands({ program, out, show, withClient }: Terminal): void {
  program
    .command('doctor')
    .description('check settings, database, keys, clock, redirect addresses and API versions')
    .action(async () => {
      const { doctor } = await import('./doctor.ts')
      const findings = await doctor()
      const sign = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' }
      show({ findings }, () =>
        findings
          .map(
            (one) =>
              `${sign[one.level]}  ${one.check.padEnd(20)} ${one.message}${one.mend ? `\n${' '.repeat(31)}${one.mend}` : ''}`,
          )
          .join('\n'),
      )
      if (findings.some((one) => one.level === 'error')) process.exitCode = EXIT.failed
    })

  program
    .command('sign-in-link')
    .alias('owner')
    .description(
      'print a link that signs one browser in; makes the owner if there is none (before the first public start)',
    )
    .action(async () => {
      if (environment().MOORING_URL) {
        throw new MooringError('config_invalid', 'A sign-in link is made on the machine of the server.', {
          detail: '  Run this there, with the settings of the server, or unset MOORING_URL.',
        })
      }
      const { link, ownerMade } = await signInLink()
      show({ link, ownerMade }, () => `${ownerMade ? 'The owner was made.\n' : ''}${link}\n\nGood once, for 24 hours.`)
    })

  program
    .command('tick-url')
    .description(
      'print the address that does the background work when it is asked, for hosts without a long-lived process',
    )
    .action(() => {
      const config = loadConfig()
      const ring = createKeyRing(vaultKeysOf(config, dataDirOf(config)).keys)
      const [token = ''] = signatures(ring, 'tick', config.baseUrl)
      const url = `${config.baseUrl}/tick/${token}`
      show(
        { url, token },
        () =>
          `${url}\n\nWhoever has it may ask. Its last part works as a bearer token for ${config.baseUrl}/tick, too.`,
      )
    })

  program
    .command('openapi')
    .description('print the OpenAPI document')
    .action(() => withClient(async (client) => out(JSON.stringify(await client.call('GET', '/openapi.json'), null, 2))))
}

async function signInLink(): Promise<{ link: string; ownerMade: boolean }> {
  const config = loadConfig()
  const dataDir = dataDirOf(config)
  const vaultKeys = vaultKeysOf(config, dataDir).keys
  const database = await databaseBeside(config, dataDir, silent)
  try {
    const { createMooring } = await import('../../mooring.ts')
    // As for a local start: this is what makes the owner that a public one asks for.
    const mooring = await createMooring({
      config: { ...config, local: true },
      database: database.target,
      vaultKeys,
      serves: false,
    })
    try {
      return { link: await mooring.signInLink(), ownerMade: await mooring.ensureOwner() }
    } finally {
      await mooring.close()
    }
  } finally {
    await database.carried?.stop()
  }
}
