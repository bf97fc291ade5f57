/** Permissions of the API with Instagram Login, with what the window says of each (developers.facebook.com, "Business Login for Instagram"). The old `business_*` names died on 2025-01-27. */
export const PERMISSIONS: Record<string, string> = {
  instagram_business_basic: 'View profile and access media',
  instagram_business_content_publish: 'Access and publish content',
  instagram_business_manage_comments: 'Access and manage comments',
  instagram_business_manage_messages: 'Access and manage messages',
  instagram_business_manage_insights: 'Access insights',
}

export const BASIC = 'instagram_business_basic'
export const isPermission = (name: string): boolean => Object.hasOwn(PERMISSIONS, name)
