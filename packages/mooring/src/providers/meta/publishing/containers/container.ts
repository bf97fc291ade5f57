/** One container: made, its file sent, and asked whether it is ready. None of it is seen by anybody. */
import { need, text } from '../../../../provider.ts'
import type { Outcome, PostMedia, Progress, PublishAs, PublishFault } from '../../../../provider-publishing.ts'
import { anew, asText, at, type Call, form, get, isElsewhere, undoing } from '../calls.ts'
import { bySubcode } from '../faults.ts'
import type { Stack } from './stack.ts'
import { CAROUSEL, isGone, madeAt, without, withoutAny } from './standing.ts'

/** "Once a minute, for at most five": files are ready in seconds mostly. */
const LOOKS_MS = [1_000, 2_000, 3_000, 5_000, 5_000, 10_000, 10_000, 15_000]
const LAST_LOOK_MS = 30_000
const MOST_LOOKS = 60

/** A container and what is known of it. */
export interface One {
  stack: Stack
  as: PublishAs
  progress: Progress
  now: number
  key: string
  /** For the timeline: `the video`. */
  name: string
  /** Files in the post. */
  all: number
}

const again = ({ key, all, progress }: One, fault: PublishFault): PublishFault =>
  anew(fault, key === CAROUSEL ? withoutAny(all) : without(key), progress, key)

export function make(one: One, fields: Record<string, string | undefined>): Call {
  const { stack, as, progress, key, name, now } = one
  const call: Call = {
    do: 'call',
    name: `Prepare ${name}`,
    endpoint: at('POST', 'media'),
    request: form(stack.url(as, `${as.account.subject}/media`), fields),
    read: ({ body }) => {
      const id = need(text(body, 'id'), 'Instagram', 'id')
      const uri = text(body, 'uri')
      const before = progress[key] === undefined ? {} : without(key)
      return { learnt: { ...before, [key]: id, [`${key}.at`]: now, ...(uri ? { [`${key}.uri`]: uri } : {}) } }
    },
    assume: { [key]: `<${key}>`, [`${key}.at`]: now },
  }
  // Its children may be what is not taken.
  return key === CAROUSEL
    ? undoing(call, stack.judge, now, (fault) => (isGone(fault) ? again(one, fault) : fault))
    : call
}

export function send(one: One, media: PostMedia): Call {
  const { stack, progress, key, name, now } = one
  const call: Call = {
    do: 'call',
    name: `Upload ${name}`,
    endpoint: at('POST', 'ig-api-upload'),
    request: {
      method: 'POST',
      url: asText(progress[`${key}.uri`]) ?? `https://rupload.facebook.com/ig-api-upload/${progress[key]}`,
      headers: { offset: '0', file_size: String(media.bytes) },
      authorization: 'OAuth',
      body: { bytes: { media: media.id } },
    },
    read: () => ({ learnt: { [`${key}.sent`]: true } }),
    assume: { [`${key}.sent`]: true },
  }
  return undoing(call, stack.judge, now, (fault) => (isElsewhere(fault) ? fault : again(one, fault)))
}

/** `last`: the one that is published. That it was published already is told by it alone. */
export function ready(one: One, last: boolean): Call {
  const { stack, as, progress, key, name, now } = one
  const looks = Number(progress[`${key}.looks`] ?? 0)
  const isReady = { [`${key}.ready`]: now }
  const call: Call = {
    do: 'call',
    name: `Is ${name} ready?`,
    endpoint: at('GET', 'container'),
    request: get(stack.url(as, `${asText(progress[key])}?fields=status_code,status`)),
    read: ({ body }): Outcome => {
      const status = text(body, 'status_code')
      if (status === 'PUBLISHED' && last) return { learnt: { published: madeAt(progress, key) } }
      if (status === 'FINISHED' || status === 'PUBLISHED') return { learnt: isReady }
      if (status === 'ERROR') return { fault: again(one, whyOf(text(body, 'status'))) }
      if (status === 'EXPIRED') return { fault: again(one, EXPIRED) }
      if (looks >= MOST_LOOKS) return { fault: again(one, TOO_LONG) }
      return { wait: LOOKS_MS[looks] ?? LAST_LOOK_MS, learnt: { [`${key}.looks`]: looks + 1 } }
    },
    assume: isReady,
  }
  return undoing(call, stack.judge, now, (fault) => (isGone(fault) ? again(one, fault) : fault))
}

const EXPIRED: PublishFault = {
  class: 'media',
  code: 'EXPIRED',
  message: 'What was prepared at Instagram has expired. It is prepared anew.',
  againAfterMs: 1000,
}
const TOO_LONG: PublishFault = {
  class: 'media',
  code: 'IN_PROGRESS',
  message: 'Instagram takes too long to make this file ready. Send it again later.',
}

/** `Error: Media upload has failed with error code 2207026`. */
function whyOf(status: string | undefined): PublishFault {
  const subcode = /\b(22\d{5})\b/.exec(status ?? '')?.[1]
  const message = 'Instagram could not make this file ready. Use another, or save it anew.'
  return bySubcode(Number(subcode)) ?? { class: 'media', code: subcode ?? 'ERROR', message }
}
