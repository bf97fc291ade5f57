/** What a person does in a flow by credentials: signs in, answers, asks for another code, starts over. */
import { configured, type Engine } from '../../connections/engine.ts'
import { holding } from '../../connections/keep.ts'
import { portOf, seatContext, seatOf } from '../../connections/seat-context.ts'
import { MooringError, unknownFault } from '../../error.ts'
import {
  type Credentials,
  type CredentialsPort,
  isRefused,
  type SeatContext,
  type Step,
} from '../../provider-credentials.ts'
import type { FlowRow } from '../../store/flows.ts'
import { viewFlow } from '../view.ts'
import { land } from './land.ts'
import { told } from './sentences.ts'
import { sealHeld } from './settle-seat.ts'
import { abandon, BEAT_MS, explain, formAgain, LEASE_MS, refusedBy, type Work } from './work.ts'

/** Attempts that one client may make in an hour: a platform locks an account after few more. */
export const ATTEMPTS_AN_HOUR = 5
export const HOUR_MS = 3_600_000
/** Between the tries at a service that does not answer, in ms. */
const PAUSES = [2_000, 5_000, 10_000]
/** A call that failed sooner was not carried out; one that failed later may have been. */
const NOT_CARRIED_OUT_MS = 5_000

/** The work that is under way, for whoever waits for it. */
export interface Running {
  running: Promise<void>
}

/** Signs in. Throws `conflict` where the flow does not wait for it, `rate_limited` after five in an hour. */
export async function submit(
  engine: Engine,
  workspace: string,
  id: string,
  credentials: Credentials,
): Promise<Running> {
  const { row, registration, port } = await flowOf(engine, workspace, id)
  if (!port.ways(registration.settings, registration.app.id).password)
    throw new MooringError('conflict', `${registration.provider.name} is not signed in to by password here.`)
  if (row.state === 'pending') notBefore(row, engine.runtime.now())
  const attempt = engine.runtime.uuid()
  const now = engine.runtime.now()
  const begun = await engine.store.attempts.begin(workspace, id, {
    attempt,
    held: sealHeld(engine, workspace, id, credentials),
    now: new Date(now),
    leaseUntil: new Date(now + LEASE_MS),
    limit: { most: ATTEMPTS_AN_HOUR, since: new Date(now - HOUR_MS) },
  })
  if (!begun) throw notWaiting()
  if ('blockedSince' in begun) throw tooMany(Math.ceil((begun.blockedSince.getTime() + HOUR_MS - now) / 1000))
  const work = { engine, workspace, flow: begun.flow, registration, attempt }
  return under(work, () => signIn(work, port, credentials))
}

/** A code, or a phone number in the service's form. Throws `conflict` where nothing waits for one. */
export async function answer(engine: Engine, workspace: string, id: string, text: string): Promise<Running> {
  return goOn(engine, workspace, id, (port, context, attempt) => port.solve(context, attempt, text))
}

/** A code in place of an approval. Throws `conflict` where there is no other way. */
export async function anotherWay(engine: Engine, workspace: string, id: string): Promise<Running> {
  const { port, row } = await flowOf(engine, workspace, id)
  const other = port.anotherWay
  if (!other || row.checkpoint?.anotherWay !== true) throw notWaiting()
  return goOn(engine, workspace, id, (_, context, attempt) => other(context, attempt))
}

/** Has another code sent. Throws `too_soon`, and `conflict` where none can be sent. */
export async function resend(engine: Engine, workspace: string, id: string): Promise<void> {
  const { row, registration, port } = await flowOf(engine, workspace, id)
  const { service_id: attempt, resend_at: at } = row
  if (row.state !== 'checkpoint' || attempt === null || at === null || !port.resend) throw notWaiting()
  const now = engine.runtime.now()
  const names = { platform: port.platform, service: registration.provider.name }
  const soon = (seconds: number) => {
    const said = told('too_soon', { ...names, wait: Math.max(1, seconds) })
    return new MooringError(said.code, said.message, { retryAfter: Math.max(1, seconds) })
  }
  if (at.getTime() > now) throw soon(Math.ceil((at.getTime() - now) / 1000))
  const next = new Date(now + port.resendSeconds * 1000)
  if (!(await engine.store.attempts.mayResend(workspace, id, new Date(now), next))) throw soon(port.resendSeconds)
  const refused = await port.resend(seatContext(engine, registration), attempt)
  if (!refused) return
  if (refused.why === 'too_soon') throw soon(refused.retryAfter ?? port.resendSeconds)
  const said = await explain({ engine, workspace, flow: row, registration, attempt: row.attempt ?? '' }, refused)
  throw new MooringError(said.code, said.message, { providerCode: refused.code })
}

/** Back to the form, whatever was under way. */
export async function restart(engine: Engine, workspace: string, id: string): Promise<void> {
  const { row, registration } = await flowOf(engine, workspace, id)
  if (row.attempt === null) return
  await abandon(engine, registration, row)
  const why = { code: 'access_denied', message: 'Started over. Sign in again.' } as const
  await formAgain({ engine, workspace, flow: row, registration, attempt: row.attempt }, why)
}

export async function flowOf(engine: Engine, workspace: string, id: string) {
  const { row } = await viewFlow(engine, workspace, id)
  if (row.state === 'expired') throw new MooringError('flow_expired', row.error_message ?? 'This took too long.')
  if (row.state === 'connected' || row.state === 'failed')
    throw new MooringError('flow_finished', 'This was finished already.')
  const registration = await configured(engine, workspace, row.registration)
  return { row, registration, port: portOf(registration) }
}

export const notWaiting = () =>
  new MooringError('conflict', 'Nothing waits for this at the moment.', { detail: 'The flow is at another step.' })

const tooMany = (seconds: number) => {
  const wait = Math.max(1, seconds)
  return new MooringError('rate_limited', `Too many tries. Go on in ${Math.ceil(wait / 60)} min.`, { retryAfter: wait })
}

/** The service asked for patience, which another try would only prolong. */
function notBefore(row: FlowRow, now: number): void {
  if (row.again_at !== null && row.again_at.getTime() > now)
    throw tooMany(Math.ceil((row.again_at.getTime() - now) / 1000))
}

async function goOn(
  engine: Engine,
  workspace: string,
  id: string,
  ask: (port: CredentialsPort, context: SeatContext, attempt: string) => Promise<Step>,
): Promise<Running> {
  const { row, registration, port } = await flowOf(engine, workspace, id)
  if (row.state !== 'checkpoint' || row.service_id === null) throw notWaiting()
  const flow = await engine.store.attempts.answer(workspace, id, new Date(engine.runtime.now() + LEASE_MS))
  if (!flow || flow.attempt === null || flow.service_id === null) throw notWaiting()
  const { attempt, service_id: serviceId } = flow
  const work = { engine, workspace, flow, registration, attempt }
  return under(work, async () => {
    const step = await ask(port, seatContext(engine, registration), serviceId).catch((error: unknown) =>
      refusedBy(engine, id, error),
    )
    await land(work, step, true)
  })
}

async function signIn(work: Work, port: CredentialsPort, credentials: Credentials): Promise<void> {
  const { engine, flow, registration, workspace } = work
  const context = seatContext(engine, registration)
  let seat = await seatToRenew(engine, workspace, flow.reconnects)
  for (let times = 0; ; times += 1) {
    const asked = engine.runtime.now()
    const step = await port
      .begin(context, credentials, seat)
      .catch((error: unknown) => ({ ...refusedBy(engine, flow.id, error), thrown: true }))
    // The seat of a reconnect is not there any more: a new one takes its place.
    if (isRefused(step) && step.why === 'gone' && seat !== undefined) {
      seat = undefined
      continue
    }
    const pause = PAUSES[times]
    const again = isRefused(step) && step.why === 'unavailable' && pause !== undefined
    // Nobody knows whether a call without an answer was carried out: then LinkedIn has sent its code, and a second try would send another.
    const lost = 'thrown' in step && engine.runtime.now() - asked >= NOT_CARRIED_OUT_MS
    if (!again || lost) return land(work, step, false)
    const at = engine.runtime.now() + Math.max(pause, (step.retryAfter ?? 0) * 1000)
    const retry = { times: times + 1, at: new Date(at), leaseUntil: new Date(at + LEASE_MS) }
    if (!(await engine.store.attempts.retrying(workspace, flow.id, work.attempt, retry))) return
    await engine.runtime.sleep(at - engine.runtime.now())
  }
}

/** The seat that a reconnect signs in anew. */
export async function seatToRenew(engine: Engine, workspace: string, reconnects: string | null) {
  const row = reconnects === null ? undefined : await engine.store.connections.get(workspace, reconnects)
  return row && seatOf(engine, row)
}

/** The process waits for it at its end. Never rejects but for a database that is away: then its lease runs out. */
function under(work: Work, act: () => Promise<void>): Running {
  const { engine, workspace, flow, attempt } = work
  const still = engine.runtime.every(BEAT_MS, () => {
    const until = new Date(engine.runtime.now() + LEASE_MS)
    engine.store.attempts.hold(workspace, flow.id, attempt, until).catch(() => {})
  })
  const running = act().catch(async (error: unknown) => {
    engine.runtime.log.error({ flow: flow.id, fault: unknownFault(error) }, 'an attempt by credentials failed')
    const said = { code: 'internal', message: 'The server made a mistake. Please try again.' } as const
    await formAgain(work, said, { detail: unknownFault(error) }).catch(() => {})
  })
  return { running: holding(engine, running.finally(still)) }
}
