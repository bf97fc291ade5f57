/** The shapes of people: who is signed in, how, and who belongs to a workspace. */

export type Role = 'owner' | 'admin' | 'publisher' | 'viewer'

export type Permission =
  | 'connections:read'
  | 'connections:write'
  | 'tokens:read'
  | 'proxy'
  | 'posts:read'
  | 'posts:write'
  | 'members:read'
  | 'members:write'
  | 'workspace:write'
  | 'registrations:write'
  | 'webhooks:write'
  | 'audit:read'
  | 'metrics:read'
  | 'keys:write'

export interface OwnWorkspace {
  id: string
  name: string
  role: Role
}

export interface Session {
  person: {
    id: string
    name: string
    email: string | null
    operator: boolean
    /** How this person reads dates; null: the browser's zone, and English. */
    timeZone: string | null
    locale: string | null
  }
  /** Null: they belong to none. */
  workspace: OwnWorkspace | null
  workspaces: OwnWorkspace[]
  /** What this person may do in this workspace. */
  permissions: Permission[]
  instance: { version: string; baseUrl: string; simulated: boolean; dataDir: string | null }
}

export interface Workspace {
  id: string
  name: string
  externalId: string | null
  website: string | null
  /** Whom the business wants to reach, in its own words. */
  idealCustomer: string | null
  /** A data URL. */
  logo: string | null
  createdAt: string
}

export interface ErasedWorkspace {
  /** Rows that were there, by table. */
  erased: Record<string, number>
  /** Rows that are left: none. */
  remaining: number
  revoked: Record<string, number>
}

export interface AuditEntry {
  id: string
  at: string
  /** `what.was-done`; a route's own name where somebody was refused what is not noted otherwise. */
  action: string
  outcome: 'ok' | 'refused'
  code: string | null
  actor: { kind: string; id: string | null; name: string }
  address: string | null
  browser: string | null
  /** `label`: what it was called then. */
  target: { kind: string; id: string; label: string | null } | null
  times: number
}

export interface AuditFilter {
  action?: string | undefined
  outcome?: 'ok' | 'refused' | undefined
  /** The id of what it was done to. */
  target?: string | undefined
}

export interface SignInWays {
  /** The name of another sign-in, where one is set up. */
  oidc: string | null
  resetByMail: boolean
}

/** As the browser's own WebAuthn functions take and give it. */
export type PasskeyData = Record<string, unknown>

export interface SecondStep {
  kind: 'totp' | 'backup'
  code: string
  /** Ask this browser for no code in the next thirty days. */
  remember: boolean
}

export interface Passkey {
  id: string
  name: string
  createdAt: string
}

export interface Me {
  id: string
  name: string
  email: string | null
  /** A letter to it was opened. */
  emailConfirmed: boolean
  /** Counts once the letter to it is opened. */
  newEmail: string | null
  hasPassword: boolean
  /** An authenticator app is asked after the password. */
  twoFactor: boolean
  /** The other sign-in opens this account. */
  oidc: boolean
  timeZone: string | null
  locale: string | null
  passkeys: Passkey[]
}

export interface Notifications {
  /** This server sends letters, and there is an address to send them to. */
  letters: boolean
  data: { kind: string; letter: boolean }[]
}

export interface TotpStart {
  /** otpauth://… */
  uri: string
  /** Shown once. */
  backupCodes: string[]
}

export interface OwnSession {
  id: string
  current: boolean
  startedAt: string
  usedAt: string
  address: string | null
  browser: string | null
}

export interface Member {
  id: string
  name: string
  email: string | null
  role: Role
  addedAt: string
  you: boolean
}

export interface Invitation {
  id: string
  email: string
  role: Role
  invitedBy: string
  createdAt: string
  expiresAt: string
}

export interface NewInvitation extends Invitation {
  /** In this answer and nowhere else. */
  link: string
  /** A letter with it went to them. */
  sent: boolean
}

export interface InvitationSeen {
  workspace: string
  email: string
  role: Role
  invitedBy: string
  /** The address has an account here already. */
  known: boolean
}
