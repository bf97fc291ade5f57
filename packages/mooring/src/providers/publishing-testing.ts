/** A publisher's machine, walked without a network: each step twice, as after a crash, with what it learnt kept as JSON. */
import { expect } from 'vitest'
import { type ApiAnswer, isOk } from '../provider.ts'
import type {
  Issue,
  MediaKind,
  Outcome,
  PostContent,
  PostMedia,
  Progress,
  PublishAs,
  Publisher,
  Step,
} from '../provider-publishing.ts'

export type Call = Extract<Step, { do: 'call' }>

export const NOW = Date.UTC(2026, 10, 28, 9, 0, 0)

export const say = (text: string, rest: Partial<PostContent> = {}): PostContent => ({
  text,
  media: [],
  thread: [],
  visibility: 'public',
  format: 'feed',
  mentions: [],
  ...rest,
})

const MIMES: Record<MediaKind, string> = {
  image: 'image/jpeg',
  gif: 'image/gif',
  video: 'video/mp4',
  document: 'application/pdf',
}

export const file = (kind: MediaKind = 'image', rest: Partial<PostMedia> = {}): PostMedia => ({
  id: `${kind}-1`,
  kind,
  mime: MIMES[kind],
  fileName: `my ${kind}`,
  bytes: 500_000,
  ...rest,
})

export const answer = (status: number, body?: unknown, headers: Record<string, string> = {}): ApiAnswer => ({
  status,
  body,
  headers: new Headers(headers),
})

/** As the engine asks: what `read` does not take is judged. */
export function outcomeOf(publisher: Publisher, step: Call, given: ApiAnswer, now = NOW): Outcome {
  if (isOk(given) || step.reads?.includes(given.status)) return step.read(given)
  return { fault: publisher.judge(given, { endpoint: step.endpoint, create: step.create !== undefined }, now) }
}

export interface Walk {
  steps: Step[]
  calls: Call[]
  /** `POST https://api…`, in turn. */
  asked: string[]
  /** In ms, of each wait. */
  waits: number[]
  end: Exclude<Step, { do: 'call' } | { do: 'wait' }> | { do: 'refused'; outcome: Outcome }
  progress: Progress
}

/** To its end, with answers from `reply`; a refusal ends it, with what it takes back. Time goes on by what is waited for. */
export function walk(
  publisher: Publisher,
  content: PostContent,
  as: PublishAs,
  reply: (step: Call, count: number) => ApiAnswer,
  from: Progress = {},
): Walk {
  const walked: Omit<Walk, 'end'> = { steps: [], calls: [], asked: [], waits: [], progress: from }
  const learn = (patch: Progress = {}) => {
    walked.progress = JSON.parse(JSON.stringify({ ...walked.progress, ...patch }))
  }
  let now = NOW
  for (let count = 0; count < 5000; count += 1) {
    const step = publisher.next(content, as, walked.progress, now)
    expect(JSON.stringify(publisher.next(content, as, walked.progress, now))).toBe(JSON.stringify(step))
    walked.steps.push(step)
    if (step.do === 'done' || step.do === 'fail') return { ...walked, end: step }
    if (step.do === 'wait') {
      walked.waits.push(step.forMs)
      now += step.forMs
      learn(step.learnt)
      continue
    }
    walked.calls.push(step)
    walked.asked.push(`${step.request.method} ${step.request.url}`)
    const outcome = outcomeOf(publisher, step, reply(step, walked.calls.length - 1), now)
    if ('fault' in outcome) {
      learn(outcome.fault.learnt)
      return { ...walked, end: { do: 'refused', outcome } }
    }
    learn(outcome.learnt)
    if ('wait' in outcome) {
      walked.waits.push(outcome.wait)
      now += outcome.wait
    }
  }
  throw new Error('it never ends')
}

/** As a dry run goes: by what each step assumes. */
export function assumed(publisher: Publisher, content: PostContent, as: PublishAs): Step[] {
  const steps: Step[] = []
  let progress: Progress = {}
  for (let count = 0; count < 2000; count += 1) {
    const step = publisher.next(content, as, progress, NOW)
    steps.push(step)
    if (step.do === 'done' || step.do === 'fail') return steps
    progress = { ...progress, ...step.assume }
  }
  throw new Error('it never ends')
}

export const jsonOf = (step: Call | undefined): unknown => {
  const body = step?.request.body
  return body !== undefined && 'json' in body ? body.json : undefined
}

/** `error text_too_long text`, sorted. */
export const noted = (issues: readonly Issue[]): string[] =>
  issues.map(({ severity, code, at }) => `${severity} ${code} ${at}`).toSorted()

/** Each sentence is for a person, and ends. */
export function expectSentences(issues: readonly { message: string }[]): void {
  for (const { message } of issues) expect(message).toMatch(/^[A-Z@].+[.!]$/s)
}
