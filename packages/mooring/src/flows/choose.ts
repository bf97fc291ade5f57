/** Choosing at a flow's checkpoint, and giving it up. */

import { getAccessToken } from '../connections/access-token.ts'
import { refreshAccountTokens, withoutToken } from '../connections/account-tokens.ts'
import type { Candidate } from '../connections/candidates.ts'
import { pick, withIds } from '../connections/candidates.ts'
import { discover, knownOf } from '../connections/discover.ts'
import { configured, type Engine } from '../connections/engine.ts'
import { MooringError } from '../error.ts'
import { abandon } from './credentials/work.ts'
import { type FlowView, viewFlow } from './view.ts'

/** Takes the chosen accounts on. Throws `accounts_refused`, and `conflict` when the flow waits for no choice. */
export async function chooseAccounts(
  engine: Engine,
  workspace: string,
  id: string,
  ids: readonly string[],
): Promise<FlowView> {
  const { row, candidates } = await viewFlow(engine, workspace, id)
  if (row.state !== 'checkpoint' || row.connection_id === null) throw noChoice(row.state)
  const connection = await engine.store.connections.get(workspace, row.connection_id)
  if (connection?.state === 'disconnected')
    throw new MooringError('disconnected', 'This connection was disconnected. Please start again.')
  const chosen = await pickOrTold(engine, workspace, id, candidates, ids)
  if (chosen.length === 0) throw new MooringError('accounts_refused', 'Choose at least one account.')
  const first = await engine.store.flows.chosen(
    workspace,
    id,
    { id: row.connection_id, provider: row.provider },
    withIds(engine, chosen),
    new Date(engine.runtime.now()),
  )
  if (!first) throw noChoice('connected')
  await refreshAccountTokens(engine, workspace, row.connection_id)
  return viewFlow(engine, workspace, id)
}

/**
 * The flow is read before the accounts: another choice of the same flow may go through between the two, and what it took
 * looks taken. Then it is the flow that waits no more, not the account that cannot be had.
 */
async function pickOrTold(
  engine: Engine,
  workspace: string,
  id: string,
  candidates: readonly Candidate[],
  ids: readonly string[],
): Promise<Candidate[]> {
  try {
    return pick(candidates, ids)
  } catch (refused) {
    const { row } = await viewFlow(engine, workspace, id)
    throw row.state === 'checkpoint' ? refused : noChoice(row.state)
  }
}

/** Asks the platform anew what can be chosen: a role that was just given shows up. Throws `conflict` when the flow waits for no choice. */
export async function reloadCandidates(engine: Engine, workspace: string, id: string): Promise<FlowView> {
  const { row } = await viewFlow(engine, workspace, id)
  if (row.state !== 'checkpoint' || row.connection_id === null) throw noChoice(row.state)
  const registration = await configured(engine, workspace, row.registration)
  const token = await getAccessToken(engine, workspace, row.connection_id)
  const connection = await engine.store.connections.get(workspace, row.connection_id)
  const known = connection && knownOf(connection)
  const { accounts } = await discover(engine, registration, token.accessToken, token.scopes, false, known)
  await engine.store.flows.reload(workspace, id, accounts.map(withoutToken))
  return viewFlow(engine, workspace, id)
}

const noChoice = (state: string) =>
  new MooringError('conflict', 'This flow does not wait for a choice of accounts.', {
    detail: `The flow is ${state}.`,
  })

/** Ends a flow that is pending, or waits to be completed. One that is over stays as it is. */
export async function giveUp(engine: Engine, workspace: string, id: string): Promise<void> {
  const { row } = await viewFlow(engine, workspace, id)
  if (row.connection_id !== null || row.state === 'failed' || row.state === 'expired') return
  if (row.attempt !== null) await abandon(engine, await configured(engine, workspace, row.registration), row)
  await engine.store.flows.fail(
    workspace,
    id,
    { code: 'access_denied', message: 'Given up. Nothing was changed.', detail: undefined },
    'failed',
  )
}
