/** The right to refresh: taken, waited for, and taken over from one who left it. */

import type { Lease, TokenRow } from '../store/connections.ts'
import type { Engine } from './engine.ts'
import { closing } from './keep.ts'
import { appOf } from './own-registration.ts'
import { alive } from './standing.ts'

/** A lease lasts 30 s in the database, and a left one is taken over 10 s after it was found; nobody waits much longer. */
const WAIT_MS = 45_000
/**
 * Who let a lease run out may be alive and hold the new tokens, because the database was away: it finds its way back within
 * a failed connect (8 s) and a pause (1 s), and stores. Nobody sends the spent refresh token before that.
 */
const GRACE_MS = 10_000

export interface Circumstances {
  /** A refresh token is good for one use: to send one again whose first use may have worked can end the grant. */
  rotates: boolean
  byHand: boolean
  /** The platform has answered 401 to the access token, whatever its time says: nothing is lost by putting the grant to the test. */
  refused: boolean
}

/**
 * The right to refresh. Undefined when another holds it and the old token still works, or when the other settled it: then
 * the row says how. Who dies with the lease in hand loses it, and whoever waits takes it over.
 */
export async function takeLease(
  engine: Engine,
  workspace: string,
  id: string,
  row: TokenRow,
  leaseId: string,
  { rotates, byHand, refused }: Circumstances,
): Promise<Lease | undefined> {
  const { store, runtime } = engine
  const living = () => !refused && alive(row.access_expires_at, runtime.now())
  let now = row
  let since: number | undefined
  try {
    for (let waited = 0, left = 0; waited < WAIT_MS && !closing(engine); ) {
      const careful = now.left && rotates
      if (!now.leased && (!careful || left >= GRACE_MS)) {
        const lease = await store.connections.lease(workspace, id, row, leaseId, now.left)
        if (lease) return lease
      }
      // Nobody knows whether the refresh token of one who died was spent. While the access token works it is not put to the
      // test: at some platforms a second use ends that, too.
      if (living() && !(careful && byHand)) return undefined
      const pause = 40 + runtime.random(1).readUInt8() / 4
      since ??= runtime.now()
      await runtime.sleep(pause)
      waited += pause
      const next = await store.connections.token(workspace, id)
      if (!next || settled(row, next)) return undefined
      left = next.left ? left + (now.left ? pause : 0) : 0
      now = next
    }
    return undefined
  } finally {
    if (since !== undefined) engine.metrics.leaseWaited(appOf(row.registration), (runtime.now() - since) / 1000)
  }
}

const settled = (before: TokenRow, now: TokenRow): boolean =>
  now.token_version !== before.token_version ||
  now.failures !== before.failures ||
  now.state !== before.state ||
  now.next_try_at?.getTime() !== before.next_try_at?.getTime()
