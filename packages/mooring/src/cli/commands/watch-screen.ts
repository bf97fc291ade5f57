/** One screen of connections, drawn over the last one without a flicker. Pure. */
import { cut, stamp, table, timeLeft } from '../format.ts'
import type { Watched } from './watch-changes.ts'

export interface Scene {
  rows: readonly Watched[]
  /** Changed a moment ago, by id. */
  marked: ReadonlySet<string>
  now: number
  /** Where it looks, for the first line. */
  at: string
  /** Why it sees nothing at the moment. */
  away: string | undefined
  size: { columns: number; rows: number }
}

const HEADER = ['  CONNECTION', 'PROVIDER', 'AS', 'STATE', 'EXPIRES IN', 'NEXT TRY', 'HEALTH']
const BOLD = '\u001b[1m'
const PLAIN = '\u001b[0m'
/** Cursor to the corner; each line clears its own rest, and the last one what is below. */
const HOME = '\u001b[H'
const REST_OF_LINE = '\u001b[K'
const BELOW = '\u001b[J'

/** Its own screen, so that what stood in the terminal before is there again after it. */
export const ENTER = '\u001b[?1049h\u001b[?25l'
export const LEAVE = '\u001b[?25h\u001b[?1049l'

/** The lines of a screen, none longer and no more than fit. */
export function lines({ rows, marked, now, at, away, size }: Scene): string[] {
  const room = Math.max(1, size.rows - 4)
  // Where not all fit, those that need eyes come first.
  const ordered = rows.length <= room ? rows : rows.toSorted((a, b) => weight(a, marked) - weight(b, marked))
  const shown = ordered.length <= room ? ordered : ordered.slice(0, room - 1)
  const [header = '', ...body] = table(
    HEADER,
    shown.map((one) => cells(one, marked.has(one.id), now)),
  ).split('\n')
  const left = ordered.length - shown.length
  const all = [
    `Mooring  ${at}  ${summary(rows)}  ${stamp(new Date(now).toISOString())} UTC`,
    away === undefined ? 'Ctrl+C ends this.' : `server away, waiting. ${away}`,
    '',
    rows.length === 0 ? (away === undefined ? 'No connections yet.' : '') : header,
    ...(rows.length === 0 ? [] : body),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ]
  return all.slice(0, size.rows).map((line) => cut(line, size.columns))
}

/** The same as one text to write at once. */
export function frame(scene: Scene): string {
  const drawn = lines(scene).map((line) => (line.startsWith('*') ? `${BOLD}${line}${PLAIN}` : line) + REST_OF_LINE)
  return HOME + drawn.join('\r\n') + BELOW
}

const weight = (one: Watched, marked: ReadonlySet<string>): number =>
  marked.has(one.id) ? 0 : one.state === 'connected' || one.state === 'disconnected' ? 2 : 1

const cells = (one: Watched, changed: boolean, now: number): string[] => [
  `${changed ? '*' : ' '} ${one.id.slice(0, 8)}`,
  one.registration,
  cut(one.identity.label, 28),
  one.state,
  timeLeft(one.accessTokenExpiresAt, now),
  timeLeft(one.problem?.nextTryAt, now),
  one.health.message,
]

function summary(rows: readonly Watched[]): string {
  const states = new Map<string, number>()
  for (const { state } of rows) states.set(state, (states.get(state) ?? 0) + 1)
  return [...states].map(([state, count]) => `${count} ${state}`).join(', ')
}
