/** One attempt under way, and how its steps are written down. */
import { raiseAlert } from '../../connections/alerts.ts'
import type { ConfiguredRegistration, Engine } from '../../connections/engine.ts'
import { portOf, removeSeat } from '../../connections/seat-context.ts'
import { isMooringError, MooringError, unknownFault } from '../../error.ts'
import type { Checkpoint, Refused } from '../../provider-credentials.ts'
import type { FlowRow } from '../../store/flows.ts'
import { type Told, told } from './sentences.ts'

export interface Work {
  engine: Engine
  workspace: string
  flow: FlowRow
  registration: ConfiguredRegistration
  attempt: string
}

/** Whoever holds an attempt says so every few seconds, and is taken for dead after this, in ms. */
export const LEASE_MS = 20_000
export const BEAT_MS = 5_000
/** A form waits for so long after something went wrong, in ms. */
const FORM_MS = 20 * 60_000
/** Where a service asks for patience and does not say how much, in seconds. */
const PATIENCE_SECONDS = 15 * 60
/** Who waits for an approval is looked after by the sweep, too, in ms. */
const LOOK_MS = 30_000

export const wait = (checkpoint: Checkpoint): boolean =>
  checkpoint.type === 'approval' || checkpoint.type === 'code_or_approval' || checkpoint.type === 'hosted'

/** The attempt is over; the form comes again, and says why. */
export async function formAgain(work: Work, why: Told, parts: Partial<Refused> & { detail?: string } = {}) {
  const { engine, workspace, flow, registration, attempt } = work
  const now = engine.runtime.now()
  const detail = parts.code === undefined ? parts.detail : `${registration.provider.name}: ${parts.code}`
  engine.runtime.log.info({ flow: flow.id, code: why.code, detail }, 'an attempt by credentials ended')
  const patience = why.code === 'rate_limited' ? (parts.retryAfter ?? PATIENCE_SECONDS) : parts.retryAfter
  await engine.store.attempts.formAgain(workspace, flow.id, attempt, {
    ...{ code: why.code, message: why.message, detail },
    againAt: patience === undefined ? null : new Date(now + patience * 1000),
    until: new Date(now + Math.max(FORM_MS, (patience ?? 0) * 1000 + FORM_MS)),
  })
}

/** The service waits for the person; `why`: what was wrong with the last answer. */
export async function waitFor(work: Work, serviceId: string, checkpoint: Checkpoint, why?: Told, detail?: string) {
  const { engine, workspace, flow, attempt } = work
  const port = portOf(work.registration)
  const now = engine.runtime.now()
  // The five minutes run from the first call; neither a code nor a repeat of one prolongs them.
  const begun = flow.tries.reduce((latest, at) => Math.max(latest, at.getTime()), 0) || now
  const endsAt = new Date(begun + port.attemptSeconds * 1000)
  const same = why !== undefined && flow.resend_at !== null
  const resendAt = checkpoint.resend ? (same ? flow.resend_at : new Date(now + port.resendSeconds * 1000)) : null
  const overAt = wait(checkpoint) ? new Date(Math.min(endsAt.getTime(), now + LOOK_MS)) : endsAt
  const error = why && { code: why.code, message: why.message, detail }
  await engine.store.attempts.wait(
    workspace,
    flow.id,
    attempt,
    { serviceId, checkpoint, endsAt, resendAt, overAt },
    error,
  )
}

/** What is the operator's is told to the operator, and to the person that it is not theirs. */
export async function explain({ registration, engine, flow, workspace }: Work, refused: Refused): Promise<Told> {
  const port = portOf(registration)
  const { name: service } = registration.provider
  const { hosted } = port.ways(registration.settings, registration.app.id)
  const row = flow.reconnects === null ? undefined : await engine.store.connections.get(workspace, flow.reconnects)
  const wait = refused.retryAfter ?? (refused.why === 'limited' ? PATIENCE_SECONDS : undefined)
  const said = told(refused.why, { platform: port.platform, service, label: row?.label, wait, hosted })
  if (refused.why === 'operator')
    await raiseAlert(
      engine,
      registration,
      new MooringError('misconfigured', said.message, {
        detail: `${service}: ${refused.code ?? 'the key is refused'}`,
        providerCode: refused.code,
      }),
    )
  return said
}

/** Anything that was thrown, as the refusal that it means. */
export function refusedBy(engine: Engine, flow: string, error: unknown): Refused & { detail?: string } {
  const detail = isMooringError(error) ? (error.detail ?? error.code) : unknownFault(error)
  engine.runtime.log.warn({ flow, fault: unknownFault(error), detail }, 'a call to a service failed')
  if (isMooringError(error) && error.code === 'database_unavailable') throw error
  const silent = isMooringError(error) && (error.code === 'provider_unavailable' || error.code === 'provider_timeout')
  return { is: 'refused', why: silent ? 'unavailable' : 'ours', detail }
}

/**
 * Nobody goes on with this attempt: the service would refuse another one for the same account until it ends by itself. The
 * seat of a reconnect is not touched. Never throws.
 */
export async function abandon(engine: Engine, registration: ConfiguredRegistration, row: FlowRow): Promise<void> {
  if (row.attempt === null || row.service_id === null || row.service_id === '' || row.reconnects !== null) return
  await removeSeat(engine, registration, row.service_id)
}
