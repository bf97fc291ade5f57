/** A service says that a seat's standing changed: not believed, but the seat is asked for at once. A notice that comes again, or late, does no harm. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { MooringError, unknownFault } from '../error.ts'
import type { Registration } from '../provider.ts'
import { type ConfiguredRegistration, type Engine, knownAs } from './engine.ts'
import { holding } from './keep.ts'
import { seatContext } from './seat-context.ts'
import { watchSeat } from './watch-seat.ts'

/** Signs nothing: it is shown in a header, because the service signs nothing itself. Of the key, so that nobody has to keep it. */
const secretOf = (clientSecret: string): string =>
  createHmac('sha256', clientSecret).update('mooring seat notices').digest('base64url')

export const NOTICE_HEADER = 'mooring-secret'

/** Throws `not_found` where nobody is told anything, and `push_refused` without the secret. */
export async function seatNotice(
  engine: Engine,
  registrationId: string,
  shown: string | undefined,
  body: unknown,
): Promise<void> {
  const registration = knownAs(engine, registrationId)
  const port = registration?.provider.credentials
  const secret = registration?.client?.clientSecret
  if (!registration || !port?.hostedSeat || !secret) throw new MooringError('not_found', 'That does not exist.')
  if (!same(secretOf(secret), shown ?? ''))
    throw new MooringError('push_refused', 'This does not show the secret that it must.')
  const seat = port.hostedSeat(body)
  if (seat === undefined) return
  for (const { workspace_id: workspace, connection_id: id } of await engine.store.pushes.holdersOfSeat(
    registration.id,
    seat,
  ))
    void holding(
      engine,
      watchSeat(engine, workspace, id).catch((error: unknown) =>
        engine.runtime.log.warn({ connection: id, fault: unknownFault(error) }, 'a notice of a seat was not followed'),
      ),
    )
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}

const announced = new WeakMap<Engine, Set<string>>()

/**
 * Has the service post here when a seat changes: once for each process and registration. A workspace's own key is asked by
 * polling alone, since its secret is not at hand where a notice comes in. Never throws; until it works, polling does.
 */
export async function announce(engine: Engine, registration: ConfiguredRegistration): Promise<void> {
  const { credentials: port } = registration.provider
  const secret = registration.client.clientSecret
  const done = announced.get(engine) ?? new Set<string>()
  announced.set(engine, done)
  if (!port?.announce || !secret || registration.own || done.has(registration.id) || !reachable(registration)) return
  done.add(registration.id)
  try {
    const refused = await port.announce(seatContext(engine, registration), noticeUrl(registration), secretOf(secret))
    if (!refused) return
    engine.runtime.log.info({ registration: registration.id, why: refused.why }, 'a service does not tell of its seats')
  } catch (error) {
    done.delete(registration.id)
    engine.runtime.log.warn(
      { registration: registration.id, fault: unknownFault(error) },
      'a service could not be asked to tell of its seats',
    )
  }
}

/** The address that a service posts to. */
export const noticeUrl = ({ id, redirectUri }: Registration): string =>
  redirectUri.replace(/callback\/[^/]+$/, `push/${id}/seats`)

/** Nobody outside reaches this machine by its own name. */
const reachable = ({ simulated, redirectUri }: Registration): boolean =>
  simulated || new URL(redirectUri).protocol === 'https:'
