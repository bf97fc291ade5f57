/** What stands against a post, as a person goes through it. Pure. */
import type { Counter, PostAccount, PostCheck, PostContent, PostIssue, Severity } from '../api.ts'
import { type Draft, overrideOf, type Scope } from './post-content.ts'
import { sentenceList } from './words.ts'

export interface IssueLine extends PostIssue {
  /** Whom it concerns, in the order of the accounts. */
  accounts: PostAccount[]
  /** Whose text has to be opened to mend it. */
  scope: Scope
  /** So many places: `at` is the first. */
  places: number
}

/** Errors first; what concerns several accounts in one same text is one line, and so is what concerns several of its files. */
export function issueLines(check: PostCheck | undefined, draft: Draft, accounts: readonly PostAccount[]): IssueLine[] {
  const lines: IssueLine[] = []
  for (const { accountId, issues } of check?.accounts ?? []) {
    const account = accounts.find((one) => one.id === accountId)
    if (!account) continue
    for (const issue of issues) {
      const scope = scopeOf(draft, accountId, issue.at)
      const known = lines.find((one) => one.scope === scope && one.at === issue.at && isSame(one, issue))
      if (known) known.accounts.push(account)
      else lines.push({ ...issue, accounts: [account], scope, places: 1 })
    }
  }
  return gathered(lines).sort((a, b) => weight(a) - weight(b))
}

const isSame = (a: PostIssue, b: PostIssue) =>
  a.code === b.code && a.message === b.message && a.severity === b.severity && numberless(a.at) === numberless(b.at)

/** `media.2.alt` and `media.0.alt` are of one kind. */
const numberless = (at: string) => at.replace(/\d+/g, '')

function gathered(lines: readonly IssueLine[]): IssueLine[] {
  const kept: IssueLine[] = []
  for (const line of lines) {
    const whose = (one: IssueLine) => one.accounts.map((account) => account.id).join()
    const known = kept.find((one) => one.scope === line.scope && whose(one) === whose(line) && isSame(one, line))
    if (known) known.places += 1
    else kept.push(line)
  }
  return kept
}

const weight = ({ severity }: PostIssue) => (severity === 'error' ? 0 : 1)

/** The account's own text where it has that part of its own; else what is written for all. */
function scopeOf(draft: Draft, accountId: string, at: string): Scope {
  const [part = ''] = at.split('.')
  return Object.hasOwn(overrideOf(draft, accountId) ?? {}, part) ? accountId : 'all'
}

/** The worst that stands against an account. */
export function worstIssue(check: PostCheck | undefined, accountId: string): Severity | undefined {
  const issues = check?.accounts.find((one) => one.accountId === accountId)?.issues ?? []
  return issues.find((one) => one.severity === 'error')?.severity ?? issues[0]?.severity
}

/** Accounts that would stay behind. */
export const heldBack = (check: PostCheck | undefined): string[] =>
  (check?.accounts ?? []).filter((one) => !one.ok).map((one) => one.accountId)

/** "2 to fix, 1 to look at". */
export function issueSummary(lines: readonly Pick<PostIssue, 'severity'>[]): string {
  const errors = lines.filter((one) => one.severity === 'error').length
  const parts = [
    ...(errors === 0 ? [] : [`${errors} to fix`]),
    ...(lines.length === errors ? [] : [`${lines.length - errors} to look at`]),
  ]
  return parts.join(', ')
}

export const namesOf = (accounts: readonly PostAccount[], name: (account: PostAccount) => string): string =>
  sentenceList([...new Set(accounts.map(name))])

export function counterOf(check: PostCheck | undefined, accountId: string, at: string): Counter | undefined {
  return check?.accounts.find((one) => one.accountId === accountId)?.counters.find((one) => one.at === at)
}

export type CounterTone = 'calm' | 'near' | 'over'

/** How full, from 0 to 1, how much is left, and whether that is a worry. */
export function fullness({ used, limit }: Counter): { part: number; left: number; tone: CounterTone } {
  const left = limit - used
  const near = left <= Math.max(20, limit / 20)
  return { part: limit === 0 ? 1 : Math.min(1, used / limit), left, tone: left < 0 ? 'over' : near ? 'near' : 'calm' }
}

/** Of one kind of text, the counter with the least left. */
export const tightest = (counters: readonly Counter[]): Counter | undefined =>
  [...counters].sort((a, b) => a.limit - a.used - (b.limit - b.used))[0]

/** Pictures that nobody has described yet: the first of them and how many, where an account takes a description. */
export function undescribed(
  content: PostContent,
  isPicture: (id: string) => boolean,
): { at: string; count: number } | undefined {
  const places = [
    ...content.media.map((use, place) => ({ use, at: `media.${place}.alt` })),
    ...(content.thread ?? []).flatMap((part, number) =>
      part.media.map((use, place) => ({ use, at: `thread.${number}.media.${place}.alt` })),
    ),
  ].filter(({ use }) => (use.alt ?? '').trim() === '' && isPicture(use.id))
  const [first] = places
  return first && { at: first.at, count: places.length }
}
