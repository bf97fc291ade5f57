/** What Instagram does differently from report to report, or what no document says. The first value is the default. */
export interface Settings {
  /** The documents wrap the answer of the token endpoint in `data`; clients read a flat object. */
  tokenAnswer: 'flat' | 'wrapped'
  /** `permissions` as text or as a list. */
  permissions: 'text' | 'list'
  /** Dead tokens are 190, or "Unsupported request" with code 100. */
  deadToken: 190 | 100
  /** `DELETE /me/permissions` is documented nowhere. */
  revoke: 'works' | 'unknown'
  /** Everything answers with a full limit until it is switched off. */
  limited: boolean
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  tokenAnswer: 'flat',
  permissions: 'text',
  deadToken: 190,
  revoke: 'works',
  limited: false,
  ...changed,
})
