/** What an import says at its end: a line a record, counts, and whether somebody has something to mend. Pure. */
import { EXIT } from '../exit.ts'
import { table } from '../format.ts'
import { clean } from './values.ts'

export interface Line {
  ref: string
  provider: string
  /** The workspace that it went to by its owner; null without. */
  owner: string | null
  outcome: 'created' | 'updated' | 'unchanged' | 'kept' | 'skipped'
  code: string
  message: string
  connectionId: string | null
  workspaceId: string | null
  registration: string | null
  subject: string | null
  label: string | null
  identity: 'platform' | 'source' | null
  accounts: number
}

export interface Report {
  dryRun: boolean
  source: string
  counts: Record<Line['outcome'], number>
  /** How many of each reason. */
  reasons: Record<string, number>
  /** Records that could have been taken and were not: somebody can mend that. */
  faults: number
  notes: string[]
  records: Line[]
}

/** Not taken, and rightly so: nothing is wrong with the source, the keys or the server. */
const EXPECTED = new Set(['inactive', 'not_oauth', 'no_token', 'provider_unknown', 'provider_not_configured'])

export function createReport(dryRun: boolean, source: string, notes: readonly string[]): Report {
  const counts = { created: 0, updated: 0, unchanged: 0, kept: 0, skipped: 0 }
  return { dryRun, source, counts, reasons: {}, faults: 0, notes: [...notes], records: [] }
}

export function add(report: Report, line: Line): void {
  report.records.push(line)
  report.counts[line.outcome] += 1
  const reason = `${line.outcome} ${line.code}`
  report.reasons[reason] = (report.reasons[reason] ?? 0) + 1
  if (line.outcome === 'skipped' && !EXPECTED.has(line.code)) report.faults += 1
}

export const exitOf = (report: Report): number => (report.faults > 0 ? EXIT.failed : EXIT.ok)

/** More lines help nobody on a terminal; `--json` has all. */
const MOST_LINES = 500

export function reportText(report: Report): string {
  const { records, counts, notes } = report
  const shown = records.slice(0, MOST_LINES)
  const rows = shown.map((one) => [
    one.ref,
    one.registration ?? one.provider,
    clean(one.label ?? one.subject ?? '', 40),
    ...(records.some((each) => each.owner !== null) ? [one.owner ?? ''] : []),
    one.outcome,
    one.message,
  ])
  const header = ['RECORD', 'PLATFORM', 'AS', ...(rows[0]?.length === 6 ? ['WORKSPACE'] : []), 'OUTCOME', 'WHY']
  const reasons = Object.entries(report.reasons).filter(([reason]) => !reason.startsWith('created renews'))
  const done = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`)
  return [
    records.length === 0 ? 'There is nothing in it.' : table(header, rows),
    ...(records.length > MOST_LINES ? [`… and ${records.length - MOST_LINES} more; --json has all.`] : []),
    '',
    `${report.dryRun ? 'Would be: ' : ''}${done.join(', ')}.`,
    ...reasons.map(
      ([reason, count]) => `  ${String(count).padStart(6)}  ${reason.replace(' ', ': ').replaceAll('_', ' ')}`,
    ),
    ...notes.map((note) => `\n${note}`),
    ...(report.dryRun ? ['\nNothing was written. Run it again with --apply.'] : []),
  ].join('\n')
}
