/**
 * A registration that its platform refuses (a wrong client secret, for one) is the operator's matter: one alert for the
 * registration, asked again by one process at a time with growing pauses, and no word about it in any connection.
 */
import { MooringError } from '../error.ts'
import type { Registration } from '../provider.ts'
import { fraction } from '../runtime.ts'
import type { AlertRow } from '../store/alerts.ts'
import type { Engine } from './engine.ts'
import { backOff } from './standing.ts'

export const isOperators = (fault: MooringError): boolean =>
  fault.code === 'misconfigured' || fault.code === 'provider_not_configured'

const spread = (engine: Engine) => fraction(engine.runtime)

/** Writes down that the platform refused the registration, and tells the operator when it is news. */
export async function raiseAlert(engine: Engine, registration: Registration, fault: MooringError): Promise<void> {
  const { runtime, store } = engine
  const now = runtime.now()
  const known = await store.alerts.find(registration.id)
  const wait = backOff(known?.times ?? 0, spread(engine), fault.retryAfter)
  const whose = registration.own ? 'this workspace' : 'this server'
  const message = `${registration.provider.name} refuses the app "${registration.app.name}" of ${whose}.`
  const alert = await store.alerts.raise({
    registration: registration.id,
    code: fault.code,
    message,
    detail: fault.detail,
    providerCode: fault.providerCode,
    at: new Date(now),
    nextTryAt: new Date(now + wait),
  })
  const fields = {
    registration: registration.id,
    code: fault.code,
    providerCode: fault.providerCode,
    detail: fault.detail,
    times: alert.times,
  }
  if (alert.times === 1) runtime.log.error(fields, `${message} Nothing can be renewed there until you mend it.`)
  else runtime.log.warn(fields, message)
}

/**
 * Whether the platform may be asked in this registration's name now: `open`, `asking` (an alert stands, and this caller is
 * the one that tries), `shut`. Where the pause is over, whoever comes first is let through and the rest wait another one;
 * a person, who may have mended it, is let through at any time.
 */
export async function gate(
  engine: Engine,
  registration: Registration,
  byHand: boolean,
): Promise<'open' | 'asking' | 'shut'> {
  const { runtime, store } = engine
  const alert = await store.alerts.find(registration.id)
  if (!alert) return 'open'
  if (byHand) return 'asking'
  const now = runtime.now()
  if (alert.next_try_at.getTime() > now) return 'shut'
  const next = new Date(now + backOff(alert.times, spread(engine)))
  return (await store.alerts.probe(registration.id, new Date(now), next)) ? 'asking' : 'shut'
}

/** The platform took the registration's word: whatever stood against it is over. */
export async function mended(engine: Engine, registration: Registration): Promise<void> {
  if (!(await engine.store.alerts.clear(registration.id))) return
  engine.runtime.log.info(
    { registration: registration.id },
    `${registration.provider.name} accepts the app "${registration.app.name}" again.`,
  )
}

/** What a caller hears who needs a new token meanwhile. */
export function alertFault(alert: AlertRow, now: number): MooringError {
  return new MooringError('misconfigured', 'We have to fix this, not you. Nothing is needed from your side.', {
    detail: alert.detail ?? undefined,
    providerCode: alert.provider_code ?? undefined,
    retryAfter: Math.max(1, Math.ceil((alert.next_try_at.getTime() - now) / 1000)),
  })
}
