/** What each permission allows, in a person's words. Names: fbsamples/threads_api. */
import type { ScopeInfo } from '../../provider.ts'

export const scopeInfo: Record<string, ScopeInfo> = {
  threads_basic: { allows: 'See your profile and posts', without: 'We cannot tell whose account this is.' },
  threads_content_publish: { allows: 'Post as you', without: 'Posting as you does not work.' },
  threads_manage_insights: { allows: 'Read your numbers', without: 'Your numbers are not shown.' },
  threads_manage_replies: { allows: 'Manage replies to your posts', without: 'Replies cannot be managed.' },
  threads_read_replies: { allows: 'Read replies to your posts', without: 'Replies cannot be read.' },
  threads_delete: { allows: 'Delete your posts', without: 'Posts cannot be deleted from here.' },
}
