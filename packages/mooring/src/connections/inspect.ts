/** What the platform says of a token, where it can be asked. */
import { MooringError } from '../error.ts'
import { introspect } from '../protocol/introspect.ts'
import type { Introspection } from '../provider.ts'
import { type ConfiguredRegistration, type Engine, partyOf } from './engine.ts'

/** Undefined where it cannot be asked. Throws MooringError: `reauthorize` where the token is over, else as a token request. */
export async function inspect(
  engine: Engine,
  registration: ConfiguredRegistration,
  token: string,
): Promise<Introspection | undefined> {
  if (!registration.provider.introspection) return undefined
  const said = await introspect(engine.runtime, { ...partyOf(registration), token })
  if (said === undefined || said.active) return said
  const { name } = registration.provider
  throw new MooringError('reauthorize', said.sentence ?? `Access was removed on ${name}. Reconnect to go on.`, {
    detail: `${registration.provider.id} says that the token is not active`,
    providerCode: said.code,
  })
}

/** What of it is stored with a connection. What the platform did not say stays as it was. */
export const factsOf = (known: Introspection | undefined) => ({
  scopes: known?.scopes,
  dataAccessEndsAt: known?.dataAccessEndsAt === undefined ? undefined : new Date(known.dataAccessEndsAt),
})
