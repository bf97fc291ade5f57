import { z } from 'zod'
import { PEOPLE } from '../people.ts'
import { STATUSES } from '../state.ts'
import { V1_TYPES } from '../v1/errors.ts'
import { V1_ENDPOINTS } from '../v1/routes.ts'
import { V2_TYPES } from '../v2/errors.ts'
import { V2_ENDPOINTS } from '../v2/routes.ts'

const personKey = z.enum(PEOPLE.map((one) => one.key))
/** Which accounts, or attempts to link one: all that match every field given. */
const selector = {
  id: z.string().optional(),
  person: personKey.optional(),
  generation: z.enum(['v1', 'v2']).optional(),
}
const seconds = z.number().int().nonnegative()

export const unipileCommand = z.strictObject({
  app: z
    .strictObject({ clientSecret: z.string().min(1), secretRefused: z.boolean() })
    .partial()
    .extend({ registration: z.string() })
    .optional(),
  /** The person approves in the LinkedIn app. */
  approve: z.strictObject(selector).optional(),
  /** Accounts get another status: of one source where it is told, else of all. */
  seat: z
    .strictObject({ ...selector, status: z.enum(STATUSES), source: z.number().int().nonnegative().optional() })
    .optional(),
  /** Accounts, and attempts to link one, are gone. */
  remove: z.strictObject(selector).optional(),
  /** LinkedIn restricts the people of accounts, or lifts it. Their accounts lose their session. */
  restrict: z.strictObject({ ...selector, lifted: z.boolean().default(false) }).optional(),
  /** A message about accounts that nothing of theirs gave rise to. */
  tell: z
    .strictObject({
      ...selector,
      message: z.enum([
        'CREATION_SUCCESS',
        'SYNC_SUCCESS',
        'RECONNECTED',
        'OK',
        'CONNECTING',
        'CREDENTIALS',
        'ERROR',
        'STOPPED',
        'DELETED',
      ]),
    })
    .optional(),
  /** The daily restart: every link to the hosted pages is dead. */
  restart: z.literal(true).optional(),
  /** The next calls of an endpoint answer with an error. */
  fail: z
    .strictObject({
      endpoint: z.enum([...V1_ENDPOINTS, ...V2_ENDPOINTS]),
      type: z.enum([...V1_TYPES, ...V2_TYPES]),
      status: z.number().int().min(400).max(599).optional(),
      times: z.number().int().positive().default(1),
    })
    .refine(
      ({ endpoint, type }) => V2_ENDPOINTS.includes(endpoint) === V2_TYPES.includes(type),
      'Each generation has errors of its own',
    )
    .optional(),
  settings: z
    .strictObject({
      checkpointStatus: z.union([z.literal(202), z.literal(201)]),
      source: z.enum(['sent', 'app', 'absent']),
      expired: z.enum(['authentication_intent_error', 'invalid_checkpoint_solution', 'request_timeout']),
      unknownIntent: z.enum(['invalid_parameters', 'resource_not_found']),
      secondIntent: z.enum(['refused', 'cancels']),
      pending: z.enum(['listed', 'hidden']),
      reconnectSolved: z.enum(['AccountReconnected', 'AccountCreated']),
      captcha: z.enum(['checkpoint', 'refused']),
      inAppPoll: z.enum(['refused', 'repeats']),
      alreadyThere: z.enum(['refused', 'second']),
      errored: z.enum(['errored', 'error']),
      headline: z.enum(['headline', 'occupation']),
      counts: z.enum(['sent', 'absent']),
      retryAfter: seconds.nullable(),
      tries: z.number().int().positive(),
      resendAfter: seconds,
      approvalAfter: seconds,
      approvalPolls: seconds.nullable(),
      slowMs: z.number().int().min(0).max(600_000),
      syncSuccess: z.enum(['once', 'each']),
      webhookCopies: z.number().int().min(0).max(10),
      webhookLate: seconds,
    })
    .partial()
    .optional(),
})

export type UnipileCommand = z.output<typeof unipileCommand>
