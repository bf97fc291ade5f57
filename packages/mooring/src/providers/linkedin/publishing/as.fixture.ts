/** As whom the tests publish. */
import type { PublishAs } from '../../../provider-publishing.ts'
import { settings } from './settings.ts'

const defaults = Object.fromEntries(settings.map(({ name, default: value }) => [name, value]))

const as = (
  account: PublishAs['account'],
  scopes: string[],
  given: Record<string, string>,
  app: string,
): PublishAs => ({
  account,
  traits: {},
  scopes,
  settings: { API_VERSION: '202609', ...defaults, ...given },
  app,
  mediaUrl: ({ id }) => `https://files.example/${id}`,
  fetchable: true,
})

export const MARA = 'urn:li:person:mara_1'
export const ACME = 'urn:li:organization:77'

export const person = (scopes: string[] = ['w_member_social'], given = {}): PublishAs =>
  as({ kind: 'person', subject: MARA, label: 'Mara' }, scopes, given, 'linkedin')

export const organization = (
  scopes: string[] = ['w_member_social', 'w_organization_social', 'r_organization_social'],
  given = {},
): PublishAs => as({ kind: 'organization', subject: ACME, label: 'Acme' }, scopes, given, 'linkedin-community')
