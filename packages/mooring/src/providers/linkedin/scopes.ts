/** What each permission allows, in a person's words. Names: LinkedIn developer portal, products and scopes, 2026. */
import type { ScopeInfo } from '../../provider.ts'

export const scopeInfo: Record<string, ScopeInfo> = {
  openid: { allows: 'Know who you are', without: 'We cannot tell whose account this is.' },
  profile: { allows: 'See your name and picture', without: 'Your name and picture are not shown.' },
  email: { allows: 'See your e-mail address', without: 'Your e-mail address is not shown.' },
  r_basicprofile: { allows: 'See your name and headline', without: 'We cannot tell whose account this is.' },
  w_member_social: { allows: 'Post as you', without: 'Posting as yourself does not work.' },
  w_organization_social: { allows: 'Post as your organizations', without: 'Posting as an organization does not work.' },
  r_organization_social: {
    allows: "Read your organizations' posts",
    without: "Your organizations' posts cannot be read back.",
  },
  rw_organization_admin: {
    allows: 'See which organizations you run, and their numbers',
    without: 'Your organizations cannot be listed, and their numbers stay empty.',
  },
  r_organization_admin: { allows: 'See which organizations you run', without: 'Your organizations cannot be listed.' },
  w_member_social_feed: { allows: 'Comment and react as you', without: 'Commenting as yourself does not work.' },
  w_organization_social_feed: {
    allows: 'Comment and react as your organizations',
    without: 'Commenting as an organization does not work.',
  },
  r_organization_social_feed: {
    allows: 'Read comments on your organizations',
    without: 'Comments on your organizations cannot be read.',
  },
  r_member_postAnalytics: {
    allows: 'Read the numbers of your posts',
    without: 'The numbers of your own posts stay empty.',
  },
  r_member_profileAnalytics: { allows: 'Read your follower count', without: 'Your follower count stays empty.' },
  r_organization_followers: {
    allows: "Read your organizations' followers",
    without: "Your organizations' followers cannot be read.",
  },
}
