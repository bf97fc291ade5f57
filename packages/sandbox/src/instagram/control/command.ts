import { z } from 'zod'
import { SUBCODES } from '../../graph/instagram/errors.ts'
import { publishSettingsShape } from '../../graph/instagram/settings.ts'
import { isRegistrable } from '../../graph/redirect-uri.ts'
import { endpointAmong, toldStatus } from '../../graph/told.ts'
import { ACCOUNTS, KINDS } from '../people/accounts.ts'
import { PUBLISHING } from '../publishing/endpoints.ts'
import { isPermission } from '../scopes.ts'

const memberKey = z.enum(ACCOUNTS.map((account) => account.key))
const permission = z.string().refine(isPermission, 'Instagram knows no such permission')
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
  requireProof: z.boolean(),
  live: z.boolean(),
  roles: z.array(memberKey),
  secretRefused: z.boolean(),
  deauthorizeUrl: callback,
  dataDeletionUrl: callback,
})
const times = z.number().int().positive().default(1)
/** Which tokens or grants: all that match every field given. */
const selector = { registration: z.string().optional(), member: memberKey.optional() }

export const instagramCommand = z.strictObject({
  app: z.strictObject({ registration: z.string(), ...appFields.partial().shape }).optional(),
  addApp: z
    .strictObject({ registration: z.string(), clientId: z.string().regex(/^\d+$/), ...appFields.partial().shape })
    .required({ clientSecret: true, scopes: true, permissions: true })
    .optional(),
  token: z
    .strictObject({
      ...selector,
      do: z.enum(['expire', 'revoke']),
      kind: z.enum(['short', 'long', 'both']).default('both'),
      id: z.string().optional(),
    })
    .optional(),
  /** What ends every token of a grant; `removed` is also posted to the app. */
  endGrant: z.strictObject({ ...selector, why: z.enum(['removed', 'checkpoint', 'password']) }).optional(),
  /** The person removes the app under "Apps and websites": as `endGrant` with `removed`. */
  revokeGrant: z.strictObject(selector).optional(),
  /** The person lifts a checkpoint by visiting Instagram. */
  liftCheckpoint: z.strictObject(selector).optional(),
  /** The person takes back one permission in the settings, also the basic one. */
  decline: z.strictObject({ ...selector, permission }).optional(),
  /** An account becomes professional, or personal again. */
  account: z.strictObject({ member: memberKey, kind: z.enum(KINDS) }).optional(),
  /** The person asks that the app deletes their data. */
  requestDeletion: z.strictObject({ registration: z.string(), member: memberKey }).optional(),
  /** The next calls of an endpoint that publishes are refused, if their token is right. */
  refuse: z
    .strictObject({
      endpoint: endpointAmong('instagram', PUBLISHING),
      is: z.literal(SUBCODES),
      times,
      status: toldStatus,
    })
    .optional(),
  /** The next container fails while it is processed. */
  failProcessing: z.strictObject({ subcode: z.number().int(), times }).optional(),
  signOut: z.literal(true).optional(),
  settings: z
    .strictObject({
      tokenAnswer: z.enum(['flat', 'wrapped']),
      permissions: z.enum(['text', 'list']),
      userId: z.enum(['number', 'text']),
      expiresIn: z.enum(['sent', 'absent']),
      deadToken: z.union([z.literal(190), z.literal(100)]),
      tokenStatus: z.union([z.literal(400), z.literal(401)]),
      refreshed: z.enum(['new', 'same']),
      revoke: z.enum(['works', 'unknown']),
      expiredVersion: z.enum(['aliased', 'refused']),
      loopback: z.enum(['accepted', 'refused']),
      ...publishSettingsShape,
      callsPerHour: z.number().int().positive(),
      accountCallsPerHour: z.number().int().positive(),
      limitStatus: z.union([z.literal(400), z.literal(403)]),
      limited: z.union([z.boolean(), z.literal('app'), z.literal('use-case')]),
      failing: z.union([z.literal('off'), z.literal(1), z.literal(2)]),
    })
    .partial()
    .optional(),
})

export type InstagramCommand = z.output<typeof instagramCommand>
