/** What neither Facebook nor Instagram takes. */
import type { PostContent } from '../../../provider-publishing.ts'
import type { Notes } from '../../publishing-checks.ts'

export function unsupported(notes: Notes, name: string, { poll, thread, media, visibility }: PostContent): void {
  if (poll) notes.error('poll', 'poll_unsupported', `${name} takes no polls from apps. Take the poll out.`)
  if (thread.length > 0)
    notes.error('thread.0.text', 'thread_unsupported', `${name} has no threads. Put everything into one text.`)
  for (const [place, one] of media.entries())
    if (one.kind === 'document')
      notes.error(
        `media.${place}`,
        'media_type',
        `${name} takes no documents. Take it out, or use pictures of its pages.`,
      )
  if (visibility !== 'public')
    notes.error('account', 'visibility_unsupported', `Posts of this kind on ${name} are public. Make this one public.`)
}
