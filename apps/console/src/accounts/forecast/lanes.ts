import { type Connection, DAY, dayAndMonth, inDays, isOurs, longDate, mustReconnect } from '@mooring/react'

export interface Lane {
  /** How far the line of life reaches, as a share of the axis. */
  alive: number
  /** Where a person is needed, as a share of the axis; undefined: not within it. */
  ring: number | undefined
  /** Its end is not known: the line fades. */
  open: boolean
  tone: 'bad' | 'warn' | 'plain'
  /** Beside the line. */
  note: string
  /** The same for somebody who does not see the line. */
  sentence: string
}

/** 60 days; 90 where somebody is needed between the two. */
export function horizonOf(connections: readonly Connection[], now: number): 60 | 90 {
  const days = connections.flatMap(({ health: { needsPersonAt } }) =>
    needsPersonAt === null ? [] : [(Date.parse(needsPersonAt) - now) / DAY],
  )
  return days.some((day) => day > 60 && day <= 90) ? 90 : 60
}

export function laneOf(connection: Connection, now: number, horizon: number): Lane {
  const { state, health } = connection
  if (isOurs(connection)) {
    // Where its app alone is refused, its token still works: the line fades, for nobody knows how far it reaches.
    return health.level === 'bad'
      ? flat(0, 'bad', 'We have to fix this', 'does not work now. The operator has to fix it.')
      : flat(1, 'warn', 'We have to fix this', 'works, but renews no more. The operator has to fix it.', true)
  }
  if (state === 'failing') {
    return flat(1, 'warn', 'Not answering', 'does not answer now. We try again.', true)
  }
  const end = health.needsPersonAt
  if (end === null) return flat(1, 'plain', 'Renews itself', 'renews itself.', true)
  const at = (Date.parse(end) - now) / (horizon * DAY)
  if (state === 'reauthorize' || at <= 0) {
    return { alive: 0, ring: 0, open: false, tone: 'bad', note: 'Waits for you', sentence: 'needs you now.' }
  }
  if (at > 1) return flat(1, 'plain', `Until ${longDate(end)}`, `works until ${longDate(end)}.`)
  return {
    alive: at,
    ring: at,
    open: false,
    tone: mustReconnect(connection) ? 'bad' : health.level === 'warning' ? 'warn' : 'plain',
    note: `${dayAndMonth(end)}, ${inDays(end, now)}`,
    sentence: `needs you on ${longDate(end)}, ${inDays(end, now)}.`,
  }
}

const flat = (alive: number, tone: Lane['tone'], note: string, sentence: string, open = false): Lane => ({
  alive,
  ring: undefined,
  open,
  tone,
  note,
  sentence,
})
