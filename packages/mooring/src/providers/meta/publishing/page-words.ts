/** The words of a Page's post as they are sent. */
import type { PostContent } from '../../../provider-publishing.ts'

/** Beside files the address stands in the text: Facebook makes no card then. Reels have no link, stories have no words. */
export function messageOf({ text, link, media, format }: PostContent): string {
  if (format === 'story') return ''
  if (format === 'reel' || !link || media.length === 0 || text.includes(link.url)) return text
  return `${text}\n\n${link.url}`.trim()
}
