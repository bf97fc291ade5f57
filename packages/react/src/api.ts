/** The HTTP API's shapes, as its OpenAPI document has them. Times are ISO 8601 in UTC; absent things are null. */

import type { Checkpoint, FlowCredentials } from './api-credentials.ts'
import type { Permission } from './api-people.ts'

export type * from './api-credentials.ts'
export type * from './api-onboarding.ts'
export type * from './api-people.ts'
export type * from './api-posts.ts'
export type * from './api-registrations.ts'
export type * from './api-webhooks.ts'

export type ConnectionState = 'connected' | 'failing' | 'reauthorize' | 'misconfigured' | 'disconnected'
export type FlowState =
  | 'pending'
  | 'connecting'
  | 'awaiting_completion'
  | 'checkpoint'
  | 'connected'
  | 'failed'
  | 'expired'
export type ApiKeyScope = Permission

export interface Page<T> {
  data: T[]
  nextCursor: string | null
}

export interface Problem {
  type: string
  title: string
  status: number
  /** Stable: match on this. */
  code: string
  /** A sentence for the person. */
  detail: string
  operatorDetail?: string
  providerCode?: string
  /** Seconds until it makes sense to try again. */
  retryAfter?: number
  errors?: { path: string; message: string }[]
  requestId: string
}

export interface Scope {
  scope: string
  allows: string
  without: string
}

export interface Registration {
  id: string
  name: string
  when: string
  configured: boolean
  /** An app of this workspace's own. */
  own: boolean
  simulated: boolean
  /** It has an API key in place of a client id and secret. */
  keyed: boolean
  redirectUri: string
  scopes: Scope[]
  setup: string[]
  env: { name: string; required: boolean; set: boolean }[]
  notices: { level: 'warning' | 'error'; message: string; mend: string }[]
}

export interface Provider {
  id: string
  name: string
  configured: boolean
  simulated: boolean
  /** Connected by signing in through a service, and not by consent at the platform. */
  credentials: boolean
  docs: string
  /** A sentence that a person should read before they leave for the platform. */
  beforeConnect: string | null
  /** What to try where an account is not among those that can be chosen. */
  notListed: string[]
  registrations: Registration[]
}

export interface Account {
  id: string
  connectionId: string
  provider: string
  kind: string
  /** The platform's id; a candidate's `id` is the same. */
  subject: string
  label: string
  handle: string | null
  /** A path below Mooring's address, for `client.address`; good for a day or two. */
  picture: string | null
  note: string | null
  addedAt: string
}

export interface Candidate {
  id: string
  kind: string
  label: string
  handle: string | null
  picture: string | null
  note: string | null
  selectable: boolean
  reason: string | null
  connected: boolean
  /** What has it already; null for whoever may not know. */
  connection: { id: string; label: string; connectedBy: string | null; addedAt: string } | null
  /** Other workspaces of this person that have it, too. */
  elsewhere: { workspaceId: string; workspace: string; connectedBy: string | null }[]
}

export interface Health {
  level: 'ok' | 'warning' | 'bad'
  message: string
  needsPersonAt: string | null
  reason:
    | 'renews'
    | 'no_refresh_token'
    | 'refresh_token_ends'
    | 'refresh_refused'
    | 'data_access_ends'
    | 'reauthorize'
    | 'misconfigured'
    | 'failing'
    | 'disconnected'
}

export interface ConnectionProblem {
  code: string
  message: string
  operatorDetail: string | null
  providerCode: string | null
  since: string
  failures: number
  nextTryAt: string | null
}

export interface Connection {
  id: string
  provider: string
  registration: string
  state: ConnectionState
  identity: {
    subject: string
    label: string
    handle: string | null
    email: string | null
    picture: string | null
  }
  accounts: Account[]
  grantedScopes: string[]
  missingScopes: Scope[]
  accessTokenExpiresAt: string | null
  refreshTokenExpiresAt: string | null
  /** When the platform ends its consent to the person's data, whatever the tokens say. */
  dataAccessEndsAt: string | null
  /** From when on Mooring renews it by itself; null where it does not. */
  renewsAt: string | null
  renewable: boolean
  health: Health
  problem: ConnectionProblem | null
  connectedBy: string | null
  connectedAt: string | null
  lastRefreshedAt: string | null
  lastTestedAt: string | null
  disconnectedAt: string | null
  createdAt: string
}

export interface Flow {
  id: string
  kind: 'oauth' | 'credentials'
  provider: string
  registration: string
  state: FlowState
  checkpoint: Checkpoint | null
  outcome: 'connected' | 'updated' | 'reconnected' | null
  error: { code: string; message: string; operatorDetail: string | null } | null
  connectionId: string | null
  identity: { label: string; handle: string | null } | null
  candidates: Candidate[]
  requestedScopes: Scope[]
  missingScopes: Scope[]
  reconnects: string | null
  /** How a flow by credentials stands; null for the others. */
  credentials: FlowCredentials | null
  returnTo: string
  clientState: string | null
  startedAt: string
  expiresAt: string
  /** Only in the answer to a start: where to send this very browser. */
  authorizeUrl?: string
}

export interface StartFlow {
  provider?: string
  registration?: string
  returnTo?: string
  /** The connection to renew. */
  reconnect?: string
  reuse?: boolean
  clientState?: string
}

export interface Reused {
  reused: true
  connection: Connection
}

export interface TestResult {
  ok: boolean
  message: string
  milliseconds: number
  connection: Connection
}

export interface Disconnected {
  revoked: 'yes' | 'no' | 'shared' | 'unsupported'
  connection: Connection
}

export interface Event {
  id: string
  at: string
  type: string
  actor: string
  message: string
  connectionId: string | null
}

/** Something that will need somebody. */
export interface Ending {
  at: string
  who: 'person' | 'operator'
  /** A connection's health reason, or `api_version_ends`. */
  reason: string
  message: string
  provider: string
  registration: string
  connection: { id: string; label: string; state: ConnectionState } | null
  /** Posts that are to go out after it. */
  postsAfter: number
}

export interface Forecast {
  /** Soonest first. */
  data: Ending[]
  /** Connections that need a person now, and within so many days; each holds the ones before it. */
  counts: { now: number; in7: number; in30: number; in90: number }
  more: boolean
}

/** A registration that its platform refuses: the operator's matter. */
export interface Alert {
  registration: string
  provider: string | null
  code: string
  message: string
  operatorDetail: string | null
  providerCode: string | null
  since: string
  lastAt: string
  times: number
  nextTryAt: string
}

export interface VaultKey {
  /** `none`: what is no sealed value. */
  kid: string
  sealing: boolean
  inRing: boolean
  values: number
  /** By `table.column`. */
  byColumn: Record<string, number>
}

export interface VaultProcess {
  id: string
  startedAt: string
  seenAt: string
  version: string
  host: string
  pid: number
  /** The first seals, all open. */
  kids: string[]
  /** The one that gave this answer. */
  current: boolean
}

export interface Vault {
  keys: VaultKey[]
  processes: VaultProcess[]
  total: number
  safeToRemove: string[]
}

export interface Rotated {
  rewrapped: number
  skipped: number
  failed: { workspaceId: string; connectionId: string | null; recordId: string; column: string; code: string }[]
  cursor: string | null
  done: boolean
}

export interface ApiKey {
  id: string
  name: string
  prefix: string
  scopes: ApiKeyScope[]
  /** A test key opens only where every platform is simulated. */
  mode: 'live' | 'test'
  /** Null: of the whole server. */
  workspaceId: string | null
  createdAt: string
  createdBy: string | null
  /** From then on it is refused. */
  expiresAt: string | null
  lastUsedAt: string | null
}

export interface NewApiKey {
  name: string
  scopes: ApiKeyScope[]
  workspaceId: string | null
  expiresAt: string | null
}

export interface CreatedApiKey extends ApiKey {
  /** Shown once. */
  key: string
}
