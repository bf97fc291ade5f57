/** As whom a delivery goes out, and with what: its provider's publisher, its registration, its token. */
import { getAccountToken } from '../connections/account-tokens.ts'
import { believedToken, forgetToken } from '../connections/believed-token.ts'
import { type ConfiguredRegistration, configured, type Engine, knownAs } from '../connections/engine.ts'
import { appOf } from '../connections/own-registration.ts'
import { newerToken } from '../connections/proxy-renew.ts'
import { testConnection } from '../connections/test-connection.ts'
import { unknownFault } from '../error.ts'
import type { Registration } from '../provider.ts'
import type { PublishAs, Publisher } from '../provider-publishing.ts'
import type { ActingAccount, ActingConnection } from '../store/delivery-load.ts'
import type { Caller } from './budgets.ts'
import type { MediaFiles } from './publishing.ts'

export interface Acting {
  registration: Registration
  publisher: Publisher
  as: PublishAs
  caller: Caller
}

/** Undefined: nothing can be published as this account. No network, no token. */
export function actingAs(
  engine: Pick<Engine, 'registrations'>,
  files: MediaFiles,
  account: ActingAccount,
  connection: ActingConnection,
): Acting | undefined {
  const registration = knownAs(engine, connection.registration)
  const publisher = registration?.provider.publishing
  if (!registration || !publisher?.kinds.includes(account.kind)) return undefined
  const { workspace_id: workspace } = account
  const { kind, subject, label, handle } = account
  return {
    registration,
    publisher,
    as: {
      account: { kind, subject, label, ...(handle === null ? {} : { handle }) },
      traits: account.traits,
      scopes: connection.granted_scopes,
      settings: registration.settings,
      app: appOf(registration.id),
      mediaUrl: (media) => files.url(workspace, media),
      fetchable: files.fetchable(registration),
    },
    caller: { workspace, registration: registration.id, connection: connection.id, account: account.id },
  }
}

export interface Access {
  registration: ConfiguredRegistration
  token: string
}

/** Throws what `getAccessToken` and `configured` throw. */
export async function accessOf(engine: Engine, { caller, registration }: Acting): Promise<Access> {
  const { workspace, connection, account } = caller
  const { accessToken } = registration.provider.accountTokens
    ? await getAccountToken(engine, workspace, account)
    : await believedToken(engine, workspace, connection)
  return { registration: await configured(engine, workspace, registration.id), token: accessToken }
}

/** After the platform refused a token: a newer one, where there is one. */
export async function renewed(engine: Engine, acting: Acting, refused: string): Promise<string | undefined> {
  const { workspace, connection } = acting.caller
  forgetToken(engine, workspace, connection)
  if (acting.registration.provider.accountTokens) return undefined
  return newerToken(engine, workspace, connection, refused)
}

/** The platform took no token: it is asked who the connection is, so that what it says is written down and people are told. Never throws. */
export async function doubt(engine: Engine, { caller }: Acting): Promise<void> {
  try {
    await testConnection(engine, caller.workspace, caller.connection)
  } catch (error) {
    engine.runtime.log.info(
      { connection: caller.connection, fault: unknownFault(error) },
      'a connection in doubt could not be asked about',
    )
  }
}
