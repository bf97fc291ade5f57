/** The shapes of flows by credentials: somebody signs in through a service that keeps the session. */

export type Checkpoint = 'accounts' | 'code' | 'approval' | 'code_or_approval' | 'phone' | 'hosted'

export interface FlowCredentials {
  status: 'pending' | 'connecting' | 'awaiting_2fa' | 'connected' | 'failed'
  /** Through whom the sign-in goes: "Unipile". */
  service: string
  /** Whose account it is: "LinkedIn". */
  platform: string
  ways: { password: boolean; existing: boolean; hosted: boolean }
  /** A sentence to be shown where the service's own API for this is not documented. */
  unverified: string | null
  /** The password is kept, sealed, for signing in again. */
  keepsPassword: boolean
  /** How the code comes; null where the service does not say. */
  method: 'sms' | 'email' | 'authenticator' | 'whatsapp' | 'app' | null
  /** When this attempt ends at the service, whatever is sent anew until then. */
  attemptEndsAt: string | null
  /** From when on a new code can be asked for; null: not offered. */
  resendAt: string | null
  /** Another way than this one is offered. */
  anotherWay: boolean
  attemptsLeft: number
  /** No attempt before then; null where one can be made now. */
  attemptsAgainAt: string | null
  /** The service does not answer, and is tried again by itself. */
  retry: { tries: number; at: string } | null
  /** The page that says how to end the access: a path. */
  docs: string
  asker: Asker
}

/** Who asks a person to sign in. */
export interface Asker {
  name: string
  /** A data URL. */
  logo: string | null
}

export interface Credentials {
  username: string
  password: string
}

export interface PhoneNumber {
  /** With its plus: "+33". */
  dialCode: string
  number: string
}

/** What a checkpoint is answered with. */
export type CheckpointAnswer = { code: string } | { phone: PhoneNumber }

/** One that the service has already. */
export interface Seat {
  id: string
  label: string
  email: string | null
  /** Its sign-in holds. */
  valid: boolean
  selectable: boolean
  reason: string | null
}

export type ConnectLinkState = 'open' | 'used' | 'expired'

/** A link for somebody without an account here, good for one sign-in. */
export interface ConnectLink {
  id: string
  provider: string
  clientName: string
  /** The connection that it renews. */
  reconnects: string | null
  state: ConnectLinkState
  createdAt: string
  createdBy: string
  expiresAt: string
  usedAt: string | null
  /** What came of it. */
  connectionId: string | null
}

export interface NewConnectLink {
  provider: string
  clientName: string
  reconnects?: string
  days?: number
}

export interface CreatedConnectLink extends ConnectLink {
  /** In this answer and nowhere else. */
  url: string
}

/** What whoever opens a link is told. */
export interface ConnectLinkSeen {
  asker: Asker
  clientName: string
  provider: { id: string; name: string; platform: string }
  state: ConnectLinkState
}
