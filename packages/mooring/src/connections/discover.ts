/** Whom a fresh authorization stands for, and what it can act as. */
import { MooringError } from '../error.ts'
import type { ApiAnswer, DiscoveredAccount, Identity, Introspection, Registration } from '../provider.ts'
import type { ConnectionRow } from '../store/connections.ts'
import { apiCall } from './api-call.ts'
import { apiFault, isOk } from './api-fault.ts'
import type { Engine } from './engine.ts'
import { appOf } from './own-registration.ts'

/** Pauses between tries while a token that was just issued is not known everywhere yet, in ms: some 12 s in all. */
const NOT_YET_LIVE_PAUSES = [300, 700, 1500, 2500, 3500, 3500]

export interface Discovery {
  identity: Identity
  accounts: DiscoveredAccount[]
}

/** Throws MooringError when the platform refuses or does not answer. */
export async function discover(
  engine: Engine,
  registration: Registration,
  accessToken: string,
  scopes: readonly string[],
  fresh: boolean,
  known?: Introspection,
): Promise<Discovery> {
  const { provider } = registration
  const context = {
    call: judgedCall(engine, registration, accessToken, fresh),
    scopes,
    settings: registration.settings,
    known,
    ...placeOf(registration, accessToken),
  }
  const identity = await provider.identity(context)
  return { identity, accounts: await provider.accounts(context, identity) }
}

/** What was known when it was connected, for those who ask anew only what it can act as. */
export const knownOf = ({ label, email }: Pick<ConnectionRow, 'label' | 'email'>): Introspection => ({
  active: true,
  label,
  email: email ?? undefined,
})

/** Which app asks, and of a provider by credentials about which seat: its id is all that is kept for a token. */
export const placeOf = ({ id, provider }: Registration, accessToken: string) => ({
  app: appOf(id),
  seat: provider.credentials ? accessToken : undefined,
})

/** A call that hands out good answers and throws what a bad one means. */
export function judgedCall(engine: Engine, registration: Registration, accessToken: string, fresh: boolean) {
  const { provider } = registration
  const call = apiCall(engine.runtime, registration, accessToken)
  return async (request: Parameters<typeof call>[0]): Promise<ApiAnswer> => {
    let answer = await call(request)
    for (const pause of fresh ? NOT_YET_LIVE_PAUSES : []) {
      if (isOk(answer) || !provider.notYetLive?.(answer)) break
      engine.runtime.log.info(
        { provider: provider.id, status: answer.status },
        'a fresh token is not live yet, trying again',
      )
      await engine.runtime.sleep(pause)
      answer = await call(request)
    }
    if (!isOk(answer)) throw apiFault(provider, answer, [accessToken], engine.runtime.now())
    if (answer.body === undefined) {
      throw new MooringError('provider_answer_invalid', `${provider.name} sent an answer that cannot be read.`, {
        detail: `${provider.id}: ${answer.status} with ${(answer.headers.get('content-type') ?? 'no content type').slice(0, 60)}`,
      })
    }
    return answer
  }
}
