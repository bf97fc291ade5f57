/** `mooring api-keys`: the keys with which programs come in. */
import { z } from 'zod'
import { MooringError } from '../../error.ts'
import { inDays, plain, stamp, table } from '../format.ts'
import type { Terminal } from '../terminal.ts'

const KeyShape = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  workspaceId: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
})
const ListShape = z.object({ data: z.array(KeyShape) })
const MadeShape = KeyShape.extend({ key: z.string() })
type Key = z.infer<typeof KeyShape>

const DAY = 86_400_000

export function apiKeysCommands({ program, show, out, asJson, withClient }: Terminal): void {
  const keys = program.command('api-keys').description('the keys with which programs come in')
  keys
    .command('list')
    .description('all keys, without the keys')
    .action(() =>
      withClient(async (client) => {
        const answer = await client.call('GET', '/api-keys')
        show(answer, () => apiKeysTable(ListShape.parse(answer).data, Date.now()))
      }),
    )

  keys
    .command('create <name>')
    .description('make a key and print it, once')
    .option('--scopes <scopes>', 'what it may do, parted by commas', 'connections:read')
    .option('--days <days>', 'how long it opens; none: it does not end by itself', '90')
    .option('--workspace <id>', 'of this workspace alone, instead of the whole server')
    .action((name: string, options: { scopes: string; days: string; workspace?: string }) =>
      withClient(async (client) => {
        const made = await client.call('POST', '/api-keys', {
          name,
          scopes: options.scopes.split(',').map((one) => one.trim()),
          workspaceId: options.workspace ?? null,
          expiresAt: endOf(options.days, Date.now()),
        })
        // The key alone, for `$(…)`; it was asked for by name.
        if (asJson()) show(made, () => '')
        else out(MadeShape.parse(made).key)
      }),
    )

  keys
    .command('revoke <id>')
    .description('end a key; programs that use it are refused')
    .action((id: string) =>
      withClient(async (client) => {
        await client.call('DELETE', `/api-keys/${encodeURIComponent(id)}`)
        show({ id }, () => 'Revoked. Every process refuses it within five seconds.')
      }),
    )
}

/** Pure. */
export function endOf(days: string, now: number): string | null {
  if (days === 'none') return null
  const count = Number(days)
  if (!Number.isInteger(count) || count < 1 || count > 3660)
    throw new MooringError('invalid_request', 'A key opens for 1 to 3660 days.', {
      detail: '  --days 90, or --days none',
    })
  return new Date(now + count * DAY).toISOString()
}

/** Pure. */
export function apiKeysTable(keys: readonly Key[], now: number): string {
  if (keys.length === 0) return 'There are no keys. Make one: npx mooring api-keys create <name>'
  return table(
    ['ID', 'NAME', 'KEY', 'MAY', 'FOR', 'LAST USED', 'ENDS'],
    keys.map((one) => [
      one.id,
      plain(one.name),
      `${one.prefix}…`,
      one.scopes.join(','),
      one.workspaceId ?? 'the server',
      one.lastUsedAt === null ? 'never' : stamp(one.lastUsedAt),
      one.expiresAt === null ? 'never' : Date.parse(one.expiresAt) <= now ? 'ended' : inDays(one.expiresAt, now),
    ]),
  )
}
