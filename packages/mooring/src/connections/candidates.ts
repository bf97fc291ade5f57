/** What a connection may act as, and choosing among it. */
import { MooringError } from '../error.ts'
import type { DiscoveredAccount } from '../provider.ts'
import type { AccountRow } from '../store/accounts.ts'
import { getAccessToken } from './access-token.ts'
import { keepAccountTokens } from './account-tokens.ts'
import { discover, knownOf } from './discover.ts'
import { configured, type Engine } from './engine.ts'
import { longDate } from './standing.ts'

export interface Candidate {
  /** The platform's id; send it back to choose it. */
  id: string
  kind: string
  label: string
  handle: string | null
  picture: string | null
  note: string | null
  selectable: boolean
  reason: string | null
  connected: boolean
  /** Which connection of this workspace has it, since when; not told to everybody. */
  held: { connection: string; since: Date } | null
}

/** Marks what is connected already and what cannot be. Pure. `existing` are the workspace's accounts at this provider. */
export function candidatesOf(found: readonly DiscoveredAccount[], existing: readonly AccountRow[]): Candidate[] {
  const taken = new Map(existing.map((row) => [row.subject, row]))
  return found.map((one) => {
    const row = taken.get(one.subject)
    return {
      id: one.subject,
      kind: one.kind,
      label: one.label,
      handle: one.handle ?? null,
      picture: one.picture ?? null,
      note: one.note ?? null,
      selectable: row === undefined && one.unusable === undefined,
      reason: row ? `Already connected on ${longDate(row.added_at)}.` : (one.unusable ?? null),
      connected: row !== undefined,
      held: row ? { connection: row.connection_id, since: row.added_at } : null,
    }
  })
}

/** All accounts of a provider that some connection of the workspace acts as, for greying out. */
export async function accountsAt(engine: Engine, workspace: string, provider: string): Promise<AccountRow[]> {
  const rows: AccountRow[] = []
  let after: { at: Date; id: string } | undefined
  for (;;) {
    const page = await engine.store.accounts.page(workspace, { provider, live: true }, after, 500)
    rows.push(...page)
    const last = page.at(-1)
    if (page.length < 500 || !last) return rows
    after = { at: last.added_at, id: last.id }
  }
}

/** Asks the platform anew what this connection can act as. */
export async function availableAccounts(
  engine: Engine,
  workspace: string,
  id: string,
): Promise<{ provider: string; candidates: Candidate[] }> {
  const { row, found } = await rediscover(engine, workspace, id)
  return { provider: row.provider, candidates: candidatesOf(found, await accountsAt(engine, workspace, row.provider)) }
}

/** Sets exactly these accounts on a connection, by the platform's ids. Those that it has may stay; new ones must be usable. */
export async function setAccounts(
  engine: Engine,
  workspace: string,
  id: string,
  subjects: readonly string[],
  actor: string,
): Promise<void> {
  const { row, found } = await rediscover(engine, workspace, id)
  const all = await accountsAt(engine, workspace, row.provider)
  const others = all.filter((one) => one.connection_id !== id)
  const own = all.filter((one) => one.connection_id === id)
  const chosen = pick(keeping(candidatesOf(found, others), own), subjects)
  const at = new Date(engine.runtime.now())
  const { added, removed } = await engine.store.accounts.choose(workspace, row, withIds(engine, chosen), true, at)
  await keepAccountTokens(engine, workspace, id, found)
  engine.runtime.log.info({ connection: id, added, removed, actor }, 'accounts were chosen')
}

/** What a connection has already may stay, also where it could not be chosen anew or is not listed any more. Pure. */
function keeping(candidates: readonly Candidate[], own: readonly AccountRow[]): Candidate[] {
  const mine = new Set(own.map((row) => row.subject))
  const listed = new Set(candidates.map((one) => one.id))
  const may = { selectable: true, reason: null, connected: true, held: null }
  return [
    ...candidates.map((one) => (mine.has(one.id) ? { ...one, ...may } : one)),
    ...own.filter((row) => !listed.has(row.subject)).map((row) => ({ ...row, id: row.subject, ...may })),
  ]
}

/** The chosen ones, or `accounts_refused` when one is unknown or cannot be chosen. Pure. */
export function pick(candidates: readonly Candidate[], ids: readonly string[]): Candidate[] {
  const wanted = new Set(ids)
  const chosen = candidates.filter((one) => wanted.has(one.id))
  const bad = chosen.filter((one) => !one.selectable)
  if (chosen.length !== wanted.size || bad.length > 0) {
    throw new MooringError('accounts_refused', bad[0]?.reason ?? 'One of these accounts cannot be chosen.', {
      fields: bad.map((one) => ({ path: 'accounts', message: `${one.label}: ${one.reason ?? 'cannot be chosen'}` })),
    })
  }
  return chosen
}

export const withIds = (engine: Engine, chosen: readonly Candidate[]) =>
  chosen.map((one) => ({
    id: engine.runtime.uuid(),
    kind: one.kind,
    subject: one.id,
    label: one.label,
    handle: one.handle,
    picture: one.picture,
    note: one.note,
  }))

async function rediscover(engine: Engine, workspace: string, id: string) {
  const row = await engine.store.connections.get(workspace, id)
  if (!row) throw new MooringError('not_found', 'There is no such connection.')
  const token = await getAccessToken(engine, workspace, id)
  const registration = await configured(engine, workspace, row.registration)
  const { accounts } = await discover(engine, registration, token.accessToken, token.scopes, false, knownOf(row))
  return { row, found: accounts }
}
