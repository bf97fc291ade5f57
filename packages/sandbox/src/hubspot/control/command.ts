import { z } from 'zod'
import { isRegistrable } from '../oauth/redirect-uri.ts'
import { USERS } from '../people.ts'
import { isScope } from '../scopes.ts'

const memberKey = z.enum(USERS.map((user) => user.key))
const scope = z.string().refine(isScope, 'HubSpot knows no such scope')
const redirectUri = z
  .string()
  .refine(isRegistrable, 'A redirect URI is absolute, https (http on localhost only) and has no #')
/** Which tokens or grants: all that match every field given. */
const selector = { registration: z.string().optional(), member: memberKey.optional() }

export const hubspotCommand = z.strictObject({
  app: z
    .strictObject({
      name: z.string().min(1),
      clientSecret: z.string().min(1),
      scopes: z.array(scope),
      required: z.array(scope),
      optional: z.array(scope),
      redirectUris: z.array(redirectUri),
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
  /** An admin uninstalls the app. */
  uninstall: z.strictObject(selector).optional(),
  /** A permission is taken from the install. */
  dropScope: z.strictObject({ ...selector, scope }).optional(),
  signOut: z.literal(true).optional(),
  settings: z
    .strictObject({
      tokenFacts: z.enum(['sent', 'absent']),
      errorShape: z.enum(['both', 'old']),
      refreshToken: z.enum(['same', 'new']),
      deadToken: z.enum(['inactive', 'refused']),
      v1: z.enum(['answers', 'gone']),
      limited: z.union([z.literal(false), z.enum(['TEN_SECONDLY_ROLLING', 'DAILY'])]),
      migrating: z.boolean(),
    })
    .partial()
    .optional(),
})

export type HubSpotCommand = z.output<typeof hubspotCommand>
