/** Whether a seat at a service still stands: asked from time to time, and when the service says that something changed. */
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import { isRefused, type Refused, type SeatStanding } from '../provider-credentials.ts'
import { fraction } from '../runtime.ts'
import type { ConnectionRow } from '../store/connections.ts'
import { gate, mended, raiseAlert } from './alerts.ts'
import { type ConfiguredRegistration, configured, type Engine, event } from './engine.ts'
import type { Looked } from './keep-fresh.ts'
import { openKept, portOf, seatContext, seatOf } from './seat-context.ts'
import { problemOf, watchAt } from './standing.ts'

interface Watch {
  engine: Engine
  workspace: string
  row: ConnectionRow
  registration: ConfiguredRegistration
}

/** Never throws for what the service says. */
export async function watchSeat(engine: Engine, workspace: string, id: string): Promise<Looked> {
  const row = await engine.store.connections.get(workspace, id)
  if (!row || row.state === 'disconnected') {
    await engine.store.connections.lookAgain(workspace, id, row?.registration ?? '', null)
    return 'gone'
  }
  const registration = await configured(engine, workspace, row.registration).catch(() => undefined)
  const seat = seatOf(engine, row)
  if (!registration || seat === undefined) return 'waiting'
  const watch: Watch = { engine, workspace, row, registration }
  const way = await gate(engine, registration, false)
  if (way === 'shut') {
    await later(watch)
    return 'waiting'
  }
  const found = await standingOf(watch, seat)
  if (!isRefused(found)) {
    if (way === 'asking') await mended(engine, registration)
    return standing(watch, seat, found)
  }
  if (found.why === 'operator') {
    const detail = `${registration.provider.name}: ${found.code ?? 'the key is refused'}`
    await raiseAlert(engine, registration, new MooringError('misconfigured', 'The key is refused.', { detail }))
    await later(watch)
    return 'waiting'
  }
  return failing(watch, found)
}

async function standingOf({ engine, registration, row }: Watch, seat: string): Promise<SeatStanding | Refused> {
  try {
    return await portOf(registration).standing(seatContext(engine, registration), seat)
  } catch (error) {
    engine.runtime.log.warn(
      { connection: row.id, fault: unknownFault(error) },
      'a service did not say how a seat stands',
    )
    return { is: 'refused', why: 'unavailable', code: isMooringError(error) ? error.code : undefined }
  }
}

async function standing(watch: Watch, seat: string, found: SeatStanding): Promise<Looked> {
  const { engine, registration, workspace, row } = watch
  const port = portOf(registration)
  switch (found) {
    case 'ok':
      if (row.state !== 'connected') await alive(watch)
      await later(watch)
      return 'renewed'
    case 'connecting':
      await later(watch)
      return 'waiting'
    case 'stopped': {
      const refused = await port.restart?.(seatContext(engine, registration), seat).catch(() => UNAVAILABLE)
      if (port.restart && !refused) {
        await later(watch)
        return 'waiting'
      }
      return failing(watch, refused ?? UNAVAILABLE)
    }
    case 'ended':
      if (await signedInAgain(watch, seat)) return 'renewed'
      return ended(watch, `${port.platform} ended the session of ${row.label}. Sign in again to go on.`)
    case 'gone':
      await engine.store.connections.keepSeat(workspace, row.id, { made: false })
      return ended(watch, `${registration.provider.name} does not have this seat any more. Sign in again to go on.`)
  }
}

const UNAVAILABLE: Refused = { is: 'refused', why: 'unavailable' }

async function alive({ engine, workspace, row, registration }: Watch): Promise<void> {
  const { token_version: version } = row
  const { name } = registration.provider
  await engine.store.connections.markAlive(workspace, row.id, version, { at: new Date(engine.runtime.now()) })
  engine.runtime.log.info({ connection: row.id }, `a seat at ${name} stands again`)
}

/** By the password that the operator keeps. A checkpoint is a person's matter. */
async function signedInAgain({ engine, workspace, row, registration }: Watch, seat: string): Promise<boolean> {
  const port = portOf(registration)
  if (row.kept_credentials === null || row.state === 'reauthorize') return false
  const credentials = openKept(engine, workspace, row.id, row.kept_credentials)
  const step = await port.begin(seatContext(engine, registration), credentials, seat).catch(() => UNAVAILABLE)
  if (step.is === 'connected') return true
  // A password that is not right any more is not tried again, and not kept.
  if (step.is === 'refused' && step.why === 'credentials')
    await engine.store.connections.keepSeat(workspace, row.id, { kept: null })
  return false
}

async function ended(watch: Watch, message: string): Promise<Looked> {
  const { engine, workspace, row } = watch
  if (row.state === 'reauthorize') {
    await later(watch)
    return 'ended'
  }
  await engine.store.connections.storeProblem(
    workspace,
    row.id,
    row.token_version,
    {
      ...{ state: 'reauthorize', code: 'reauthorize', message, detail: undefined, providerCode: undefined },
      ...{ nextTryAt: null, dueAt: nextLook(watch) },
    },
    event(engine, 'connection.reauthorize', 'Mooring', message),
  )
  return 'ended'
}

/** Nobody answered, or said something that says nothing of the seat: it is tried again, and the seat is taken to stand. */
async function failing(watch: Watch, refused: Refused): Promise<Looked> {
  const { engine, workspace, row, registration } = watch
  if (row.state === 'reauthorize') {
    await later(watch)
    return 'failed'
  }
  const fault = new MooringError(
    refused.why === 'limited' ? 'provider_rate_limited' : 'provider_unavailable',
    `${registration.provider.name} is not answering.`,
    { providerCode: refused.code, retryAfter: refused.retryAfter },
  )
  const problem = problemOf(fault, registration.provider, engine.runtime.now(), row.failures, fraction(engine.runtime))
  const told = event(engine, `connection.${problem.state}`, 'Mooring', problem.message)
  await engine.store.connections.storeProblem(workspace, row.id, row.token_version, problem, told)
  return 'failed'
}

const nextLook = ({ engine, registration }: Watch): Date =>
  watchAt(portOf(registration), engine.runtime.now(), fraction(engine.runtime))

const later = (watch: Watch): Promise<void> =>
  watch.engine.store.connections.lookAgain(watch.workspace, watch.row.id, watch.row.registration, nextLook(watch))
