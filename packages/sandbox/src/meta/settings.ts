/** What Meta does differently from report to report, or what no document says. The first value is the default. */
export interface Settings {
  /** Exchanging a long-lived token again: 60 new days, or the end that it had. Not documented. */
  reexchange: 'extends' | 'same-end'
  /** `expires_in` of a long-lived token is missing in some answers. */
  expiresIn: 'sent' | 'absent'
  /** An expired Graph version is served by the oldest that lives, or refused. */
  expiredVersion: 'aliased' | 'refused'
  /** HTTP status of errors of a token: mostly 400, sometimes 401. */
  tokenStatus: 400 | 401
  /** Calls an app has in an hour. The document's number is 200 for each user. */
  callsPerHour: number
  /** Everything answers with this rate limit until it is switched off. */
  limited: 'off' | 'app' | 'user' | 'page' | 'pages-use-case'
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  reexchange: 'extends',
  expiresIn: 'sent',
  expiredVersion: 'aliased',
  tokenStatus: 400,
  callsPerHour: 100_000,
  limited: 'off',
  ...changed,
})
