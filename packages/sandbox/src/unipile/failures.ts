import type { Failure, State } from './state.ts'

/** The error that control wants of this call. */
export function takeFailure(state: State, endpoint: string): Failure | undefined {
  const failure = state.failures.find((one) => one.endpoint === endpoint)
  if (!failure) return undefined
  failure.times -= 1
  if (failure.times === 0) state.failures = state.failures.filter((one) => one !== failure)
  return failure
}
