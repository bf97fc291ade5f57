/** The accounts that posts can go to, each with what it takes. */
import { knownAs } from '../connections/engine.ts'
import type { Features } from '../provider-publishing.ts'
import type { AccountRow } from '../store/accounts.ts'
import type { ConnectionRow } from '../store/connections.ts'
import { actingAs } from './acting.ts'
import type { Publishing } from './publishing.ts'

const PAGE = 200
/** An agency's largest workspace; a composer can show no more. */
const MOST = 2000

export interface Target {
  account: AccountRow
  connection: ConnectionRow
  features: Features
  unusable: string | null
}

/** In the order in which they were added. Accounts of platforms without publishing are left out. */
export async function targetsOf(publishing: Publishing, workspace: string): Promise<Target[]> {
  const { engine, files } = publishing
  const accounts: AccountRow[] = []
  let after: { at: Date; id: string } | undefined
  while (accounts.length < MOST) {
    const rows = await engine.store.accounts.page(workspace, { live: true }, after, PAGE)
    accounts.push(...rows)
    const last = rows.at(-1)
    if (rows.length < PAGE || !last) break
    after = { at: last.added_at, id: last.id }
  }
  const ids = [...new Set(accounts.map((one) => one.connection_id))]
  const connections = new Map((await engine.store.connections.some(workspace, ids)).map((row) => [row.id, row]))
  return accounts.flatMap((account) => {
    const connection = connections.get(account.connection_id)
    const acting = connection && actingAs(engine, files, account, connection)
    if (!connection || !acting) return []
    const { publisher, as } = acting
    const name = knownAs(engine, connection.registration)?.provider.name ?? 'The platform'
    // What stands against an account stands against an empty post, too.
    const empty = { text: '', media: [], thread: [], visibility: 'public', format: 'feed', mentions: [] } as const
    const barred = publisher.check(empty, as).issues.find((one) => one.at === 'account' && one.severity === 'error')
    const unusable =
      barred?.message ??
      (connection.state === 'reauthorize' ? `${name} needs to be reconnected. Until then posts wait.` : null)
    return [{ account, connection, features: publisher.features(as), unusable }]
  })
}
