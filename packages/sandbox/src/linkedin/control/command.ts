import { z } from 'zod'
import { isRegistrable } from '../oauth/redirect-uri.ts'
import { MEMBERS } from '../people/members.ts'
import { AGENCY, ROLE_STATES, ROLES } from '../people/organizations.ts'

const memberKey = z.enum(MEMBERS.map((member) => member.key))
const redirectUri = z
  .string()
  .refine(isRegistrable, 'A redirect URI is absolute, https (http on loopback only) and has no #')
const limits = { application: z.number().int().optional(), member: z.number().int().optional() }
const appFields = {
  name: z.string().min(1),
  clientSecret: z.string().min(1),
  scopes: z.array(z.string().min(1)),
  redirectUris: z.array(redirectUri),
  refreshTokens: z.boolean(),
  nativePkce: z.boolean(),
  tier: z.enum(['development', 'standard']),
  quota: z.strictObject({ ...limits, endpoints: z.record(z.string(), z.strictObject(limits)).optional() }),
  secretRefused: z.boolean(),
}
const seconds = z.number().nonnegative()
const publishingSettings = {
  duplicateSeconds: seconds,
  duplicateNames: z.enum(['post', 'activity']),
  duplicateOfDeleted: z.enum(['refused', 'accepted']),
  countBackslashes: z.boolean(),
  mentionMismatch: z.enum(['text', 'cut']),
  restliId: z.enum(['plain', 'encoded', 'absent']),
  updateStatus: z.union([z.literal(204), z.literal(200)]),
  commentScopes: z.enum(['feed', 'social']),
  ugcOrganizations: z.enum(['refused', 'accepted']),
  uploadAuthorization: z.enum(['strict', 'lenient']),
  videoRead: z.enum(['allowed', 'refused']),
  etag: z.enum(['quoted', 'opaque']),
  quotedPartIds: z.enum(['refused', 'accepted']),
  uploadToken: z.enum(['empty', 'sent']),
  videoExpiry: z.enum(['uploadUrlsExpireAt', 'uploadUrlExpiresAt']),
  imageSeconds: seconds,
  documentSeconds: seconds,
  videoSeconds: seconds,
}
/** Which tokens or grants: all that match every field given. */
const selector = {
  registration: z.string().optional(),
  member: memberKey.optional(),
}

export const linkedinCommand = z.strictObject({
  /** Changes an app of the portal. Scope changes bear on new requests only (Microsoft Learn: authorization-code-flow). */
  app: z.strictObject({ registration: z.string(), ...z.strictObject(appFields).partial().shape }).optional(),
  addApp: z
    .strictObject({
      registration: z.string(),
      clientId: z.string().min(1),
      ...z.strictObject(appFields).partial().shape,
    })
    .required({ clientSecret: true, scopes: true })
    .optional(),
  token: z
    .strictObject({
      ...selector,
      do: z.enum(['expire', 'revoke']),
      kind: z.enum(['access', 'refresh', 'both']).default('both'),
      id: z.string().optional(),
      value: z.string().optional(),
    })
    .optional(),
  /** The member takes the consent back in the privacy settings. */
  revokeGrant: z.strictObject(selector).optional(),
  role: z
    .strictObject({
      member: memberKey,
      /** Its number or vanity name. */
      organization: z.union([z.number(), z.string()]),
      role: z.enum(ROLES).optional(),
      state: z.enum(ROLE_STATES).optional(),
      remove: z.boolean().optional(),
    })
    .optional(),
  /** Gives a member roles on so many of an agency's pages, on top of their own. */
  pages: z.strictObject({ member: memberKey, count: z.number().int().min(0).max(AGENCY) }).optional(),
  freshToken: z
    .strictObject({ calls: z.number().int().nonnegative().default(0), seconds: z.number().nonnegative().default(0) })
    .optional(),
  /** The next files of a kind come out of processing as failed. */
  failProcessing: z
    .strictObject({
      kind: z.enum(['image', 'video', 'document']),
      times: z.number().int().positive().default(1),
      reason: z.string().min(1).default('UNKNOWN'),
    })
    .optional(),
  /** Every browser forgets who is signed in. */
  signOut: z.literal(true).optional(),
  settings: z
    .strictObject({
      skipConsent: z.boolean(),
      tokenType: z.enum(['absent', 'Bearer']),
      scopeSeparator: z.enum([',', ' ']),
      iss: z.string().min(1),
      locale: z.enum(['object', 'string']),
      throttledDecoration: z.boolean(),
      versions: z.record(z.string().regex(/^\d{6}$/), z.iso.date()),
      ...publishingSettings,
    })
    .partial()
    .optional(),
})

export type LinkedInCommand = z.output<typeof linkedinCommand>
