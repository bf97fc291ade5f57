/** From a source to a report: whose the rows are, what they say, where they go. */
import type { Client } from '../client.ts'
import { opener } from './fernet.ts'
import { type Mapped, type Open, type Row, type Skipped, Unreadable } from './record.ts'
import { add, createReport, type Line, type Report } from './report.ts'
import { createSender, type Outgoing } from './send.ts'
import { type Part, refusedSource, type Source } from './source.ts'
import { clean, textOf } from './values.ts'

export interface RunOptions {
  apply: boolean
  offline: boolean
  registration: string | undefined
  owners: 'one_workspace' | 'workspace_per_owner' | 'unsaid'
  fernetKeys: readonly string[]
  /** Told after each record. */
  progress?: (done: number) => void
}

export async function runImport(source: Source, client: Pick<Client, 'call'>, options: RunOptions): Promise<Report> {
  if (options.owners === 'unsaid') await refuseSeveralOwners(source)
  const notes = [...source.notes, ...source.parts.flatMap((part) => part.note ?? [])]
  const report = createReport(!options.apply, source.kind, notes)
  const told = (line: Line) => {
    add(report, line)
    options.progress?.(report.records.length)
  }
  const sender = createSender(
    client,
    { dryRun: !options.apply, offline: options.offline, registration: options.registration, from: source.kind },
    told,
  )
  const open = opener(options.fernetKeys)
  for (const part of source.parts) {
    let place = 0
    for await (const row of part.rows()) {
      place += 1
      const ref = refOf(part, row, place)
      const judged = judge(part, row, open, options)
      await sender.add('outgoing' in judged ? { ...judged.outgoing, ref } : notSent(ref, judged))
    }
  }
  await sender.flush()
  return report
}

type Judged = { outgoing: Omit<Outgoing, 'ref'> } | { skipped: Skipped; provider: string; owner: string | null }

function judge(part: Part, row: Row | Unreadable, open: Open, options: RunOptions): Judged {
  if (row instanceof Unreadable) return { skipped: { code: 'unreadable', message: row.why }, provider: '', owner: null }
  const workspace = options.owners === 'workspace_per_owner' ? part.owner(row) : null
  const mapped: Mapped = part.map(row, open)
  if ('skipped' in mapped) {
    const platform = textOf(row.platform ?? row.provider)
    return {
      skipped: mapped.skipped,
      provider: typeof platform === 'string' ? clean(platform, 40) : '',
      owner: workspace,
    }
  }
  if (options.owners === 'workspace_per_owner' && workspace === null) {
    const message = 'It does not say whose it is, and every owner gets a workspace.'
    return { skipped: { code: 'no_owner', message }, provider: mapped.record.provider, owner: null }
  }
  return { outgoing: { ...mapped.record, workspace } }
}

/** By the row's own id where it has one; else by its place. */
function refOf(part: Part, row: Row | Unreadable, place: number): string {
  const id = row instanceof Unreadable ? null : textOf(row.id ?? row.connection_id)
  const name = clean(part.name, 80)
  return typeof id === 'string' ? `${name} id ${clean(id, 60)}` : `${name} record ${place}`
}

const notSent = (ref: string, { skipped, provider, owner }: Exclude<Judged, { outgoing: unknown }>): Line => ({
  ref,
  provider,
  owner,
  outcome: 'skipped',
  ...skipped,
  connectionId: null,
  workspaceId: null,
  registration: null,
  subject: null,
  label: null,
  identity: null,
  accounts: 0,
})

/** One customer's tokens in another's workspace would be the worst that an import can do: so nothing is guessed. */
async function refuseSeveralOwners(source: Source): Promise<void> {
  const owners = new Set<string>()
  for (const part of source.parts) {
    for await (const row of part.rows()) {
      const owner = row instanceof Unreadable ? null : part.owner(row)
      if (owner !== null) owners.add(owner)
      if (owners.size > 1) {
        throw refusedSource(
          `The source has more than one owner (${[...owners].join(', ')} …).`,
          'Say where they go: --workspace-per-owner gives each a workspace, --one-workspace takes all into one.',
        )
      }
    }
  }
}
