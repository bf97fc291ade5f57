/** What a flow becomes once it is certain who came back: a connection, and its accounts. */

import { keepAccountTokens, withoutToken } from '../connections/account-tokens.ts'
import { accountsAt, candidatesOf, withIds } from '../connections/candidates.ts'
import { discover } from '../connections/discover.ts'
import { type ConfiguredRegistration, type Engine, event } from '../connections/engine.ts'
import { inspect } from '../connections/inspect.ts'
import { sweepAt, watchAt } from '../connections/standing.ts'
import { endEarlier, endedByNewer, logEnded } from '../connections/supersede.ts'
import { isMooringError, MooringError } from '../error.ts'
import type { TokenSet } from '../protocol/token.ts'
import type { DiscoveredAccount, Identity } from '../provider.ts'
import { fraction } from '../runtime.ts'
import type { FlowRow } from '../store/flows.ts'
import type { FlowOutcome } from '../store/schema.ts'

export interface Settled {
  flowId: string
  returnTo: string
  /** The connect session whose browser chooses on our page. */
  connectSession: string | undefined
  /** The flow waits for a choice of accounts. */
  checkpoint?: 'accounts' | undefined
  connection: string
  /** Sealed: the seat of ours that this one takes the place of. */
  before: string | null | undefined
}

/** Throws MooringError where the platform does not stand by its tokens, or they are another identity's. */
export async function settleFlow(
  engine: Engine,
  workspace: string,
  flow: FlowRow,
  registration: ConfiguredRegistration,
  tokens: TokenSet,
): Promise<Settled> {
  const { provider } = registration
  const known = await inspect(engine, registration, tokens.accessToken).catch(atOnce(provider.name))
  // A platform that does not say which scopes it granted granted those asked for (RFC 6749 §5.1).
  const scopes = tokens.scopes ?? known?.scopes ?? [...registration.scopes]
  const found = await discover(engine, registration, tokens.accessToken, scopes, true, known).catch(
    atOnce(provider.name),
  )
  const { accounts } = found
  const identity = { ...found.identity, dataAccessEndsAt: known?.dataAccessEndsAt ?? found.identity.dataAccessEndsAt }
  await refuseOtherIdentity(engine, workspace, flow, identity, registration)
  const { id, existed, before } = await writeConnection(engine, workspace, flow, registration, tokens, scopes, identity)
  const outcome: FlowOutcome = flow.reconnects !== null ? 'reconnected' : existed ? 'updated' : 'connected'
  const settled = await settleAccounts(
    engine,
    workspace,
    flow,
    { id, provider: provider.id },
    scopes,
    outcome,
    accounts.map(withoutToken),
  )
  await keepAccountTokens(engine, workspace, id, accounts)
  return { ...settled, before }
}

const atOnce = (providerName: string) => (error: unknown) => {
  throw isMooringError(error) && error.code === 'reauthorize' ? refusedAtOnce(error, providerName) : error
}

/** Nobody removed an access that was given a moment ago: the platform did not stand by its own token. */
const refusedAtOnce = (error: MooringError, providerName: string) =>
  new MooringError('code_refused', `${providerName} did not accept the answer. Please start again.`, {
    detail: error.detail,
    providerCode: error.providerCode,
  })

/** A reconnect names its connection: another outside identity is refused, never swapped in. */
async function refuseOtherIdentity(
  engine: Engine,
  workspace: string,
  flow: FlowRow,
  identity: Identity,
  registration: ConfiguredRegistration,
): Promise<void> {
  if (flow.reconnects === null) return
  const row = await engine.store.connections.get(workspace, flow.reconnects)
  if (row?.subject === identity.subject) return
  await endEarlier(engine, registration, identity.subject)
  throw new MooringError(
    'wrong_identity',
    `That is another ${registration.provider.name} account. Sign in there as ${row?.label ?? 'the one you connected'}.`,
  )
}

async function writeConnection(
  engine: Engine,
  workspace: string,
  flow: FlowRow,
  registration: ConfiguredRegistration,
  tokens: TokenSet,
  scopes: string[],
  identity: Identity,
) {
  const now = engine.runtime.now()
  const { provider } = registration
  const written = await engine.store.connections.upsert(
    workspace,
    {
      newId: engine.runtime.uuid(),
      provider: provider.id,
      registration: registration.id,
      subject: identity.subject,
      seat: provider.credentials ? tokens.accessToken : undefined,
      ownClientId: registration.own ? registration.client.clientId : undefined,
    },
    (id) => {
      const seal = (field: string, value: string) => engine.vault.seal(value, { workspace, record: id, field })
      const life = {
        access_expires_at: provider.credentials
          ? null
          : new Date(tokens.accessExpiresAt ?? now + provider.lifetime.accessSeconds * 1000),
        refresh_expires_at: tokens.refreshExpiresAt === undefined ? null : new Date(tokens.refreshExpiresAt),
        issued_at: new Date(now),
      }
      return {
        label: identity.label,
        handle: identity.handle ?? null,
        email: identity.email ?? null,
        picture: identity.picture ?? null,
        requested_scopes: flow.requested_scopes,
        granted_scopes: scopes,
        access_token: seal('access_token', tokens.accessToken),
        refresh_token: tokens.refreshToken === undefined ? null : seal('refresh_token', tokens.refreshToken),
        access_expires_at: life.access_expires_at,
        refresh_expires_at: life.refresh_expires_at,
        data_access_ends_at: identity.dataAccessEndsAt === undefined ? null : new Date(identity.dataAccessEndsAt),
        dueAt: provider.credentials
          ? watchAt(provider.credentials, now, fraction(engine.runtime))
          : sweepAt(life, tokens.refreshToken !== undefined, provider, fraction(engine.runtime)),
        connected_by: flow.starter_name,
        connected_at: new Date(now),
        last_refreshed_at: null,
      }
    },
    (existed) =>
      event(
        engine,
        existed ? 'connection.updated' : 'connection.connected',
        flow.starter_name,
        `${existed ? 'Renewed the connection to' : 'Connected'} ${provider.name} as ${identity.label}.`,
      ),
    endedByNewer(engine, registration),
  )
  logEnded(engine, registration, written.ended)
  return written
}

/** A seat is what it can act as, whatever it was before: a service may give the same person another one. */
async function settleSeat(
  engine: Engine,
  workspace: string,
  flow: FlowRow,
  connection: { id: string; provider: string },
  outcome: FlowOutcome,
  found: DiscoveredAccount[],
): Promise<Omit<Settled, 'before'>> {
  const at = new Date(engine.runtime.now())
  await engine.store.accounts.choose(workspace, connection, withIds(engine, candidatesOf(found, [])), true, at)
  await engine.store.flows.connected(workspace, flow.id, { connection_id: connection.id, granted_scopes: [], outcome })
  const connectSession = await chooserOf(engine, workspace, flow)
  return { flowId: flow.id, returnTo: flow.return_to, connection: connection.id, connectSession }
}

/** A single possible account is taken without asking; a reconnect keeps what was chosen; otherwise the person chooses. */
async function settleAccounts(
  engine: Engine,
  workspace: string,
  flow: FlowRow,
  connection: { id: string; provider: string },
  scopes: string[],
  outcome: FlowOutcome,
  found: DiscoveredAccount[],
): Promise<Omit<Settled, 'before'>> {
  const at = new Date(engine.runtime.now())
  if (flow.kind === 'credentials') return settleSeat(engine, workspace, flow, connection, outcome, found)
  // Who connects after a disconnect chooses anew; who reconnects by name gets back what was there.
  if (outcome === 'connected') await engine.store.accounts.choose(workspace, connection, [], true, at)
  const existing = await accountsAt(engine, workspace, connection.provider)
  const mine = new Set(existing.filter((row) => row.connection_id === connection.id).map((row) => row.subject))
  const candidates = candidatesOf(found, existing)
  await engine.store.accounts.choose(
    workspace,
    connection,
    withIds(
      engine,
      candidates.filter((one) => mine.has(one.id)),
    ),
    false,
    at,
  )
  const settled = {
    flowId: flow.id,
    returnTo: flow.return_to,
    connection: connection.id,
    connectSession: await chooserOf(engine, workspace, flow),
  }
  const free = candidates.filter((one) => one.selectable)
  const parts = { connection_id: connection.id, granted_scopes: scopes, outcome }
  const keep = outcome === 'reconnected' && mine.size > 0
  if (!keep && (free.length > 1 || (free.length === 1 && mine.size > 0))) {
    await engine.store.flows.checkpoint(workspace, flow.id, { ...parts, candidates: found })
    return { ...settled, checkpoint: 'accounts' }
  }
  if (!keep) await engine.store.accounts.choose(workspace, connection, withIds(engine, free), false, at)
  await engine.store.flows.connected(workspace, flow.id, parts)
  return settled
}

/** The connect session whose browser chooses on our page; undefined where a host's own page or the console does. */
export async function chooserOf(
  engine: Engine,
  workspace: string,
  { connect_session: id }: FlowRow,
): Promise<string | undefined> {
  return id !== null && (await engine.store.connectSessions.isOpened(workspace, id)) ? id : undefined
}
