/** Several servers on one database behind one address, at platforms that the sandbox plays. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { SandboxApp } from '@mooring/sandbox'
import { providers } from '../../packages/mooring/src/providers/index.ts'
import { generateKey } from '../../packages/mooring/src/vault/keyring.ts'
import { freePort } from '../../packages/mooring/test/process/harness.ts'
import { temporaryFolder } from '../support/cluster.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import { API_KEY } from './client.ts'
import type { CampaignDatabase } from './database.ts'
import type { Platform } from './platform.ts'
import { createServer, type Server } from './server.ts'

export interface Address extends Balancer {
  url: string
  ports: number[]
}

/** First, since the platforms must know where browsers are sent back to. */
export async function openAddress(servers: number): Promise<Address> {
  const ports: number[] = []
  while (ports.length < servers) ports.push(await freePort())
  const balancer = await startBalancer(ports)
  return { ...balancer, ports, url: `http://localhost:${balancer.port}` }
}

export interface Instance {
  servers: Server[]
  /** Puts all clocks where the campaign's is, in ms ahead. */
  setClocks(ms: number): void
  stop(): Promise<void>
}

export async function startInstance(
  { url, ports }: Address,
  platform: Pick<Platform, 'origins' | 'apps'>,
  database: CampaignDatabase,
): Promise<Instance> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'media'))
  const env = {
    ...database.env,
    ...clientsOf(platform.apps),
    MOORING_BASE_URL: url,
    MOORING_API_KEY: API_KEY,
    MOORING_VAULT_KEYS: generateKey(),
    MOORING_STARTS_PER_HOUR: '1000',
    MOORING_LOG_LEVEL: 'warn',
    MOORING_MEDIA_DIR: join(folder, 'media'),
    MOORING_PLATFORM_ORIGINS: JSON.stringify(platform.origins),
  }
  const servers = ports.map((port, at) => createServer(`server ${at + 1}`, port, folder, env))
  const [first, ...others] = servers
  await first?.start()
  await Promise.all(others.map((one) => one.start()))
  return {
    servers,
    setClocks(ms) {
      for (const one of servers) one.setClock(ms)
    },
    async stop() {
      await Promise.all(servers.map((one) => one.kill()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The sandbox's ready-made apps as an operator sets them. */
function clientsOf(apps: readonly SandboxApp[]): Record<string, string> {
  const env: Record<string, string> = {}
  for (const { id, envPrefix } of providers.flatMap((provider) => provider.apps)) {
    const app = apps.find((one) => one.registration === id)
    if (!app) continue
    env[`${envPrefix}_CLIENT_ID`] = app.clientId
    if (app.clientSecret !== '') env[`${envPrefix}_CLIENT_SECRET`] = app.clientSecret
    env[`${envPrefix}_SCOPES`] = app.scopes.join(' ')
  }
  return env
}
