/** What was done for a delivery, in the order in which it was done. Pure. */
import { type Attempt, type DeliveryDetail, networkOf } from '@mooring/react'

export interface Line {
  key: string
  at: string
  /** How its node is drawn: done, to come, not known, gone wrong. */
  node: 'done' | 'open' | 'unknown' | 'bad'
  title: string
  note?: string | undefined
  /** For the operator, in mono: "422 DUPLICATE_POST". */
  fact?: string | undefined
  /** What the platform said, cut. */
  excerpt?: string | undefined
}

export function linesOf(detail: DeliveryDetail): Line[] {
  const { name } = networkOf(detail.account)
  const steps: Line[] = detail.steps.map((step, place) => ({
    key: `step ${place}`,
    at: step.at,
    node: step.status !== null && step.status >= 400 ? 'bad' : 'done',
    title: step.name,
    note: step.message ?? undefined,
    fact: step.status === null ? undefined : String(step.status),
  }))
  const lines = [...steps, ...detail.attempts.flatMap((one) => attemptLines(one, name))]
  // What began at the same moment keeps its order: a sort is stable.
  lines.sort((a, b) => a.at.localeCompare(b.at))
  const { nextTryAt } = detail
  return nextTryAt === null
    ? lines
    : [...lines, { key: 'next', at: nextTryAt, node: 'open', title: 'Looked at again by itself' }]
}

function attemptLines(attempt: Attempt, name: string): Line[] {
  const { id, number, part, startedAt, endedAt, outcome } = attempt
  const begun: Line = {
    key: `${id} begun`,
    at: startedAt,
    node: 'done',
    title: `Attempt ${number} written down, then sent`,
    note: part === 'post' ? undefined : partName(part),
  }
  if (outcome === 'sending')
    return [begun, { key: `${id} open`, at: startedAt, node: 'open', title: `Waiting for ${name}` }]
  return [begun, { key: `${id} ended`, at: endedAt ?? startedAt, ...endOf(attempt, name) }]
}

function endOf(attempt: Attempt, name: string): Omit<Line, 'key' | 'at'> {
  const { outcome, status, providerCode, message, excerpt } = attempt
  const told = {
    fact: [status, providerCode].filter((one) => one !== null).join(' ') || undefined,
    excerpt: excerpt ?? undefined,
  }
  switch (outcome) {
    case 'accepted':
      return { node: 'done', title: `${name} took it`, ...told }
    case 'refused':
      return { node: 'bad', title: message ?? `${name} refused it`, ...told }
    case 'confirmed':
      return { node: 'done', title: 'It was seen there', note: message ?? undefined, ...told }
    case 'absent':
      return { node: 'bad', title: 'It was not there', note: message ?? undefined, ...told }
    default:
      return {
        node: 'unknown',
        title: message ?? 'No answer came',
        note: 'It may or may not be there, so it was not sent twice.',
        ...told,
      }
  }
}

/** "Part 2 of the thread", "The first comment". */
function partName(part: string): string {
  const place = /^thread\.(\d+)$/.exec(part)?.[1]
  if (place !== undefined) return `Part ${Number(place) + 2} of the thread`
  return part === 'comment' ? 'The first comment' : part
}
