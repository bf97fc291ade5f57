/** What flows and connections work with. */
import { MooringError } from '../error.ts'
import type { Metrics } from '../metrics.ts'
import { oauthOf, type Registration } from '../provider.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault/vault.ts'
import { ownRegistration, ownShape } from './own-registration.ts'

export interface Engine {
  runtime: Runtime
  store: Store
  vault: Vault
  metrics: Metrics
  registrations: readonly Registration[]
}

export type ConfiguredRegistration = Registration & { client: NonNullable<Registration['client']> }

/**
 * What is known of a registration by its id alone: of a workspace's own app everything but the client and what the workspace
 * set. Undefined: no app of any provider has such an id.
 */
export function knownAs(engine: Pick<Engine, 'registrations'>, id: string | undefined): Registration | undefined {
  if (id === undefined) return undefined
  return engine.registrations.find((one) => one.id === id) ?? ownShape(engine.registrations, id)
}

/**
 * The registration with its client: the operator's, or this workspace's own. Throws `provider_not_configured` for an id that
 * is unknown, another workspace's, or has no client: all answer alike.
 */
export async function configured(
  engine: Pick<Engine, 'registrations' | 'store' | 'vault'>,
  workspace: string,
  id: string,
): Promise<ConfiguredRegistration> {
  const found = engine.registrations.find((one) => one.id === id)
  if (found?.client) return found as ConfiguredRegistration
  const own = found ? undefined : await ownRegistration(engine, workspace, id)
  if (own) return own
  // One word for an app that was removed, is another workspace's, or never was.
  if (!found && ownShape(engine.registrations, id))
    throw new MooringError(
      'provider_not_configured',
      'This workspace has no such app, or has it no more. Connect by another.',
    )
  throw notConfigured(found)
}

const notConfigured = (found: Registration | undefined): MooringError =>
  new MooringError(
    'provider_not_configured',
    found ? `${found.provider.name} is not set up on this server yet.` : 'There is no such provider.',
    {
      detail: found
        ? `Set ${found.app.envPrefix}_CLIENT_ID and ${found.app.envPrefix}_CLIENT_SECRET, then restart.`
        : undefined,
    },
  )

/** What the protocol asks with. */
export const partyOf = (registration: ConfiguredRegistration) => ({
  provider: registration.provider,
  oauth: oauthOf(registration),
  client: clientOf(registration),
  settings: registration.settings,
})

export const clientOf = (registration: ConfiguredRegistration) => ({
  ...registration.client,
  redirectUri: registration.redirectUri,
})

/** The operator's own alone. Throws as `configured`. */
export function operators(engine: Pick<Engine, 'registrations'>, id: string): ConfiguredRegistration {
  const found = engine.registrations.find((one) => one.id === id)
  if (found?.client) return found as ConfiguredRegistration
  throw notConfigured(found)
}

/** The parts of an event that are the same everywhere. */
export const event = (engine: Engine, type: string, actor: string, message: string) => ({
  id: engine.runtime.uuid(),
  at: new Date(engine.runtime.now()),
  type,
  actor,
  message,
})
