/** Ends a connection: erased here first, then told to the platform, as far as it listens. */
import { MooringError } from '../error.ts'
import { canRevoke, revoke } from '../protocol/token.ts'
import { forgetToken } from './believed-token.ts'
import { configured, type Engine, event, knownAs, partyOf } from './engine.ts'
import { removeSeat, seatOf } from './seat-context.ts'

export type Revoked = 'yes' | 'no' | 'shared' | 'unsupported' | 'kept'

/**
 * Throws `not_found`. Disconnecting twice is the same as once. `keepGrant`: the platform is not told, for a grant that
 * another system goes on using.
 */
export async function disconnect(
  engine: Engine,
  workspace: string,
  id: string,
  actor: string,
  keepGrant = false,
): Promise<Revoked> {
  const row = await engine.store.connections.get(workspace, id)
  if (!row) throw new MooringError('not_found', 'There is no such connection.')
  const port = knownAs(engine, row.registration)?.provider.credentials
  const seat = port && seatOf(engine, row)
  const ended = await engine.store.connections.disconnect(
    workspace,
    id,
    event(engine, 'connection.disconnected', actor, keepGrant ? 'Disconnected; the grant was kept.' : 'Disconnected.'),
    seat,
  )
  forgetToken(engine, workspace, id)
  if (!ended) return 'no'
  if (keepGrant) return 'kept'
  if (ended.shared) return 'shared'
  const ready = await configured(engine, workspace, row.registration).catch(() => undefined)
  if (port) {
    // One that was picked at the service is not ours to end.
    if (!ready || seat === undefined || !port.remove || !row.seat_made) return 'unsupported'
    return (await removeSeat(engine, ready, seat)) ? 'yes' : 'no'
  }
  const parts = ready && partyOf(ready)
  if (!parts || !canRevoke(parts)) return 'unsupported'
  const tokens = (['refresh_token', 'access_token'] as const).flatMap((kind) => {
    const token = openQuietly(engine, workspace, id, ended.before[kind], kind)
    return token === undefined ? [] : [{ token, kind }]
  })
  // The refresh token first: where a platform ends the whole grant by it (RFC 7009 §2.1), the other is over already and
  // may be refused, which says nothing.
  const [first = 'no'] = await Promise.all(tokens.map((one) => revoke(engine.runtime, { ...parts, ...one })))
  return first
}

/** A value whose key is gone cannot be revoked, and must not keep anybody from disconnecting. */
function openQuietly(
  engine: Engine,
  workspace: string,
  record: string,
  sealed: string | null,
  field: string,
): string | undefined {
  if (sealed === null) return undefined
  try {
    return engine.vault.open(sealed, { workspace, record, field })
  } catch {
    return undefined
  }
}
