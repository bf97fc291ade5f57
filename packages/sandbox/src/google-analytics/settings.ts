/** What Google does differently from report to report, or what its documents leave open. The first value is the default. */
export interface Settings {
  /** Whether a single scope beside those of signing in has a box: the page speaks of "more than one". */
  singleBox: 'shown' | 'hidden'
  /** `refresh_token_expires_in` of an app in testing: captured by many, and not what the documents say. */
  testingEnd: 'told' | 'untold'
  /** Live refresh tokens of an account and a client: beyond that the oldest dies silently. */
  mostRefreshTokens: number
  /** A full quota is 429, or 403 by one page. */
  quotaStatus: 429 | 403
  /** Whether errors have `details`, the older `errors`, or both. */
  errorShape: 'details' | 'errors' | 'both'
  /** Everything answers with a full quota until it is switched off. */
  limited: boolean
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  singleBox: 'shown',
  testingEnd: 'told',
  mostRefreshTokens: 100,
  quotaStatus: 429,
  errorShape: 'details',
  limited: false,
  ...changed,
})
