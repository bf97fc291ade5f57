import { z } from 'zod'
import { ENDPOINTS } from '../api/calls.ts'

const seconds = z.number().nonnegative()
const calls = z.number().int().nonnegative()

/** The switches, as control takes them; what each means is told in `../settings.ts`. */
export const xSettings = z
  .strictObject({
    clientIdInBody: z.enum(['required', 'optional']),
    reuse: z.enum(['ends-grant', 'refused']),
    grantError: z.enum(['invalid_request', 'invalid_grant']),
    localhost: z.enum(['accepted', 'refused']),
    problemHost: z.enum(['https://api.twitter.com', 'https://api.x.com']),
    vocabulary: z.enum(['legacy', 'openapi']),
    creditsBody: z.enum(['depleted', 'legacy']),
    rateBody: z.enum(['problem', 'legacy']),
    userDayLimit: calls.nullable(),
    limits: z.partialRecord(z.enum(ENDPOINTS), z.strictObject({ quarter: calls.optional(), appDay: calls.optional() })),
    longPosts: z.enum(['premium', 'subscribers', 'nobody']),
    tooLong: z.enum(['catch-all', 'legacy']),
    duplicates: z.enum(['text', 'text-and-media', 'allowed']),
    duplicateSeconds: seconds,
    blockedHosts: z.array(z.string()),
    contentStatus: z.union([z.literal(403), z.literal(400)]),
    escapes: z.enum(['html', 'none']),
    missingPost: z.enum(['errors', '404']),
    deleteMissing: z.enum(['404', 'deleted']),
    timelineLag: seconds,
    mediaSeconds: seconds,
    processingSeconds: seconds,
    largestPiece: z.number().int().positive(),
    pieceTooLarge: z.enum(['problem', '431']),
    finalizeBody: z.enum(['optional', 'required']),
  })
  .partial()
