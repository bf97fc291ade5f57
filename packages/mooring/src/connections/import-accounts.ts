/** Which accounts an imported connection acts as: the one that the source names, or the only one that there is. */
import { isMooringError } from '../error.ts'
import type { DiscoveredAccount } from '../provider.ts'
import type { AccountRow } from '../store/accounts.ts'
import { accountsAt, type Candidate, candidatesOf, withIds } from './candidates.ts'
import type { Engine } from './engine.ts'
import type { Known } from './import-identity.ts'

/** Pure. The source may have the platform's id whole, or its last part (`1234` of `urn:li:organization:1234`). */
export function accountNamed(
  found: readonly DiscoveredAccount[],
  existing: readonly AccountRow[],
  named: string | null,
): Candidate[] {
  const free = candidatesOf(found, existing).filter((one) => one.selectable)
  const fits = free.filter((one) => named !== null && (one.id === named || one.id.split(':').at(-1) === named))
  return fits.length > 0 || free.length !== 1 ? fits : free
}

/** Takes it. A platform that does not list them costs the import nothing: a person can choose at any time. Returns how many. */
export async function takeAccount(
  engine: Engine,
  workspace: string,
  connection: { id: string; provider: string },
  known: Known,
  named: string | null,
): Promise<number> {
  try {
    const found = await known.accounts()
    if (found.length === 0) return 0
    const chosen = accountNamed(found, await accountsAt(engine, workspace, connection.provider), named)
    const at = new Date(engine.runtime.now())
    return (await engine.store.accounts.choose(workspace, connection, withIds(engine, chosen), false, at)).added
  } catch (error) {
    if (!isMooringError(error) || error.code === 'database_unavailable') throw error
    engine.runtime.log.info(
      { connection: connection.id, code: error.code },
      'the accounts of an import were not listed',
    )
    return 0
  }
}
