/** What no document says of Threads, or reports differ about. The first value is the default. */
export interface Settings {
  /** GET works at the token endpoint, too, for one client. */
  tokenByGet: 'accepted' | 'refused'
  /** Everything answers with a full limit until it is switched off. */
  limited: boolean
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  tokenByGet: 'accepted',
  limited: false,
  ...changed,
})
