/** As whom the tests publish. */
import type { PublishAs } from '../../../provider-publishing.ts'
import { settings } from './settings.ts'

const defaults = Object.fromEntries(settings.map(({ name, default: value }) => [name, value]))
export const SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access']

export const mara = (
  given: Record<string, string> = {},
  traits: Record<string, string> = { plan: 'none' },
  scopes = SCOPES,
): PublishAs => ({
  account: { kind: 'person', subject: '1790000000000000101', label: 'Mara', handle: 'mara' },
  traits,
  scopes,
  settings: { CLIENT_TYPE: 'confidential', ...defaults, ...given },
  app: 'x',
  mediaUrl: ({ id }) => `https://files.example/${id}`,
  fetchable: true,
})

export const premium = (given: Record<string, string> = {}): PublishAs => mara(given, { plan: 'premium' })
