/** What a command needs before it can begin: settings, folder, keys, database. The one place that reads the process's environment. */
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Config, type Env, readConfig } from '../config.ts'
import { MooringError } from '../error.ts'
import { providers } from '../providers/index.ts'
import type { Log } from '../runtime.ts'
import { type Admin, type CarriedPostgres, findRunning, startCarried } from '../store/carried/index.ts'
import { locate } from '../store/carried/place.ts'
import { syncFolder } from '../store/carried/sync.ts'
import type { DatabaseTarget } from '../store/open.ts'
import { createKeyRing, generateKey } from '../vault/keyring.ts'

export const environment = (): Env => process.env

export const loadConfig = (env: Env = environment()): Config => readConfig(env, providers)

/** Where data lies that nobody named a place for: with root a system folder, which PostgreSQL's own user can enter; else beside the checkout. */
export function dataDirOf(config: Config, env: Env = environment()): string {
  if (config.dataDir !== undefined) return resolve(config.dataDir)
  if (process.getuid?.() === 0) return '/var/lib/mooring'
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, 'mooring')
  return resolve('mooring-data')
}

/** The folder is this server's own: its database, or its key, lies there. Files of posts do, then, where no other place is set. */
export const usesFolder = (config: Config): boolean =>
  config.databaseUrl === undefined || config.vaultKeys === undefined

export interface VaultKeys {
  keys: string
  /** The file that they came from; undefined when from the environment. */
  file: string | undefined
  created: boolean
}

/** The key file of a folder; it may not be there. */
export const keyFileIn = (dataDir: string): string => join(dataDir, 'vault.key')

/** The folder has a database of its own. */
export function hasData(dataDir: string): boolean {
  const place = locate(dataDir)
  return place !== undefined && existsSync(place.cluster)
}

/** The configured keys, or those of the folder's key file, which a local start makes. Call it before the database is made. */
export function vaultKeysOf(config: Config, dataDir: string): VaultKeys {
  const found = findKeys(config, dataDir)
  // Judged before a database is made: one that was made under keys that are none would miss its key file at the next start.
  createKeyRing(found.keys)
  return found
}

function findKeys(config: Config, dataDir: string): VaultKeys {
  if (config.vaultKeys !== undefined) return { keys: config.vaultKeys, file: undefined, created: false }
  const file = keyFileIn(dataDir)
  if (existsSync(file)) return { keys: readFileSync(file, 'utf8').trim(), file, created: false }
  if (hasData(dataDir)) {
    throw new MooringError('config_invalid', 'The key file is gone.', {
      detail: `  ${file} is missing, but the folder holds data that was sealed with it.\n    Put it back from your backup, or set MOORING_VAULT_KEYS.`,
    })
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const created = makeKeyFile(file)
  return { keys: readFileSync(file, 'utf8').trim(), file, created }
}

/** Whole and on the disk before anything is sealed with it, and never in place of another: of two starts, the first one's stays. */
function makeKeyFile(file: string): boolean {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${generateKey()}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
    syncFolder(dirname(file))
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

export interface OpenedDatabase {
  target: DatabaseTarget
  carried: CarriedPostgres | undefined
}

/** The operator's database, or the carried one, started. */
export async function databaseOf(config: Config, dataDir: string, log: Log): Promise<OpenedDatabase> {
  const operators = operatorsDatabase(config)
  if (operators) return { target: operators, carried: undefined }
  const carried = await startCarried({ dataDir, log })
  return { target: besideUs(carried.admin), carried }
}

/** The database of a folder in which a server may run: never starts a second one beside it. */
export async function databaseBeside(config: Config, dataDir: string, log: Log): Promise<OpenedDatabase> {
  const operators = operatorsDatabase(config)
  if (operators) return { target: operators, carried: undefined }
  const running = await findRunning(dataDir)
  return running ? { target: besideUs(running.admin), carried: undefined } : databaseOf(config, dataDir, log)
}

/** The carried PostgreSQL speaks no TLS over its socket, whatever PGSSLMODE says for other databases. */
const besideUs = (admin: Admin): DatabaseTarget => ({ admin: { ...admin, ssl: false } })

function operatorsDatabase(config: Config): DatabaseTarget | undefined {
  if (config.databaseUrl === undefined) return undefined
  const app = { connectionString: config.databaseUrl }
  if (config.databaseAdminUrl === undefined) return { admin: app }
  return { admin: { connectionString: config.databaseAdminUrl }, app }
}
