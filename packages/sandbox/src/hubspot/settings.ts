/** What HubSpot does differently from report to report, or what no document says. The first value is the default. */
export interface Settings {
  /** `hub_id`, `user_id` and `scopes` of a token answer are optional by the specification. */
  tokenFacts: 'sent' | 'absent'
  /** RFC 6749's fields were added beside the old ones; older answers have the old alone; `general` is the data APIs' body. */
  errorShape: 'both' | 'old' | 'general'
  /** A refresh answer has a refresh token; whether it can differ is not stated. */
  refreshToken: 'same' | 'new'
  /** Asked about a dead token: `active: false`, or a refusal. */
  deadToken: 'inactive' | 'refused'
  /** Whether a revoked refresh token ends the access tokens that are out: the old endpoint expressly did not. */
  revocation: 'refresh' | 'all'
  /** Whether the authorize page takes a `code_challenge`; the token endpoint's `code_verifier` is in the specification. */
  challenge: 'ignored' | 'honoured'
  /** Whether each optional scope of the app must be asked for. Required ones must. */
  optionalScopes: 'some' | 'all'
  /** The v1 endpoints, which end on 2027-02-16. */
  v1: 'by-date' | 'answers' | 'gone'
  /** Which of two captured bodies a full limit has. */
  limitBody: 'policy' | 'category'
  /** Every API call answers with a full limit until it is switched off. */
  limited: false | 'TEN_SECONDLY_ROLLING' | 'DAILY' | 'SECONDLY'
  /** The account is being moved to another data centre (477). */
  migrating: boolean
  /** The account's resource is locked (423). */
  locked: boolean
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  tokenFacts: 'sent',
  errorShape: 'both',
  refreshToken: 'same',
  deadToken: 'inactive',
  revocation: 'refresh',
  challenge: 'ignored',
  optionalScopes: 'some',
  v1: 'by-date',
  limitBody: 'policy',
  limited: false,
  migrating: false,
  locked: false,
  ...changed,
})
