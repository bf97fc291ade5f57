/** What HubSpot does differently from report to report, or what no document says. The first value is the default. */
export interface Settings {
  /** `hub_id`, `user_id` and `scopes` of a token answer are optional by the specification. */
  tokenFacts: 'sent' | 'absent'
  /** RFC 6749's fields were added beside the old ones; older answers have the old alone. */
  errorShape: 'both' | 'old'
  /** A refresh answer has a refresh token; whether it can differ is not stated. */
  refreshToken: 'same' | 'new'
  /** Asked about a dead token: `active: false`, or a refusal. */
  deadToken: 'inactive' | 'refused'
  /** The v1 endpoints, which end on 2027-02-16. */
  v1: 'answers' | 'gone'
  /** Everything answers with a full limit until it is switched off. */
  limited: false | 'TEN_SECONDLY_ROLLING' | 'DAILY'
  /** The account is being moved to another data centre. */
  migrating: boolean
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  tokenFacts: 'sent',
  errorShape: 'both',
  refreshToken: 'same',
  deadToken: 'inactive',
  v1: 'answers',
  limited: false,
  migrating: false,
  ...changed,
})
