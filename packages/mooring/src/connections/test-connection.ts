/** Asks the platform who this connection is: the only proof that it works. */
import { isMooringError, MooringError } from '../error.ts'
import type { ConnectionRow } from '../store/connections.ts'
import { getAccessToken, storedToken } from './access-token.ts'
import { judgedCall, placeOf } from './discover.ts'
import { configured, type Engine, event, knownAs } from './engine.ts'
import { health } from './health.ts'
import { factsOf, inspect } from './inspect.ts'
import { forceRefresh } from './refresh.ts'
import { tooYoung, watchAt } from './standing.ts'

export interface TestOutcome {
  ok: boolean
  message: string
  milliseconds: number
}

/** Never throws for what the platform says: that is the outcome. Throws `not_found`, `disconnected`, `provider_not_configured`. */
export async function testConnection(engine: Engine, workspace: string, id: string): Promise<TestOutcome> {
  const row = await engine.store.connections.get(workspace, id)
  if (!row) throw new MooringError('not_found', 'There is no such connection.')
  if (row.state === 'disconnected') throw new MooringError('disconnected', 'This connection was disconnected.')
  const registration = await configured(engine, workspace, row.registration)
  const started = engine.runtime.now()
  const spent = () => Math.max(0, Math.round(engine.runtime.now() - started))
  try {
    const { identity, known, version } = await askWithOneRefresh(engine, workspace, row)
    if (identity.subject !== row.subject) {
      throw new MooringError('wrong_identity', `${registration.provider.name} answered for somebody else.`, {
        detail: 'the subject differs from the stored one',
      })
    }
    await engine.store.connections.markAlive(workspace, id, version, {
      at: new Date(engine.runtime.now()),
      ...factsOf(known),
    })
    return {
      ok: true,
      message: `${registration.provider.name} answered. ${row.label} is connected.${await but(engine, workspace, id)}`,
      milliseconds: spent(),
    }
  } catch (error) {
    if (!isMooringError(error) || error.code === 'database_unavailable') throw error
    await engine.store.connections.markTested(workspace, id, new Date(engine.runtime.now()))
    return { ok: false, message: error.message, milliseconds: spent() }
  }
}

/** What stands against a connection that works. */
async function but(engine: Engine, workspace: string, id: string): Promise<string> {
  const row = await engine.store.connections.get(workspace, id)
  const registration = knownAs(engine, row?.registration)
  if (!row || !registration) return ''
  const refused = (await engine.store.alerts.find(registration.id)) !== undefined
  const { reason, message } = health(row, registration, engine.runtime.now(), refused)
  return reason === 'misconfigured' || reason === 'refresh_refused' ? ` But: ${message}` : ''
}

/** A 401 from the platform is answered by one forced refresh and one more try; a second one is the platform's last word. */
async function askWithOneRefresh(engine: Engine, workspace: string, row: ConnectionRow) {
  const { id } = row
  const provider = knownAs(engine, row.registration)?.provider
  const issued = { issued_at: row.last_refreshed_at ?? row.connected_at }
  const young = provider !== undefined && tooYoung(issued, provider, engine.runtime.now()) > 0
  const renewable = row.refresh_token !== null && !young
  // This came of renewing, and a token that still works says nothing about that.
  if (renewable && (row.state === 'reauthorize' || row.state === 'misconfigured'))
    await forceRefresh(engine, workspace, id)
  try {
    return await ask(engine, workspace, row, false)
  } catch (error) {
    if (!isMooringError(error) || error.code !== 'reauthorize') throw error
    if (renewable) {
      await forceRefresh(engine, workspace, id)
      try {
        return await ask(engine, workspace, row, true)
      } catch (second) {
        if (isMooringError(second) && second.code === 'reauthorize') await writeDown(engine, workspace, id, second)
        throw second
      }
    }
    await writeDown(engine, workspace, id, error)
    throw error
  }
}

async function ask(engine: Engine, workspace: string, row: ConnectionRow, fresh: boolean) {
  // Without a way to renew, the refused token itself is what there is to try again.
  const read = row.state === 'reauthorize' && row.refresh_token === null ? storedToken : getAccessToken
  const token = await read(engine, workspace, row.id)
  // Read before the platform is asked: what is written down meanwhile, as by its own push, is newer than its answer.
  const version = (await engine.store.connections.token(workspace, row.id))?.token_version ?? row.token_version
  const registration = await configured(engine, workspace, row.registration)
  const known = await inspect(engine, registration, token.accessToken)
  const call = judgedCall(engine, registration, token.accessToken, fresh)
  const context = {
    call,
    scopes: known?.scopes ?? row.granted_scopes,
    settings: registration.settings,
    known,
    ...placeOf(registration, token.accessToken),
  }
  return { identity: await registration.provider.identity(context), known, version }
}

async function writeDown(engine: Engine, workspace: string, id: string, fault: MooringError): Promise<void> {
  const row = await engine.store.connections.token(workspace, id)
  if (!row) return
  // A seat can come back by itself, when somebody signs in at the service.
  const port = knownAs(engine, row.registration)?.provider.credentials
  await engine.store.connections.storeProblem(
    workspace,
    id,
    row.token_version,
    {
      state: 'reauthorize',
      code: fault.code,
      message: fault.message,
      detail: fault.detail,
      providerCode: fault.providerCode,
      nextTryAt: null,
      dueAt: port ? watchAt(port, engine.runtime.now(), 0.5) : null,
    },
    event(engine, 'connection.reauthorize', 'Mooring', fault.message),
  )
}
