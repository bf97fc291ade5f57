/** As whom the tests publish. */
import type { PublishAs } from '../../../provider-publishing.ts'
import { meta } from '../index.ts'

const settings = Object.fromEntries(meta.settings.map(({ name, default: value }) => [name, value]))
export const PAGE = '61550000001001'
export const GRAM = '17841400000001001'
export const GRAPH = 'https://graph.facebook.com/v26.0'
export const SCOPES = [
  'pages_manage_posts',
  'pages_manage_engagement',
  'instagram_content_publish',
  'instagram_manage_comments',
]

const as = (kind: string, subject: string, rest: Partial<PublishAs>): PublishAs => ({
  account: { kind, subject, label: 'Northwind Studio', handle: 'northwind' },
  traits: {},
  scopes: SCOPES,
  settings,
  app: 'meta',
  mediaUrl: ({ id }) => `https://files.example/${id}?s=1`,
  fetchable: true,
  ...rest,
})

export const page = (rest: Partial<PublishAs> = {}): PublishAs => as('page', PAGE, rest)
export const gram = (rest: Partial<PublishAs> = {}): PublishAs => as('instagram', GRAM, rest)
