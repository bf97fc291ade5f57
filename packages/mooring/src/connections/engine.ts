/** What flows and connections work with. */
import { MooringError } from '../error.ts'
import type { Metrics } from '../metrics.ts'
import type { Registration } from '../provider.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault/vault.ts'

export interface Engine {
  runtime: Runtime
  store: Store
  vault: Vault
  metrics: Metrics
  registrations: readonly Registration[]
}

export type ConfiguredRegistration = Registration & { client: NonNullable<Registration['client']> }

/** Throws `provider_not_configured` for an id that is unknown or has no client: both answer alike. */
export function configured(engine: Pick<Engine, 'registrations'>, id: string): ConfiguredRegistration {
  const found = engine.registrations.find((one) => one.id === id)
  if (found?.client) return found as ConfiguredRegistration
  throw new MooringError(
    'provider_not_configured',
    found ? `${found.provider.name} is not set up on this server yet.` : 'There is no such provider.',
    {
      detail: found
        ? `Set ${found.app.envPrefix}_CLIENT_ID and ${found.app.envPrefix}_CLIENT_SECRET, then restart.`
        : undefined,
    },
  )
}

export const clientOf = (registration: ConfiguredRegistration) => ({
  ...registration.client,
  redirectUri: registration.redirectUri,
})

/** The parts of an event that are the same everywhere. */
export const event = (engine: Engine, type: string, actor: string, message: string) => ({
  id: engine.runtime.uuid(),
  at: new Date(engine.runtime.now()),
  type,
  actor,
  message,
})
