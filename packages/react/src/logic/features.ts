/** What the chosen accounts take, so that nothing is offered that none of them does. Pure. */
import type { Features, PostFormat, PublishTarget, Visibility } from '../api.ts'
import type { Draft, Scope } from './post-content.ts'

/** The accounts whose text is written. */
export function targetsIn(draft: Draft, scope: Scope, targets: readonly PublishTarget[]): PublishTarget[] {
  const chosen = draft.targets.flatMap(({ accountId }) => targets.find((one) => one.account.id === accountId) ?? [])
  return scope === 'all' ? chosen : chosen.filter((one) => one.account.id === scope)
}

/** What at least one of them takes. */
export interface Taken {
  images: number
  videos: number
  documents: number
  altText: number
  card: boolean
  link: boolean
  poll: NonNullable<Features['poll']> | undefined
  thread: boolean
  firstComment: boolean
  visibility: Visibility[]
  formats: PostFormat[]
  /** Somebody is named by the platform's own id. */
  mentionsById: boolean
}

export function takenBy(targets: readonly PublishTarget[]): Taken {
  const all = targets.map((one) => one.features)
  const most = (of: (one: Features) => number) => Math.max(0, ...all.map(of))
  const some = (of: (one: Features) => boolean) => all.some(of)
  const each = <T>(of: (one: Features) => readonly T[]) => [...new Set(all.flatMap(of))]
  const [poll, ...more] = all.flatMap((one) => (one.poll ? [one.poll] : []))
  return {
    images: most((one) => one.images),
    videos: most((one) => one.videos),
    documents: most((one) => one.documents),
    // What fits the strictest fits all; 0: nobody takes any.
    altText: Math.min(...positive(all.map((one) => one.altText))),
    card: some((one) => one.link === 'card'),
    link: some((one) => one.link !== 'none'),
    poll: poll && more.reduce(narrower, poll),
    thread: some((one) => one.thread),
    firstComment: some((one) => one.firstComment),
    visibility: each((one) => one.visibility),
    formats: each((one) => one.formats),
    mentionsById: some((one) => one.mentions === 'id'),
  }
}

const positive = (lengths: readonly number[]): number[] => {
  const some = lengths.filter((one) => one > 0)
  return some.length === 0 ? [0] : some
}

type Poll = NonNullable<Features['poll']>

/** What both take, so that one poll fits all that take polls. */
function narrower(a: Poll, b: Poll): Poll {
  const least = (x: number, y: number) => Math.min(x, y)
  const shared = offered(a).filter((minutes) => fitsIn(minutes, b.minutes))
  return {
    options: least(a.options, b.options),
    optionLength: least(a.optionLength, b.optionLength),
    questionLength: least(a.questionLength, b.questionLength),
    minutes: shared.length > 0 ? shared : a.minutes,
  }
}

const DAY = 24 * 60
const SPANS = [60, 6 * 60, DAY, 3 * DAY, 7 * DAY, 14 * DAY]

const fitsIn = (minutes: number, span: Poll['minutes']): boolean =>
  'least' in span ? minutes >= span.least && minutes <= span.most : span.includes(minutes)

/** Lengths to choose from, in minutes. */
export function offered({ minutes }: Poll): number[] {
  return 'least' in minutes ? SPANS.filter((one) => fitsIn(one, minutes)) : [...minutes]
}

/** "1 hour", "3 days", "1 week". */
export function spanName(minutes: number): string {
  const [size, unit] =
    minutes % (7 * DAY) === 0
      ? [7 * DAY, 'week']
      : minutes % DAY === 0
        ? [DAY, 'day']
        : minutes % 60 === 0
          ? [60, 'hour']
          : [1, 'minute']
  const number = minutes / size
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}

/** What a file chooser offers. */
export function acceptOf({ images, videos, documents }: Pick<Taken, 'images' | 'videos' | 'documents'>): string {
  return [
    ...(images > 0 ? ['image/*'] : []),
    ...(videos > 0 ? ['video/*'] : []),
    ...(documents > 0 ? ['application/pdf', '.doc', '.docx', '.ppt', '.pptx'] : []),
  ].join(',')
}
