/** The shapes of publishing, as the API answers with them. Times are ISO 8601 in UTC; `At` is wall time with its zone. */
import type { Page } from './api.ts'

export type Severity = 'error' | 'warning'
export interface PostIssue {
  severity: Severity
  /** Stable. */
  code: string
  message: string
  /** `text`, `media.0`, `media.0.alt`, `thread.1.text`, `link`, `poll.options.2`, `firstComment`, `account`. */
  at: string
}
export interface Counter {
  at: string
  used: number
  limit: number
}
export interface Features {
  text: { limit: number; weighted: boolean }
  images: number
  videos: number
  documents: number
  mixed: boolean
  needsMedia: boolean
  altText: number
  link: 'card' | 'plain' | 'none'
  poll: {
    options: number
    optionLength: number
    questionLength: number
    minutes: number[] | { least: number; most: number }
  } | null
  thread: boolean
  firstComment: boolean
  visibility: Visibility[]
  formats: PostFormat[]
  mentions: 'id' | 'handle' | 'none'
  deletes: boolean
}
export type Visibility = 'public' | 'connections'
export type PostFormat = 'feed' | 'reel' | 'story'

/** An account that posts can go to. */
export interface PublishTarget {
  account: PostAccount
  connection: { id: string; state: string; label: string }
  /** Null: it can be published to. Else why not, for the person. */
  unusable: string | null
  /** When the connection will need a person; null: not foreseen. */
  needsPersonAt: string | null
  features: Features
}
export interface PostAccount {
  id: string
  provider: string
  providerName: string
  kind: string
  label: string
  handle: string | null
  picture: string | null
}

export interface MediaItem {
  id: string
  kind: 'image' | 'gif' | 'video' | 'document'
  mime: string
  fileName: string
  bytes: number
  width: number | null
  height: number | null
  durationMs: number | null
  pages: number | null
  /** A path of this server, for whoever is signed in. */
  url: string
  /** A smaller picture of it; null: none. */
  preview: string | null
  createdAt: string
}
/** A file in a post. */
export interface MediaUse {
  id: string
  alt?: string | undefined
  title?: string | undefined
}
export interface PostPart {
  text: string
  media: MediaUse[]
}
export interface PostLink {
  url: string
  title?: string | undefined
  description?: string | undefined
  image?: MediaUse | undefined
}
export interface PostPoll {
  question: string
  options: string[]
  minutes: number
}
export interface PostContent extends PostPart {
  link?: PostLink | undefined
  poll?: PostPoll | undefined
  thread?: PostPart[] | undefined
  firstComment?: string | undefined
  visibility?: Visibility | undefined
  format?: PostFormat | undefined
  mentions?: { name: string; id: string }[] | undefined
}
/** What differs for one account: each key that is there replaces the post's; null takes it away. */
export type PostOverride = { [K in keyof PostContent]?: PostContent[K] | null }
export interface TargetChoice {
  accountId: string
  override?: PostOverride | undefined
}

/** Wall time, without a zone: `2026-12-01T09:00`. */
export interface At {
  local: string
  /** IANA: `Europe/Rome`. */
  zone: string
}
export type When = { how: 'draft' } | { how: 'now' } | { how: 'slot' } | { how: 'at'; at: At }

export type DeliveryState =
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'processing'
  | 'published'
  | 'failed'
  | 'unknown'
  | 'waiting'
  | 'skipped'
  | 'missed'
  | 'cancelled'
  | 'removed'
export type FaultClass =
  | 'auth'
  | 'permission'
  | 'content'
  | 'media'
  | 'duplicate'
  | 'rate'
  | 'policy'
  | 'platform'
  | 'network'

export interface Attempt {
  id: string
  number: number
  /** `post`, `thread.0`, `comment`. */
  part: string
  startedAt: string
  endedAt: string | null
  /** `sending`: under way, or its process died. `confirmed`: by a look or a person. */
  outcome: 'sending' | 'accepted' | 'refused' | 'unknown' | 'confirmed' | 'absent'
  status: number | null
  providerCode: string | null
  message: string | null
  /** What the platform said, cut and without secrets, for the operator. */
  excerpt: string | null
}
export interface Delivery {
  id: string
  postId: string
  account: PostAccount
  connectionId: string | null
  state: DeliveryState
  /** When it is to go out; null: it was never scheduled. */
  dueAt: string | null
  /** When it is looked at again by itself. */
  nextTryAt: string | null
  publishedAt: string | null
  externalId: string | null
  permalink: string | null
  warning: string | null
  problem: { class: FaultClass; providerCode: string | null; message: string } | null
  /** It falls after its connection ends, or its connection is ending now. */
  atRisk: string | null
  /** What may be asked now: a subset. */
  actions: ('retry' | 'confirm' | 'cancel' | 'remove' | 'reconnect')[]
  updatedAt: string
}
export interface DeliveryDetail extends Delivery {
  content: PostContent
  attempts: Attempt[]
  /** What is done beside creating: uploads, looks. Newest last. */
  steps: { at: string; name: string; status: number | null; message: string | null }[]
}
export interface Post {
  id: string
  /** `draft`: nothing is to go out. */
  state: 'draft' | 'scheduled' | 'publishing' | 'published' | 'partial' | 'failed' | 'attention' | 'cancelled'
  content: PostContent
  targets: TargetChoice[]
  at: At | null
  dueAt: string | null
  /** Raised by every change: a change must name the one that it began with. */
  version: number
  media: MediaItem[]
  deliveries: Delivery[]
  createdAt: string
  createdBy: string
  updatedAt: string
}
export type PostPage = Page<Post>

export interface NewPost {
  content: PostContent
  targets: TargetChoice[]
  when: When
}
export interface ChangePost {
  version: number
  content?: PostContent
  targets?: TargetChoice[]
}
export interface PostCheck {
  accounts: {
    accountId: string
    ok: boolean
    issues: PostIssue[]
    counters: Counter[]
  }[]
}
/** What would leave, in its order. Secrets are `[redacted]`. */
export interface DryRun extends PostCheck {
  requests: {
    accountId: string
    steps: {
      name: string
      method: string
      url: string
      headers: Record<string, string>
      body: string | null
      publishes: boolean
    }[]
  }[]
}
export interface PostFilter {
  /** Due, published or made within. */
  from?: string | undefined
  to?: string | undefined
  /** Of posts: `draft`, `queue` (to go out), `sent`, `attention` (failed, unknown, missed, waiting, at risk). */
  view?: 'draft' | 'queue' | 'sent' | 'attention' | undefined
  accountId?: string | undefined
  cursor?: string | undefined
  limit?: number | undefined
}

export interface Slot {
  /** 1 Monday … 7 Sunday. */
  weekday: number
  /** `09:00`. */
  time: string
}
export interface PublishingSettings {
  zone: string
  slots: Slot[]
  missed: {
    policy: 'late' | 'ask' | 'drop'
    /** Late by more than this is missed. */
    afterMinutes: number
  }
}
export interface NextSlots {
  data: { at: At; dueAt: string }[]
}
export interface LinkPreview {
  url: string
  title: string | null
  description: string | null
  /** Fetched and kept, to be used or replaced. */
  image: MediaItem | null
}
export interface Budget {
  provider: string
  registration: string
  connectionId: string | null
  accountId: string | null
  endpoint: string
  limit: number | null
  remaining: number
  resetsAt: string
  /** Told by the platform, or counted by us against a published limit. */
  known: 'told' | 'counted'
}
/** Of `GET /posts/events`: one line for each post that changed. */
export interface PostChanged {
  postId: string
}
