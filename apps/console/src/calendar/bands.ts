/** What ends and when, laid over the days. Pure. */
import { dayOf, type Ending, networkOf, type PublishTarget, wallOf } from '@mooring/react'

export interface Band {
  id: string
  provider: string
  connectionId: string
  /** The networks that stop with it: "Facebook and Instagram". */
  networks: string
  label: string
  /** It has ended already, and posts wait. */
  dead: boolean
  /** The first day without it, in the calendar's zone; its time there. */
  day: string
  time: string
  /** Posts that are to go out after it. */
  posts: number
}

/** Of the connections that posts go through, soonest first. */
export function bandsOf(
  endings: readonly Ending[],
  targets: readonly PublishTarget[],
  zone: string,
  now: number,
): Band[] {
  return endings.flatMap((ending) => {
    const { connection, who, at, provider, postsAfter } = ending
    const through = targets.filter((one) => one.connection.id === connection?.id)
    if (who !== 'person' || connection === null || through.length === 0) return []
    const dead = Date.parse(at) <= now
    const wall = wallOf(dead ? now : at, zone)
    return [
      {
        id: connection.id,
        provider,
        connectionId: connection.id,
        networks: list([...new Set(through.map((one) => networkOf(one.account).name))]),
        label: connection.label,
        dead,
        day: dayOf(wall),
        time: wall.local.slice(11, 16),
        posts: postsAfter,
      },
    ]
  })
}

const list = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

export interface Strip {
  band: Band
  /** Columns of the week, from 0; the last is the week's last day. */
  from: number
  /** It begins here, and says so. */
  begins: boolean
}

/** Of one week: each band that reaches into it, always in the same order. */
export function stripsOf(bands: readonly Band[], week: readonly string[]): Strip[] {
  const last = week.at(-1) ?? ''
  return bands
    .filter((band) => band.day <= last)
    .map((band) => ({ band, from: Math.max(0, week.indexOf(band.day)), begins: week.includes(band.day) }))
}

/** Whether a moment lies after the end of a connection that a post needs. */
export const fallsAfter = (
  bands: readonly Band[],
  connections: readonly (string | null)[],
  day: string,
  time: string,
): Band | undefined =>
  bands.find((band) => connections.includes(band.connectionId) && `${band.day}T${band.time}` <= `${day}T${time}`)

/** "LinkedIn ends 14:10, 7 posts after", "X needs a reconnect, 4 posts wait". */
export function stripWords({ band, begins }: Strip): string {
  const { networks, dead, time, posts } = band
  if (!begins) return dead ? networks : `${networks}, after its end`
  if (dead)
    return `${networks} needs a reconnect${posts === 0 ? '' : `, ${number(posts)} ${posts === 1 ? 'waits' : 'wait'}`}`
  return `${networks} ends ${time}${posts === 0 ? '' : `, ${number(posts)} after`}`
}

const number = (posts: number) => `${posts} post${posts === 1 ? '' : 's'}`
