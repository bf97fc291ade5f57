/**
 * What a provider knows of publishing: what it takes, how it is asked, what its answers mean. All of it is pure; the engine
 * does the asking (`publishing/carry-out.ts`). A publisher is a machine of steps: `next` says what comes after what is known,
 * `progress` is what is known, kept in the delivery's row after every step, so that any process can go on from there.
 */
import type { ApiAnswer } from './provider.ts'
import type { PostContent, PostFormat, PostMedia, Visibility } from './provider-posts.ts'

export * from './provider-posts.ts'

/** As whom, and with what. */
export interface PublishAs {
  account: { kind: string; subject: string; label: string; handle?: string | undefined }
  /** What the platform said of the account (`DiscoveredAccount.traits`). */
  traits: Readonly<Record<string, string>>
  /** Granted. */
  scopes: readonly string[]
  settings: Readonly<Record<string, string>>
  /** The kind of app (`AppKind.id`). */
  app: string
  /** A signed address at which the platform can fetch the file, good for a day. */
  mediaUrl: (media: Pick<PostMedia, 'id'>) => string
  /** Whether the platform can reach this server to fetch a file at all. */
  fetchable: boolean
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
/** Flat: a patch replaces whole values. Never a token; an upload's address only where nothing but the upload can be done by it. */
export type Progress = Readonly<Record<string, Json>>

export interface Issue {
  /** An error keeps this account's post from being sent; the other accounts' go out. */
  severity: 'error' | 'warning'
  /** Stable: `text_too_long`, `media_too_large`, … */
  code: string
  /** What is wrong and what to do, for the person. */
  message: string
  /** Which part: `text`, `media.0`, `media.0.alt`, `thread.1.text`, `link`, `poll.options.2`, `firstComment`, `account`. */
  at: string
}

/** A length as the platform counts it. */
export interface Counter {
  /** As `Issue.at`. */
  at: string
  used: number
  limit: number
}

/** What a composer needs to know before anything is typed. */
export interface Features {
  /** Longest text, as the platform counts. */
  text: { limit: number; weighted: boolean }
  /** Most of each in one post; 0: not at all. */
  images: number
  videos: number
  documents: number
  /** May pictures and videos stand in one post? */
  mixed: boolean
  /** A post without a picture or video is refused. */
  needsMedia: boolean
  /** Longest alternative text; 0: none is taken. */
  altText: number
  /** `card`: with a title and picture of one's own. `plain`: the platform makes the preview from the address. */
  link: 'card' | 'plain' | 'none'
  poll: {
    options: number
    optionLength: number
    questionLength: number
    minutes: readonly number[] | { least: number; most: number }
  } | null
  thread: boolean
  firstComment: boolean
  visibility: readonly Visibility[]
  formats: readonly PostFormat[]
  /** `id`: chosen from the platform's ids; `handle`: typed as @handle; `none`. */
  mentions: 'id' | 'handle' | 'none'
  /** What people can remove there through us after it went out. */
  deletes: boolean
}

export interface MultipartField {
  name: string
  value?: string
  /** A file's bytes, `from` up to and without `to`; without them the whole. */
  media?: { id: string; fileName: string; mime: string; from?: number; to?: number }
}

export type PublishBody =
  | { json: Json }
  | { form: Readonly<Record<string, string>> }
  | { multipart: readonly MultipartField[] }
  | { bytes: { media: string; from?: number; to?: number } }

export interface PublishRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Absolute; its origin is one of `apiOrigins` or `Publisher.uploadOrigins`. */
  url: string
  headers?: Readonly<Record<string, string>>
  body?: PublishBody
  /** How the token is shown: `Bearer` without a word. */
  authorization?: 'Bearer' | 'OAuth' | 'none'
}

/** Of what kind a refusal is, by the platform's parsed code. */
export const FAULT_CLASSES = [
  'auth',
  'permission',
  'content',
  'media',
  'duplicate',
  'rate',
  'policy',
  'platform',
  'network',
] as const
export type FaultClass = (typeof FAULT_CLASSES)[number]

/** A refusal, judged. */
export interface PublishFault {
  class: FaultClass
  /** The platform's own code, with its subcode where there is one. */
  code?: string | undefined
  /** For the person: what happened and what to do. */
  message: string
  /** Tried again after so many ms by itself; undefined: not by itself. */
  againAfterMs?: number | undefined
  /** Of a create: the platform names what is there already, and this is what its first answer would have taught. */
  existing?: Progress | undefined
  /**
   * Only of a create: the answer is a fault of the platform's, and nobody knows whether the post was made. Of every answer with
   * 5xx the engine holds this anyway, unless it is `false`: the platform says for certain that nothing was made.
   */
  unknown?: boolean | undefined
  /** What is not so any more, e.g. an upload that came to nothing: it is made anew when this is tried again, by itself or by a person. */
  learnt?: Progress | undefined
  /** As the step's. */
  doubt?: Doubt | undefined
}

/** What was taken may be there or may come: where what tells of it is given up nobody knows, and a person is asked. */
export interface Doubt {
  message: string
  /** For a person who says that it is not there: what has to be made anew. */
  learnt: Progress
}

/** What an answer means for the delivery. */
export type Outcome =
  | { learnt: Progress }
  /** Not ready: asked again after so many ms. */
  | { wait: number; learnt?: Progress }
  | { fault: PublishFault }

export type Step =
  | {
      do: 'call'
      /** For the timeline and the dry run: `Upload picture 1 of 3`. */
      name: string
      /** What its rate limit goes by: `POST /rest/posts`. */
      endpoint: string
      request: PublishRequest
      /**
       * Set where the call publishes something that others see: it is never repeated blindly. Its name in this delivery:
       * `post`, `thread.0`, `comment`. `optional`: where it fails the post is published all the same, with a warning.
       */
      create?: { part: string; optional?: { learnt: Progress; warning: string } }
      /** Of an answer with 2xx (or `reads`). */
      read: (answer: ApiAnswer) => Outcome
      /** Nothing that was published hangs on it: where it cannot be had the delivery goes on with this. */
      otherwise?: Progress
      /** It asks about what an earlier call handed over: where it cannot be had the delivery is not failed. */
      doubt?: Doubt
      /** Further statuses that `read` takes. */
      reads?: readonly number[]
      /** What a dry run goes on with. */
      assume: Progress
    }
  /** Nothing to ask for so many ms. */
  | { do: 'wait'; forMs: number; why: string; learnt: Progress; assume: Progress }
  | { do: 'fail'; fault: PublishFault }
  | { do: 'done'; id: string | null; url: string | null; warning?: string | undefined }

/** What looking for a post told. */
export type Sighting =
  /** What `next` would have learnt from the answer that was lost. */
  | { found: Progress }
  /** The list reaches back to before the attempt, and it is not in it. */
  | {
      absent: true
      /** The platform makes no second one of what is asked again: it is sent again by itself. */
      again?: true
    }
  /** More has to be asked. */
  | { look: Look }
  /** It cannot be told. */
  | { unsure: string }

export interface Look {
  request: PublishRequest
  endpoint: string
  /** Of an answer with 2xx; what is refused tells nothing. */
  read: (answer: ApiAnswer) => Sighting
}

/** What a known or told limit has left. */
export interface Usage {
  /** Whose it is. */
  of: 'registration' | 'connection' | 'account'
  /** Of all its calls, and not of the endpoint alone that told. */
  everything?: boolean
  limit?: number | undefined
  remaining: number
  /** In ms since 1970. */
  resetsAt: number
}

/** A limit that the platform publishes and tells in no header. */
export interface Quota {
  of: Usage['of']
  /** As `Step.endpoint`; undefined: of all calls. */
  endpoint?: string
  limit: number
  /** `utc-day`: until the next midnight UTC; else a window of so many ms from its first call. */
  window: 'utc-day' | number
}

/** A file in another form, because the platform takes no other. */
export interface Fit {
  mime: 'image/jpeg' | 'image/png'
  maxWidth?: number
  maxHeight?: number
  maxBytes?: number
  /** For the person: "Instagram takes JPEG only: the picture is converted." */
  why: string
}

export interface JudgedCall {
  endpoint: string
  create: boolean
  /** A limit kept this delivery waiting before. */
  limited?: boolean
}

export interface Removal {
  request: PublishRequest
  endpoint: string
  /** By this answer the platform says that it is gone already. */
  gone: (answer: ApiAnswer) => boolean
  /** Where that answer can mean a missing permission, too: this is asked then, and must be answered so as well. */
  look?: PublishRequest
}

export interface Publisher {
  /** Kinds of account that posts can go to. */
  kinds: readonly string[]
  /** Of these, those that another provider reaches as well, under the same subject: Instagram through Facebook. */
  sharedKinds?: readonly string[]
  /** Beside `apiOrigins`: where files are sent to. */
  uploadOrigins?: readonly string[]
  features: (as: PublishAs) => Features
  /** All that the platform would refuse, as far as it can be known, and the lengths. */
  check: (content: PostContent, as: PublishAs) => { issues: readonly Issue[]; counters: readonly Counter[] }
  /** What a file must become first; undefined: it is taken as it is. */
  fit?: (media: PostMedia, content: PostContent, as: PublishAs) => Fit | undefined
  /** What comes next. The same progress gives the same step; `now` in ms is for limits of waiting alone. */
  next: (content: PostContent, as: PublishAs, progress: Progress, now: number) => Step
  /** A refusal: any answer that `read` does not take. */
  judge: (answer: ApiAnswer, call: JudgedCall, now: number) => PublishFault
  /**
   * Where the answer of a create was lost: how to see whether the post is there. Undefined: this platform, app or grant
   * cannot tell, and a person must. `since` is when the attempt began, in ms, by the platform's own clock as far as its answers tell it;
   * `others` are ids of this account's posts that are other deliveries' for certain: what says the same and is one of them is not this.
   */
  readBack?: (
    content: PostContent,
    as: PublishAs,
    progress: Progress,
    attempt: { part: string; since: number; others: ReadonlySet<string> },
  ) => Look | undefined
  /**
   * The platform refuses this post a second time and names the first: asking again settles it (an operator's switch). `ageMs`:
   * of the attempt, for platforms forget.
   */
  resendSettles?: (as: PublishAs, content: PostContent, ageMs: number) => boolean
  /** Takes a published post away again, by requests in this order: what answers to it first. Empty: this one cannot be. */
  remove?: (id: string, as: PublishAs, progress: Progress) => readonly Removal[]
  /** An id from what a person pasted: the post's address or its id. Undefined: it is none; an id of '': the address does not say it. */
  idFrom?: (pasted: string) => { id: string; url: string } | undefined
  /** What the headers of any answer tell of limits. */
  usage?: (answer: ApiAnswer, endpoint: string, now: number) => readonly Usage[]
  quotas?: (as: PublishAs) => readonly Quota[]
}
