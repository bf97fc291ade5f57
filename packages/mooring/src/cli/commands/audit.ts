/** `mooring audit`: who did what from where. */
import { z } from 'zod'
import { MooringError } from '../../error.ts'
import { stamp, table } from '../format.ts'
import type { Terminal } from '../terminal.ts'

const Shape = z.object({
  data: z.array(
    z.object({
      at: z.string(),
      action: z.string(),
      outcome: z.string(),
      code: z.string().nullable(),
      actor: z.object({ kind: z.string(), name: z.string() }),
      address: z.string().nullable(),
      target: z.object({ kind: z.string(), id: z.string(), label: z.string().nullable() }).nullable(),
      times: z.number(),
    }),
  ),
})

interface Options {
  action?: string
  refused?: boolean
  on?: string
  since?: string
  most: string
}

export function auditCommand({ program, show, withClient }: Terminal): void {
  program
    .command('audit')
    .description('who did what from where, newest first')
    .option('--action <action>', 'of one kind alone, like connection.disconnected')
    .option('--refused', 'only what was refused')
    .option('--on <id>', 'what was done to one thing: a connection, a member, an app')
    .option('--since <date>', 'from this day on, like 2026-11-01')
    .option('--most <number>', 'how many, 1 to 200', '50')
    .action((options: Options) =>
      withClient(async (client) => {
        const answer = await client.call('GET', `/audit?${queryOf(options)}`)
        show(answer, () => auditText(Shape.parse(answer).data))
      }),
    )
}

/** Throws `invalid_request` for a day that is none. Pure. */
export function queryOf({ action, refused, on, since, most }: Options): URLSearchParams {
  const from = since === undefined ? undefined : new Date(since)
  if (from && Number.isNaN(from.getTime()))
    throw new MooringError('invalid_request', 'That is no day.', { detail: '  --since 2026-11-01' })
  return new URLSearchParams({
    limit: most,
    ...(action === undefined ? {} : { action }),
    ...(on === undefined ? {} : { target: on }),
    ...(refused ? { outcome: 'refused' } : {}),
    ...(from ? { from: from.toISOString() } : {}),
  })
}

/** Pure. */
export function auditText(entries: z.infer<typeof Shape>['data']): string {
  if (entries.length === 0) return 'Nothing of that kind happened.'
  return table(
    ['WHEN (UTC)', 'WHO', 'WHAT', 'ON', 'FROM'],
    entries.map((one) => [
      stamp(one.at),
      one.actor.name,
      `${one.action}${one.times > 1 ? ` ×${one.times}` : ''}${one.outcome === 'refused' ? `, refused: ${one.code ?? ''}` : ''}`,
      one.target === null ? '-' : `${one.target.kind} ${one.target.label ?? one.target.id}`,
      one.address ?? '-',
    ]),
  )
}
