/** What each permission allows, in a person's words. Names: Google, "OAuth 2.0 Scopes for Google APIs". */
import type { ScopeInfo } from '../../provider.ts'

const AUTH = 'https://www.googleapis.com/auth/'
export const READONLY = `${AUTH}analytics.readonly`
/** Any of these lists accounts and properties (protos, google/analytics/admin/v1beta). */
export const READS = [READONLY, `${AUTH}analytics.edit`]

export const scopeInfo: Record<string, ScopeInfo> = {
  openid: { allows: 'Know which Google account this is', without: 'We cannot tell whose account this is.' },
  [`${AUTH}userinfo.email`]: { allows: 'See your e-mail address', without: 'Your e-mail address is not shown.' },
  [`${AUTH}userinfo.profile`]: { allows: 'See your name and picture', without: 'Your name is not shown.' },
  [READONLY]: {
    allows: 'Read your Google Analytics numbers',
    without: 'No numbers can be read. Reconnect and tick the box for Google Analytics.',
  },
  [`${AUTH}analytics.edit`]: { allows: 'Change your Analytics set-up', without: 'Set-up cannot be changed.' },
}
