/** What each permission allows, in a person's words. Names: developers.facebook.com, "Business Login for Instagram". */
import type { ScopeInfo } from '../../provider.ts'

export const scopeInfo: Record<string, ScopeInfo> = {
  instagram_business_basic: { allows: 'See your profile and posts', without: 'We cannot tell whose account this is.' },
  instagram_business_content_publish: { allows: 'Post as you', without: 'Posting as you does not work.' },
  instagram_business_manage_insights: { allows: 'Read your numbers', without: 'Your numbers are not shown.' },
  instagram_business_manage_comments: { allows: 'Comment as you', without: 'First comments do not work.' },
  instagram_business_manage_messages: { allows: 'Read and send messages', without: 'Messages do not work.' },
}
