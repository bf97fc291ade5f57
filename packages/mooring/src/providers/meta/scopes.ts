/** What each permission allows, in a person's words. Names: developers.facebook.com, permissions reference. */
import type { ScopeInfo } from '../../provider.ts'

/** To list Pages and the Instagram accounts behind them, to publish, and to read numbers. */
export const PUBLISHING = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'read_insights',
  'business_management',
  'instagram_basic',
  'instagram_content_publish',
  'instagram_manage_insights',
]

export const scopeInfo: Record<string, ScopeInfo> = {
  public_profile: { allows: 'See your name and picture', without: 'We cannot tell whose account this is.' },
  email: { allows: 'See your e-mail address', without: 'Your e-mail address is not shown.' },
  pages_show_list: { allows: 'See which Pages you manage', without: 'No Page can be chosen.' },
  pages_read_engagement: { allows: 'Read posts and followers of your Pages', without: 'Publishing to Pages may fail.' },
  pages_manage_posts: { allows: 'Post as your Pages', without: 'Posting as your Pages does not work.' },
  pages_manage_engagement: { allows: 'Comment as your Pages', without: 'First comments do not work.' },
  pages_read_user_content: { allows: 'Read what people write on your Pages', without: 'Comments cannot be read.' },
  pages_manage_metadata: {
    allows: 'Be told of what happens on your Pages',
    without: 'Pages tell us nothing by themselves.',
  },
  read_insights: { allows: 'Read the numbers of your Pages', without: 'Numbers of Pages are not shown.' },
  business_management: {
    allows: 'See the Pages of your business portfolio',
    without: 'Pages that a business owns cannot be chosen.',
  },
  publish_video: { allows: 'Publish videos to your Pages', without: 'Videos may not be published.' },
  instagram_basic: {
    allows: 'See the Instagram accounts of your Pages',
    without: 'No Instagram account can be chosen.',
  },
  instagram_content_publish: { allows: 'Post on Instagram', without: 'Posting on Instagram does not work.' },
  instagram_manage_insights: {
    allows: 'Read the numbers on Instagram',
    without: 'Numbers of Instagram are not shown.',
  },
  instagram_manage_comments: { allows: 'Comment on Instagram', without: 'First comments on Instagram do not work.' },
  ads_management: {
    allows: 'Act for accounts that a business gave you',
    without: 'Some business accounts refuse posts.',
  },
  ads_read: { allows: 'Read the accounts that a business gave you', without: 'Some business accounts cannot be read.' },
}
