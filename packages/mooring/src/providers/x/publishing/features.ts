import type { Features, Publisher } from '../../../provider-publishing.ts'
import { LIMITS, planOf } from './limits.ts'

export const features: Publisher['features'] = (as): Features => {
  const { text } = planOf(as)
  return {
    text: { limit: text, weighted: true },
    images: LIMITS.images,
    videos: 1,
    documents: 0,
    mixed: false,
    needsMedia: false,
    altText: LIMITS.altText,
    link: 'plain',
    // X has no field for the question: it stands in the text.
    poll: {
      options: LIMITS.poll.options[1],
      optionLength: LIMITS.poll.option,
      questionLength: text,
      minutes: LIMITS.poll.minutes,
    },
    thread: true,
    firstComment: true,
    visibility: ['public'],
    formats: ['feed'],
    mentions: 'handle',
    deletes: true,
  }
}
