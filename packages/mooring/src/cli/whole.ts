/** Everything that runs: folder, keys, database, sandbox and Mooring itself, opened in order and put away backwards. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { unknownFault } from '../error.ts'
import { createMooring, type Mooring, type MooringOptions } from '../mooring.ts'
import type { Log } from '../runtime.ts'
import { databaseOf, dataDirOf, type OpenedDatabase, usesFolder, type VaultKeys, vaultKeysOf } from './environment.ts'
import { type Simulated, simulate } from './sandbox.ts'

/** Where the console lies: built into the checkout, or packed beside the code. */
const CONSOLE = ['../../../../apps/console/dist', '../../console'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)
const DOCS = ['../../../../docs', '../../docs'].map((path) => fileURLToPath(new URL(path, import.meta.url)))

export interface Whole {
  mooring: Mooring
  database: OpenedDatabase
  sandbox: Simulated | undefined
  vault: VaultKeys
  /** Undefined where neither database nor keys are in a folder. */
  dataDir: string | undefined
  /** To be put away before all that is open now. */
  later(step: () => Promise<void> | void): void
  putAway(): Promise<void>
}

/** Whatever was opened is put away again when a later part fails. */
export async function openWhole(
  config: Config,
  log: Log,
  sandboxed: boolean,
  more: Pick<MooringOptions, 'authenticate' | 'background' | 'localKey'> = {},
): Promise<Whole> {
  const folder = dataDirOf(config)
  const useFolder = usesFolder(config)
  if (useFolder) mkdirSync(folder, { recursive: true, mode: 0o711 })
  const vault = vaultKeysOf(config, folder)
  const steps: (() => Promise<void> | void)[] = []
  const putAway = async () => {
    for (const step of steps.splice(0).reverse()) {
      try {
        await step()
      } catch (error) {
        log.error({ fault: unknownFault(error) }, 'something could not be put away')
      }
    }
  }
  try {
    const database = await databaseOf(config, folder, log)
    if (database.carried) steps.push(() => database.carried?.stop())
    const sandbox = sandboxed ? await simulate(config, useFolder ? join(folder, 'sandbox.json') : undefined) : undefined
    if (sandbox) steps.push(() => sandbox.stop())
    const dataDir = useFolder ? folder : undefined
    const mooring = await createMooring({
      config,
      database: database.target,
      vaultKeys: vault.keys,
      registrations: sandbox?.registrations ?? config.registrations,
      platformOrigins: sandbox?.platformOrigins ?? config.platformOrigins,
      dataDir,
      // Its files name each other from the root of an address.
      consoleDir: config.basePath === '' ? CONSOLE.find((path) => existsSync(join(path, 'index.html'))) : undefined,
      docsDir: DOCS.find((path) => existsSync(path)),
      log,
      ...more,
    })
    steps.push(() => mooring.close())
    return { mooring, database, sandbox, vault, dataDir, later: (step) => void steps.push(step), putAway }
  } catch (error) {
    await putAway()
    throw error
  }
}
