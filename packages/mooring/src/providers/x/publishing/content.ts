/** The posts that one post becomes, each an answer to another, and their bodies. Source: docs.x.com, OpenAPI 2.167; unknown keys are refused. */
import type { Json, PostContent, PostMedia, PostPoll, Progress } from '../../../provider-publishing.ts'

export interface Part {
  /** `post`, `thread.0`, `comment`: where its id is kept, too. */
  key: string
  /** As issues name it. */
  at: { text: string; media: string }
  text: string
  media: readonly PostMedia[]
  poll?: PostPoll | undefined
  /** The part that it answers to. */
  after?: string
}

/** A thread is a chain: each answers to the one before, not to the first. */
export function partsOf(content: PostContent): Part[] {
  const { media, poll, thread, firstComment } = content
  const first: Part = { key: 'post', at: { text: 'text', media: 'media' }, text: textOf(content), media, poll }
  const rest = thread.map((part, place): Part => {
    const key = `thread.${place}`
    const after = place === 0 ? 'post' : `thread.${place - 1}`
    return { key, at: { text: `${key}.text`, media: `${key}.media` }, ...part, after }
  })
  const at = { text: 'firstComment', media: 'firstComment' }
  const comment: Part = { key: 'comment', at, text: firstComment ?? '', media: [], after: 'post' }
  return [first, ...rest, ...(firstComment === undefined ? [] : [comment])]
}

/** X has no link cards of our making and no question in a poll: both stand in the text, once. */
function textOf({ text, link, poll }: PostContent): string {
  const asking = poll && !text.includes(poll.question.trim()) ? [text, poll.question.trim()] : [text]
  const said = asking.filter((one) => one.trim() !== '').join('\n\n')
  if (!link || said.includes(link.url)) return said
  return said.trim() === '' ? link.url : `${said}\n${link.url}`
}

export const mediaKey = ({ key }: Part, place: number): string => `${key}.media.${place}`

export function bodyOf(part: Part, progress: Progress, mediaIds: readonly string[]): Json {
  const { text, poll, after } = part
  return {
    ...(text === '' ? {} : { text }),
    ...(mediaIds.length === 0 ? {} : { media: { media_ids: mediaIds } }),
    ...(after === undefined ? {} : { reply: { in_reply_to_tweet_id: String(progress[after]) } }),
    ...(poll ? { poll: { options: poll.options, duration_minutes: poll.minutes } } : {}),
  }
}

/** Ids of what answers to the first post, the last first: X keeps answers to a post that is gone. */
export function answersIn(progress: Progress): string[] {
  const thread = Object.keys(progress)
    .filter((key) => /^thread\.\d+$/.test(key))
    .toSorted((one, other) => Number(other.slice(7)) - Number(one.slice(7)))
  return ['comment', ...thread]
    .map((key) => progress[key])
    .filter((id): id is string => typeof id === 'string' && id !== 'none')
}

/** `/i/status/` finds it, too, where the handle is not known. */
export const permalink = (handle: string | undefined, id: string): string =>
  `https://x.com/${handle ?? 'i'}/status/${id}`

export function idFrom(pasted: string): { id: string; url: string } | undefined {
  if (/^\d{1,19}$/.test(pasted)) return { id: pasted, url: permalink(undefined, pasted) }
  const address =
    /^https?:\/\/(?:(?:www|mobile)\.)?(?:x|twitter)\.com\/(\w{1,15}|i\/web)\/status\/(\d{1,19})(?:[/?#]|$)/i
  const [, handle, id] = address.exec(pasted) ?? []
  return id === undefined ? undefined : { id, url: permalink(handle === 'i/web' ? undefined : handle, id) }
}
