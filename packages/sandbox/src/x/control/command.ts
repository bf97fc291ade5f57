import { z } from 'zod'
import { isRegistrable } from '../oauth/redirect-uri.ts'
import { USERS } from '../people/users.ts'
import { isScope } from '../scopes.ts'
import { UNSUPPORTED } from '../upload/finished.ts'
import { xSettings } from './settings.ts'

const memberKey = z.enum(USERS.map((user) => user.key))
const redirectUri = z
  .string()
  .refine((uri) => isRegistrable(uri), 'A redirect URI is absolute, https (http on loopback only) and has no #')
const appFields = z.strictObject({
  name: z.string().min(1),
  clientSecret: z.string().min(1),
  scopes: z.array(z.string().refine(isScope, 'X knows no such scope')),
  redirectUris: z.array(redirectUri).max(10),
  oauth2: z.boolean(),
  enrolled: z.enum(['yes', 'client-not-enrolled', 'official-client-forbidden', 'user-not-enrolled']),
  tier: z.enum(['self-serve', 'enterprise']),
  credits: z.number().nullable(),
  capped: z.boolean(),
  secretRefused: z.boolean(),
})
/** Which tokens or grants: all that match every field given. */
const selector = { registration: z.string().optional(), member: memberKey.optional() }

const failMedia = z.strictObject({
  times: z.number().int().positive().default(1),
  code: z.number().int().default(UNSUPPORTED.code),
  name: z.string().default(UNSUPPORTED.name),
  message: z.string().default(UNSUPPORTED.message),
})

export const xCommand = z.strictObject({
  app: z.strictObject({ registration: z.string(), ...appFields.partial().shape }).optional(),
  /** One more app; without a secret it is a public client. */
  addApp: z
    .strictObject({ registration: z.string(), clientId: z.string().min(1), ...appFields.partial().shape })
    .required({ scopes: true })
    .optional(),
  token: z
    .strictObject({
      ...selector,
      do: z.enum(['expire', 'revoke']),
      kind: z.enum(['access', 'refresh', 'both']).default('both'),
      id: z.string().optional(),
    })
    .optional(),
  /** The user takes it back under "Connected apps". */
  revokeGrant: z.strictObject(selector).optional(),
  /** Suspends an account, or changes what it pays for. */
  user: z
    .strictObject({
      member: memberKey,
      suspended: z.boolean().optional(),
      subscription: z.enum(['None', 'Basic', 'Premium', 'PremiumPlus']).optional(),
    })
    .optional(),
  /** The next videos or GIFs to be processed fail. */
  failMedia: failMedia.optional(),
  /** The author deletes a post at x.com. */
  deletePost: z.strictObject({ id: z.string() }).optional(),
  /** Every browser forgets who is signed in. */
  signOut: z.literal(true).optional(),
  settings: xSettings.optional(),
})

export type XCommand = z.output<typeof xCommand>
