import { useDroppable } from '@dnd-kit/core'
import type { At } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { Clock, Clock3, Unplug } from 'lucide-react'
import type { CalendarSearch } from '../app/router.tsx'
import { stripsOf, stripWords } from './bands.ts'
import { fitting } from './entries.ts'
import { EntryButton } from './entry-button.tsx'
import { FreeSlot } from './free-slot.tsx'
import { clockChange, dayNumber, inMonth, longDay, shortWeekday, weeksOf } from './grid.ts'
import type { SheetProps } from './sheet-props.ts'

/** Lines of entries in a day; what needs somebody takes two. */
const LINES = 4
const STRIP = 19

export function Month(props: SheetProps) {
  const { days, day: chosen } = props
  const weeks = weeksOf(days)
  return (
    <div data-slot="month" className="overflow-clip rounded-card border border-line bg-card shadow-card">
      <div aria-hidden="true" className="grid grid-cols-7 border-b border-line bg-sunken">
        {weeks[0]?.map((day) => (
          <span key={day} className="border-l border-line px-2 py-1.5 text-floor text-ink-2 first:border-l-0">
            {shortWeekday(day)}
          </span>
        ))}
      </div>
      {weeks.map((week) => (
        <Week key={week[0]} {...props} week={week} chosen={chosen} />
      ))}
    </div>
  )
}

function Week({ week, chosen, ...props }: SheetProps & { week: readonly string[]; chosen: string }) {
  const strips = stripsOf(props.bands, week)
  return (
    <div className="relative border-b border-line last:border-0">
      <ol className="grid grid-cols-7">
        {week.map((day) => (
          <Day
            key={day}
            {...props}
            date={day}
            chosen={chosen}
            first={props.days[0] === day}
            gap={strips.length * STRIP}
          />
        ))}
      </ol>
      {strips.map((strip, place) => {
        const { band, from, begins } = strip
        const Icon = band.dead ? Unplug : Clock3
        return (
          <p
            key={band.id}
            data-slot="band"
            data-dead={band.dead}
            className={`pointer-events-none absolute right-0 flex h-4 items-center gap-1.5 truncate px-2 text-floor font-medium ${band.dead ? 'bg-bad-bg text-bad' : 'bg-warn-bg text-warn'} ${begins ? 'rounded-l-[5px]' : ''}`}
            style={{ top: 27 + place * STRIP, left: `calc(${(from / 7) * 100}% + ${begins ? 4 : 0}px)` }}
          >
            <Icon size={11} aria-hidden className="flex-none" />
            <span className="truncate">{stripWords(strip)}</span>
          </p>
        )
      })}
    </div>
  )
}

interface DayProps extends SheetProps {
  date: string
  chosen: string
  first: boolean
  gap: number
}

function Day({ date, chosen, first, gap, today, entries, free, zone, may, onMove }: DayProps) {
  const { setNodeRef, isOver } = useDroppable({ id: date })
  const past = date < today
  const within = inMonth(date, chosen)
  const own = entries.get(date) ?? []
  const { shown, rest } = fitting(own, LINES)
  const [slot] = rest === 0 && own.length < LINES - 1 ? (free.get(date) ?? []) : []
  return (
    <li
      ref={setNodeRef}
      data-day={date}
      data-over={isOver || undefined}
      aria-label={`${longDay(date)}${date === today ? ', today' : ''}`}
      className={`min-h-26 min-w-0 border-l border-line px-1 pb-2 first:border-l-0 ${isOver ? 'bg-accent-soft' : within && !past ? '' : 'bg-ground/60'}`}
    >
      <DayHead date={date} today={today} strong={within && !past} first={first} zone={zone} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-0.75" style={{ paddingTop: gap }}>
        {shown.map((entry) => (
          <EntryButton key={entry.post.id} entry={entry} zone={zone} may={may} onMove={onMove} />
        ))}
        {rest > 0 && (
          <Link
            to="/calendar"
            search={(before: CalendarSearch) => ({ ...before, look: 'day', day: date })}
            className="rounded-check px-1.5 text-floor/5 text-ink-2 hover:text-ink hover:underline"
          >
            + {rest} more<span className="sr-only"> on {longDay(date)}</span>
          </Link>
        )}
        {slot && may && <FreeSlot at={slot as At} />}
      </div>
    </li>
  )
}

interface DayHeadProps {
  date: string
  today: string
  strong: boolean
  first: boolean
  zone: string
}

function DayHead({ date, today, strong, first, zone }: DayHeadProps) {
  const change = clockChange(date, zone)
  return (
    <p className="flex h-6.5 items-center justify-between gap-1 px-1 text-floor">
      <span
        className={
          date === today
            ? 'rounded-pill bg-accent px-1.75 font-semibold text-accent-ink'
            : strong
              ? 'font-semibold text-ink'
              : 'text-ink-3'
        }
      >
        {dayNumber(date, first || date.endsWith('-01'))}
      </span>
      {date === today && <span className="text-link">Today</span>}
      {change && date !== today && (
        <span className="flex items-center gap-1 truncate font-normal text-ink-3">
          <Clock size={11} aria-hidden />
          Clocks go {change}
        </span>
      )}
    </p>
  )
}
