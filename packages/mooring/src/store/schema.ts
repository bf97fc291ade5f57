/** The tables as Kysely sees them. The migrations are the truth; a test compares the two. */
import type { ColumnType, Generated } from 'kysely'
import type { MissedPolicy, PostsDatabase, StoredTraits } from './schema-posts.ts'

type Time = ColumnType<Date, Date | string, Date | string>
type MaybeTime = ColumnType<Date | null, Date | string | null, Date | string | null>

export type ConnectionState = 'connected' | 'failing' | 'reauthorize' | 'misconfigured' | 'disconnected'
export type FlowKind = 'oauth' | 'credentials'
export type FlowState =
  | 'pending'
  | 'connecting'
  | 'awaiting_completion'
  | 'checkpoint'
  | 'connected'
  | 'failed'
  | 'expired'
export type FlowOutcome = 'connected' | 'updated' | 'reconnected'

export interface WorkspaceTable {
  id: string
  name: string
  external_id: string | null
  website: string | null
  ideal_customer: string | null
  logo: string | null
  onboarding_seen_at: MaybeTime
  time_zone: Generated<string>
  missed_policy: Generated<MissedPolicy>
  missed_after_minutes: Generated<number>
  created_at: ColumnType<Date, Date | string | undefined, Date | string>
}

export interface PersonTable {
  id: string
  name: string
  email: string | null
  email_verified: Generated<boolean>
  image: string | null
  two_factor_enabled: Generated<boolean>
  /** Runs this server. */
  operator: Generated<boolean>
  time_zone: string | null
  locale: string | null
  created_at: ColumnType<Date, Date | string | undefined, Date | string>
  updated_at: ColumnType<Date, Date | string | undefined, Date | string>
}

/** The next four are the sign-in library's. */
export interface LoginTable {
  id: string
  person_id: string
  provider_id: string
  account_id: string
  password: string | null
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: MaybeTime
  refresh_token_expires_at: MaybeTime
  scope: string | null
  created_at: ColumnType<Date, Date | string | undefined, Date | string>
  updated_at: ColumnType<Date, Date | string | undefined, Date | string>
}

export interface TwoFactorTable {
  id: string
  person_id: string
  secret: string
  backup_codes: string
  verified: Generated<boolean>
  failed_verification_count: Generated<number>
  locked_until: MaybeTime
}

export interface PasskeyTable {
  id: string
  person_id: string
  name: string | null
  public_key: string
  credential_id: string
  counter: string
  device_type: string
  backed_up: boolean
  transports: string | null
  aaguid: string | null
  created_at: ColumnType<Date, Date | string | undefined, Date | string>
}

export interface SignInValueTable {
  key_hash: Buffer
  /** Encrypted. */
  value: string | null
  count: number | null
  person_id: string | null
  expires_at: Time
}

export interface SignInSecretTable {
  workspace_id: string
  id: string
  /** Sealed. */
  secret: string
}

export type MemberRole = 'owner' | 'admin' | 'publisher' | 'viewer'

export interface MemberTable {
  workspace_id: string
  person_id: string
  role: MemberRole
  added_at: ColumnType<Date, Date | string | undefined, Date | string>
}

export interface InvitationTable {
  workspace_id: string
  id: string
  token_hash: Buffer
  email: string
  role: MemberRole
  invited_by: string
  invited_by_id: string | null
  created_at: ColumnType<Date, Date | string | undefined, Date | string>
  expires_at: Time
}

export interface RegistrationTable {
  workspace_id: string
  name: string
  id: string
  app: string
  client_id: string
  client_secret: string | null
  scopes: string[] | null
  settings: ColumnType<unknown, string | undefined, string>
  created_at: ColumnType<Date, Date | string | undefined, Date | string>
  created_by: string
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>
}

export interface NotificationChoiceTable {
  workspace_id: string
  person_id: string
  kind: string
  letter: boolean
}

export interface LetterDueTable {
  workspace_id: string
  event_id: string
  due_at: Time
  tries: Generated<number>
}

export type WebhookPause = 'person' | 'failing' | 'gone'

export interface WebhookTable {
  workspace_id: string
  id: string
  url: string
  events: string[] | null
  /** Sealed. */
  secret: string
  created_at: Time
  created_by: string
  failing_since: MaybeTime
  paused_at: MaybeTime
  paused_why: WebhookPause | null
}

export type DeliveryState = 'waiting' | 'held' | 'delivered' | 'failed'

export interface WebhookDeliveryTable {
  workspace_id: string
  id: string
  webhook_id: string
  event_id: string | null
  type: string
  state: DeliveryState
  created_at: Time
  tries: Generated<number>
  last_tried_at: MaybeTime
  last_status: number | null
  last_fault: string | null
}

export interface WebhookDueTable {
  workspace_id: string
  delivery_id: string
  webhook_id: string
  due_at: Time
  tries: Generated<number>
}

export interface OnboardingStepTable {
  workspace_id: string
  step: string
  state: 'done' | 'skipped'
  at: Time
}

export interface SignInLinkTable {
  token_hash: Buffer
  expires_at: Time
}

export interface ApiKeyTable {
  id: string
  workspace_id: string | null
  key_hash: Buffer
  prefix: string
  name: string
  scopes: string[]
  created_at: ColumnType<Date, Date | string | undefined, Date | string>
  last_used_at: MaybeTime
  expires_at: MaybeTime
  created_by: string | null
}

export interface ConnectionTable {
  workspace_id: string
  id: string
  provider: string
  registration: string
  subject: string
  label: string
  handle: string | null
  email: string | null
  picture: string | null
  state: ConnectionState
  requested_scopes: string[]
  granted_scopes: string[]
  /** Sealed. */
  access_token: string | null
  /** Sealed. */
  refresh_token: string | null
  access_expires_at: MaybeTime
  refresh_expires_at: MaybeTime
  data_access_ends_at: MaybeTime
  /** Sealed, and only where the operator keeps passwords. */
  kept_credentials: string | null
  /** We had the service make the seat, and end it with the connection. */
  seat_made: Generated<boolean>
  refresh_refused_at: MaybeTime
  /** Generated: the next end that a person must answer. */
  needs_person_at: ColumnType<Date | null, never, never>
  /** A bigint, which the driver gives as digits. */
  token_version: Generated<string>
  lease_id: string | null
  lease_until: MaybeTime
  problem_code: string | null
  problem_message: string | null
  problem_detail: string | null
  problem_provider_code: string | null
  problem_since: MaybeTime
  failures: Generated<number>
  next_try_at: MaybeTime
  connected_by: string | null
  connected_at: MaybeTime
  last_refreshed_at: MaybeTime
  last_tested_at: MaybeTime
  disconnected_at: MaybeTime
  created_at: ColumnType<Date, Date | string | undefined, Date | string>
}

export interface AccountTable {
  workspace_id: string
  id: string
  connection_id: string
  provider: string
  kind: string
  subject: string
  label: string
  handle: string | null
  picture: string | null
  note: string | null
  added_at: Time
  /** Sealed; null where the platform gives none, or it was not read yet. */
  access_token: string | null
  traits: ColumnType<StoredTraits, string | undefined, string>
}

export interface FlowTable {
  workspace_id: string
  id: string
  kind: FlowKind
  provider: string
  registration: string
  state: FlowState
  outcome: FlowOutcome | null
  starter: string
  starter_name: string
  end_user: string | null
  requested_scopes: string[]
  granted_scopes: Generated<string[]>
  reconnects: string | null
  return_to: string
  client_state: string | null
  connection_id: string | null
  candidates: ColumnType<unknown, string | undefined, string>
  error_code: string | null
  error_message: string | null
  error_detail: string | null
  state_hash: Buffer
  started_at: Time
  expires_at: Time
  connect_session: string | null
  complete_at: string | null
  /** Sealed. */
  held_tokens: string | null
  /** Of the attempt that is under way, by credentials. */
  attempt: string | null
  service_id: string | null
  /** JSON. */
  checkpoint: ColumnType<StoredCheckpoint | null, string | null, string | null>
  attempt_ends_at: MaybeTime
  resend_at: MaybeTime
  again_at: MaybeTime
  retry_times: Generated<number>
  retry_at: MaybeTime
  poll_at: MaybeTime
  /** Sealed. */
  held_credentials: string | null
  tries: Generated<Date[]>
  notify_hash: Buffer | null
  connect_link: string | null
}

/** What a service waits for, in its port's words. */
export interface StoredCheckpoint {
  type: 'code' | 'approval' | 'code_or_approval' | 'phone' | 'hosted'
  by?: 'sms' | 'email' | 'authenticator' | 'whatsapp' | 'app' | undefined
  resend?: boolean | undefined
  anotherWay?: boolean | undefined
}

/** When somebody must look at an attempt. */
export interface FlowAttemptTable {
  workspace_id: string
  flow_id: string
  over_at: Time
}

/** What an agency sends to a client. */
export interface ConnectLinkTable {
  workspace_id: string
  id: string
  token_hash: Buffer
  provider: string
  client_name: string
  reconnects: string | null
  created_by: string
  created_at: Time
  expires_at: Time
  used_at: MaybeTime
  connection_id: string | null
}

/** What a completion must show. */
export interface FlowCompletionTable {
  workspace_id: string
  flow_id: string
  code_hash: Buffer
  expires_at: Time
}

export interface ConnectSessionTable {
  workspace_id: string
  id: string
  token_hash: Buffer
  browser_hash: Buffer | null
  providers: string[] | null
  reconnects: string | null
  return_to: string
  complete_at: string | null
  end_user: string
  end_user_name: string
  created_by: string
  created_at: Time
  used_at: MaybeTime
  expires_at: Time
}

export interface FlowStateTable {
  workspace_id: string
  state_hash: Buffer
  flow_id: string
  binding_hash: Buffer
  ticket_hash: Buffer | null
  /** Sealed. */
  verifier: string | null
  expires_at: Time
}

export interface EventTable {
  workspace_id: string
  id: string
  at: Time
  type: string
  actor: string
  message: string
  connection_id: string | null
  delivery_id: string | null
}

export interface AuditEntryTable {
  workspace_id: string
  id: string
  at: Time
  action: string
  outcome: 'ok' | 'refused'
  code: string | null
  actor_kind: string
  actor_id: string | null
  actor_name: string
  address: string | null
  browser: string | null
  target_kind: string | null
  target_id: string | null
  target_label: string | null
  times: Generated<number>
}

export interface GrantHolderTable {
  grant_hash: Buffer
  workspace_id: string
  connection_id: string
}

/** When the sweep looks at a connection next. */
export interface DueRefreshTable {
  workspace_id: string
  connection_id: string
  registration: string
  due_at: Time
}

/** A registration that its platform refuses. */
export interface OperatorAlertTable {
  registration: string
  code: string
  message: string
  detail: string | null
  provider_code: string | null
  since: Time
  last_at: Time
  times: Generated<number>
  next_try_at: Time
}

/** A push that was carried out. */
export interface PushTable {
  push_hash: Buffer
  expires_at: Time
}

/** That something was erased, for who holds the code. */
export interface ErasureTable {
  code_hash: Buffer
  erased_at: Time
}

/** A process that serves. */
export interface ProcessTable {
  id: string
  started_at: ColumnType<Date, Date | string | undefined, Date | string>
  seen_at: ColumnType<Date, Date | string | undefined, Date | string>
  version: string
  host: string
  pid: number
  kids: string[]
}

export interface Database extends PostsDatabase {
  workspaces: WorkspaceTable
  people: PersonTable
  logins: LoginTable
  two_factors: TwoFactorTable
  passkeys: PasskeyTable
  sign_in_values: SignInValueTable
  sign_in_secrets: SignInSecretTable
  members: MemberTable
  audit_entries: AuditEntryTable
  invitations: InvitationTable
  registrations: RegistrationTable
  notification_choices: NotificationChoiceTable
  letters_due: LetterDueTable
  webhooks: WebhookTable
  webhook_deliveries: WebhookDeliveryTable
  webhooks_due: WebhookDueTable
  onboarding_steps: OnboardingStepTable
  sign_in_links: SignInLinkTable
  api_keys: ApiKeyTable
  connections: ConnectionTable
  accounts: AccountTable
  grant_holders: GrantHolderTable
  processes: ProcessTable
  past_holders: GrantHolderTable
  pushes: PushTable
  erasures: ErasureTable
  flows: FlowTable
  flow_states: FlowStateTable
  flow_completions: FlowCompletionTable
  flow_attempts: FlowAttemptTable
  connect_links: ConnectLinkTable
  connect_sessions: ConnectSessionTable
  events: EventTable
  due_refreshes: DueRefreshTable
  operator_alerts: OperatorAlertTable
}
