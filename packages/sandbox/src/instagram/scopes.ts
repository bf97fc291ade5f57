export const BASIC = 'instagram_business_basic'

/**
 * Permissions, with what the window says of each (developers.facebook.com, "Business Login for Instagram"). The names without
 * `instagram_` died on 2025-01-27, those of Basic Display in December 2024: neither is known any more.
 */
export const PERMISSIONS: Record<string, string> = {
  [BASIC]: 'View profile and access media',
  instagram_business_content_publish: 'Create content on your behalf',
  instagram_business_manage_comments: 'Access and manage comments',
  instagram_business_manage_messages: 'Access and manage messages',
  instagram_business_manage_insights: 'Access and manage insights',
}

export const isPermission = (name: string): boolean => Object.hasOwn(PERMISSIONS, name)
