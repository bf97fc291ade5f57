/** Dates as people say them, in the reader's own zone and way. The present comes in as ms. */
const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const time = (at: string) => new Date(at).getTime()

export interface DateStyle {
  /** A BCP 47 tag. */
  locale: string
  /** An IANA zone; undefined: the browser's own. */
  timeZone: string | undefined
}

const PLAIN: DateStyle = { locale: 'en-GB', timeZone: undefined }
let style = PLAIN

/** For all dates from here on: the reader's preference, or null where they have none. */
export function setDateStyle({ locale, timeZone }: { locale: string | null; timeZone: string | null }): void {
  style = { locale: locale ?? PLAIN.locale, timeZone: timeZone ?? undefined }
}

/** The zone that times are shown in. */
export const shownZone = (): string => style.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone

export const formatDate = (at: string | number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(style.locale, { timeZone: style.timeZone, ...options }).format(new Date(at))

/** Year, month (from 1) and day on the reader's calendar. */
export function calendarOf(at: number): { year: number; month: number; day: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: style.timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day') }
}

/** "23 Oct", with the year when it is another one than now. */
export function shortDate(at: string, now: number): string {
  const sameYear = calendarOf(time(at)).year === calendarOf(now).year
  return formatDate(at, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** "23 Oct", where the year is plain from what stands around it. */
export const dayAndMonth = (at: string): string => formatDate(at, { day: 'numeric', month: 'short' })

/** "23 Oct 2026". */
export const longDate = (at: string): string => formatDate(at, { day: 'numeric', month: 'short', year: 'numeric' })

/** "10:31". */
export const clock = (at: string): string => formatDate(at, { hour: '2-digit', minute: '2-digit' })

/** "10:31" today, else "12 Oct, 17:30". */
export function moment(at: string, now: number): string {
  return sameDay(time(at), now) ? clock(at) : `${shortDate(at, now)}, ${clock(at)}`
}

/** Whole days on the reader's calendar: tomorrow is 1, however few hours away. */
export function calendarDays(at: string, now: number): number {
  return Math.round((midnight(time(at)) - midnight(now)) / DAY)
}

/** "in 9 days", "tomorrow", "today", "yesterday", "3 days ago". */
export function inDays(at: string, now: number): string {
  const days = calendarDays(at, now)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return days > 0 ? `in ${days} days` : `${-days} days ago`
}

/** "just now", "4 min ago", "3 h ago", then days. */
export function ago(at: string, now: number): string {
  const past = now - time(at)
  if (past < MINUTE) return 'just now'
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min ago`
  if (sameDay(time(at), now)) return `${Math.floor(past / HOUR)} h ago`
  return inDays(at, now)
}

const sameDay = (a: number, b: number) => midnight(a) === midnight(b)

function midnight(at: number): number {
  const { year, month, day } = calendarOf(at)
  return Date.UTC(year, month - 1, day)
}
