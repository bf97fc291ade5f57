/** The columns of a connection against which nothing stands. */
export const NO_PROBLEM = {
  problem_code: null,
  problem_message: null,
  problem_detail: null,
  problem_provider_code: null,
  problem_since: null,
  failures: 0,
  next_try_at: null,
} as const
