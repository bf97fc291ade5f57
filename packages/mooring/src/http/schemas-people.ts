/** The shapes of signing in, of oneself, and of a workspace's members. */
import { z } from '@hono/zod-openapi'
import { ROLES } from '../access/permissions.ts'
import { SCOPES } from '../access/principal.ts'
import { NOTIFIED } from '../events/kinds.ts'
import { text } from './schema-parts.ts'

const time = z.iso.datetime()
export const Role = z.enum(ROLES).openapi('Role')
const email = z.email().max(254)
/** Judged for its strength where one is chosen; bounded here, because hashing costs. */
const password = text().min(1).max(200)
const name = text().trim().min(1).max(100)
const code = text().trim().min(6).max(40)
/** As the browser's own API gives it (WebAuthn); judged by the sign-in library. */
const credential = z.looseObject({ id: text().min(1).max(2000), response: z.looseObject({}) })

export const SignIn = z.object({ token: text().min(1).max(200) }).openapi('SignIn')
export const SignInByPassword = z.object({ email, password }).openapi('SignInByPassword')
export const SecondStep = z
  .object({
    kind: z.enum(['totp', 'backup']).default('totp'),
    code,
    remember: z
      .boolean()
      .default(false)
      .openapi({ description: 'Ask this browser for no code in the next thirty days.' }),
  })
  .openapi('SecondStep')
export const SecondStepNeeded = z.object({ secondStep: z.literal(true) }).openapi('SecondStepNeeded')
export const PasskeyAnswer = z.object({ response: credential }).openapi('PasskeyAnswer')
export const PasskeyOptions = z.record(z.string(), z.unknown()).openapi('PasskeyOptions')
export const OidcStart = z.object({ url: z.string() }).openapi('OidcStart')
export const RequestReset = z.object({ email }).openapi('RequestReset')
export const Reset = z.object({ token: text().min(1).max(200), password }).openapi('Reset')
export const SignInWays = z
  .object({
    oidc: z.string().nullable().openapi({ description: 'The name of the OpenID provider, where one is set up.' }),
    resetByMail: z.boolean(),
  })
  .openapi('SignInWays')

const Workspace = z.object({ id: z.uuid(), name: z.string(), role: Role })

export const Session = z
  .object({
    person: z.object({
      id: z.uuid(),
      name: z.string(),
      email: z.string().nullable(),
      operator: z.boolean(),
      timeZone: z.string().nullable(),
      locale: z.string().nullable(),
    }),
    workspace: Workspace.nullable().openapi({
      description: 'Where this request acts; another by the header Mooring-Workspace. Null: they belong to none.',
    }),
    workspaces: z.array(Workspace),
    permissions: z.array(z.enum(SCOPES)).openapi({ description: 'What this person may do in this workspace.' }),
    instance: z.object({
      version: z.string(),
      baseUrl: z.string(),
      simulated: z.boolean(),
      dataDir: z.string().nullable(),
    }),
  })
  .openapi('Session')

export const OwnSession = z.object({
  id: z.string(),
  current: z.boolean(),
  startedAt: time,
  usedAt: time,
  address: z.string().nullable(),
  browser: z.string().nullable(),
})
export const OwnSessions = z.object({ data: z.array(OwnSession), nextCursor: z.null() }).openapi('OwnSessions')
export const Ended = z.object({ ended: z.number().int() }).openapi('EndedSessions')
export const sessionId = z.object({
  id: z
    .string()
    .min(1)
    .max(100)
    .openapi({ param: { name: 'id', in: 'path' } }),
})

export const Passkey = z.object({ id: z.uuid(), name: z.string(), createdAt: time })
export const Me = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    emailConfirmed: z.boolean().openapi({ description: 'A letter to it was opened.' }),
    newEmail: z.string().nullable().openapi({ description: 'Waits for the letter to it to be opened.' }),
    hasPassword: z.boolean(),
    twoFactor: z.boolean(),
    oidc: z.boolean().openapi({ description: 'The OpenID provider opens this account.' }),
    timeZone: z.string().nullable(),
    locale: z.string().nullable(),
    passkeys: z.array(Passkey),
  })
  .openapi('Me')
/** As Intl knows them, which shows dates by them. */
const known = (make: (value: string) => unknown, what: string) =>
  text()
    .max(60)
    .refine((value) => {
      try {
        make(value)
        return true
      } catch {
        return false
      }
    }, what)
const timeZone = known((zone) => new Intl.DateTimeFormat('en', { timeZone: zone }), 'is no time zone, like Europe/Rome')
const locale = known((tag) => new Intl.DateTimeFormat(tag), 'is no language tag, like en-GB')

export const ChangeMe = z
  .object({
    name: name.optional(),
    timeZone: timeZone.nullable().optional().openapi({ description: 'An IANA zone. Null: the browser’s own.' }),
    locale: locale.nullable().optional().openapi({ description: 'A BCP 47 tag. Null: English, as the console is.' }),
    email: email.optional(),
    password: password.optional().openapi({ description: 'For another e-mail address, where there is a password.' }),
  })
  .openapi('ChangeMe')
export const Notifications = z
  .object({
    letters: z
      .boolean()
      .openapi({ description: 'This server sends letters, and there is an address to send them to.' }),
    data: z.array(z.object({ kind: z.enum(NOTIFIED), letter: z.boolean() })),
    nextCursor: z.null(),
  })
  .openapi('Notifications')
export const ChooseNotifications = z
  .object({ choices: z.array(z.object({ kind: z.enum(NOTIFIED), letter: z.boolean() })).max(20) })
  .openapi('ChooseNotifications')
export const ConfirmAddress = z.object({ token: text().min(1).max(200) }).openapi('ConfirmAddress')
export const ChangePassword = z
  .object({ current: password.optional().openapi({ description: 'Where there is one already.' }), password })
  .openapi('ChangePassword')
export const WithPassword = z.object({ password: password.optional() }).openapi('WithPassword')
export const TotpStart = z
  .object({
    uri: z.string().openapi({ description: 'otpauth://…, as a QR code for the authenticator app.' }),
    backupCodes: z.array(z.string()).openapi({ description: 'Shown once; each works once in place of a code.' }),
  })
  .openapi('TotpStart')
export const Code = z.object({ code }).openapi('Code')
export const NewPasskey = z.object({ response: credential, name }).openapi('NewPasskey')

export const Member = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    role: Role,
    addedAt: time,
    you: z.boolean(),
  })
  .openapi('Member')
export const Members = z.object({ data: z.array(Member), nextCursor: z.null() }).openapi('Members')
export const ChangeMember = z.object({ role: Role }).openapi('ChangeMember')
export const Invite = z.object({ email, role: Role }).openapi('Invite')
export const Invitation = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: Role,
    invitedBy: z.string(),
    createdAt: time,
    expiresAt: time,
  })
  .openapi('Invitation')
export const NewInvitation = Invitation.extend({
  link: z.string().openapi({ description: 'In this answer and nowhere else.' }),
  sent: z.boolean().openapi({ description: 'A letter with the link went to them.' }),
}).openapi('NewInvitation')
export const Invitations = z.object({ data: z.array(Invitation), nextCursor: z.null() }).openapi('Invitations')
export const InvitationToken = z.object({ token: text().min(1).max(200) }).openapi('InvitationToken')
export const InvitationSeen = z
  .object({
    workspace: z.string(),
    email: z.string(),
    role: Role,
    invitedBy: z.string(),
    known: z.boolean().openapi({ description: 'The address has an account here already.' }),
  })
  .openapi('InvitationSeen')
export const AcceptInvitation = z
  .object({ token: text().min(1).max(200), name: name.optional(), password: password.optional() })
  .openapi('AcceptInvitation')
