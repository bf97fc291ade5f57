/** The tokens that some platforms give each account (a Page's): sealed beside the account, read anew with each renewal. */
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import type { DiscoveredAccount } from '../provider.ts'
import type { AccountRow } from '../store/accounts.ts'
import type { ConnectionRow } from '../store/connections.ts'
import { getAccessToken } from './access-token.ts'
import { discover, knownOf } from './discover.ts'
import { configured, type Engine, knownAs } from './engine.ts'
import type { LiveToken } from './open-token.ts'

/** As it may lie in a flow that waits: without what is secret. */
export const withoutToken = ({ token: _secret, ...rest }: DiscoveredAccount): DiscoveredAccount => rest

/** Keeps what the platform gave the accounts that this connection acts as: tokens, sealed, and what publishing depends on. */
export async function keepAccountTokens(
  engine: Engine,
  workspace: string,
  connection: string,
  found: readonly DiscoveredAccount[],
): Promise<void> {
  const traits = found.flatMap(({ subject, traits: said }) => (said === undefined ? [] : [{ subject, traits: said }]))
  if (traits.length > 0) await engine.store.accounts.storeTraits(workspace, connection, traits)
  const given = new Map(found.flatMap(({ subject, token }) => (token === undefined ? [] : [[subject, token]])))
  if (given.size === 0) return
  const rows = await engine.store.accounts.ofConnections(workspace, [connection])
  const sealed = rows.flatMap(({ id, subject }) => {
    const token = given.get(subject)
    const where = { workspace, record: id, field: 'access_token' }
    return token === undefined ? [] : [{ id, access_token: engine.vault.seal(token, where) }]
  })
  await engine.store.accounts.storeTokens(workspace, connection, sealed)
}

/** Asks the platform for them anew. Throws what asking it throws. */
async function rereadAccountTokens(engine: Engine, workspace: string, connection: string): Promise<void> {
  const row = await engine.store.connections.get(workspace, connection)
  if (!row || !knownAs(engine, row.registration)?.provider.accountTokens) return
  const { accessToken, scopes } = await getAccessToken(engine, workspace, connection)
  const registration = await configured(engine, workspace, row.registration)
  const { accounts } = await discover(engine, registration, accessToken, scopes, false, knownOf(row))
  await keepAccountTokens(engine, workspace, connection, accounts)
}

/** The same, where the old ones serve until it works: never throws. */
export async function refreshAccountTokens(engine: Engine, workspace: string, connection: string): Promise<void> {
  try {
    await rereadAccountTokens(engine, workspace, connection)
  } catch (error) {
    const fault = isMooringError(error) ? error.code : unknownFault(error)
    engine.runtime.log.warn({ connection, fault }, "the accounts' tokens could not be read anew")
  }
}

export interface AccountToken extends LiveToken {
  connection: string
}

/**
 * What acts as one account: its own token where the platform gives one, else its connection's. Throws what `getAccessToken`
 * throws, and `permission` where the platform gives none for this account any more.
 */
export async function getAccountToken(engine: Engine, workspace: string, id: string): Promise<AccountToken> {
  const account = await engine.store.accounts.get(workspace, id)
  if (!account) throw new MooringError('not_found', 'There is no such account.')
  const connection = account.connection_id
  const row = await engine.store.connections.get(workspace, connection)
  const provider = knownAs(engine, row?.registration)?.provider
  if (!row || !provider?.accountTokens) return { ...(await getAccessToken(engine, workspace, connection)), connection }
  const facts = { expiresAt: null, scopes: row.granted_scopes, registration: row.registration, connection }
  if (account.access_token === null || !outlives(row, engine.runtime.now())) {
    const { registration, scopes } = await getAccessToken(engine, workspace, connection)
    Object.assign(facts, { registration, scopes })
  }
  const sealed = account.access_token ?? (await firstRead(engine, workspace, account, provider.name))
  return { accessToken: engine.vault.open(sealed, { workspace, record: account.id, field: 'access_token' }), ...facts }
}

/** An account's token lives on where its connection's ended by its time, and not where the platform refused it before. */
function outlives(row: ConnectionRow, now: number): boolean {
  const ends = row.access_expires_at?.getTime() ?? Number.POSITIVE_INFINITY
  if (row.state === 'reauthorize') return (row.problem_since?.getTime() ?? 0) >= ends
  return row.state !== 'disconnected' && ends <= now
}

async function firstRead(engine: Engine, workspace: string, account: AccountRow, name: string): Promise<string> {
  await rereadAccountTokens(engine, workspace, account.connection_id)
  const sealed = (await engine.store.accounts.get(workspace, account.id))?.access_token
  if (sealed) return sealed
  throw new MooringError(
    'permission',
    `${name} gives no access to ${account.label} any more. Reconnect and choose it.`,
    {
      detail: 'The platform does not list this account, or lists it without a token.',
    },
  )
}
