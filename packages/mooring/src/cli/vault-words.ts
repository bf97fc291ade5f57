/** What `keys status` and `keys rotate` say of the keys. Pure. */
import { z } from 'zod'
import { table } from './format.ts'

export const VaultShape = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      sealing: z.boolean(),
      inRing: z.boolean(),
      values: z.number(),
      byColumn: z.record(z.string(), z.number()),
    }),
  ),
  processes: z.array(
    z.object({
      id: z.string(),
      startedAt: z.string(),
      seenAt: z.string(),
      version: z.string(),
      host: z.string(),
      pid: z.number(),
      kids: z.array(z.string()),
      current: z.boolean(),
    }),
  ),
  total: z.number(),
  safeToRemove: z.array(z.string()),
})
export type Vault = z.infer<typeof VaultShape>
type Key = Vault['keys'][number]

export const RotatedShape = z.object({
  rewrapped: z.number(),
  skipped: z.number(),
  failed: z.array(
    z.object({
      workspaceId: z.string(),
      connectionId: z.string().nullable(),
      recordId: z.string(),
      column: z.string(),
      code: z.string(),
    }),
  ),
  cursor: z.string().nullable(),
  done: z.boolean(),
})
export type NotOpened = z.infer<typeof RotatedShape>['failed'][number]

/** So many are listed on a terminal; `--json` has all. */
const MOST_LISTED = 50

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

/** The keys and the processes as two tables. */
export function vaultTables(vault: Vault): string {
  const keys = table(
    ['KEY', 'VALUES', 'HERE', 'WHERE'],
    vault.keys.map((one) => [
      one.kid,
      String(one.values),
      one.sealing ? 'seals' : one.inRing ? 'opens' : 'unknown',
      Object.entries(one.byColumn)
        .map(([column, values]) => `${column} ${values}`)
        .join(', '),
    ]),
  )
  if (vault.processes.length === 0) return `${keys}\n\nNo process serves at the moment.`
  const processes = table(
    ['PROCESS', 'HOST', 'PID', 'VERSION', 'STARTED', 'SEALS WITH', 'OPENS TOO'],
    vault.processes.map((one) => [
      one.id,
      one.host,
      String(one.pid),
      one.version,
      one.startedAt.slice(0, 19).replace('T', ' '),
      one.kids[0] ?? '',
      one.kids.slice(1).join(' '),
    ]),
  )
  return `${keys}\n\n${processes}`
}

/** Whether each key but the newest may go, in a sentence each. `rotated`: what is in front is known to be the new key. */
export function verdicts(vault: Vault, rotated: boolean): string[] {
  const newest = vault.keys.find((one) => one.sealing)?.kid ?? ''
  return vault.keys.filter((one) => !one.sealing).map((one) => verdict(vault, one, newest, rotated))
}

function verdict(vault: Vault, key: Key, newest: string, rotated: boolean): string {
  const rest = `${plural(key.values, 'value')} ${key.values === 1 ? 'rests' : 'rest'} on`
  if (key.kid === 'none')
    return `${plural(key.values, 'value')} in a sealed column ${key.values === 1 ? 'is' : 'are'} no sealed value: changed by hand, or damaged.`
  if (!key.inRing && key.values > 0)
    return `${rest} ${key.kid}, which is not in this ring: put that key back in MOORING_VAULT_KEYS.`
  if (key.values > 0) return `${rest} ${key.kid}, so it must stay. Seal them anew with \`npx mooring keys rotate\`.`
  const without = vault.processes.find((one) => !one.kids.includes(newest))
  if (without)
    return `0 values rest on ${key.kid}, but process ${without.id} on ${without.host} does not have ${newest} yet: it must stay.`
  const behind = vault.processes.find((one) => one.kids[0] !== newest)
  if (behind)
    return `0 values rest on ${key.kid}, but process ${behind.id} on ${behind.host} still seals with ${behind.kids[0]}: it must stay.`
  const nobody = vault.processes.length === 0 ? 'no process serves at the moment' : 'every process has the new key'
  if (rotated) return `0 values rest on ${key.kid} and ${nobody}: ${key.kid} may go.`
  return `0 values rest on ${key.kid} and nobody seals with it. An old key may go; a new one is ready to be put in front.`
}

export const sealedAnew = (count: number): string =>
  `${plural(count, 'value')} ${count === 1 ? 'was' : 'were'} sealed anew`

/** One line a value that did not open. */
export function notOpened(failed: readonly NotOpened[]): string[] {
  const lines = failed
    .slice(0, MOST_LISTED)
    .map(
      (one) =>
        `  ${one.connectionId === null ? `record ${one.recordId}` : `connection ${one.connectionId}`}  ${one.column}  ${one.code}`,
    )
  const more = failed.length - lines.length
  return more > 0 ? [...lines, `  and ${more} more: --json lists all`] : lines
}
