/** What the servers say of all deliveries, read past them. */
import type { LedgerEntry } from '@mooring/sandbox'
import type { CampaignDatabase } from './database.ts'
import type { Network } from './homes.ts'
import type { Said } from './verdict.ts'

interface Row {
  id: string
  provider: string
  kind: string
  subject: string
  state: string
  warning: string | null
  reason: string | null
  due: boolean
  content: { text: string; thread?: { text: string }[]; firstComment?: string }
  attempts: { part: string; outcome: string }[]
}

export async function allDeliveries({ query }: CampaignDatabase): Promise<Said[]> {
  const rows = await query<Row & Record<string, unknown>>(`
    select d.id, d.provider, d.kind, d.subject, d.state, d.warning, d.fault_message as reason, d.content, q.delivery_id is not null as due,
      coalesce((select json_agg(json_build_object('part', a.part, 'outcome', a.outcome) order by a.number)
                from mooring.delivery_attempts a where a.workspace_id = d.workspace_id and a.delivery_id = d.id), '[]') as attempts
    from mooring.deliveries d
    left join mooring.deliveries_due q on q.workspace_id = d.workspace_id and q.delivery_id = d.id
    order by d.created_at, d.id`)
  return rows.map(({ provider, kind, content: { text, thread = [], firstComment }, ...row }) => ({
    ...row,
    network: `${provider} ${kind}` as Network,
    parts: [
      { part: 'post', text, optional: false },
      ...thread.map((one, at) => ({ part: `thread.${at}`, text: one.text, optional: false })),
      ...(firstComment === undefined ? [] : [{ part: 'comment', text: firstComment, optional: true }]),
    ],
  }))
}

export interface Waiting {
  all: number
  leased: number
  /** Their connection needs a person. */
  waiting: number
  /** When the next is due, in ms since 1970. */
  next: number
}

export async function whatWaits({ query }: CampaignDatabase): Promise<Waiting> {
  const [row] = await query<{ all: string; leased: string; waiting: string; next: Date | null }>(`
    select count(*) as all, count(*) filter (where q.lease_until > clock_timestamp()) as leased,
           count(*) filter (where d.state = 'waiting') as waiting,
           min(q.due_at) filter (where q.lease_until is null or q.lease_until <= clock_timestamp()) as next
    from mooring.deliveries_due q
    join mooring.deliveries d on d.workspace_id = q.workspace_id and d.id = q.delivery_id`)
  return {
    all: Number(row?.all),
    leased: Number(row?.leased),
    waiting: Number(row?.waiting),
    next: row?.next?.getTime() ?? Number.POSITIVE_INFINITY,
  }
}

/** Everything that is known of the deliveries that these sentences name, for who has to find out why. */
export async function storyOf(
  { query }: CampaignDatabase,
  sentences: readonly string[],
  ledger: readonly LedgerEntry[],
): Promise<string> {
  const ids = [...new Set(sentences.flatMap((one) => one.match(/[0-9a-f]{8}-[0-9a-f-]{27}/) ?? []))]
  const rows = await query<{ id: string; subject: string; text: string; story: unknown }>(
    `select d.id, d.subject, d.content->>'text' as text, json_build_object('delivery', row_to_json(d), 'attempts',
       (select json_agg(a order by a.number) from mooring.delivery_attempts a where a.delivery_id = d.id), 'steps',
       (select json_agg(s order by s.at) from mooring.delivery_steps s where s.delivery_id = d.id)) as story
     from mooring.deliveries d where d.id = any($1::uuid[])`,
    [ids],
  )
  return rows
    .map(({ id, subject, text, story }) => {
      const there = ledger.filter((one) => one.account === subject && one.text.startsWith(text))
      const at = there.map((one) => `${one.kind} at ${new Date(one.at).toISOString()}`)
      return `\n${id}: ${at.join(', ') || 'not there'}\n${JSON.stringify(story, null, 1)}`
    })
    .join('\n')
}
