/** What a post says, as providers see it. */

export type MediaKind = 'image' | 'gif' | 'video' | 'document'

/** A file as it was probed. What the probe could not tell is undefined. */
export interface PostMedia {
  id: string
  kind: MediaKind
  mime: string
  fileName: string
  bytes: number
  width?: number | undefined
  height?: number | undefined
  durationMs?: number | undefined
  /** Pictures of an animation. */
  frames?: number | undefined
  framesPerSecond?: number | undefined
  /** As the container names them: `avc`, `hevc`, `aac`, … */
  videoCodec?: string | undefined
  audioCodec?: string | undefined
  /** Samples of its sound a second. */
  audioHz?: number | undefined
  /** Of MP4 and MOV: its table of contents (`moov`) comes before its pictures, as where it is made "for the web". */
  moovFirst?: boolean | undefined
  pages?: number | undefined
  /** For those who cannot see it. */
  alt?: string | undefined
  /** Of a document: what it is called in the post. */
  title?: string | undefined
}

export interface PostPart {
  text: string
  media: readonly PostMedia[]
}

export interface PostLink {
  url: string
  title?: string | undefined
  description?: string | undefined
  image?: PostMedia | undefined
}

export interface PostPoll {
  question: string
  options: readonly string[]
  minutes: number
}

export type PostFormat = (typeof POST_FORMATS)[number]
export const POST_FORMATS = ['feed', 'reel', 'story'] as const
export type Visibility = (typeof VISIBILITIES)[number]
export const VISIBILITIES = ['public', 'connections'] as const

/** What one account is to say: the post, with what was changed for this account. */
export interface PostContent extends PostPart {
  link?: PostLink | undefined
  poll?: PostPoll | undefined
  /** What follows the first part, each an answer to the one before. */
  thread: readonly PostPart[]
  firstComment?: string | undefined
  visibility: Visibility
  format: PostFormat
  /** `@name` in the text stands for the platform's id of somebody (a URN). */
  mentions: readonly { name: string; id: string }[]
}
