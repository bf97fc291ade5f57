/** What becomes of an attempt while nobody presses anything: approvals, ends, and processes that died. */
import { configured, type Engine } from '../../connections/engine.ts'
import { portOf, seatContext } from '../../connections/seat-context.ts'
import type { FlowRow } from '../../store/flows.ts'
import { land } from './land.ts'
import { INTERRUPTED, PAGE_OVER, told } from './sentences.ts'
import { formAgain, LEASE_MS, refusedBy, type Work, wait } from './work.ts'

/** The service is asked this often whether an approval came, in ms. */
const POLL_MS = 3_000
const LOOK_MS = 30_000

/** The flow as it stands after what is due was done. */
export async function lookAfter(engine: Engine, workspace: string, row: FlowRow): Promise<FlowRow> {
  if (row.attempt === null || (row.state !== 'connecting' && row.state !== 'checkpoint')) return row
  if (!(await moved(engine, workspace, row, row.attempt))) return row
  return (await engine.store.flows.get(workspace, row.id)) ?? row
}

async function moved(engine: Engine, workspace: string, row: FlowRow, attempt: string): Promise<boolean> {
  const now = engine.runtime.now()
  const registration = await configured(engine, workspace, row.registration).catch(() => undefined)
  if (!registration) {
    // The operator took the key away meanwhile: what was typed must not outlive it.
    const message = 'This is not set up on this server any more.'
    const until = new Date(now)
    await engine.store.attempts.formAgain(workspace, row.id, attempt, {
      ...{ code: 'provider_not_configured', message, detail: undefined, againAt: null, until },
    })
    return true
  }
  const work: Work = { engine, workspace, flow: row, registration, attempt }
  if (row.state === 'connecting') {
    const until = await engine.store.attempts.leasedUntil(workspace, row.id)
    if (until !== undefined && until.getTime() > now) return false
    // Whoever signed in is gone, and what came of it nobody knows.
    await formAgain(work, INTERRUPTED)
    return true
  }
  const port = portOf(registration)
  if (row.attempt_ends_at !== null && row.attempt_ends_at.getTime() <= now) {
    const names = { platform: port.platform, service: registration.provider.name }
    await formAgain(work, row.checkpoint?.type === 'hosted' ? PAGE_OVER : told('expired', names))
    return true
  }
  if (!row.checkpoint || !wait(row.checkpoint) || !row.service_id) return false
  if (!(await engine.store.attempts.mayPoll(workspace, row.id, attempt, new Date(now), new Date(now + POLL_MS))))
    return false
  const step = await port
    .poll(seatContext(engine, registration), row.service_id)
    .catch((error: unknown) => refusedBy(engine, row.id, error))
  // A poll that nobody answered says nothing of the approval.
  if (step.is === 'waiting' || (step.is === 'refused' && step.why === 'unavailable')) return false
  const flow = await engine.store.attempts.answer(workspace, row.id, new Date(now + LEASE_MS))
  if (!flow) return true
  await land({ ...work, flow }, step, true)
  return true
}

/** Attempts whose time is over, or whose approval nobody waits for any more in a browser. Returns how many were looked at. */
export async function lookAfterAll(engine: Engine): Promise<number> {
  const now = engine.runtime.now()
  const due = await engine.store.overdue.attempts(new Date(now), MOST_AT_ONCE)
  for (const { workspace_id: workspace, flow_id: id } of due) {
    const row = await engine.store.flows.get(workspace, id)
    if (!row) continue
    await engine.store.attempts.lookAgain(workspace, id, new Date(now + LOOK_MS))
    await lookAfter(engine, workspace, row).catch((error: unknown) => refusedBy(engine, id, error))
  }
  return due.length
}

const MOST_AT_ONCE = 200
