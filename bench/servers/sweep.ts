/** Mooring's background as `mooring serve` runs it, and no server: it sweeps and looks. */
import { createLog } from '../../packages/mooring/src/cli/log.ts'
import { type Env, readConfig } from '../../packages/mooring/src/config.ts'
import { createMooring } from '../../packages/mooring/src/mooring.ts'
import { providers } from '../../packages/mooring/src/providers/index.ts'
import type { Admin } from '../../packages/mooring/src/store/carried/index.ts'
import { beChild } from '../support/child.ts'

export interface SweepSettings {
  admin: Admin
  vaultKeys: string
  env: Env
  platformOrigins: Record<string, string>
}

beChild<SweepSettings>(async ({ admin, vaultKeys, env, platformOrigins }) => {
  const config = readConfig(env, providers)
  const log = createLog(config.logLevel)
  const mooring = await createMooring({ config, database: { admin }, vaultKeys, log, platformOrigins })
  return { url: '', stop: () => mooring.close() }
})
