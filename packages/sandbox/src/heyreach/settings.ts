/** What no readable document says of HeyReach, or reports differ about. The first value is the default. */
export interface Settings {
  /** Whether a full limit says how long to wait: clients honour Retry-After, and nobody shows that it is sent. */
  retryAfter: 'absent' | 'sent'
  /** Some ids that are not there give 400 in clients' live tests (heyreach-cli). */
  unknownId: 404 | 400
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  retryAfter: 'absent',
  unknownId: 404,
  ...changed,
})
