/** How a service that holds seats is called: with the registration's key, and with more patience than a platform. */
import { MooringError, unknownFault } from '../error.ts'
import type { Credentials, CredentialsPort, SeatContext } from '../provider-credentials.ts'
import { apiCall } from './api-call.ts'
import type { ConfiguredRegistration, Engine } from './engine.ts'
import { appOf } from './own-registration.ts'

/** A sign-in at LinkedIn through a service takes the best part of a minute, in ms. Shorter than an attempt's lease. */
const SIGN_IN_LIMIT_MS = 60_000

/** Throws `conflict` where people connect by OAuth. */
export function portOf({ provider }: Pick<ConfiguredRegistration, 'provider'>): CredentialsPort {
  if (provider.credentials) return provider.credentials
  throw new MooringError('conflict', `${provider.name} is not connected by e-mail and password.`)
}

export const seatContext = (engine: Pick<Engine, 'runtime'>, registration: ConfiguredRegistration): SeatContext => ({
  call: apiCall(engine.runtime, registration, '', SIGN_IN_LIMIT_MS),
  app: appOf(registration.id),
  settings: registration.settings,
})

/** A seat's id opens nothing without the key, which is never handed out. Throws `conflict`. */
export function requireTokens(registration: Pick<ConfiguredRegistration, 'provider'> | undefined): void {
  const provider = registration?.provider
  if (!provider?.credentials) return
  throw new MooringError('conflict', `${provider.name} knows no tokens.`, {
    detail: `Call ${provider.name} with your own key. The id of the seat there is the \`subject\` of its account.`,
  })
}

/** True where the service ended the seat. Never throws: a failure is told, and keeps nobody from disconnecting. */
export async function removeSeat(engine: Engine, registration: ConfiguredRegistration, seat: string): Promise<boolean> {
  const { remove } = portOf(registration)
  if (!remove) return false
  try {
    const refused = await remove(seatContext(engine, registration), seat)
    if (refused)
      engine.runtime.log.warn(
        { registration: registration.id, why: refused.why, code: refused.code },
        'a seat was not ended',
      )
    return !refused || refused.why === 'gone'
  } catch (error) {
    engine.runtime.log.warn({ registration: registration.id, fault: unknownFault(error) }, 'a seat was not ended')
    return false
  }
}

/** The seat of a connection, which is kept where others keep a token. Undefined where there is none, or its key is gone. */
export function seatOf(
  { vault }: Pick<Engine, 'vault'>,
  row: { workspace_id: string; id: string; access_token: string | null },
) {
  if (row.access_token === null) return undefined
  try {
    return vault.open(row.access_token, { workspace: row.workspace_id, record: row.id, field: 'access_token' })
  } catch {
    return undefined
  }
}

const KEPT = 'kept_credentials'

export const sealKept = (
  { vault }: Pick<Engine, 'vault'>,
  workspace: string,
  connection: string,
  credentials: string,
): string => vault.seal(credentials, { workspace, record: connection, field: KEPT })

export const openKept = (
  { vault }: Pick<Engine, 'vault'>,
  workspace: string,
  connection: string,
  kept: string,
): Credentials => JSON.parse(vault.open(kept, { workspace, record: connection, field: KEPT })) as Credentials
