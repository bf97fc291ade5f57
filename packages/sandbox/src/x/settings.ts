/** What X does differently from report to report, as switches. The first value is the default. */
export interface Settings {
  /** Docs: a confidential client may leave `client_id` out of the body. A trace of 2021 (kg0r0 on Zenn) was refused for it. */
  clientIdInBody: 'required' | 'optional'
  /** A refresh token that was spent: the whole grant ends with it (trypostit/trypost 126), or it is refused and no more. */
  reuse: 'ends-grant' | 'refused'
  /** `error` for a refused refresh token and a refused code: six code bases see the first, some prepare for the second. */
  grantError: 'invalid_request' | 'invalid_grant'
  /** The docs tell developers to use 127.0.0.1; X's own command line ships `localhost`. */
  localhost: 'accepted' | 'refused'
  /** The host in a problem's `type`: both are seen. */
  problemHost: 'https://api.twitter.com' | 'https://api.x.com'
  /** Field names: those of the prose docs and of answers so far, or those of OpenAPI 2.167 and later. */
  vocabulary: 'legacy' | 'openapi'
  /** The two bodies that were seen for a call without credits. */
  creditsBody: 'depleted' | 'legacy'
  /** The two bodies of a full rate limit: live answers, and the docs' own. */
  rateBody: 'problem' | 'legacy'
  /** Calls a user has in 24 hours, beside the window of 15 minutes: undocumented, seen in headers. Null: no such window. */
  userDayLimit: number | null
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  clientIdInBody: 'required',
  reuse: 'ends-grant',
  grantError: 'invalid_request',
  localhost: 'accepted',
  problemHost: 'https://api.twitter.com',
  vocabulary: 'legacy',
  creditsBody: 'depleted',
  rateBody: 'problem',
  userDayLimit: null,
  ...changed,
})
