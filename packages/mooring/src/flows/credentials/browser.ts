/** The browser of a flow by credentials: what its cookie opens, and where it goes at the end. */
import type { Engine } from '../../connections/engine.ts'
import { MooringError } from '../../error.ts'
import type { FlowRow } from '../../store/flows.ts'
import { newRoutedSecret, sameHash, sha256, workspaceOf } from '../secrets.ts'
import { viewFlow } from '../view.ts'

/** Undefined for any other browser, and for a flow that a platform's redirect finishes. */
export async function flowOfBrowser(engine: Engine, id: string, secret: string): Promise<FlowRow | undefined> {
  const workspace = workspaceOf(secret)
  if (workspace === undefined) return undefined
  const hash = await engine.store.flows.bindingOf(workspace, id)
  if (!hash || !sameHash(hash, sha256(secret))) return undefined
  const flow = await engine.store.flows.get(workspace, id)
  return flow?.kind === 'credentials' ? flow : undefined
}

export interface Left {
  row: FlowRow
  /** The host's page, and the code that takes what is held for it. */
  completion: { at: string; code: string } | undefined
}

/** The browser leaves our page. Throws `conflict` while something is still to be done here. */
export async function leaveFlow(engine: Engine, workspace: string, id: string): Promise<Left> {
  const { row } = await viewFlow(engine, workspace, id)
  if (row.state === 'awaiting_completion' && row.complete_at !== null) {
    const code = newRoutedSecret(workspace, engine.runtime.random)
    await engine.store.completions.renew(workspace, id, sha256(code))
    return { row, completion: { at: row.complete_at, code } }
  }
  if (row.state === 'connecting' || (row.state === 'checkpoint' && row.connection_id === null))
    throw new MooringError('conflict', 'This is not finished yet.')
  return { row, completion: undefined }
}
