/** What one account is to say, from the post and what differs there. Pure. */
import type { PostContent, PostMedia, PostPart } from '../provider-publishing.ts'
import type { MediaRow } from '../store/media-read.ts'
import type { StoredContent, StoredMediaUse, StoredOverride, StoredPart } from '../store/schema-posts.ts'

/** Each key of the override that is there replaces the post's; null takes it away. */
export function merged(content: StoredContent, override: StoredOverride | undefined): StoredContent {
  const entries = Object.entries({ ...content, ...override }).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  return { text: '', media: [], ...Object.fromEntries(entries) }
}

export function asPostMedia(row: MediaRow, use: StoredMediaUse): PostMedia {
  const known = <T>(value: T | null): T | undefined => value ?? undefined
  return {
    id: row.id,
    kind: row.kind,
    mime: row.mime,
    fileName: row.file_name,
    bytes: Number(row.bytes),
    width: known(row.width),
    height: known(row.height),
    durationMs: known(row.duration_ms),
    frames: known(row.frames),
    framesPerSecond: known(row.frames_per_second),
    videoCodec: known(row.video_codec),
    audioCodec: known(row.audio_codec),
    audioHz: known(row.audio_hz),
    moovFirst: known(row.moov_first),
    pages: known(row.pages),
    alt: use.alt === '' ? undefined : use.alt,
    title: use.title === '' ? undefined : use.title,
  }
}

/** `missing`: files that are not there any more, by where they stand. */
export function filled(stored: StoredContent, rows: readonly MediaRow[]): { content: PostContent; missing: string[] } {
  const missing: string[] = []
  const byId = new Map(rows.map((row) => [row.id, row]))
  const files = (uses: readonly StoredMediaUse[], at: string): PostMedia[] =>
    uses.flatMap((use, place) => {
      const row = byId.get(use.id)
      if (row) return [asPostMedia(row, use)]
      missing.push(`${at}.${place}`)
      return []
    })
  const part = ({ text, media }: StoredPart, at: string): PostPart => ({ text, media: files(media, at) })
  const { link, poll, firstComment, thread = [], visibility = 'public', format = 'feed', mentions = [] } = stored
  const image = link?.image && files([link.image], 'link.image')[0]
  const content: PostContent = {
    ...part(stored, 'media'),
    ...(link ? { link: { url: link.url, title: link.title, description: link.description, image } } : {}),
    ...(poll ? { poll } : {}),
    ...(firstComment ? { firstComment } : {}),
    thread: thread.map((one, place) => part(one, `thread.${place}.media`)),
    visibility,
    format,
    mentions,
  }
  return { content, missing }
}

/** The same post with some of its files in another form. */
export function withFiles(content: PostContent, changed: ReadonlyMap<string, PostMedia>): PostContent {
  if (changed.size === 0) return content
  const files = (media: readonly PostMedia[]) => media.map((one) => changed.get(one.id) ?? one)
  const { link } = content
  return {
    ...content,
    media: files(content.media),
    thread: content.thread.map((part) => ({ ...part, media: files(part.media) })),
    ...(link?.image ? { link: { ...link, image: changed.get(link.image.id) ?? link.image } } : {}),
  }
}

export const allFiles = (content: PostContent): PostMedia[] => [
  ...content.media,
  ...content.thread.flatMap((part) => part.media),
  ...(content.link?.image ? [content.link.image] : []),
]
