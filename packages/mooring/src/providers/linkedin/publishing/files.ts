/** The files of a post, each at its place, and what is known of its upload. */
import type { Json, PostContent, PostMedia, Progress } from '../../../provider-publishing.ts'

export type Sort = 'image' | 'video' | 'document'

export interface PostFile {
  /** Of its upload in the progress: `file.0`, `card`. */
  key: string
  media: PostMedia
  sort: Sort
  /** "picture 2 of 3" */
  name: string
}

/** What is kept of an upload; it holds nothing that a token is needed for. */
export interface Upload {
  urn: string
  /** Where it goes, all at once. */
  url?: string
  /** Where its parts go, `to` without. */
  parts?: { url: string; from: number; to: number }[]
  /** The addresses are good until then, in ms since 1970. */
  until?: number
  token?: string
  etags?: string[]
  /** All its bytes are there. */
  sent?: boolean
  /** When its state was first asked for. */
  since?: number
  ready?: boolean
  /** The token may not ask for its state. */
  unreadable?: boolean
  /** What the older API wants with the bytes. */
  headers?: Record<string, string>
}

const SORTS = { image: 'image', gif: 'image', video: 'video', document: 'document' } as const
const NAMES = { image: 'picture', video: 'video', document: 'document' } as const

/** `withCard`: the picture of a link is uploaded, too, where the link is what the post shows. */
export function filesOf({ media, link, poll }: PostContent, withCard: boolean): PostFile[] {
  const own = media.map((one, place): PostFile => {
    const sort = SORTS[one.kind]
    const name = media.length === 1 ? NAMES[sort] : `${NAMES[sort]} ${place + 1} of ${media.length}`
    return { key: `file.${place}`, media: one, sort, name }
  })
  if (!withCard || !link?.image || own.length > 0 || poll) return own
  return [{ key: 'card', media: link.image, sort: 'image', name: 'picture of the link' }]
}

export function uploadAt(progress: Progress, key: string): Upload | undefined {
  const held = progress[key]
  return held === undefined || held === null ? undefined : (held as unknown as Upload)
}

export const keep = (key: string, upload: Upload): Progress => ({ [key]: { ...upload } as Json })
export const forget = (keys: readonly string[]): Progress => Object.fromEntries(keys.map((key) => [key, null]))
