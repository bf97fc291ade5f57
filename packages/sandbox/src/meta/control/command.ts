import { z } from 'zod'
import { SUBCODES } from '../../graph/instagram/errors.ts'
import { publishSettingsShape } from '../../graph/instagram/settings.ts'
import { isRegistrable } from '../../graph/redirect-uri.ts'
import { endpointAmong, toldStatus } from '../../graph/told.ts'
import { ASSETS } from '../apps.ts'
import { PUBLISHING } from '../endpoints.ts'
import { PAGES, TASKS } from '../people/pages.ts'
import { USERS } from '../people/users.ts'
import { PAGE_REFUSALS } from '../posts/refusals.ts'
import { pageSettingsShape } from '../posts/settings.ts'
import { isPermission } from '../scopes.ts'

const pageId = z.enum(PAGES.map((page) => page.id))
const memberKey = z.enum(USERS.map((user) => user.key))
const permission = z.string().refine(isPermission, 'Meta knows no such permission')
const redirectUri = z
  .string()
  .refine(isRegistrable, 'A redirect URI is absolute, https (http on loopback only) and has no #')
const callback = z.union([z.literal(''), z.url()])
const configuration = z.strictObject({
  id: z.string().regex(/^\d+$/),
  permissions: z.array(permission),
  token: z.enum(['user', 'system-user']).default('user'),
  assets: z.array(z.enum(ASSETS)).default([...ASSETS]),
  expiresInSeconds: z.number().int().positive().nullable().default(null),
})
const appFields = z.strictObject({
  name: z.string().min(1),
  clientSecret: z.string().min(1),
  scopes: z.array(permission),
  permissions: z.array(permission),
  standard: z.array(permission),
  redirectUris: z.array(redirectUri),
  configurations: z.array(configuration),
  requireProof: z.boolean(),
  live: z.boolean(),
  roles: z.array(memberKey),
  secretRefused: z.boolean(),
  deauthorizeUrl: callback,
  dataDeletionUrl: callback,
})
/** What a publishing call can be refused with: a subcode, or the code of what has none. */
const refusal = z.literal([...PAGE_REFUSALS, ...SUBCODES, 'no-video-permission'])
const times = z.number().int().positive().default(1)
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
      kind: z.enum(['user', 'page', 'system', 'both']).default('both'),
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
  loseRole: z.strictObject({ member: memberKey, page: pageId }).optional(),
  /** A person is given a role on a Page, or other tasks there. */
  role: z
    .strictObject({
      member: memberKey,
      page: pageId,
      tasks: z.array(z.enum(TASKS)),
      byBusiness: z.boolean().default(false),
    })
    .optional(),
  /** The secret is reset in the App Dashboard: every token of the app is dead. */
  resetSecret: z.strictObject({ registration: z.string(), clientSecret: z.string().min(1) }).optional(),
  /** The person asks Meta that the app deletes their data. */
  requestDeletion: z.strictObject({ registration: z.string(), member: memberKey }).optional(),
  /** The next calls of an endpoint that publishes are refused, if their token is right. */
  refuse: z
    .strictObject({ endpoint: endpointAmong('meta', PUBLISHING), is: refusal, times, status: toldStatus })
    .optional(),
  /** The next video of a Page, or the next container of an Instagram account, fails while it is processed. */
  failProcessing: z
    .discriminatedUnion('what', [
      z.strictObject({ what: z.literal('video'), code: z.number().int(), message: z.string().min(1), times }),
      z.strictObject({ what: z.literal('container'), subcode: z.number().int(), times }),
    ])
    .optional(),
  signOut: z.literal(true).optional(),
  settings: z
    .strictObject({
      reexchange: z.enum(['extends', 'same-end']),
      expiresIn: z.enum(['sent', 'absent']),
      expiredVersion: z.enum(['aliased', 'refused']),
      tokenCode: z.union([z.literal(190), z.literal(102)]),
      tokenStatus: z.union([z.literal(400), z.literal(401)]),
      limitStatus: z.union([z.literal(400), z.literal(403)]),
      loopback: z.enum(['accepted', 'refused']),
      scopeInBusiness: z.enum(['refused', 'accepted']),
      dataAccess: z.enum(['permission', 'token', 'served']),
      listWithoutPermission: z.enum(['refused', 'empty']),
      callsPerHour: z.number().int().positive(),
      userCallsPerHour: z.number().int().positive(),
      pageCallsPerHour: z.number().int().positive(),
      pageLimit: z.enum(['pages-use-case', 'page']),
      instagramCallsPerHour: z.number().int().positive(),
      ...pageSettingsShape,
      ...publishSettingsShape,
      limited: z.enum(['off', 'app', 'user', 'page', 'application', 'custom', 'pages-use-case', 'instagram-use-case']),
      failing: z.union([z.literal('off'), z.literal(1), z.literal(2), z.literal(3), z.literal(368)]),
    })
    .partial()
    .optional(),
})

export type MetaCommand = z.output<typeof metaCommand>
