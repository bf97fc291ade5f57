/** Permissions that the simulated apps may ask for, with what the dialog says of each. Names: developers.facebook.com, permissions reference. */
export const PERMISSIONS: Record<string, string> = {
  public_profile: 'Your name and picture',
  email: 'Your e-mail address',
  pages_show_list: 'Show a list of the Pages you manage',
  pages_read_engagement: 'Read content posted on the Page',
  pages_manage_posts: 'Create and manage content on your Page',
  pages_manage_engagement: 'Manage comments on your Page',
  pages_read_user_content: 'Read user content on your Page',
  pages_manage_metadata: 'Manage accounts, settings and webhooks for a Page',
  read_insights: 'Access insights for your Pages and apps',
  business_management: 'Manage your business',
  publish_video: 'Publish videos to your Pages',
  instagram_basic: 'Access profile and posts of the Instagram account connected to your Page',
  instagram_content_publish: 'Upload media and create posts for the Instagram account connected to your Page',
  instagram_manage_insights: 'Access insights of the Instagram account connected to your Page',
  instagram_manage_comments: 'Manage comments of the Instagram account connected to your Page',
  ads_management: 'Manage ads for ad accounts that you have access to',
  ads_read: 'Access your ads and related statistics',
}

export const isPermission = (name: string): boolean => Object.hasOwn(PERMISSIONS, name)
