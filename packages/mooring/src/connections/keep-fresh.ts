/** One connection, looked at because its time has come: renewed, ended, or given another time. */

import { fraction } from '../runtime.ts'
import type { TokenRow } from '../store/connections.ts'
import { getAccessToken } from './access-token.ts'
import { type Engine, knownAs } from './engine.ts'
import { refreshOnce } from './refresh.ts'
import { alive, due, sweepAt } from './standing.ts'
import { watchSeat } from './watch-seat.ts'

/**
 * `renewed` (by this or by another process), `failed` (written down, with its next try), `ended` (a person is needed),
 * `waiting` (another process is at it, or its app is refused: it comes again by itself), `early` (its time is later),
 * `gone` (disconnected, or never there).
 */
export type Looked = 'renewed' | 'failed' | 'ended' | 'waiting' | 'early' | 'gone'

/** Never throws for what a platform says. Throws MooringError `database_unavailable`: then it comes again. */
export async function keepFresh(engine: Engine, workspace: string, id: string): Promise<Looked> {
  const { store, runtime } = engine
  const row = await store.connections.token(workspace, id)
  const registration = knownAs(engine, row?.registration)
  if (registration?.provider.credentials) return watchSeat(engine, workspace, id)
  if (!row || row.state === 'disconnected' || row.state === 'reauthorize') {
    await store.connections.lookAgain(workspace, id, row?.registration ?? '', null)
    return row?.state === 'reauthorize' ? 'ended' : 'gone'
  }
  if (!registration) return 'waiting'
  const now = runtime.now()
  const living = alive(row.access_expires_at, now)
  const later = (at: Date | null) => store.connections.lookAgain(workspace, id, registration.id, at)
  if (row.next_try_at !== null && row.next_try_at.getTime() > now) {
    await later(row.next_try_at)
    return 'early'
  }
  if (!row.renewable) {
    if (!living) return hearTheEnd(engine, workspace, id)
    await later(row.access_expires_at)
    return 'early'
  }
  if (living && row.refresh_refused_at !== null) {
    await later(row.access_expires_at)
    return 'early'
  }
  // What failed by hand before its time is tried again like the rest: nobody else would, until it is due.
  if (row.state !== 'failing' && !due(row, now, registration.provider)) {
    await later(sweepAt(row, true, registration.provider, fraction(runtime)))
    return 'early'
  }
  if (await refreshOnce(engine, workspace, id, row, registration)) return 'renewed'
  return whatBecameOf(row, await store.connections.token(workspace, id))
}

/** The first to look after the end of what nobody can renew writes down that a person is needed. */
async function hearTheEnd(engine: Engine, workspace: string, id: string): Promise<Looked> {
  await getAccessToken(engine, workspace, id).catch(() => {})
  const after = await engine.store.connections.token(workspace, id)
  return after?.state === 'reauthorize' ? 'ended' : 'waiting'
}

function whatBecameOf(before: TokenRow, after: TokenRow | undefined): Looked {
  if (!after || after.state === 'disconnected') return 'gone'
  if (after.state === 'reauthorize') return 'ended'
  if (after.token_version !== before.token_version) return 'renewed'
  return after.failures === before.failures ? 'waiting' : 'failed'
}
