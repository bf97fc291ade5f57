/** The tables of publishing as Kysely sees them. The migrations are the truth; a test compares the two. */
import type { ColumnType, Generated } from 'kysely'

type Time = ColumnType<Date, Date | string, Date | string>
type MaybeTime = ColumnType<Date | null, Date | string | null, Date | string | null>
/** Given as text: a driver would make an array of PostgreSQL's of a JSON array. */
type Document<T> = ColumnType<T, string, string>

export type FileKind = 'image' | 'gif' | 'video' | 'document'
export type FaultName =
  | 'auth'
  | 'permission'
  | 'content'
  | 'media'
  | 'duplicate'
  | 'rate'
  | 'policy'
  | 'platform'
  | 'network'
export type StoredJson =
  | string
  | number
  | boolean
  | null
  | readonly StoredJson[]
  | { readonly [key: string]: StoredJson }
export type StoredProgress = Readonly<Record<string, StoredJson>>
export type StoredTraits = Record<string, string>
export type MissedPolicy = 'late' | 'ask' | 'drop'

export interface MediaTable {
  workspace_id: string
  id: string
  kind: FileKind
  mime: string
  file_name: string
  /** Whole; bigint comes as text. */
  bytes: ColumnType<string, number, number>
  sha256: string
  width: number | null
  height: number | null
  duration_ms: number | null
  frames: number | null
  frames_per_second: number | null
  video_codec: string | null
  audio_codec: string | null
  audio_hz: number | null
  moov_first: boolean | null
  pages: number | null
  made_from: string | null
  made_as: string | null
  created_at: Time
  created_by: string
}

/** A file in a post. */
export interface StoredMediaUse {
  id: string
  alt?: string | undefined
  title?: string | undefined
}
export interface StoredPart {
  text: string
  media: StoredMediaUse[]
}
/** What a post says, as it is kept: files by their ids. */
export interface StoredContent extends StoredPart {
  link?: {
    url: string
    title?: string | undefined
    description?: string | undefined
    image?: StoredMediaUse | undefined
  }
  poll?: { question: string; options: string[]; minutes: number }
  thread?: StoredPart[]
  firstComment?: string
  visibility?: 'public' | 'connections'
  format?: 'feed' | 'reel' | 'story'
  mentions?: { name: string; id: string }[]
}
export type StoredOverride = { [K in keyof StoredContent]?: StoredContent[K] | null | undefined }
export interface StoredTarget {
  accountId: string
  override?: StoredOverride | undefined
}

export interface PostTable {
  workspace_id: string
  id: string
  content: Document<StoredContent>
  targets: Document<StoredTarget[]>
  draft: boolean
  at_local: string | null
  at_zone: string | null
  due_at: MaybeTime
  version: Generated<number>
  created_at: Time
  created_by: string
  updated_at: Time
}

export type DeliveryState =
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'processing'
  | 'waiting'
  | 'published'
  | 'failed'
  | 'unknown'
  | 'skipped'
  | 'missed'
  | 'cancelled'
  | 'removed'

export interface DeliveryTable {
  workspace_id: string
  id: string
  post_id: string
  account_id: string | null
  connection_id: string | null
  provider: string
  kind: string
  subject: string
  label: string
  handle: string | null
  picture: string | null
  state: DeliveryState
  content: Document<StoredContent>
  due_at: MaybeTime
  progress: ColumnType<StoredProgress, string | undefined, string>
  tries: Generated<number>
  looks: Generated<number>
  released: Generated<boolean>
  published_at: MaybeTime
  external_id: string | null
  permalink: string | null
  warning: string | null
  fault_class: FaultName | null
  fault_code: string | null
  fault_message: string | null
  created_at: Time
  updated_at: Time
}

export interface DeliveryDueTable {
  workspace_id: string
  delivery_id: string
  due_at: Time
  lane: string
  lease_id: string | null
  lease_until: MaybeTime
}

export type AttemptOutcome = 'sending' | 'accepted' | 'refused' | 'unknown' | 'confirmed' | 'absent'

export interface DeliveryAttemptTable {
  workspace_id: string
  id: string
  delivery_id: string
  number: number
  part: string
  started_at: Time
  /** By the database's clock. */
  began_at: Generated<Date>
  ended_at: MaybeTime
  outcome: AttemptOutcome
  status: number | null
  provider_code: string | null
  message: string | null
  excerpt: string | null
}

export interface DeliveryStepTable {
  workspace_id: string
  id: string
  delivery_id: string
  at: Time
  name: string
  status: number | null
  message: string | null
}

export interface SlotTable {
  workspace_id: string
  weekday: number
  at_time: string
}

export interface IdempotencyKeyTable {
  workspace_id: string
  key: string
  request_hash: string
  result_id: string
  created_at: Time
}

export interface BudgetTable {
  registration: string
  holder: string
  endpoint: string
  limit_of: number | null
  remaining: number
  resets_at: Time
  known: 'told' | 'counted'
}

export interface PostsDatabase {
  media: MediaTable
  posts: PostTable
  deliveries: DeliveryTable
  deliveries_due: DeliveryDueTable
  delivery_attempts: DeliveryAttemptTable
  delivery_steps: DeliveryStepTable
  slots: SlotTable
  idempotency_keys: IdempotencyKeyTable
  budgets: BudgetTable
}
