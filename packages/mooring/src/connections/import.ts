/**
 * Takes over connections of older systems. Each record is judged and written by itself, in its own transaction, so that an
 * import that is cut short and begun again finds what it did and does not do it twice.
 */
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import { plainText } from '../protocol/plain-text.ts'
import { fraction } from '../runtime.ts'
import { IMPORTED, type ImportDecision, type ImportedConnection, type ImportedRow } from '../store/connection-import.ts'
import { type ConfiguredRegistration, type Engine, event, operators } from './engine.ts'
import { takeAccount } from './import-accounts.ts'
import { type Asker, createAsker, type Known } from './import-identity.ts'
import { type ImportRecord, importedLife, type Standing, standingOf, unusableToken } from './import-judge.ts'
import { type ImportResult, skipped, told } from './import-results.ts'
import { longDate, sweepAt } from './standing.ts'

export interface ImportOptions {
  /** Judges all, writes nothing, makes no workspace. */
  dryRun: boolean
  /** Asks no platform. */
  offline: boolean
  /** For records of its provider that name none. */
  registration: string | undefined
  /** Where the records come from, for the history. */
  from: string
  actor: string
  /** Connections that were made since then are of this same import, and may get more accounts. */
  since: Date
}

/** How many platforms' answers are waited for at once. */
const AT_ONCE = 5

/** One result a record, in order. Throws `database_unavailable`, and `provider_not_configured` for an unknown `registration`. */
export async function importConnections(
  engine: Engine,
  workspace: string,
  records: readonly ImportRecord[],
  options: ImportOptions,
): Promise<ImportResult[]> {
  const preferred = options.registration === undefined ? undefined : operators(engine, options.registration)
  const ask = createAsker(engine, options.offline)
  const prepared = await inGroups(records, AT_ONCE, (record) =>
    guarded(record, () => prepare(engine, record, preferred, ask)),
  )
  const results: ImportResult[] = []
  for (const [at, record] of records.entries()) {
    const ready = prepared[at]
    if (ready)
      results.push('outcome' in ready ? ready : await guarded(record, () => take(engine, workspace, ready, options)))
  }
  return results
}

interface Ready {
  record: ImportRecord
  registration: ConfiguredRegistration
  scopes: readonly string[]
  known: Known
}

async function prepare(
  engine: Engine,
  record: ImportRecord,
  preferred: ConfiguredRegistration | undefined,
  ask: Asker,
): Promise<Ready | ImportResult> {
  const own = engine.registrations.filter((one) => one.provider.id === record.provider)
  const name = own[0]?.provider.name ?? plainText(record.provider)
  // A seat at a service has no token that could be brought along.
  if (own.length === 0 || own[0]?.provider.credentials)
    return skipped(
      record,
      'provider_unknown',
      own.length === 0
        ? `This release of Mooring does not know the platform ${name}.`
        : `This release takes no seats of ${name}. Connect them.`,
    )
  const wanted = record.registration ?? (preferred?.provider.id === record.provider ? preferred.id : undefined)
  const found = wanted === undefined ? own.find((one) => one.client) : own.find((one) => one.id === wanted)
  if (wanted !== undefined && !found)
    return skipped(record, 'registration_unknown', `${name} has no registration of that name.`)
  if (!found?.client) return skipped(record, 'provider_not_configured', `${name} is not set up on this server yet.`)
  if (record.accessToken === null && record.refreshToken === null)
    return skipped(record, 'no_token', 'It holds no token.')
  if (unusableToken(record)) return skipped(record, 'token_unusable', 'A token holds what no token can hold.')
  const registration = operators(engine, found.id)
  const scopes = record.scopes ?? registration.scopes
  const known = await ask(record, registration, scopes)
  if ('unknown' in known) return skipped(record, 'needs_identity', `Nobody knows whose it is: ${known.unknown}`)
  return { record, registration, scopes, known }
}

async function take(engine: Engine, own: string, ready: Ready, options: ImportOptions): Promise<ImportResult> {
  const { record, registration, known } = ready
  const { subject } = known.identity
  const workspace = await workspaceOf(engine, own, record, options.dryRun)
  if (options.dryRun) {
    const existing = workspace && (await engine.store.imports.find(workspace, registration.id, subject))
    const standing = standingOf(record, existing || undefined, existing ? opened(engine, existing) : undefined)
    return told(ready, standing, existing ? existing.id : null, workspace ?? null, life(engine, ready), 0)
  }
  if (workspace === undefined) throw new MooringError('internal', 'The workspace was not made.')
  const identity = {
    newId: engine.runtime.uuid(),
    provider: registration.provider.id,
    registration: registration.id,
    subject,
  }
  const { id, decided } = await engine.store.imports.write(workspace, identity, (existing, id) =>
    decide(engine, workspace, ready, options, existing, id),
  )
  const { standing, mayAdd } = decided
  const accounts = mayAdd
    ? await takeAccount(engine, workspace, { id, provider: registration.provider.id }, known, record.subject)
    : 0
  return told(ready, standing, id, workspace, life(engine, ready), accounts)
}

const life = (engine: Engine, { record, registration, known }: Ready) =>
  importedLife(record, registration.provider, engine.runtime.now(), known.alive)

/** Undefined in a dry run for a workspace that would have to be made. */
async function workspaceOf(engine: Engine, own: string, { workspace }: ImportRecord, dryRun: boolean) {
  if (workspace === null) return own
  const { workspaces } = engine.store
  if (dryRun) return (await workspaces.byExternalId(workspace))?.id
  return (await workspaces.ensureExternal(engine.runtime.uuid(), workspace, workspace)).id
}

function decide(
  engine: Engine,
  workspace: string,
  ready: Ready,
  options: ImportOptions,
  existing: ImportedRow | undefined,
  id: string,
): ImportDecision & { standing: Standing; mayAdd: boolean } {
  const standing = standingOf(ready.record, existing, existing && opened(engine, existing))
  const made = existing === undefined || existing.created_at.getTime() >= options.since.getTime()
  const mayAdd = made && ready.known.by === 'platform' && !standing.endsWith('_here')
  if (standing !== 'new' && standing !== 'newer') return { standing, mayAdd }
  const { name } = ready.registration.provider
  const what = `Imported ${name} as ${ready.known.identity.label} from ${options.from}, ${ready.record.ref}.`
  return {
    standing,
    mayAdd,
    write: {
      values: valuesOf(engine, workspace, id, ready, options),
      event: event(engine, IMPORTED, options.actor, plainText(what)),
    },
  }
}

function valuesOf(
  engine: Engine,
  workspace: string,
  id: string,
  ready: Ready,
  options: ImportOptions,
): ImportedConnection {
  const { record, registration, scopes, known } = ready
  const { provider } = registration
  const seal = (field: string, value: string | null) =>
    value === null ? null : engine.vault.seal(value, { workspace, record: id, field })
  const now = new Date(engine.runtime.now())
  const { accessExpiresAt, refreshToken, refreshExpiresAt, issuedAt, renewable, ended } = life(engine, ready)
  const times = { access_expires_at: accessExpiresAt, refresh_expires_at: refreshExpiresAt, issued_at: issuedAt }
  const { identity } = known
  return {
    label: identity.label,
    handle: identity.handle ?? null,
    email: identity.email ?? null,
    picture: identity.picture ?? null,
    requested_scopes: [...registration.scopes],
    granted_scopes: [...scopes],
    access_token: seal('access_token', record.accessToken),
    refresh_token: seal('refresh_token', refreshToken),
    access_expires_at: accessExpiresAt,
    refresh_expires_at: refreshExpiresAt,
    data_access_ends_at: identity.dataAccessEndsAt === undefined ? null : new Date(identity.dataAccessEndsAt),
    connected_by: options.actor,
    connected_at: issuedAt,
    last_refreshed_at: null,
    dueAt: ended ? null : sweepAt(times, renewable, provider, fraction(engine.runtime)),
    state: ended ? 'reauthorize' : 'connected',
    problem_code: ended ? 'reauthorize' : null,
    problem_message: ended
      ? `Imported without a way to renew, and access to ${provider.name} has ended. Reconnect to go on.`
      : null,
    problem_detail: ended
      ? `The source has no refresh token that works; the access token ended on ${longDate(accessExpiresAt)}.`
      : null,
    problem_since: ended ? now : null,
  }
}

/** The stored tokens; undefined when a key is missing, and then only dates are compared. */
function opened(engine: Engine, row: ImportedRow) {
  const open = (field: string, value: string | null) =>
    value === null ? null : engine.vault.open(value, { workspace: row.workspace_id, record: row.id, field })
  try {
    return { access: open('access_token', row.access_token), refresh: open('refresh_token', row.refresh_token) }
  } catch (error) {
    if (isMooringError(error) && error.code.startsWith('vault_')) return undefined
    throw error
  }
}

/** What goes wrong with one record is its result; what goes wrong with the database ends the import. */
async function guarded<T>(record: ImportRecord, work: () => Promise<T>): Promise<T | ImportResult> {
  try {
    return await work()
  } catch (error) {
    if (isMooringError(error) && ['database_unavailable', 'storage_full'].includes(error.code)) throw error
    const code = isMooringError(error) ? error.code : 'internal'
    return skipped(record, code, `It could not be taken over (${unknownFault(error)}).`)
  }
}

async function inGroups<A, B>(all: readonly A[], most: number, work: (one: A) => Promise<B>): Promise<B[]> {
  const done: B[] = []
  for (let at = 0; at < all.length; at += most) done.push(...(await Promise.all(all.slice(at, at + most).map(work))))
  return done
}
