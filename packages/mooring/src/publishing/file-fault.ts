/** What it means for a delivery that its file cannot be had. Pure. */
import type { ErrorCode, MooringError } from '../error.ts'
import type { PublishFault } from '../provider-publishing.ts'

/** The place where files lie is away, or full: it comes back. */
const PASSING: readonly ErrorCode[] = ['storage_unavailable', 'storage_full', 'database_unavailable']

export const fileFault = ({ code, message, retryAfter = 5 }: MooringError): PublishFault => ({
  class: 'media',
  code,
  message,
  ...(PASSING.includes(code) ? { againAfterMs: retryAfter * 1000 } : {}),
})
