/** What became of a delivery, in a sentence for the person. Pure. */
import { clock, type Delivery, moment, networkOf } from '@mooring/react'

export function sentenceOf(delivery: Delivery, now: number): string {
  const { state, dueAt, nextTryAt, publishedAt, problem, warning, atRisk, account } = delivery
  const { name } = networkOf(account)
  const next = nextTryAt === null ? '' : ` Next try ${moment(nextTryAt, now)}.`
  switch (state) {
    case 'scheduled':
      return atRisk ?? (dueAt === null ? 'It has no time yet.' : `It goes out ${on(dueAt, now)}.`)
    case 'queued':
      if (problem) return `${problem.message}${next}`
      return atRisk ?? `It is next in line.${next}`
    case 'sending':
      return `It is on its way to ${name}.`
    case 'processing':
      return `${name} prepares it. We look again by ourselves.${next}`
    case 'waiting':
      return atRisk ?? problem?.message ?? `It waits for ${name}.`
    case 'published':
      return warning ?? (publishedAt === null ? 'It is there.' : `Went out ${on(publishedAt, now)}.`)
    case 'failed':
      return problem?.message ?? 'It did not go out.'
    case 'unknown':
      return problem?.message ?? `${name} never answered. It may be there, so we did not send it twice.`
    case 'missed':
      return problem?.message ?? `We were off ${dueAt === null ? 'then' : on(dueAt, now)}. Send it now, or drop it?`
    case 'skipped':
      return problem?.message ?? 'It stayed behind when the rest went out.'
    case 'cancelled':
      return 'It does not go out.'
    case 'removed':
      return `It was taken down at ${name}.`
  }
}

/** "at 09:00", "on 23 Oct, 09:00". */
function on(at: string, now: number): string {
  const said = moment(at, now)
  return `${said === clock(at) ? 'at' : 'on'} ${said}`
}
