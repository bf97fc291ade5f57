/** Whether a container was published whose answer was lost: it says so itself. */
import { text } from '../../../../provider.ts'
import type { Publisher } from '../../../../provider-publishing.ts'
import { asText, at, get } from '../calls.ts'
import type { Stack } from './stack.ts'
import { lastKey } from './standing.ts'

export const readBackFor =
  (stack: Stack): NonNullable<Publisher['readBack']> =>
  (content, as, progress, { part, since }) => {
    const container = asText(progress[lastKey(content)])
    if (part !== 'post' || container === undefined) return undefined
    return {
      endpoint: at('GET', 'container'),
      request: get(stack.url(as, `${container}?fields=status_code,status`)),
      read: ({ body }) => {
        const status = text(body, 'status_code')
        // Which post it became is asked for next.
        if (status === 'PUBLISHED') return { found: { published: since } }
        // One container becomes one post, however often that is asked for.
        if (status === 'FINISHED') return { absent: true, again: true }
        if (status === 'ERROR' || status === 'EXPIRED') return { absent: true }
        return { unsure: 'Instagram does not say whether it was published.' }
      },
    }
  }
