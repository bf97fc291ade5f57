/** What LinkedIn does differently from app to app or from report to report, as switches. */
export interface Settings {
  /** Skip the consent page for a signed-in member with the same scopes and a live token (Microsoft Learn: authorization-code-flow, step 5). */
  skipConsent: boolean
  /** Seen with and without; the documented answer has none (Microsoft Learn: authorization-code-flow; openid-client issue 826). */
  tokenType: 'absent' | 'Bearer'
  /** The documents say spaces, clients meet commas. */
  scopeSeparator: ',' | ' '
  /** Adds RFC 9207's `iss` to redirects. LinkedIn sends none. Any other text is sent as it is. */
  iss: 'absent' | 'right' | 'wrong' | (string & {})
  /** userinfo's `locale` is an object in client types and a string in the documents' sample. */
  locale: 'object' | 'string'
  /** New access tokens answer 65601 for so many API calls, or so many seconds. */
  freshToken: { calls: number; seconds: number }
  /** /v2/me answers a decoration with an error object under `displayImage!` (Microsoft Learn: decoration). */
  throttledDecoration: boolean
  /** Versions beyond the built-in table: version to the day of its sunset. */
  versions: Record<string, string>
  /** For so many seconds the same author may not publish the same text: the documents say about ten minutes, a report a day or two. */
  duplicateSeconds: number
  /** What the refusal of a duplicate names. */
  duplicateNames: 'post' | 'activity'
  /** Whether a text can be published again once its post is deleted (composio issue 2710: no, and the named post is gone). */
  duplicateOfDeleted: 'refused' | 'accepted'
  /** Whether the backslashes of little text count among the 3000. */
  countBackslashes: boolean
  /** A mention whose name does not match: published as the bare name, or cut off with all that follows. */
  mentionMismatch: 'text' | 'cut'
  /** The header that names a new post: as it is, percent-encoded, or not there at all. */
  restliId: 'plain' | 'encoded' | 'absent'
  /** What an edit is answered with. */
  updateStatus: 204 | 200
  /** Which scopes comments need: `*_social_feed` as of 2026, or `w_*_social` as older documents have it. */
  commentScopes: 'feed' | 'social'
  /** Posts of organizations by the unversioned API, which ended for marketing on 2024-12-16. */
  ugcOrganizations: 'refused' | 'accepted'
  /** Strict: Authorization is needed to upload an image or a document, and refused with a part of a video. */
  uploadAuthorization: 'strict' | 'lenient'
  /** GET /rest/videos with a token that only writes as a member. */
  videoRead: 'allowed' | 'refused'
  /** Of a part of a video. */
  etag: 'quoted' | 'opaque'
  /** Whether an upload may be finished with ETags that still have their quotes. */
  quotedPartIds: 'refused' | 'accepted'
  uploadToken: 'empty' | 'sent'
  /** The name of the field that says until when parts may be uploaded. */
  videoExpiry: 'uploadUrlsExpireAt' | 'uploadUrlExpiresAt'
  /** How long processing takes, by the sandbox's clock. */
  imageSeconds: number
  documentSeconds: number
  videoSeconds: number
}

export function settingsOf(given: Partial<Settings> = {}): Settings {
  return {
    skipConsent: true,
    tokenType: 'absent',
    scopeSeparator: ',',
    iss: 'absent',
    locale: 'object',
    freshToken: { calls: 0, seconds: 0 },
    throttledDecoration: false,
    versions: {},
    duplicateSeconds: 600,
    duplicateNames: 'post',
    duplicateOfDeleted: 'refused',
    countBackslashes: false,
    mentionMismatch: 'text',
    restliId: 'plain',
    updateStatus: 204,
    commentScopes: 'feed',
    ugcOrganizations: 'refused',
    uploadAuthorization: 'strict',
    videoRead: 'allowed',
    etag: 'quoted',
    quotedPartIds: 'refused',
    uploadToken: 'empty',
    videoExpiry: 'uploadUrlsExpireAt',
    imageSeconds: 0,
    documentSeconds: 1,
    videoSeconds: 2,
    ...given,
  }
}
