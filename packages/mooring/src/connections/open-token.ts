/** A stored token in the clear, and what is written down where it does not open. */
import { isMooringError, MooringError } from '../error.ts'
import type { TokenRow } from '../store/connections.ts'
import { type Engine, event, knownAs } from './engine.ts'
import { problemOf } from './standing.ts'

export const OURS = 'We have to fix this, not you. Nothing is needed from your side.'

export interface LiveToken {
  accessToken: string
  /** Undefined: the platform gave no end. */
  expiresAt: Date | null
  scopes: string[]
  registration: string
}

/** Throws `misconfigured` where its key is not in the ring, `vault_tampered` where it is not what was sealed here. */
export async function openToken(engine: Engine, workspace: string, id: string, row: TokenRow): Promise<LiveToken> {
  if (row.access_token === null) throw new MooringError('reauthorize', 'Reconnect to go on.')
  try {
    const accessToken = engine.vault.open(row.access_token, { workspace, record: id, field: 'access_token' })
    if (row.state === 'misconfigured') await unblock(engine, workspace, id, row)
    return { accessToken, expiresAt: row.access_expires_at, scopes: row.granted_scopes, registration: row.registration }
  } catch (error) {
    if (!isMooringError(error) || !error.code.startsWith('vault_')) throw error
    await block(engine, workspace, id, row, error)
    if (error.code !== 'vault_unknown_key') throw error
    throw new MooringError('misconfigured', OURS, { detail: error.detail })
  }
}

/** A token that does not open is the operator's to mend, and no reason to ask anybody to reconnect. */
async function block(engine: Engine, workspace: string, id: string, row: TokenRow, fault: MooringError): Promise<void> {
  const registration = knownAs(engine, row.registration)
  if (row.state === 'misconfigured' || !registration) return
  const problem = problemOf(fault, registration.provider, engine.runtime.now(), 0, 0.5)
  const told = event(engine, `connection.${problem.state}`, 'Mooring', problem.message)
  await engine.store.connections.storeProblem(workspace, id, row.token_version, problem, told)
}

/** The missing key is back: everything sealed opens again, so nothing stands against the connection any more. */
async function unblock(engine: Engine, workspace: string, id: string, row: TokenRow): Promise<void> {
  const stored = await engine.store.connections.get(workspace, id)
  if (!stored?.problem_code?.startsWith('vault_')) return
  try {
    if (stored.refresh_token !== null)
      engine.vault.open(stored.refresh_token, { workspace, record: id, field: 'refresh_token' })
  } catch {
    return
  }
  await engine.store.connections.markAlive(workspace, id, row.token_version)
}
