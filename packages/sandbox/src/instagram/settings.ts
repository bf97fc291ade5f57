import { type PublishSettings, publishSettings } from '../graph/instagram/settings.ts'

/** What Instagram does differently from report to report, or what no document says. The first value is the default. */
export interface Settings extends PublishSettings {
  /** The exchange of a code answers flat, as clients see it, or `{"data":[{…}]}`, as documented. */
  tokenAnswer: 'flat' | 'wrapped'
  /** The permissions in it: a text with commas, or a list. */
  permissions: 'text' | 'list'
  /** `user_id` in it: digits that no JSON number holds for certain, or a text. */
  userId: 'number' | 'text'
  /** `expires_in` of a long-lived token is missing in some answers. */
  expiresIn: 'sent' | 'absent'
  /** A dead token: 190, or the misleading sentence of in2code-de/instagram 41. */
  deadToken: 190 | 100
  /** HTTP status of errors of a token: mostly 400, sometimes 401. */
  tokenStatus: 400 | 401
  /** What a refresh hands out. The former token lives on to its own end either way: nothing says that it ends. */
  refreshed: 'new' | 'same'
  /** `DELETE /me/permissions`: not documented, though a client calls it. */
  revoke: 'works' | 'unknown'
  /** An expired Graph version is served by the oldest that lives, or refused. */
  expiredVersion: 'aliased' | 'refused'
  /** An http redirect URI on loopback. */
  loopback: 'accepted' | 'refused'
  /** Calls an app has in an hour (code 4). */
  callsPerHour: number
  /** Calls for one account in an hour (code 80002). */
  accountCallsPerHour: number
  /** HTTP status of a rate limit. Not documented by code. */
  limitStatus: 400 | 403
  /** Everything answers with this rate limit until it is switched off; true is the app's. */
  limited: boolean | 'app' | 'use-case'
  /** Everything answers with this error of Meta's own until it is switched off. */
  failing: 'off' | 1 | 2
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  ...publishSettings,
  tokenAnswer: 'flat',
  permissions: 'text',
  userId: 'number',
  expiresIn: 'sent',
  deadToken: 190,
  tokenStatus: 400,
  refreshed: 'new',
  revoke: 'works',
  expiredVersion: 'aliased',
  loopback: 'accepted',
  callsPerHour: 100_000,
  accountCallsPerHour: 50_000,
  limitStatus: 400,
  limited: false,
  failing: 'off',
  ...changed,
})
