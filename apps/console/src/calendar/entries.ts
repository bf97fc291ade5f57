/** Posts as they stand on a calendar. Pure. */
import {
  type At,
  type DeliveryLook,
  dayOf,
  deliveryLook,
  needsSomebody,
  type Post,
  postTitle,
  timeOf,
  wallOf,
  worstOf,
} from '@mooring/react'

export interface Entry {
  post: Post
  /** On the clocks of the calendar's zone. */
  day: string
  time: string
  /** In ms. */
  at: number
  title: string
  /** Of the account that is worst off. */
  look: DeliveryLook
  /** Somebody has to do something. */
  urgent: boolean
  /** Nothing of it has left, so that it can be moved. */
  movable: boolean
}

/** `moving`: where a post stands that was dropped and is not written down yet. */
export function entriesOf(
  posts: readonly Post[],
  zone: string,
  moving: ReadonlyMap<string, number> = new Map(),
): Entry[] {
  return posts
    .flatMap((post) => {
      const worst = worstOf(post.deliveries)
      const at = moving.get(post.id) ?? momentOf(post)
      if (!worst || at === undefined) return []
      const wall = wallOf(at, zone)
      return [
        {
          post,
          day: dayOf(wall),
          time: timeOf(wall),
          at,
          title: postTitle(post.content),
          look: deliveryLook(worst),
          urgent: post.deliveries.some(needsSomebody),
          movable: post.state === 'scheduled',
        },
      ]
    })
    .sort((a, b) => a.at - b.at || a.title.localeCompare(b.title))
}

/** When it goes out, or went out; a draft has no place on a calendar. */
function momentOf({ dueAt, deliveries }: Post): number | undefined {
  const out = dueAt ?? deliveries.find((one) => one.publishedAt !== null)?.publishedAt
  return out ? Date.parse(out) : undefined
}

export const byDay = (entries: readonly Entry[]): ReadonlyMap<string, Entry[]> => {
  const days = new Map<string, Entry[]>()
  for (const entry of entries) days.set(entry.day, [...(days.get(entry.day) ?? []), entry])
  return days
}

/** What a person may want to see alone. */
export const FILTERS = ['failed', 'unknown', 'missed', 'waiting', 'risk'] as const
export type Filter = (typeof FILTERS)[number]

export function fitsFilter({ post }: Pick<Entry, 'post'>, filter: Filter): boolean {
  return post.deliveries.some(({ state, atRisk }) =>
    filter === 'risk' ? atRisk !== null && state !== 'waiting' : state === filter,
  )
}

export const countsOf = (entries: readonly Entry[]): Record<Filter, number> =>
  Object.fromEntries(
    FILTERS.map((filter) => [filter, entries.filter((entry) => fitsFilter(entry, filter)).length]),
  ) as Record<Filter, number>

/** The same time of day on another day; or another time of it. Wall time: the clocks may be changed in between. */
export function movedTo(entry: Pick<Entry, 'time'>, zone: string, day: string, time = entry.time): At {
  return { local: `${day}T${time}`, zone }
}

/** As many as fit in so many lines, where what needs somebody takes two; the others are counted. */
export function fitting(entries: readonly Entry[], lines: number): { shown: Entry[]; rest: number } {
  const height = (entry: Entry) => (entry.urgent ? 2 : 1)
  const all = entries.reduce((sum, entry) => sum + height(entry), 0)
  if (all <= lines) return { shown: [...entries], rest: 0 }
  const shown: Entry[] = []
  let used = 1
  // What needs somebody is shown before what does not.
  for (const entry of [...entries].sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.at - b.at)) {
    if (used + height(entry) > lines) continue
    used += height(entry)
    shown.push(entry)
  }
  return { shown: shown.sort((a, b) => a.at - b.at), rest: entries.length - shown.length }
}
