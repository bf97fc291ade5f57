import { calendarOf, DAY, type Ending, formatDate } from '@mooring/react'

export interface Group {
  title: string
  endings: Ending[]
}

/** Now, this week, next week, then by month: in the order given, which is by time. Pure. */
export function groupsOf(endings: readonly Ending[], now: number): Group[] {
  const groups: Group[] = []
  for (const ending of endings) {
    const title = titleOf(Date.parse(ending.at), now)
    const last = groups.at(-1)
    if (last?.title === title) last.endings.push(ending)
    else groups.push({ title, endings: [ending] })
  }
  return groups
}

function titleOf(at: number, now: number): string {
  if (at <= now) return 'Now'
  const weeks = Math.round((monday(at) - monday(now)) / (7 * DAY))
  if (weeks === 0) return 'This week'
  if (weeks === 1) return 'Next week'
  const [then, today] = [calendarOf(at), calendarOf(now)]
  const sameYear = then.year === today.year
  if (sameYear && then.month === today.month) return 'Later this month'
  return formatDate(at, { month: 'long', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** The beginning of its week on the reader's calendar, counted so that clock changes do not matter. */
function monday(at: number): number {
  const { year, month, day } = calendarOf(at)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getTime() - ((date.getUTCDay() + 6) % 7) * DAY
}
