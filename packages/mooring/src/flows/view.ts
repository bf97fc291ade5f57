/** Looking at a flow: one that nobody finished in time reads as expired. */
import { accountsAt, type Candidate, candidatesOf } from '../connections/candidates.ts'
import type { Engine } from '../connections/engine.ts'
import { MooringError } from '../error.ts'
import type { DiscoveredAccount } from '../provider.ts'
import type { FlowRow } from '../store/flows.ts'
import { lookAfter } from './credentials/follow.ts'

export const TOOK_TOO_LONG = 'That took over 10 minutes. Please start again.'
const tookTooLong = (row: FlowRow): string =>
  row.kind === 'oauth' ? TOOK_TOO_LONG : 'Nobody went on with this for a while. Please start again.'
const NOT_COMPLETED = 'This was not completed within 10 minutes. Please start again.'

export interface FlowView {
  row: FlowRow
  candidates: Candidate[]
}

/** The flow as it stands: one that nobody finished in time reads as expired. Throws `not_found`. */
export async function viewFlow(engine: Engine, workspace: string, id: string): Promise<FlowView> {
  const stored = await engine.store.flows.get(workspace, id)
  if (!stored) throw new MooringError('not_found', 'There is no such flow.')
  const row = await lookAfter(engine, workspace, stored)
  const waits = row.state === 'pending' || row.state === 'awaiting_completion'
  if (waits && row.expires_at.getTime() <= engine.runtime.now()) {
    const message = row.state === 'awaiting_completion' ? NOT_COMPLETED : tookTooLong(row)
    await engine.store.flows.fail(workspace, id, { code: 'flow_expired', message, detail: undefined }, 'expired')
    return { row: { ...row, state: 'expired', error_code: 'flow_expired', error_message: message }, candidates: [] }
  }
  if (row.state !== 'checkpoint' || row.connection_id === null) return { row, candidates: [] }
  return { row, candidates: candidatesOf(found(row), await accountsAt(engine, workspace, row.provider)) }
}

/** What we wrote ourselves when the flow reached its checkpoint. */
const found = (row: FlowRow): DiscoveredAccount[] => row.candidates as DiscoveredAccount[]
