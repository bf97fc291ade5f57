/** Commands on the keys that seal tokens: make one, see what rests on each, seal everything anew under the newest. */
import { generateKey } from '../../vault/keyring.ts'
import type { Client } from '../client.ts'
import { EXIT } from '../exit.ts'
import type { Terminal } from '../terminal.ts'
import {
  type NotOpened,
  notOpened,
  RotatedShape,
  sealedAnew,
  VaultShape,
  vaultTables,
  verdicts,
} from '../vault-words.ts'

/** A value that was written meanwhile is looked at again; who writes seals with the newest key, so the second time finds none. */
const MOST_PASSES = 3

export function keysCommands({ program, asJson, show, withClient }: Terminal): void {
  const keys = program.command('keys').description('the keys that seal tokens')
  keys
    .command('generate')
    .description('print a new key for MOORING_VAULT_KEYS')
    .action(() => {
      const key = generateKey()
      show({ key }, () => key)
    })

  keys
    .command('status')
    .description('which key how many sealed values rest on, and which process has which keys')
    .action(() =>
      withClient(async (client) => {
        const vault = VaultShape.parse(await client.call('GET', '/vault'))
        show(vault, () => [vaultTables(vault), ...verdicts(vault, false)].join('\n\n'))
        if (vault.keys.some((one) => !one.inRing && one.values > 0)) process.exitCode = EXIT.config
      }),
    )

  keys
    .command('rotate')
    .description('seal everything anew under the newest key, while all goes on; run again, it goes on where it stopped')
    .option('--force', 'also while a process lacks the newest key and will not open what is sealed anew')
    .action((options: { force?: boolean }) =>
      withClient(async (client) => {
        const quiet = asJson() || process.stderr.isTTY !== true
        const done = await rotateAll(client, options.force === true, (line) => {
          if (!quiet) process.stderr.write(`\r${line}\u001b[K`)
        })
        if (!quiet) process.stderr.write('\r\u001b[K')
        const vault = VaultShape.parse(await client.call('GET', '/vault'))
        const left = vault.keys.filter((one) => !one.sealing && one.values > 0)
        show({ ...done, vault }, () =>
          [
            `${sealedAnew(done.rewrapped)}.`,
            vaultTables(vault),
            ...(done.failed.length > 0
              ? [[`${done.failed.length} did not open and are as they were:`, ...notOpened(done.failed)].join('\n')]
              : []),
            ...verdicts(vault, true),
          ].join('\n\n'),
        )
        if (done.failed.length > 0) process.exitCode = EXIT.config
        else if (left.length > 0) process.exitCode = EXIT.failed
      }),
    )
}

interface Done {
  rewrapped: number
  skipped: number
  failed: NotOpened[]
}

async function rotateAll(client: Client, force: boolean, progress: (line: string) => void): Promise<Done> {
  const done: Done = { rewrapped: 0, skipped: 0, failed: [] }
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    let cursor: string | null = null
    let skipped = 0
    done.failed = []
    do {
      const body = { force, ...(cursor === null ? {} : { cursor }) }
      const part = RotatedShape.parse(await client.call('POST', '/vault/rotate', body))
      done.rewrapped += part.rewrapped
      skipped += part.skipped
      done.failed.push(...part.failed)
      cursor = part.cursor
      progress(`${sealedAnew(done.rewrapped)}, ${done.failed.length} did not open …`)
    } while (cursor !== null)
    done.skipped += skipped
    if (skipped === 0) break
  }
  return done
}
