/** Tokens as an older system holds them: given by the simulated platform to the same app, and unknown to this Mooring. */
import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Vault } from '../src/vault/vault.ts'
import type { Json, TestDatabase, Visit, World } from './world.ts'

export interface LeftBehind {
  accessToken: string
  refreshToken: string
  accessTokenExpiresAt: string
  refreshTokenExpiresAt: string
  subject: string
  label: string
}

/** Connects, takes the tokens out, and forgets the connection here: the platform goes on knowing them. */
export async function leftBehind(world: World, visit: Visit = {}, body: object = {}): Promise<LeftBehind> {
  const { flow } = await world.browser().connect({ provider: 'linkedin', ...body }, visit)
  return takenOut(world.mooring.engine.vault, world.database, flow.connectionId)
}

export async function takenOut(vault: Vault, database: TestDatabase, id: string): Promise<LeftBehind> {
  const [row] = await database.query<Json>('select * from mooring.connections where id = $1', [id])
  const open = (field: string) => vault.open(row[field], { workspace: row.workspace_id, record: row.id, field })
  const left = {
    accessToken: open('access_token'),
    refreshToken: open('refresh_token'),
    accessTokenExpiresAt: row.access_expires_at.toISOString(),
    refreshTokenExpiresAt: row.refresh_expires_at.toISOString(),
    subject: row.subject,
    label: row.label,
  }
  await forget(database)
  return left
}

export const forget = (database: Pick<TestDatabase, 'query'>) =>
  database.query(
    'truncate mooring.connections, mooring.accounts, mooring.flows, mooring.events, mooring.grant_holders cascade',
  )

/** By the spec (https://github.com/fernet/spec/blob/master/Spec.md), as Python's `cryptography` writes it. */
export function fernet(text: string, key: string): string {
  const [keyBytes, iv] = [Buffer.from(key, 'base64url'), randomBytes(16)]
  const cipher = createCipheriv('aes-128-cbc', keyBytes.subarray(16), iv)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000)))
  const body = Buffer.concat([Buffer.from([0x80]), time, iv, cipher.update(text, 'utf8'), cipher.final()])
  const mac = createHmac('sha256', keyBytes.subarray(0, 16)).update(body).digest()
  const token = Buffer.concat([body, mac]).toString('base64url')
  return token + '='.repeat((4 - (token.length % 4)) % 4)
}
