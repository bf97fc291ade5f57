/** What no readable document says of HeyReach, or reports differ about. The first value is the default. */
export interface Settings {
  /** Whether a full limit says how long to wait: clients honour Retry-After, and nobody shows that it is sent. */
  retryAfter: 'absent' | 'sent'
  /** Some ids that are not there give 400 in clients' live tests (heyreach-cli). */
  unknownId: 404 | 400
  /** The assumed endpoints of `senders/`, which are in no source: not there, or as its README says. */
  senders: 'absent' | 'assumed'
  /** The HTTP status of their refusals: always 200, or a fitting 4xx. */
  refusal: '200' | '4xx'
  /** Their `success` while a person has yet to do something. */
  pendingSuccess: boolean
  /** How long a slow answer takes, in real milliseconds. */
  slowMs: number
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  retryAfter: 'absent',
  unknownId: 404,
  senders: 'absent',
  refusal: '200',
  pendingSuccess: true,
  slowMs: 8000,
  ...changed,
})
