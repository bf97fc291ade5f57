/** Posts in words. Pure. */
import type { PostContent } from '../api.ts'
import { count, sentenceList } from './words.ts'

const LONGEST = 80

/** What a post is called in a list: its first line, else what it holds. */
export function postTitle(content: PostContent): string {
  const line = firstLine(content.text)
  if (line !== '') return line
  if (content.poll && content.poll.question !== '') return content.poll.question
  const first = content.thread?.map((part) => firstLine(part.text)).find((one) => one !== '')
  if (first !== undefined) return first
  if (content.link?.title) return content.link.title
  if (content.media.length > 0) return content.media.length === 1 ? '1 file' : `${content.media.length} files`
  return 'Nothing written yet'
}

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  const letters = [...line]
  return letters.length <= LONGEST ? line : `${letters.slice(0, LONGEST).join('').trimEnd()}…`
}

/** "3 pictures, a link and 2 more parts", or nothing where it is text alone. `kinds`: of its files. */
export function postExtras(content: PostContent, kinds: readonly string[] = []): string {
  const of = (kind: string) => kinds.filter((one) => one === kind).length
  const pictures = of('image') + of('gif')
  const parts = [
    ...(pictures > 0 ? [count(pictures, 'picture')] : []),
    ...(of('video') > 0 ? [count(of('video'), 'video')] : []),
    ...(of('document') > 0 ? [count(of('document'), 'document')] : []),
    ...(content.link ? ['a link'] : []),
    ...(content.poll ? ['a poll'] : []),
    ...(content.thread?.length ? [count(content.thread.length, 'more part')] : []),
    ...(content.firstComment ? ['a first comment'] : []),
  ]
  return sentenceList(parts)
}

/** "1.2 MB". */
export function fileSize(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`
  const mega = bytes / 1_000_000
  return mega < 1000 ? `${mega.toFixed(mega < 10 ? 1 : 0)} MB` : `${(mega / 1000).toFixed(1)} GB`
}

/** "1:04", of a video. */
export function playTime(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0')]
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}
