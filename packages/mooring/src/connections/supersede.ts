/** Where a platform keeps one authorization for each app and person, the newest ends those before it, in any workspace. */
import type { Registration } from '../provider.ts'
import { type Engine, event } from './engine.ts'

/**
 * What the earlier connections are told; undefined where the platform lets them live. Which workspace has the newer one is
 * not said: that there is one, the platform itself would tell them at the next renewal.
 */
export function endedByNewer(engine: Engine, { provider }: Registration) {
  if (!provider.oneGrant) return undefined
  return () =>
    event(
      engine,
      'connection.reauthorize',
      'Mooring',
      `This account was authorized again through this app, and ${provider.name} keeps the newest authorization alone. To use it here, reconnect; that ends the other one.`,
    )
}

/** An authorization that was refused here was given there: it ended that identity's earlier ones all the same. */
export async function endEarlier(engine: Engine, registration: Registration, subject: string): Promise<void> {
  const told = endedByNewer(engine, registration)
  if (!told) return
  const at = new Date(engine.runtime.now())
  const ended = await engine.store.grants.supersede({
    ...{ registration: registration.id, subject, connection: undefined, at, told },
  })
  logEnded(engine, registration, ended)
}

export function logEnded(engine: Engine, registration: Registration, ended: number): void {
  if (ended > 0) engine.runtime.log.info({ registration: registration.id, ended }, 'earlier connections were ended')
}
