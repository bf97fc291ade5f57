import { z } from 'zod'

/** Which seats: all that match every field given. */
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
  settings: z
    .strictObject({
      retryAfter: z.enum(['absent', 'sent']),
      unknownId: z.union([z.literal(404), z.literal(400)]),
    })
    .partial()
    .optional(),
})

export type HeyReachCommand = z.output<typeof heyreachCommand>
