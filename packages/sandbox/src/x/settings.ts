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
  /** Other limits than the documented ones, by endpoint: calls of a user in 15 minutes, calls of an app in 24 hours. */
  limits: Record<string, { quarter?: number | undefined; appDay?: number | undefined }>
  /** Who may post up to 25,000 characters: Premium and PremiumPlus, whoever pays, or nobody. */
  longPosts: 'premium' | 'subscribers' | 'nobody'
  /** A text that is too long: the answer that says nothing of it, or the one of old. */
  tooLong: 'catch-all' | 'legacy'
  /** What is a duplicate: the text alone, the text with the same media and place, or nothing. X promises no such refusal. */
  duplicates: 'text' | 'text-and-media' | 'allowed'
  /** How long a text is remembered, in seconds. */
  duplicateSeconds: number
  /** Whose links are refused: hosts. */
  blockedHosts: string[]
  /** The status of a refusal that is seen with both: more than one cashtag, a blocked link. */
  contentStatus: 403 | 400
  /** `&`, `<` and `>` in the text of answers. */
  escapes: 'html' | 'none'
  /** Asked for a post that is not there: 200 with errors beside no data, or 404. */
  missingPost: 'errors' | '404'
  /** Deleting what is not there. */
  deleteMissing: '404' | 'deleted'
  /** Seconds until a new post is in its author's list of posts. */
  timelineLag: number
  /** Seconds an upload lives (docs: a day; examples: 1295999). */
  mediaSeconds: number
  /** Seconds over which a video or GIF is processed. */
  processingSeconds: number
  /** The largest piece of an upload in bytes, and what a larger one meets: a problem, or an empty 431 (twitteroauth 1257). */
  largestPiece: number
  pieceTooLarge: 'problem' | '431'
  /** Whether `finalize` must have a body, be it `{}` (trypost 202). */
  finalizeBody: 'optional' | 'required'
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
  limits: {},
  longPosts: 'premium',
  tooLong: 'catch-all',
  duplicates: 'text',
  duplicateSeconds: 24 * 3600,
  blockedHosts: [],
  contentStatus: 403,
  escapes: 'html',
  missingPost: 'errors',
  deleteMissing: '404',
  timelineLag: 0,
  mediaSeconds: 24 * 3600,
  processingSeconds: 1,
  largestPiece: 8 * 1024 * 1024,
  pieceTooLarge: 'problem',
  finalizeBody: 'optional',
  ...changed,
})
