import { z } from 'zod'

/** Which seats or attempts: all that match every field given. */
const which = { id: z.number().int().optional(), email: z.string().optional() }

export const heyreachCommand = z.strictObject({
  app: z
    .strictObject({
      registration: z.string(),
      name: z.string().min(1).optional(),
      /** The API key. */
      clientSecret: z.string().min(1).optional(),
      secretRefused: z.boolean().optional(),
    })
    .optional(),
  seat: z
    .strictObject({
      ...which,
      authIsValid: z.boolean().optional(),
      /** Its session ends by itself after so long. */
      authEndsInSeconds: z.number().nonnegative().optional(),
      isActive: z.boolean().optional(),
      restricted: z.boolean().optional(),
    })
    .optional(),
  /** In HeyReach's own app. */
  deleteSeat: z.strictObject(which).optional(),
  /** A person approves in the LinkedIn app, or the time of an attempt is over. */
  login: z.strictObject({ ...which, do: z.enum(['approve', 'expire']) }).optional(),
  settings: z
    .strictObject({
      retryAfter: z.enum(['absent', 'sent']),
      unknownId: z.union([z.literal(404), z.literal(400)]),
      senders: z.enum(['absent', 'assumed']),
      refusal: z.enum(['200', '4xx']),
      pendingSuccess: z.boolean(),
      slowMs: z.number().int().min(0).max(600_000),
    })
    .partial()
    .optional(),
})

export type HeyReachCommand = z.output<typeof heyreachCommand>
