import { z } from 'zod'
import { isRegistrable } from '../oauth/redirect-uri.ts'
import { USERS } from '../people.ts'
import { isScope } from '../scopes.ts'

const memberKey = z.enum(USERS.map((user) => user.key))
const redirectUri = z
  .string()
  .refine(isRegistrable, 'A redirect URI is absolute, https (http on loopback only) and has no # and no *')
/** Which tokens or grants: all that match every field given. */
const selector = { registration: z.string().optional(), member: memberKey.optional() }

export const googleCommand = z.strictObject({
  app: z
    .strictObject({
      name: z.string().min(1),
      clientSecret: z.string().min(1),
      scopes: z.array(z.string().refine(isScope, 'Google knows no such scope')),
      redirectUris: z.array(redirectUri),
      publishing: z.enum(['production', 'testing']),
      adminApi: z.boolean(),
      secretRefused: z.boolean(),
    })
    .partial()
    .extend({ registration: z.string() })
    .optional(),
  token: z
    .strictObject({
      ...selector,
      do: z.enum(['expire', 'revoke']),
      kind: z.enum(['access', 'refresh', 'both']).default('both'),
      id: z.string().optional(),
    })
    .optional(),
  /** The person removes the app's access under "Third-party apps". */
  revokeGrant: z.strictObject(selector).optional(),
  signOut: z.literal(true).optional(),
  settings: z
    .strictObject({
      singleBox: z.enum(['shown', 'hidden']),
      testingEnd: z.enum(['told', 'untold']),
      mostRefreshTokens: z.number().int().positive(),
      quotaStatus: z.union([z.literal(429), z.literal(403)]),
      errorShape: z.enum(['details', 'errors', 'both']),
      limited: z.boolean(),
    })
    .partial()
    .optional(),
})

export type GoogleCommand = z.output<typeof googleCommand>
