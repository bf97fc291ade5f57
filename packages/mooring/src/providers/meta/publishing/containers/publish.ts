/** From the last container to the post: how many are left today, the call that publishes, where it is, a comment under it. */
import { list, need, number, text } from '../../../../provider.ts'
import type { Outcome, PostContent, Progress, PublishAs } from '../../../../provider-publishing.ts'
import { anew, asText, at, type Call, form, get, undoing } from '../calls.ts'
import { likeness, SKEW_MS, timeOf } from '../words.ts'
import type { Stack } from './stack.ts'
import { isGone, lastKey, withoutAny } from './standing.ts'

const HOUR = 3_600_000
const LOOK_MS = 10_000
/** So often a post that is there for certain is looked for in the list. */
const MOST_LOOKS = 6
const NOWHERE = { media: '', url: '' }

/** Documents name 25, 50 and 100 posts a day: the account's own number is asked for. */
export function quota(stack: Stack, as: PublishAs): Call {
  const fallback = { quota: 0 }
  return {
    do: 'call',
    name: 'How many posts are left today?',
    endpoint: at('GET', 'content_publishing_limit'),
    request: get(stack.url(as, `${as.account.subject}/content_publishing_limit?fields=config,quota_usage`)),
    read: ({ body }): Outcome => {
      const [one] = list(body, 'data')
      const used = number(one, 'quota_usage') ?? 0
      const total = number(one, 'config', 'quota_total') ?? Number(as.settings.DAILY_POSTS ?? 50)
      if (used < total) return { learnt: { quota: used } }
      const message = `Instagram takes ${total} posts a day from this account. It goes out when there is room.`
      return { fault: { class: 'rate', code: 'quota_usage', message, againAfterMs: HOUR } }
    },
    otherwise: fallback,
    assume: fallback,
  }
}

export function publish(stack: Stack, content: PostContent, as: PublishAs, progress: Progress, now: number): Call {
  const key = lastKey(content)
  const call: Call = {
    do: 'call',
    name: 'Publish',
    endpoint: at('POST', 'media_publish'),
    request: form(stack.url(as, `${as.account.subject}/media_publish`), { creation_id: asText(progress[key]) }),
    create: { part: 'post' },
    read: ({ body }) => ({ learnt: { media: need(text(body, 'id'), 'Instagram', 'id') } }),
    assume: { media: '<media>' },
  }
  // Before the next try it is asked again how it stands with the container.
  return undoing(call, stack.judge, now, (fault) =>
    isGone(fault)
      ? anew(fault, withoutAny(content.media.length), progress, key)
      : { ...fault, learnt: { [`${key}.ready`]: null, [`${key}.looks`]: null } },
  )
}

/** It was published by a call whose answer was lost: which post it became is found in the list. `since`: in ms. */
export function locate(stack: Stack, content: PostContent, as: PublishAs, progress: Progress, since: number): Call {
  const looks = Number(progress['published.looks'] ?? 0)
  return {
    do: 'call',
    name: 'Which post did it become?',
    endpoint: at('GET', 'media'),
    request: get(stack.url(as, `${as.account.subject}/media?fields=id,caption,timestamp,permalink&limit=25`)),
    read: ({ body }): Outcome => {
      const same = oldestSince(list(body, 'data'), content.text, since)
      const media = text(same, 'id')
      if (media !== undefined) return { learnt: { media, url: text(same, 'permalink') ?? '' } }
      if (looks >= MOST_LOOKS) return { learnt: NOWHERE }
      return { wait: LOOK_MS, learnt: { 'published.looks': looks + 1 } }
    },
    otherwise: NOWHERE,
    assume: NOWHERE,
  }
}

/** Newest first. One from just before is taken only where clocks may differ and there is none since. */
function oldestSince(posts: readonly unknown[], caption: string, since: number): unknown {
  const same = posts.filter((one) => likeness(text(one, 'caption'), caption) === 'same')
  const from = (at: number) => same.filter((one) => (timeOf(one, 'timestamp') ?? 0) >= at)
  return from(since).at(-1) ?? from(since - SKEW_MS)[0]
}

export const address = (stack: Stack, as: PublishAs, media: string): Call => ({
  do: 'call',
  name: 'Where is it?',
  endpoint: at('GET', 'media'),
  request: get(stack.url(as, `${media}?fields=permalink,shortcode`)),
  read: ({ body }) => ({ learnt: { url: text(body, 'permalink') ?? '' } }),
  otherwise: { url: '' },
  assume: { url: '<address>' },
})

export const comment = (stack: Stack, as: PublishAs, media: string, message: string, warning: string): Call => ({
  do: 'call',
  name: 'Comment',
  endpoint: at('POST', 'comments'),
  request: form(stack.url(as, `${media}/comments`), { message }),
  create: { part: 'comment', optional: { learnt: { comment: 'none' }, warning } },
  read: ({ body }) => ({ learnt: { comment: need(text(body, 'id'), 'Instagram', 'id') } }),
  assume: { comment: '<comment>' },
})
