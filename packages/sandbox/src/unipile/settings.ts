/** What Unipile's documents leave open, or tell in two ways. The first value is the default. */
export interface Settings {
  /** The reference page of "connect" has 201 alone; a transcript of the documents has 202 for a checkpoint. */
  checkpointStatus: 202 | 201
  /** Whether a checkpoint says where its code comes from; seen as `APP` alone. */
  source: 'sent' | 'app' | 'absent'
  /** How a solution after the five minutes is refused; v2 in its own words. */
  expired: 'authentication_intent_error' | 'invalid_checkpoint_solution' | 'request_timeout'
  /** How an account that nobody is connecting is refused at the checkpoint. */
  unknownIntent: 'invalid_parameters' | 'resource_not_found'
  /** A second attempt while one runs: refused, or the first is cancelled. */
  secondIntent: 'refused' | 'cancels'
  /** Whether an account is shown while its checkpoint waits. */
  pending: 'listed' | 'hidden'
  /** What a solved checkpoint of a reconnect is called. */
  reconnectSolved: 'AccountReconnected' | 'AccountCreated'
  /** v1 has a captcha as a checkpoint, and as an error. */
  captcha: 'checkpoint' | 'refused'
  /** A solution sent to v2 while it waits for the person's approval. */
  inAppPoll: 'refused' | 'repeats'
  /** What v2 makes of a person who is connected already. */
  alreadyThere: 'refused' | 'second'
  /** v2's SDK has the one in its enumeration, the other in its text. */
  errored: 'errored' | 'error'
  /** `headline` of a profile goes by another name in older answers. */
  headline: 'headline' | 'occupation'
  /** `connections_count` and `follower_count` of a profile. */
  counts: 'sent' | 'absent'
  /** Seconds in `Retry-After` of a 429; no document has the header. */
  retryAfter: number | null
  /** Wrong codes until the attempt is killed. */
  tries: number
  /** Seconds from a message to the earliest one after it. */
  resendAfter: number
  /** When who approves by themselves does so: seconds from the start, or so many looks at the account before. */
  approvalAfter: number
  approvalPolls: number | null
  /** What the slow person takes, in real milliseconds. */
  slowMs: number
  /** Whether an account with a premium source tells of the end of both syncs; "may send two". */
  syncSuccess: 'once' | 'each'
  /** How many more times, and how many seconds late, each webhook comes. */
  webhookCopies: number
  webhookLate: number
}

export const settingsOf = (changed: Partial<Settings>): Settings => ({
  checkpointStatus: 202,
  source: 'sent',
  expired: 'authentication_intent_error',
  unknownIntent: 'invalid_parameters',
  secondIntent: 'refused',
  pending: 'listed',
  reconnectSolved: 'AccountReconnected',
  captcha: 'checkpoint',
  inAppPoll: 'refused',
  alreadyThere: 'refused',
  errored: 'errored',
  headline: 'headline',
  counts: 'sent',
  retryAfter: null,
  tries: 3,
  resendAfter: 30,
  approvalAfter: 10,
  approvalPolls: null,
  slowMs: 8000,
  syncSuccess: 'once',
  webhookCopies: 0,
  webhookLate: 0,
  ...changed,
})
