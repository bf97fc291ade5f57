/** What comes next: all files of all parts first, then the parts, each after the one that it answers to. */
import { isOk, text } from '../../../provider.ts'
import type { Outcome, Progress, Publisher, Step } from '../../../provider-publishing.ts'
import { bodyOf, mediaKey, type Part, partsOf, permalink } from './content.ts'
import { judge } from './faults.ts'
import { API, POSTS } from './limits.ts'
import { forget, type PartFile, uploadAt, uploading } from './uploads.ts'

const NO_COMMENT = 'The first comment was not made. Make it on X.'

export const next: Publisher['next'] = (content, as, progress, now) => {
  const parts = partsOf(content)
  const left = parts.filter(({ key }) => typeof progress[key] !== 'string')
  for (const file of left.flatMap(filesOf)) {
    const step = uploading(file, as, progress, now)
    if (step) return step
  }
  const [part] = left
  if (part) return create(part, content.thread.length + 1, progress, now)
  const id = String(progress.post)
  return { do: 'done', id, url: permalink(as.account.handle, id) }
}

const NAMES = { image: 'picture', gif: 'GIF', video: 'video', document: 'document' } as const

function filesOf(part: Part): PartFile[] {
  const { media, key, after } = part
  return media.map((one, place) => {
    const name = media.length === 1 ? NAMES[one.kind] : `${NAMES[one.kind]} ${place + 1} of ${media.length}`
    return {
      key: mediaKey(part, place),
      media: one,
      name: after === undefined ? name : `${name} in part ${numberOf(key)}`,
    }
  })
}

/** The first post is part 1. */
const numberOf = (key: string): number => Number(key.split('.')[1] ?? -1) + 2

function create(part: Part, count: number, progress: Progress, now: number): Step {
  const { key, media } = part
  const keys = media.map((_, place) => mediaKey(part, place))
  const ids = keys.map((one) => uploadAt(progress, one, now)?.id ?? '')
  const optional = { learnt: { comment: 'none' }, warning: NO_COMMENT }
  return {
    do: 'call',
    name: key === 'comment' ? 'Comment' : count === 1 ? 'Publish' : `Publish part ${numberOf(key)} of ${count}`,
    endpoint: POSTS,
    request: { method: 'POST', url: `${API}/2/tweets`, body: { json: bodyOf(part, progress, ids) } },
    create: { part: key, ...(key === 'comment' ? { optional } : {}) },
    reads: [400],
    read: (answer): Outcome => {
      if (!isOk(answer)) {
        const fault = judge(answer, { endpoint: POSTS, create: true }, now)
        return { fault: { ...fault, ...(fault.class === 'media' ? { learnt: forget(keys) } : {}) } }
      }
      const id = text(answer.body, 'data', 'id')
      if (id !== undefined) return { learnt: { [key]: id } }
      const message = 'X did not say what became of this post. Look there.'
      return { fault: { class: 'platform', message, unknown: true } }
    },
    assume: { [key]: `<${key}>` },
  }
}
