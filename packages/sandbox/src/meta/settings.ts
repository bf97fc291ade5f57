import { type PublishSettings, publishSettings } from '../graph/instagram/settings.ts'
import { type PageSettings, pageSettings } from './posts/settings.ts'

/** What Meta does differently from report to report, or what no document says. The first value is the default. */
export interface Settings extends PageSettings, PublishSettings {
  /** Exchanging a long-lived token again: 60 new days, or the end that it had. Not documented. */
  reexchange: 'extends' | 'same-end'
  /** `expires_in` of a long-lived token is missing in some answers. */
  expiresIn: 'sent' | 'absent'
  /** An expired Graph version is served by the oldest that lives, or refused. */
  expiredVersion: 'aliased' | 'refused'
  /** Code of a dead token: 102 means the same. */
  tokenCode: 190 | 102
  /** HTTP status of errors of a token: mostly 400, sometimes 401. */
  tokenStatus: 400 | 401
  /** HTTP status of a rate limit. Not documented by code. */
  limitStatus: 400 | 403
  /** An http redirect URI on loopback: real apps have it while in development. */
  loopback: 'accepted' | 'refused'
  /** `scope` without a `config_id` at an app with Login for Business: discouraged, says the guide. */
  scopeInBusiness: 'refused' | 'accepted'
  /** What a call for data comes to when the 90 days of data access are over. The token stays valid all the same. */
  dataAccess: 'permission' | 'token' | 'served'
  /** `/me/accounts` without pages_show_list: an error, or an empty list. */
  listWithoutPermission: 'refused' | 'empty'
  /** Calls an app has in an hour (code 4). The document's number is 200 for each user. */
  callsPerHour: number
  /** Calls of one person in an hour (code 17). */
  userCallsPerHour: number
  /** Calls with one Page's token in an hour (code 80001, or 32 as before the business use cases). */
  pageCallsPerHour: number
  pageLimit: 'pages-use-case' | 'page'
  /** Calls about one Instagram account in an hour (code 80002). */
  instagramCallsPerHour: number
  /** Everything answers with this rate limit until it is switched off. */
  limited: 'off' | Limit
  /** Everything answers with this error of Meta's own until it is switched off. */
  failing: 'off' | 1 | 2 | 3 | 368
}

export type Limit = 'app' | 'user' | 'page' | 'application' | 'custom' | 'pages-use-case' | 'instagram-use-case'

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  ...pageSettings,
  ...publishSettings,
  reexchange: 'extends',
  expiresIn: 'sent',
  expiredVersion: 'aliased',
  tokenCode: 190,
  tokenStatus: 400,
  limitStatus: 400,
  loopback: 'accepted',
  scopeInBusiness: 'refused',
  dataAccess: 'permission',
  listWithoutPermission: 'refused',
  callsPerHour: 100_000,
  userCallsPerHour: 50_000,
  pageCallsPerHour: 50_000,
  pageLimit: 'pages-use-case',
  instagramCallsPerHour: 50_000,
  limited: 'off',
  failing: 'off',
  ...changed,
})
