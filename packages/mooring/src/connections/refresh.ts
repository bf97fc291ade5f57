/**
 * Renewing once, on any number of machines: one promise a connection inside the process, then a lease in the row, with
 * the token's version as the fence. Nothing is held open over the network.
 */
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import type { RefreshOutcome } from '../metrics.ts'
import { refresh, type TokenSet } from '../protocol/token.ts'
import type { Registration } from '../provider.ts'
import { fraction } from '../runtime.ts'
import type { Lease, TokenRow } from '../store/connections.ts'
import { refreshAccountTokens } from './account-tokens.ts'
import { alertFault, gate, isOperators, mended, raiseAlert } from './alerts.ts'
import { type ConfiguredRegistration, configured, type Engine, event, partyOf } from './engine.ts'
import { factsOf, inspect } from './inspect.ts'
import { holding, keep } from './keep.ts'
import { takeLease } from './lease.ts'
import type { LiveToken } from './open-token.ts'
import { tokenWorks, writeDown } from './refused.ts'
import { sweepAt, tooYoung } from './standing.ts'

/** A second try takes up to 20 s (PLATFORM_TIMEOUT_MS) and must end within the lease. */
const SECOND_TRY_WITHIN_MS = 5_000

const HOUR_MS = 3_600_000
/** A failure is written down after the platform was asked about the living token, which may take its 20 s. */
const JUDGING_MS = 30_000

const running = new WeakMap<Engine, Map<string, Promise<LiveToken | undefined>>>()

/**
 * Renews the tokens of this row's version. Returns the new token; undefined when somebody else did it, when it failed
 * and that is written down (in the row, or as the operator's alert), or when another holds the lease and the old token
 * still works: read the row again.
 */
export function refreshOnce(
  engine: Engine,
  workspace: string,
  id: string,
  row: TokenRow,
  registration: Registration,
  asked: Asked = {},
): Promise<LiveToken | undefined> {
  let mine = running.get(engine)
  if (!mine) {
    mine = new Map()
    running.set(engine, mine)
  }
  // Of one version: what a reconnect stored meanwhile is another grant's.
  const key = `${id} ${row.token_version}`
  const known = mine.get(key)
  if (known) return known
  // Who comes until the new token is stored gets it from here: the row does not know it yet.
  const kept = Promise.withResolvers<void>()
  const refreshing: Refreshing = { engine, workspace, id, row, registration, kept: kept.resolve }
  const started = refreshUnderLease(refreshing, asked)
  const over = () => void mine.delete(key)
  started.then((token) => (token ? kept.promise.then(over) : over()), over)
  mine.set(key, started)
  return started
}

/** Why it is asked for, beside its time. */
export interface Asked {
  /** A person asks, who may have mended what an alert tells. */
  byHand?: boolean
  /** The platform has refused the access token. */
  refused?: boolean
}

/** One refresh, under way. */
interface Refreshing {
  engine: Engine
  workspace: string
  id: string
  row: TokenRow
  registration: Registration
  /** Says that the new tokens are stored, or that nobody tries to any more. */
  kept(): void
}

async function refreshUnderLease(
  refreshing: Refreshing,
  { byHand = false, refused = false }: Asked,
): Promise<LiveToken | undefined> {
  const { engine, workspace, id, row, registration } = refreshing
  const leaseId = engine.runtime.uuid()
  const { rotates } = registration.provider.refresh
  const lease = await takeLease(engine, workspace, id, row, leaseId, { rotates, byHand, refused })
  return lease && holding(engine, withLease(refreshing, lease, leaseId, byHand))
}

async function withLease(refreshing: Refreshing, lease: Lease, leaseId: string, byHand: boolean) {
  const { engine, workspace, id, row, registration } = refreshing
  const release = () => engine.store.connections.release(workspace, id, leaseId).catch(() => {})
  const count = (outcome: RefreshOutcome) => engine.metrics.refreshed(registration.provider.id, outcome)
  try {
    const way = await gate(engine, registration, byHand)
    if (way === 'shut') {
      count('shut')
      await release()
      return undefined
    }
    const token = await renew(refreshing, lease)
    count(token ? 'renewed' : 'lost')
    if (way === 'asking') await mended(engine, registration).catch(() => {})
    return token
  } catch (error) {
    const fault = isMooringError(error)
      ? error
      : new MooringError('internal', 'The refresh could not be finished.', { detail: unknownFault(error) })
    if (fault.code === 'database_unavailable' || fault.code === 'internal') {
      count('error')
      await release()
      throw fault
    }
    if (isOperators(fault)) {
      count('misconfigured')
      await raiseAlert(engine, registration, fault)
      await release()
      return undefined
    }
    // What the platform said is known here alone, as new tokens are: who does not hear of it would ask it again.
    const write = () => writeDown(engine, workspace, id, row, registration, fault, leaseId).then(() => true)
    await keep(engine, { connection: id }, write, JUDGING_MS).first
    return undefined
  }
}

async function renew(refreshing: Refreshing, lease: Lease): Promise<LiveToken | undefined> {
  const { engine, workspace, id, row, registration } = refreshing
  if (lease.refresh_token === null)
    throw new MooringError('reauthorize', 'Reconnect to go on.', { detail: 'There is no refresh token.' })
  const refreshToken = engine.vault.open(lease.refresh_token, { workspace, record: id, field: 'refresh_token' })
  const ready = await configured(engine, workspace, registration.id)
  const parts = { ...partyOf(ready), refreshToken }
  const started = engine.runtime.now()
  const tokens = await refresh(engine.runtime, parts)
    .catch((error: unknown) => {
      // Nobody knows whether a request without an answer was carried out. Where a refresh token is good for one use, the
      // answer is lost either way, and a second try with the same token can only gain, if the lease outlives it.
      const soon = engine.runtime.now() - started < SECOND_TRY_WITHIN_MS
      const silent = isMooringError(error) && error.code === 'provider_unavailable' && error.retryAfter === undefined
      if (ready.provider.refresh.rotates && soon && silent) return refresh(engine.runtime, parts)
      throw error
    })
    .finally(() => engine.metrics.refreshTook(ready.provider.id, (engine.runtime.now() - started) / 1000))
  if (ready.provider.refresh.how === 'self') mustLiveLonger(tokens, row, ready.provider.name)
  const expiresAt = new Date(
    tokens.accessExpiresAt ?? engine.runtime.now() + ready.provider.lifetime.accessSeconds * 1000,
  )
  const seal = (field: string, value: string) => engine.vault.seal(value, { workspace, record: id, field })
  const refreshEnds = tokens.refreshExpiresAt === undefined ? undefined : new Date(tokens.refreshExpiresAt)
  const life = {
    access_expires_at: expiresAt,
    refresh_expires_at: refreshEnds ?? row.refresh_expires_at,
    issued_at: new Date(engine.runtime.now()),
  }
  const sealed = {
    dueAt: sweepAt(life, true, ready.provider, fraction(engine.runtime)),
    access_token: seal('access_token', tokens.accessToken),
    refresh_token: tokens.refreshToken === undefined ? undefined : seal('refresh_token', tokens.refreshToken),
    access_expires_at: expiresAt,
    refresh_expires_at: refreshEnds,
  }
  const told = event(engine, 'connection.refreshed', 'Mooring', `Renewed with ${ready.provider.name}.`)
  const store = (failures?: number) =>
    engine.store.connections.storeTokens(workspace, id, row.token_version, sealed, told, failures)
  const { first, done } = keep(engine, { connection: id }, async () => {
    if (await store(row.failures)) return true
    const now = await engine.store.connections.get(workspace, id)
    // A sibling's tokens, a reconnect's, or nobody's any more: they stand.
    if (now?.token_version !== row.token_version || now.state === 'disconnected') return false
    // This answer outlived its lease, and a sibling used the same refresh token and failed. Where that ended the whole
    // grant (RFC 9700 §4.14.2), these tokens are dead as well; where it was refused and no more, they are all there is.
    const works = await tokenWorks(
      engine,
      { ...now, granted_scopes: lease.granted_scopes },
      registration,
      () => tokens.accessToken,
    )
    return works !== 'no' && store()
  })
  done.then(refreshing.kept, refreshing.kept)
  void holding(
    engine,
    done.then((kept) => (kept ? afterRenewal(engine, workspace, id, ready, tokens.accessToken) : undefined)),
  )
  const stored = await first
  // The grant, not this answer, says what is allowed: a refresh may answer with fewer scopes.
  return stored
    ? { accessToken: tokens.accessToken, expiresAt, scopes: lease.granted_scopes, registration: registration.id }
    : undefined
}

/** A platform may answer with the same end instead of a refusal: then it does not renew this, which is to be said. */
function mustLiveLonger(tokens: TokenSet, row: TokenRow, name: string): void {
  const before = row.access_expires_at?.getTime()
  if (before === undefined || tokens.accessExpiresAt === undefined || tokens.accessExpiresAt > before + HOUR_MS) return
  throw new MooringError('reauthorize', `${name} does not renew this any more. Reconnect.`, {
    detail: 'The platform answered with a token that ends no later.',
  })
}

/** What hangs on the tokens: the accounts' own, and what the platform says of its consent. Never throws. */
async function afterRenewal(
  engine: Engine,
  workspace: string,
  id: string,
  registration: ConfiguredRegistration,
  accessToken: string,
): Promise<void> {
  const { provider } = registration
  if (provider.accountTokens) await refreshAccountTokens(engine, workspace, id)
  if (!provider.introspection) return
  try {
    const version = (await engine.store.connections.token(workspace, id))?.token_version ?? ''
    const { dataAccessEndsAt } = factsOf(await inspect(engine, registration, accessToken))
    await engine.store.connections.storeKnown(workspace, id, version, { dataAccessEndsAt })
  } catch (error) {
    const fault = isMooringError(error) ? error.code : unknownFault(error)
    engine.runtime.log.warn({ connection: id, fault }, 'the platform did not say what it knows of a new token')
  }
}

/** Renews now, due or not. Throws what stands against it when it did not work. */
export async function forceRefresh(engine: Engine, workspace: string, id: string): Promise<void> {
  const row = await engine.store.connections.token(workspace, id)
  if (!row) throw new MooringError('not_found', 'There is no such connection.')
  if (row.state === 'disconnected') throw new MooringError('disconnected', 'This connection was disconnected.')
  const registration = await configured(engine, workspace, row.registration)
  if (!row.renewable) {
    throw new MooringError(
      'conflict',
      `${registration.provider.name} gave no way to renew this. Reconnect before it ends.`,
      {
        detail: 'There is no refresh token: this kind of app does not get one.',
      },
    )
  }
  const early = tooYoung(row, registration.provider, engine.runtime.now())
  if (early > 0)
    throw new MooringError(
      'conflict',
      `${registration.provider.name} renews only what is over a day old. It renews itself in time.`,
      { retryAfter: Math.ceil(early / 1000) },
    )
  if (await refreshOnce(engine, workspace, id, row, registration, { byHand: true })) return
  const after = await engine.store.connections.get(workspace, id)
  if (!after) throw new MooringError('not_found', 'There is no such connection.')
  // A platform's own word that the grant is over moves the version, too.
  const over = after.state === 'reauthorize' || after.state === 'disconnected'
  if (after.token_version !== row.token_version && !over) return
  const alert = after.failures === row.failures ? await engine.store.alerts.find(registration.id) : undefined
  if (alert) throw alertFault(alert, engine.runtime.now())
  const code =
    after.refresh_refused_at !== null ? 'reauthorize' : after.state === 'connected' ? 'conflict' : after.state
  const message = after.problem_message ?? 'Somebody else is renewing this at the moment.'
  throw new MooringError(code, message, {
    detail: after.problem_detail ?? undefined,
    providerCode: after.problem_provider_code ?? undefined,
    retryAfter: after.next_try_at
      ? Math.max(1, Math.ceil((after.next_try_at.getTime() - engine.runtime.now()) / 1000))
      : undefined,
  })
}
