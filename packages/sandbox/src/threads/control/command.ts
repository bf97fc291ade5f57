import { z } from 'zod'
import { isRegistrable } from '../../graph/redirect-uri.ts'
import { USERS } from '../people.ts'
import { isPermission } from '../scopes.ts'

const memberKey = z.enum(USERS.map((user) => user.key))
const redirectUri = z
  .string()
  .refine(isRegistrable, 'A redirect URI is absolute, https (http on loopback only) and has no #')
const callback = z.union([z.literal(''), z.url()])
/** Which tokens or grants: all that match every field given. */
const selector = { registration: z.string().optional(), member: memberKey.optional() }

export const threadsCommand = z.strictObject({
  app: z
    .strictObject({
      name: z.string().min(1),
      clientSecret: z.string().min(1),
      scopes: z.array(z.string().refine(isPermission, 'Threads knows no such permission')),
      redirectUris: z.array(redirectUri),
      secretRefused: z.boolean(),
      deauthorizeUrl: callback,
      dataDeletionUrl: callback,
    })
    .partial()
    .extend({ registration: z.string() })
    .optional(),
  token: z
    .strictObject({
      ...selector,
      do: z.enum(['expire', 'revoke']),
      kind: z.enum(['short', 'long', 'both']).default('both'),
      id: z.string().optional(),
    })
    .optional(),
  /** The person removes the app under "Apps and websites". */
  revokeGrant: z.strictObject(selector).optional(),
  requestDeletion: z.strictObject({ registration: z.string(), member: memberKey }).optional(),
  signOut: z.literal(true).optional(),
  settings: z
    .strictObject({
      tokenByGet: z.enum(['accepted', 'refused']),
      limited: z.boolean(),
    })
    .partial()
    .optional(),
})

export type ThreadsCommand = z.output<typeof threadsCommand>
