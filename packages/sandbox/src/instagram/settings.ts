/** What Instagram does differently from report to report, or what no document says. The first value is the default. */
export interface Settings {
  /** The exchange of a code answers `{"data":[{…}]}` as documented, or flat, as clients see it. */
  tokenAnswer: 'wrapped' | 'flat'
  /** The permissions in it: a text with commas, or a list. */
  permissionsAs: 'text' | 'list'
  /** `expires_in` of a long-lived token is missing in some answers. */
  expiresIn: 'sent' | 'absent'
  /** A dead token: 190, or the misleading sentence of in2code-de/instagram 41. */
  deadToken: '190' | 'unsupported'
  /** HTTP status of errors of a token: mostly 400, sometimes 401. */
  tokenStatus: 400 | 401
  /** What a refresh hands out. The former token lives on to its own end either way: nothing says that it ends. */
  refreshed: 'new' | 'same'
  /** `DELETE /me/permissions`: not documented, though a client calls it. */
  revocation: 'refused' | 'served'
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
  /** Everything answers with this rate limit until it is switched off. */
  limited: 'off' | 'app' | 'use-case'
  /** Everything answers with this error of Meta's own until it is switched off. */
  failing: 'off' | 1 | 2
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  tokenAnswer: 'wrapped',
  permissionsAs: 'text',
  expiresIn: 'sent',
  deadToken: '190',
  tokenStatus: 400,
  refreshed: 'new',
  revocation: 'refused',
  expiredVersion: 'aliased',
  loopback: 'accepted',
  callsPerHour: 100_000,
  accountCallsPerHour: 50_000,
  limitStatus: 400,
  limited: 'off',
  failing: 'off',
  ...changed,
})
