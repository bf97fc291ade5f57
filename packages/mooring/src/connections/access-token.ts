/** The hottest path of the product: a live token, or exactly why not. */
import { isMooringError, MooringError } from '../error.ts'
import type { TokenRow } from '../store/connections.ts'
import { alertFault } from './alerts.ts'
import { type Engine, knownAs } from './engine.ts'
import { type LiveToken, OURS, openToken } from './open-token.ts'
import { appOf } from './own-registration.ts'
import { refreshOnce } from './refresh.ts'
import { alive, due } from './standing.ts'

/**
 * Returns a token that works, renewed first when its end is near. Throws MooringError: `not_found`, `disconnected`,
 * `reauthorize` (a person must act), `misconfigured` (the operator must), `failing` (with `retryAfter`, try again).
 */
export async function getAccessToken(engine: Engine, workspace: string, id: string): Promise<LiveToken> {
  let registered: string | undefined
  let outcome = 'live'
  try {
    const found = await engine.store.connections.token(workspace, id)
    registered = found?.registration
    const row = standing(found)
    // The platform refused the grant: what is left of its token must not be taken for a live one.
    if (row.state === 'reauthorize') throw await dead(engine, workspace, id, row)
    const now = engine.runtime.now()
    const registration = knownAs(engine, row.registration)
    const living = alive(row.access_expires_at, now)
    // A refused refresh is tried once more when the token has ended, and not before.
    const asItIs =
      registration === undefined || row.refresh_refused_at !== null || !due(row, now, registration.provider)
    if (living && asItIs) return await openToken(engine, workspace, id, row)
    if (row.renewable && registration && mayTry(row, now)) {
      const renewed = await refreshOnce(engine, workspace, id, row, registration)
      if (!renewed) return await getSettled(engine, workspace, id)
      outcome = 'renewed'
      return renewed
    }
    if (living) return await openToken(engine, workspace, id, row)
    throw await dead(engine, workspace, id, row)
  } catch (error) {
    outcome = isMooringError(error) ? error.code : 'internal'
    throw error
  } finally {
    engine.metrics.tokenRead(registered === undefined ? undefined : appOf(registered), outcome)
  }
}

/** After a refresh that somebody else made, or that failed: whatever stands in the row now. */
async function getSettled(engine: Engine, workspace: string, id: string): Promise<LiveToken> {
  const row = standing(await engine.store.connections.token(workspace, id))
  if (row.state !== 'reauthorize' && alive(row.access_expires_at, engine.runtime.now()))
    return openToken(engine, workspace, id, row)
  throw await dead(engine, workspace, id, row)
}

/** The token as it is stored, for asking the platform whether it still works, whatever stands against it. */
export async function storedToken(engine: Engine, workspace: string, id: string): Promise<LiveToken> {
  const row = standing(await engine.store.connections.token(workspace, id))
  if (alive(row.access_expires_at, engine.runtime.now())) return openToken(engine, workspace, id, row)
  throw await dead(engine, workspace, id, row)
}

function standing(row: TokenRow | undefined): TokenRow {
  if (!row) throw new MooringError('not_found', 'There is no such connection.')
  if (row.state === 'disconnected') throw new MooringError('disconnected', 'This connection was disconnected.')
  return row
}

const mayTry = (row: TokenRow, now: number): boolean => row.next_try_at === null || row.next_try_at.getTime() <= now

/** The error that tells why there is no token; the first to notice an end without renewal writes it down. */
async function dead(engine: Engine, workspace: string, id: string, row: TokenRow): Promise<MooringError> {
  const now = engine.runtime.now()
  const stored = await engine.store.connections.get(workspace, id)
  const name = knownAs(engine, row.registration)?.provider.name ?? 'The platform'
  const parts = {
    detail: stored?.problem_detail ?? undefined,
    providerCode: stored?.problem_provider_code ?? undefined,
  }
  const wait = row.next_try_at ? Math.max(1, Math.ceil((row.next_try_at.getTime() - now) / 1000)) : undefined
  if (row.state === 'misconfigured')
    return new MooringError('misconfigured', stored?.problem_message ?? 'We have to fix this, not you.', {
      ...parts,
      retryAfter: wait,
    })
  if (row.state === 'failing')
    return new MooringError('failing', stored?.problem_message ?? `${name} is not answering.`, {
      ...parts,
      retryAfter: wait,
    })
  if (row.state === 'connected' && row.renewable) {
    const alert = await engine.store.alerts.find(row.registration)
    return alert ? alertFault(alert, now) : notRenewed(engine, row, name)
  }
  const message = `Access to ${name} has ended. Reconnect to go on.`
  if (row.state === 'connected') {
    await engine.store.connections.storeProblem(
      workspace,
      id,
      row.token_version,
      {
        state: 'reauthorize',
        code: 'reauthorize',
        message,
        detail: 'The access token ended and there is no refresh token.',
        providerCode: undefined,
        nextTryAt: null,
        dueAt: null,
      },
      { id: engine.runtime.uuid(), at: new Date(now), type: 'connection.reauthorize', actor: 'Mooring', message },
    )
  }
  return new MooringError('reauthorize', stored?.problem_message ?? message, parts)
}

/** Dead, and yet nobody was refused: somebody else is at it and slow, or its kind of app is not on this server any more. */
function notRenewed(engine: Engine, row: TokenRow, name: string): MooringError {
  if (knownAs(engine, row.registration)) {
    return new MooringError('failing', `Access to ${name} is being renewed. Try again in a moment.`, { retryAfter: 5 })
  }
  return new MooringError('misconfigured', OURS, {
    detail: `This server does not know the registration ${row.registration}.`,
  })
}
