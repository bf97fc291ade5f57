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
    ...given,
  }
}
