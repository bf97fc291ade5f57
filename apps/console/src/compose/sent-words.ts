import { type Choice, count, longWall, type Post } from '@mooring/react'

/** What a toast says once a post is on its way: "Scheduled for Thu 29 Oct 2026, 09:00." Pure. */
export function sentWords(
  { state, at, deliveries }: Pick<Post, 'state' | 'at' | 'deliveries'>,
  choice: Choice,
): string {
  if (state === 'draft') return 'Saved as a draft. Nothing goes out.'
  const behind = deliveries.filter((one) => one.state === 'skipped').length
  const going = deliveries.length - behind
  const first = choice.how === 'now' || at === null ? 'It goes out now.' : `Scheduled for ${longWall(at)}.`
  const rest = behind === 0 ? '' : ` ${count(behind, 'account')} stayed behind.`
  return `${first} To ${count(going, 'account')}.${rest}`
}
