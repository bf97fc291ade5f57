/** What the canaries of a life share: every token of a database in the clear, and the secret in a cookie. */
import { createKeyRing } from '../../src/vault/keyring.ts'
import { createVault } from '../../src/vault/vault.ts'
import type { TestDatabase } from '../world.ts'

export const CLIENT_SECRET = 'SANDBOX.linkedin/not+a/real+secret=='

export interface SealedRow {
  id: string
  workspace_id: string
  access_token: string | null
  refresh_token: string | null
}

/** Every token that the database holds, in the clear. */
export async function tokensIn(database: TestDatabase, vaultKeys: string, into: Record<string, string>): Promise<void> {
  const vault = createVault(createKeyRing(vaultKeys))
  for (const row of await database.query<SealedRow>(
    'select id, workspace_id, access_token, refresh_token from mooring.connections',
  ))
    for (const field of ['access_token', 'refresh_token'] as const) {
      const sealed = row[field]
      if (sealed === null) continue
      const plain = vault.open(sealed, { workspace: row.workspace_id, record: row.id, field })
      into[`${field} ${plain.slice(-12)}`] = plain
    }
  // Some platforms give each account a token of its own.
  for (const { id, workspace_id: workspace, access_token: sealed } of await database.query<
    Omit<SealedRow, 'refresh_token'>
  >('select id, workspace_id, access_token from mooring.accounts where access_token is not null')) {
    const plain = vault.open(sealed ?? '', { workspace, record: id, field: 'access_token' })
    into[`account's token ${plain.slice(-12)}`] = plain
  }
}

/** What a signed cookie holds. */
export const secretIn = (cookie: string) => decodeURIComponent(cookie).split('.')[0] ?? ''
