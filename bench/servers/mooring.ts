/** Mooring as `mooring serve` runs it, with what a bench must know of it measured from inside. */
import { createLog } from '../../packages/mooring/src/cli/log.ts'
import { type Env, readConfig } from '../../packages/mooring/src/config.ts'
import { listen } from '../../packages/mooring/src/hosts/node.ts'
import { createMooring } from '../../packages/mooring/src/mooring.ts'
import { providers } from '../../packages/mooring/src/providers/index.ts'
import type { Admin } from '../../packages/mooring/src/store/carried/index.ts'
import { beChild } from '../support/child.ts'
import { stopwatch } from '../support/stopwatch.ts'

export interface MooringSettings {
  admin: Admin
  vaultKeys: string
  env: Env
  platformOrigins?: Record<string, string>
  /** Notes for each request how long it took and how long it waited for a platform. Off: nothing is wrapped. */
  measure: boolean
}

beChild<MooringSettings>(async ({ admin, vaultKeys, env, platformOrigins, measure }) => {
  const config = readConfig(env, providers)
  const watch = measure ? stopwatch(platformOrigins ?? {}) : undefined
  const mooring = await createMooring({
    config,
    database: { admin },
    vaultKeys,
    log: createLog(config.logLevel),
    // Round trips and WAL are counted to the last one: the sweep's and the heartbeat's own would be among them.
    serves: false,
    ...(platformOrigins ? { platformOrigins } : {}),
    ...(watch ? { runtime: watch.runtime } : {}),
  })
  const server = await listen(watch ? { fetch: watch.around(mooring.fetch) } : mooring, config.host, config.port)
  const link = await mooring.signInLink()
  return {
    url: `http://${config.host}:${server.port}`,
    async stop() {
      await server.stop()
      await mooring.close()
    },
    answers: { link: () => ({ link }), timings: () => watch?.take() ?? [] },
  }
})
