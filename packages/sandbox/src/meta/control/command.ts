import { z } from 'zod'
import { isRegistrable } from '../oauth/redirect-uri.ts'
import { PAGES } from '../people/pages.ts'
import { USERS } from '../people/users.ts'
import { isPermission } from '../scopes.ts'

const memberKey = z.enum(USERS.map((user) => user.key))
const permission = z.string().refine(isPermission, 'Meta knows no such permission')
const redirectUri = z
  .string()
  .refine(isRegistrable, 'A redirect URI is absolute, https (http on loopback only) and has no #')
const callback = z.union([z.literal(''), z.url()])
const appFields = z.strictObject({
  name: z.string().min(1),
  clientSecret: z.string().min(1),
  scopes: z.array(permission),
  permissions: z.array(permission),
  redirectUris: z.array(redirectUri),
  configurations: z.array(z.strictObject({ id: z.string().regex(/^\d+$/), permissions: z.array(permission) })),
  requireProof: z.boolean(),
  live: z.boolean(),
  roles: z.array(memberKey),
  secretRefused: z.boolean(),
  deauthorizeUrl: callback,
  dataDeletionUrl: callback,
})
/** Which tokens or grants: all that match every field given. */
const selector = { registration: z.string().optional(), member: memberKey.optional() }

export const metaCommand = z.strictObject({
  app: z.strictObject({ registration: z.string(), ...appFields.partial().shape }).optional(),
  addApp: z
    .strictObject({ registration: z.string(), clientId: z.string().regex(/^\d+$/), ...appFields.partial().shape })
    .required({ clientSecret: true, scopes: true, permissions: true })
    .optional(),
  token: z
    .strictObject({
      ...selector,
      do: z.enum(['expire', 'revoke']),
      kind: z.enum(['user', 'page', 'both']).default('both'),
      id: z.string().optional(),
    })
    .optional(),
  /** What ends every token of a grant; `removed` is also posted to the app. */
  endGrant: z
    .strictObject({ ...selector, why: z.enum(['removed', 'checkpoint', 'password', 'unconfirmed']) })
    .optional(),
  /** The person lifts a checkpoint by visiting facebook.com. */
  liftCheckpoint: z.strictObject(selector).optional(),
  /** The person takes back one permission in the settings. */
  decline: z.strictObject({ ...selector, permission }).optional(),
  /** In ms since 1970. */
  dataAccessEnds: z.strictObject({ ...selector, at: z.number().int().nonnegative() }).optional(),
  /** A person loses their role on a Page. */
  loseRole: z.strictObject({ member: memberKey, page: z.enum(PAGES.map((page) => page.id)) }).optional(),
  /** The person asks Meta that the app deletes their data. */
  requestDeletion: z.strictObject({ registration: z.string(), member: memberKey }).optional(),
  signOut: z.literal(true).optional(),
  settings: z
    .strictObject({
      reexchange: z.enum(['extends', 'same-end']),
      expiresIn: z.enum(['sent', 'absent']),
      expiredVersion: z.enum(['aliased', 'refused']),
      tokenStatus: z.union([z.literal(400), z.literal(401)]),
      callsPerHour: z.number().int().positive(),
      limited: z.enum(['off', 'app', 'user', 'page', 'pages-use-case']),
    })
    .partial()
    .optional(),
})

export type MetaCommand = z.output<typeof metaCommand>
