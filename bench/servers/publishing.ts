/** Mooring as `mooring serve` runs it, publishing at the bench's platform. */
import { readConfig } from '../../packages/mooring/src/config.ts'
import { listen } from '../../packages/mooring/src/hosts/node.ts'
import { createMooring } from '../../packages/mooring/src/mooring.ts'
import type { Admin } from '../../packages/mooring/src/store/carried/index.ts'
import { PRESS_ORIGINS, pressProvider } from '../../packages/mooring/test/press-provider.ts'
import { beChild } from '../support/child.ts'

export interface PublishingSettings {
  admin: Admin
  vaultKeys: string
  apiKey: string
  platform: string
}

beChild<PublishingSettings>(async ({ admin, vaultKeys, apiKey, platform }) => {
  const config = readConfig(
    {
      MOORING_BASE_URL: 'http://localhost:8003',
      MOORING_API_KEY: apiKey,
      PRESS_CLIENT_ID: 'press',
      PRESS_CLIENT_SECRET: 'press-secret',
    },
    [pressProvider()],
  )
  const mooring = await createMooring({
    config,
    database: { admin },
    vaultKeys,
    platformOrigins: { [PRESS_ORIGINS.auth]: platform, [PRESS_ORIGINS.api]: platform },
  })
  const server = await listen(mooring, '127.0.0.1', 0)
  return {
    url: `http://127.0.0.1:${server.port}`,
    async stop() {
      mooring.drain()
      await server.stop()
      await mooring.close()
    },
  }
})
