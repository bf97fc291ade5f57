/** Where a platform keeps one authorization for each app and person, the newest ends those before it, in any workspace. */
import type { Registration } from '../provider.ts'
import { type Engine, event } from './engine.ts'

export interface NewAuthorization {
  registration: Registration
  subject: string
  /** The connection that holds it; undefined where it was refused here. */
  connection: string | undefined
  /** Milliseconds since 1970. */
  at: number
}

/**
 * Marks the earlier connections of this identity, and tells them why. Which workspace has the newer one is not said: that
 * there is one, their own platform would tell them at the next renewal.
 */
export async function endEarlier(engine: Engine, { registration, subject, connection, at }: NewAuthorization) {
  const { provider } = registration
  if (!provider.oneGrant) return
  const told = () =>
    event(
      engine,
      'connection.reauthorize',
      'Mooring',
      `This account was authorized again through this app, and ${provider.name} keeps the newest authorization alone. To use it here, reconnect; that ends the other one.`,
    )
  const ended = await engine.store.grants.supersede({
    ...{ registration: registration.id, subject, connection, told },
    at: new Date(at),
  })
  if (ended > 0)
    engine.runtime.log.info({ registration: registration.id, ended }, 'earlier connections were superseded')
}
