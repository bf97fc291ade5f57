/**
 * Where Mooring cannot see the host's user: the code is redeemed at once (X's lives half a minute), and what it gave lies
 * sealed in the flow until the host's server says who came back. Nobody else can open it, and nobody waits for long.
 */
import { configured, type Engine } from '../connections/engine.ts'
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import { tokensOfText } from '../protocol/token.ts'
import type { FlowRow } from '../store/flows.ts'
import { HELD_FIELD } from './hold.ts'
import { sha256 } from './secrets.ts'
import { settleFlow } from './settle.ts'
import { type FlowView, viewFlow } from './view.ts'

export interface Completion {
  id: string
  code: string
  /** The host's id of the user who is signed in in the browser that came back. */
  endUser: string
}

/**
 * The host's server completes a flow. Throws `not_found`, `completion_refused` (no such code: nothing is consumed),
 * `flow_expired`, `flow_finished`, and `flow_other_person`: then the flow is over and what was held is gone.
 */
export async function completeFlow(
  engine: Engine,
  workspace: string,
  { id, code, endUser }: Completion,
): Promise<FlowView> {
  const { row } = await viewFlow(engine, workspace, id)
  if (row.state !== 'awaiting_completion') throw notWaiting(row)
  const taken = await engine.store.completions.take(workspace, id, sha256(code), new Date(engine.runtime.now()))
  if (!taken)
    throw new MooringError('completion_refused', 'This completion code does not fit.', {
      detail: 'It was used, or is of another flow.',
    })
  try {
    if (taken.flow.end_user !== endUser) throw otherPerson()
    const registration = await configured(engine, workspace, taken.flow.registration)
    const tokens = tokensOfText(engine.vault.open(taken.tokens, { workspace, record: id, field: HELD_FIELD }))
    await settleFlow(engine, workspace, taken.flow, registration, tokens)
  } catch (error) {
    const fault = isMooringError(error)
      ? error
      : new MooringError('internal', 'The server made a mistake. Please start again.', { detail: unknownFault(error) })
    const { registration } = taken.flow
    engine.runtime.log.warn({ flow: id, registration, code: fault.code, detail: fault.detail }, 'a flow failed')
    await engine.store.flows.fail(workspace, id, fault, 'failed')
    throw fault
  }
  return viewFlow(engine, workspace, id)
}

const otherPerson = () =>
  new MooringError('flow_other_person', 'Someone else started this. Ask them to finish, or start again.', {
    detail: 'The user who came back is not the one whom the connect session was made for. Nothing was stored.',
  })

function notWaiting(row: FlowRow): MooringError {
  if (row.state === 'expired') return new MooringError('flow_expired', row.error_message ?? 'This took too long.')
  if (row.state === 'pending')
    return new MooringError('conflict', 'This flow does not wait to be completed.', { detail: 'The flow is pending.' })
  return new MooringError('flow_finished', 'This was finished already.')
}

/** Throws away what no host completed in time. Returns how many. */
export async function dropOverdue(engine: Engine): Promise<number> {
  const overdue = await engine.store.overdue.completions(new Date(engine.runtime.now()), MOST_AT_ONCE)
  for (const one of overdue) await viewFlow(engine, one.workspace_id, one.flow_id)
  return overdue.length
}

const MOST_AT_ONCE = 500
