/**
 * The callback. Order matters: same browser, consumed once, same registration, same person, and only then is the
 * code redeemed. Every end leads back to the address that was fixed at the start.
 */
import { isOperators, mended, raiseAlert } from '../connections/alerts.ts'
import { accountsAt, candidatesOf, withIds } from '../connections/candidates.ts'
import { discover } from '../connections/discover.ts'
import { type ConfiguredRegistration, clientOf, configured, type Engine, event } from '../connections/engine.ts'
import { sweepAt } from '../connections/standing.ts'
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import { judgeCallback } from '../protocol/callback.ts'
import { exchange, type TokenSet } from '../protocol/token.ts'
import { type DiscoveredAccount, type Identity, oauthOf } from '../provider.ts'
import { fraction } from '../runtime.ts'
import type { FlowRow } from '../store/flows.ts'
import type { FlowOutcome } from '../store/schema.ts'
import { TOOK_TOO_LONG } from './choose.ts'
import { sameHash, sha256, workspaceOf } from './secrets.ts'

export interface Callback {
  /** From the path. */
  registration: string
  params: URLSearchParams
  /** The secret in this browser's cookie for a flow, if it has one. */
  binding: (flowId: string) => string | undefined
  /** Who is signed in in this browser, as a flow remembers its starter: in our console, at the host, or nobody. */
  present: readonly string[]
}

/** Who can be seen again when the browser comes back. An API key and a token in a header cannot: there the flow's cookie counts. */
const SEEN_AGAIN = /^(?:person|user):/

export interface Finished {
  flowId: string
  returnTo: string
  /** Present when it failed. */
  error?: { code: string; message: string; detail: string | undefined } | undefined
  /** The flow waits for a choice of accounts. */
  checkpoint?: 'accounts' | undefined
}

/**
 * Throws MooringError only where there is no flow to go back to: `callback_invalid` (no state that we made),
 * `flow_other_browser` (nothing is consumed: the right browser can still finish).
 */
export async function finishFlow(engine: Engine, callback: Callback): Promise<Finished> {
  const states = callback.params.getAll('state')
  const state = states[0] ?? ''
  const workspace = states.length === 1 ? workspaceOf(state) : undefined
  const unknown = () =>
    new MooringError('callback_invalid', 'This link is not one of ours, or is long over. Please start again.')
  if (workspace === undefined) throw unknown()
  const flow = await engine.store.flows.byState(workspace, sha256(state))
  if (!flow) throw unknown()
  const pending = await engine.store.flows.peek(workspace, sha256(state))
  if (!pending) return over(flow)
  const binding = callback.binding(flow.id)
  if (binding === undefined || !sameHash(sha256(binding), pending.binding_hash)) {
    throw new MooringError(
      'flow_other_browser',
      'Someone else started this, or it was started in another browser. Ask them to finish, or start again.',
    )
  }
  const consumed = await engine.store.flows.consume(workspace, sha256(state), pending.binding_hash)
  if (!consumed) return over((await engine.store.flows.get(workspace, flow.id)) ?? flow)
  try {
    return await redeem(engine, workspace, flow, consumed.verifier, state, callback)
  } catch (error) {
    const fault = isMooringError(error)
      ? error
      : new MooringError('internal', 'The server made a mistake. Please start again.', { detail: unknownFault(error) })
    engine.runtime.log.warn(
      {
        flow: flow.id,
        registration: flow.registration,
        code: fault.code,
        providerCode: fault.providerCode,
        detail: fault.detail,
      },
      'a flow failed',
    )
    await engine.store.flows.fail(workspace, flow.id, fault, fault.code === 'flow_expired' ? 'expired' : 'failed')
    return { flowId: flow.id, returnTo: flow.return_to, error: fault }
  }
}

/** A second use of a state: the first one's outcome stands and nothing is done. */
function over(flow: FlowRow): Finished {
  const fault =
    flow.state === 'expired'
      ? new MooringError('flow_expired', TOOK_TOO_LONG)
      : new MooringError('flow_finished', 'This was finished already.')
  return { flowId: flow.id, returnTo: flow.return_to, error: fault }
}

async function redeem(
  engine: Engine,
  workspace: string,
  flow: FlowRow,
  sealedVerifier: string | null,
  state: string,
  callback: Callback,
): Promise<Finished> {
  if (flow.expires_at.getTime() <= engine.runtime.now()) throw new MooringError('flow_expired', TOOK_TOO_LONG)
  if (callback.registration !== flow.registration) {
    throw new MooringError('registration_mismatch', 'The answer came to the wrong address. Please start again.', {
      detail: `The flow belongs to ${flow.registration}, the callback was that of another registration.`,
    })
  }
  if (SEEN_AGAIN.test(flow.starter) && !callback.present.includes(flow.starter)) {
    throw new MooringError('flow_other_person', 'Someone else started this. Ask them to finish, or start again.')
  }
  const registration = configured(engine, flow.registration)
  const { provider } = registration
  const grant = judgeCallback({
    params: callback.params,
    issuer: registration.issuer,
    issRequired: provider.issRequired === true,
    expectedState: state,
    redirectErrors: provider.redirectErrors,
    providerName: provider.name,
  })
  const verifier =
    sealedVerifier === null
      ? undefined
      : engine.vault.open(sealedVerifier, { workspace, record: flow.id, field: 'verifier' })
  const tokens = await exchange(engine.runtime, {
    provider,
    oauth: oauthOf(registration),
    client: clientOf(registration),
    grant,
    ...(verifier === undefined ? {} : { verifier }),
  }).catch(async (error: unknown) => {
    if (isMooringError(error) && isOperators(error)) await raiseAlert(engine, registration, error)
    throw error
  })
  await mended(engine, registration)
  // A platform that does not say which scopes it granted granted those asked for (RFC 6749 §5.1).
  const scopes = tokens.scopes ?? [...registration.scopes]
  const { identity, accounts } = await discover(engine, registration, tokens.accessToken, scopes, true).catch(
    (error) => {
      throw isMooringError(error) && error.code === 'reauthorize' ? refusedAtOnce(error, provider.name) : error
    },
  )
  await refuseOtherIdentity(engine, workspace, flow, identity, provider.name)
  const { id, existed } = await writeConnection(engine, workspace, flow, registration, tokens, scopes, identity)
  const outcome: FlowOutcome = flow.reconnects !== null ? 'reconnected' : existed ? 'updated' : 'connected'
  return settleAccounts(engine, workspace, flow, { id, provider: provider.id }, scopes, outcome, accounts)
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
  providerName: string,
): Promise<void> {
  if (flow.reconnects === null) return
  const row = await engine.store.connections.get(workspace, flow.reconnects)
  if (row?.subject === identity.subject) return
  throw new MooringError(
    'wrong_identity',
    `That is another ${providerName} account. Sign in there as ${row?.label ?? 'the one you connected'}.`,
  )
}

function writeConnection(
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
  return engine.store.connections.upsert(
    workspace,
    { newId: engine.runtime.uuid(), provider: provider.id, registration: registration.id, subject: identity.subject },
    (id) => {
      const seal = (field: string, value: string) => engine.vault.seal(value, { workspace, record: id, field })
      const life = {
        access_expires_at: new Date(tokens.accessExpiresAt ?? now + provider.lifetime.accessSeconds * 1000),
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
        dueAt: sweepAt(life, tokens.refreshToken !== undefined, provider, fraction(engine.runtime)),
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
  )
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
): Promise<Finished> {
  const at = new Date(engine.runtime.now())
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
  const free = candidates.filter((one) => one.selectable)
  const parts = { connection_id: connection.id, granted_scopes: scopes, outcome }
  const keep = outcome === 'reconnected' && mine.size > 0
  if (!keep && (free.length > 1 || (free.length === 1 && mine.size > 0))) {
    await engine.store.flows.checkpoint(workspace, flow.id, { ...parts, candidates: found })
    return { flowId: flow.id, returnTo: flow.return_to, checkpoint: 'accounts' }
  }
  if (!keep) await engine.store.accounts.choose(workspace, connection, withIds(engine, free), false, at)
  await engine.store.flows.connected(workspace, flow.id, parts)
  return { flowId: flow.id, returnTo: flow.return_to }
}
