/** A seat that is signed in at the service already is picked. */

import { accountsAt } from '../../connections/candidates.ts'
import type { Engine } from '../../connections/engine.ts'
import { seatContext } from '../../connections/seat-context.ts'
import { MooringError } from '../../error.ts'
import type { Registration } from '../../provider.ts'
import { isRefused, type Seat } from '../../provider-credentials.ts'
import type { FlowRow } from '../../store/flows.ts'
import { flowOf, notWaiting } from './attempt.ts'
import { settleSeat } from './settle-seat.ts'
import { explain, LEASE_MS } from './work.ts'

export interface OfferedSeat extends Seat {
  selectable: boolean
  reason: string | null
}

/**
 * A key shows the seats of everybody whom it serves. The server's own is the operator's to look through, a workspace's own
 * key its people's; whoever came by a link or a host's session sees their own sign-in alone.
 */
export async function maySeeSeats(engine: Engine, row: FlowRow, registration: Registration): Promise<boolean> {
  if (row.connect_link !== null || row.connect_session !== null) return false
  if (registration.own || registration.simulated) return true
  const [kind, id = ''] = row.starter.split(':')
  if (kind === 'person') return (await engine.store.people.standing(id))?.person.operator === true
  return kind === 'key' && row.end_user === null
}

/** All that the key shows. Throws what the service says against it. */
export async function seatsOf(engine: Engine, workspace: string, id: string): Promise<OfferedSeat[]> {
  const { row, registration, port } = await flowOf(engine, workspace, id)
  const { existing } = port.ways(registration.settings, registration.app.id)
  if (!existing || !port.seats || !(await maySeeSeats(engine, row, registration))) throw notWaiting()
  const seats = await port.seats(seatContext(engine, registration))
  if (isRefused(seats)) {
    const said = await explain({ engine, workspace, flow: row, registration, attempt: '' }, seats)
    throw new MooringError(said.code, said.message, { providerCode: seats.code, retryAfter: seats.retryAfter })
  }
  const taken = new Set((await accountsAt(engine, workspace, row.provider)).map((one) => one.subject))
  const free = row.reconnects !== null
  return seats.map((seat) => {
    const reason =
      !free && taken.has(seat.id) ? 'Connected already.' : seat.valid ? null : 'Needs a new login there first.'
    return { ...seat, selectable: reason === null, reason }
  })
}

/** Throws `accounts_refused` for one that is not listed or cannot be chosen. */
export async function pickSeat(engine: Engine, workspace: string, id: string, seat: string): Promise<void> {
  const found = (await seatsOf(engine, workspace, id)).find((one) => one.id === seat)
  if (!found?.selectable) throw new MooringError('accounts_refused', found?.reason ?? 'There is no such seat.')
  const { registration } = await flowOf(engine, workspace, id)
  const now = engine.runtime.now()
  const attempt = engine.runtime.uuid()
  const begun = await engine.store.attempts.begin(workspace, id, {
    ...{ attempt, held: null, now: new Date(now), leaseUntil: new Date(now + LEASE_MS) },
    limit: { most: Number.MAX_SAFE_INTEGER, since: new Date(now) },
  })
  if (!begun || 'blockedSince' in begun) throw notWaiting()
  await settleSeat({ engine, workspace, flow: begun.flow, registration, attempt }, seat, 'picked')
}
