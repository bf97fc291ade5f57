/** Permissions of the Threads API, with what the window says of each. Names: fbsamples/threads_api. */
export const PERMISSIONS: Record<string, string> = {
  threads_basic: 'View your profile and posts',
  threads_content_publish: 'Create and share posts',
  threads_manage_insights: 'Access insights of your profile and posts',
  threads_manage_replies: 'Manage replies to your posts',
  threads_read_replies: 'View replies to your posts',
  threads_delete: 'Delete your posts',
}

export const BASIC = 'threads_basic'
export const isPermission = (name: string): boolean => Object.hasOwn(PERMISSIONS, name)
