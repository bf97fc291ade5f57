import type { Post } from '../posts/post.ts'

/** OpenAPI 2.167, `poll.fields`. */
export const POLL_FIELDS = ['duration_minutes', 'end_datetime', 'id', 'options', 'voting_status']

/** Nobody votes in the simulated X. */
export function pollView(
  { poll, at }: Post,
  fields: readonly string[],
  now: number,
): Record<string, unknown> | undefined {
  if (!poll) return undefined
  const end = at + poll.minutes * 60_000
  const all = {
    id: poll.id,
    options: poll.options.map((label, index) => ({ position: index + 1, label, votes: 0 })),
    duration_minutes: poll.minutes,
    end_datetime: new Date(end).toISOString(),
    voting_status: now < end ? 'open' : 'closed',
  }
  const shown = new Set(['id', 'options', ...fields])
  return Object.fromEntries(Object.entries(all).filter(([name]) => shown.has(name)))
}
