import { DAY, type Ending } from '@mooring/react'
import { keyOf, type Urgency, urgencyOf } from './spans.ts'

/** What ends at about one place of the axis. */
export interface Spot {
  key: string
  /** Its middle, as a share of the axis. */
  at: number
  /** That of the most urgent one. */
  urgency: Urgency
  /** Soonest first. */
  endings: Ending[]
}

const WORST: readonly Urgency[] = ['bad', 'warn', 'plain']

/**
 * Endings on an axis of `days`, those that would lie upon each other as one spot: `columns` is how many fit beside each
 * other. What is over stands at the axis's beginning, what is beyond it is left out. Pure.
 */
export function spotsOf(endings: readonly Ending[], now: number, days: number, columns: number): Spot[] {
  const places = new Map<number, { shares: number[]; endings: Ending[] }>()
  for (const ending of endings) {
    const share = Math.max(0, (Date.parse(ending.at) - now) / (days * DAY))
    if (share > 1) continue
    const column = share === 0 ? -1 : Math.min(columns - 1, Math.floor(share * columns))
    const place = places.get(column) ?? { shares: [], endings: [] }
    place.shares.push(share)
    place.endings.push(ending)
    places.set(column, place)
  }
  const spots = [...places].sort(([a], [b]) => a - b).map(([, place]) => spot(place.shares, place.endings, now))
  return apart(spots, 0.8 / columns)
}

/** Moves on what would still lie upon the one before it. */
function apart(spots: readonly Spot[], gap: number): Spot[] {
  let before = Number.NEGATIVE_INFINITY
  return spots.map((one) => {
    before = Math.min(1, Math.max(one.at, before + gap))
    return { ...one, at: before }
  })
}

function spot(shares: readonly number[], endings: Ending[], now: number): Spot {
  const urgencies = endings.map((one) => urgencyOf(one, now))
  return {
    key: endings.map(keyOf).join(' '),
    at: shares.reduce((sum, one) => sum + one, 0) / shares.length,
    urgency: WORST.find((one) => urgencies.includes(one)) ?? 'plain',
    endings,
  }
}
