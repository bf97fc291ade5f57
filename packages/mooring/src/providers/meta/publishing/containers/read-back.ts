/** Whether a container was published whose answer was lost: it says so itself; which post it became is found in the list. */
import { list, text } from '../../../../provider.ts'
import type { Look, Publisher } from '../../../../provider-publishing.ts'
import { asText, at, get } from '../calls.ts'
import type { Stack } from './stack.ts'

/** Their clock and ours. */
const SKEW_MS = 120_000

export const readBackFor =
  (stack: Stack): NonNullable<Publisher['readBack']> =>
  (content, as, progress, { part, since }) => {
    const key = content.media.length > 1 ? 'parent' : 'c0'
    const container = asText(progress[key])
    if (part !== 'post' || container === undefined) return undefined
    return {
      endpoint: at('GET', 'container'),
      request: get(stack.url(as, `${container}?fields=status_code,status`)),
      read: ({ body }) => {
        const status = text(body, 'status_code')
        if (status === 'PUBLISHED')
          return { look: inList(stack, as, content.format === 'story' ? '' : content.text, since - SKEW_MS) }
        if (status === 'FINISHED' || status === 'ERROR' || status === 'EXPIRED') return { absent: true }
        return { unsure: 'Instagram does not say whether it was published.' }
      },
    }
  }

/** Published for certain; only where it is may stay unknown. */
function inList(stack: Stack, as: Parameters<Stack['url']>[0], caption: string, from: number): Look {
  return {
    endpoint: at('GET', 'media'),
    request: get(stack.url(as, `${as.account.subject}/media?fields=id,caption,timestamp,permalink&limit=25`)),
    read: ({ body }) => {
      const young = list(body, 'data').filter((one) => madeAt(one) >= from)
      const same =
        young.findLast((one) => smooth(text(one, 'caption') ?? '') === smooth(caption)) ??
        (young.length === 1 ? young[0] : undefined)
      const id = text(same, 'id')
      return { found: id === undefined ? { media: '', url: '' } : { media: id, url: text(same, 'permalink') ?? '' } }
    },
  }
}

const madeAt = (post: unknown): number =>
  Date.parse((text(post, 'timestamp') ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) || 0
const smooth = (words: string): string => words.normalize('NFC').replace(/\s+/g, ' ').trim()
