/** Mooring with the tests' provider, whose clock the bench moves: one of four on one PostgreSQL. */
import { readConfig } from '../../packages/mooring/src/config.ts'
import { listen } from '../../packages/mooring/src/hosts/node.ts'
import { createMooring } from '../../packages/mooring/src/mooring.ts'
import type { Admin } from '../../packages/mooring/src/store/carried/index.ts'
import { ROTATING_CLIENT, ROTATING_ORIGINS, rotatingProvider } from '../../packages/mooring/test/rotating-provider.ts'
import { beChild } from '../support/child.ts'

export interface StormSettings {
  admin: Admin
  vaultKeys: string
  apiKey: string
  platform: string
  /** What its clock is moved by, in seconds, each time. */
  hour: number
  /** How far its clock is ahead at the start, in ms. */
  offset: number
}

beChild<StormSettings>(async ({ admin, vaultKeys, apiKey, platform, hour, ...rest }) => {
  let offset = rest.offset
  const config = readConfig(
    {
      MOORING_BASE_URL: 'http://localhost:8003',
      MOORING_API_KEY: apiKey,
      STORM_CLIENT_ID: ROTATING_CLIENT.clientId,
      STORM_CLIENT_SECRET: ROTATING_CLIENT.clientSecret,
    },
    [rotatingProvider('kills')],
  )
  const mooring = await createMooring({
    config,
    database: { admin },
    vaultKeys,
    platformOrigins: { [ROTATING_ORIGINS.auth]: platform, [ROTATING_ORIGINS.api]: platform },
    // The sweep would renew before anybody asks: what is measured is who asks.
    background: false,
    runtime: { now: () => Date.now() + offset },
  })
  const server = await listen(mooring, '127.0.0.1', 0)
  return {
    url: `http://127.0.0.1:${server.port}`,
    async stop() {
      await server.stop()
      await mooring.close()
    },
    answers: {
      hour: () => {
        offset += hour * 1000
        return true
      },
    },
  }
})
