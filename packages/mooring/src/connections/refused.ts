/** What a refresh that failed leaves behind, after the row was read again and, where the grant was refused, its living token tried. */
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import type { RefreshOutcome } from '../metrics.ts'
import type { Registration } from '../provider.ts'
import { fraction } from '../runtime.ts'
import type { ConnectionRow, Problem, TokenRow } from '../store/connections.ts'
import { judgedCall, placeOf } from './discover.ts'
import { configured, type Engine, event } from './engine.ts'
import { alive, problemOf, refusedAlive } from './standing.ts'

/** What a refresh came to that left a connection in this state. */
const OUTCOME: Record<Problem['state'], RefreshOutcome> = {
  connected: 'refused_alive',
  reauthorize: 'refused',
  misconfigured: 'misconfigured',
  failing: 'failing',
}

/** Writes the failure down, unless a sibling won meanwhile or is at it: then this failure says nothing. */
export async function writeDown(
  engine: Engine,
  workspace: string,
  id: string,
  row: TokenRow,
  registration: Registration,
  fault: MooringError,
  leaseId: string,
): Promise<void> {
  const { store, runtime } = engine
  const before = await store.connections.get(workspace, id)
  const count = (outcome: RefreshOutcome) => engine.metrics.refreshed(registration.provider.id, outcome)
  if (!before) return count('lost')
  const won = before.token_version !== row.token_version
  // The lease ran out meanwhile and a sibling has it: it asks with the same token, and what it hears is the later word.
  if (won ? !(await endedByReuse(engine, before, registration, fault)) : before.lease_id !== leaseId)
    return count('lost')
  const problem = await (won
    ? usual(engine, before, registration, fault)
    : judge(engine, before, registration, fault, leaseId))
  const type = problem.state === 'connected' ? 'connection.expiring' : `connection.${problem.state}`
  const told = event(engine, type, 'Mooring', problem.message)
  await store.connections.storeProblem(workspace, id, before.token_version, problem, told)
  count(OUTCOME[problem.state])
  runtime.log.warn(
    {
      connection: id,
      provider: registration.provider.id,
      state: problem.state,
      code: fault.code,
      providerCode: fault.providerCode,
      detail: fault.detail,
    },
    'a refresh failed',
  )
}

async function judge(
  engine: Engine,
  row: ConnectionRow,
  registration: Registration,
  fault: MooringError,
  leaseId: string,
): Promise<Problem> {
  if (fault.code !== 'reauthorize' || !alive(row.access_expires_at, engine.runtime.now()))
    return usual(engine, row, registration, fault)
  const works = await stillWorks(engine, row, registration, leaseId)
  if (works === 'yes') return refusedAlive(fault, registration.provider, row.access_expires_at)
  // The platform may say nothing about the token it gave: no reason to ask a person yet.
  return usual(engine, row, registration, works === 'no' ? fault : works)
}

const usual = (engine: Engine, row: ConnectionRow, { provider }: Registration, fault: MooringError): Problem =>
  problemOf(fault, provider, engine.runtime.now(), row.failures, fraction(engine.runtime))

/**
 * A sibling won with the refresh token that was refused here. Where that was its second use and ended the whole grant
 * (RFC 9700 §4.14.2), the tokens that the sibling stored died of it.
 */
async function endedByReuse(
  engine: Engine,
  row: ConnectionRow,
  registration: Registration,
  fault: MooringError,
): Promise<boolean> {
  if (fault.code !== 'reauthorize' || !registration.provider.refresh.rotates) return false
  if (row.access_token === null || row.state === 'reauthorize') return false
  return (await tokenWorks(engine, row, registration, () => storedToken(engine, row))) === 'no'
}

/** Asks the platform with the access token at hand. A fault that says nothing about the token comes back as it is. */
async function stillWorks(
  engine: Engine,
  row: ConnectionRow,
  registration: Registration,
  leaseId: string,
): Promise<'yes' | 'no' | MooringError> {
  if (row.access_token === null) return 'no'
  await engine.store.connections.prolong(row.workspace_id, row.id, leaseId)
  return tokenWorks(engine, row, registration, () => storedToken(engine, row))
}

/** Throws MooringError `vault_…` where it does not open. */
const storedToken = ({ vault }: Engine, row: ConnectionRow): string =>
  vault.open(row.access_token ?? '', { workspace: row.workspace_id, record: row.id, field: 'access_token' })

/** Whether the platform takes this access token for whom the connection stands for. */
export async function tokenWorks(
  engine: Engine,
  row: Pick<ConnectionRow, 'workspace_id' | 'subject' | 'granted_scopes'>,
  registration: Registration,
  token: () => string,
): Promise<'yes' | 'no' | MooringError> {
  try {
    const ready = await configured(engine, row.workspace_id, registration.id)
    const call = judgedCall(engine, ready, token(), false)
    const context = { call, scopes: row.granted_scopes, settings: ready.settings, ...placeOf(ready, token()) }
    const identity = await registration.provider.identity(context)
    return identity.subject === row.subject ? 'yes' : 'no'
  } catch (error) {
    if (!isMooringError(error))
      return new MooringError('internal', 'The answer could not be read.', { detail: unknownFault(error) })
    if (error.code === 'reauthorize') return 'no'
    // The token was taken, and only what it may do was not.
    return error.code === 'permission' ? 'yes' : error
  }
}
