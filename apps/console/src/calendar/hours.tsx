import { useDroppable } from '@dnd-kit/core'
import { timeOf, wallOf } from '@mooring/react'
import { Clock, Clock3, Unplug } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { stripsOf, stripWords } from './bands.ts'
import { EntryButton } from './entry-button.tsx'
import { FreeSlot } from './free-slot.tsx'
import { clockChange, dayNumber, longDay, shortWeekday } from './grid.ts'
import { HOUR, lanesOf, minutesOf } from './lanes.ts'
import type { SheetProps } from './sheet-props.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
/** So high an entry is, in minutes of the scale. */
const ENTRY = 50
/** What is seen first: people post by day. */
const MORNING = 7

/** A week or a day by the hour. */
export function Hours(props: SheetProps) {
  const { days, bands } = props
  const scroll = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (scroll.current) scroll.current.scrollTop = MORNING * HOUR
  }, [])
  const strips = stripsOf(bands, days)
  const columns = { gridTemplateColumns: `52px repeat(${days.length}, minmax(0, 1fr))` }
  return (
    <div data-slot="hours" className="overflow-clip rounded-card border border-line bg-card shadow-card">
      <div className="border-b border-line bg-sunken pr-[var(--bar,0px)]">
        <div className="grid" style={columns}>
          <span />
          {days.map((day) => (
            <Head key={day} {...props} date={day} />
          ))}
        </div>
        {strips.map((strip) => {
          const Icon = strip.band.dead ? Unplug : Clock3
          return (
            <div key={strip.band.id} className="grid pb-1" style={columns}>
              <p
                data-slot="band"
                data-dead={strip.band.dead}
                className={`flex h-4.5 items-center gap-1.5 truncate px-2 text-floor font-medium ${strip.band.dead ? 'bg-bad-bg text-bad' : 'bg-warn-bg text-warn'} ${strip.begins ? 'rounded-l-[5px]' : ''}`}
                style={{ gridColumn: `${strip.from + 2} / -1` }}
              >
                <Icon size={11} aria-hidden className="flex-none" />
                <span className="truncate">{stripWords(strip)}</span>
              </p>
            </div>
          )
        })}
      </div>
      <section
        ref={scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls it
        tabIndex={0}
        aria-label="By the hour"
        className="relative h-[calc(100dvh-190px)] min-h-90 overflow-y-auto -outline-offset-2!"
      >
        <div className="grid" style={{ ...columns, height: 24 * HOUR }}>
          <div aria-hidden="true" className="relative">
            {HOURS.slice(1).map((hour) => (
              <span
                key={hour}
                className="absolute right-2 -translate-y-1/2 text-floor font-normal text-ink-3 tabular-nums"
                style={{ top: hour * HOUR }}
              >
                {String(hour).padStart(2, '0')}:00
              </span>
            ))}
          </div>
          {days.map((day) => (
            <Column key={day} {...props} date={day} />
          ))}
        </div>
      </section>
    </div>
  )
}

function Head({ date, today, zone }: SheetProps & { date: string }) {
  const change = clockChange(date, zone)
  return (
    <p className="flex items-center gap-1.5 border-l border-line px-2 py-1.5 text-floor text-ink-2">
      {shortWeekday(date)}
      <span
        className={
          date === today ? 'rounded-pill bg-accent px-1.75 font-semibold text-accent-ink' : 'font-semibold text-ink'
        }
      >
        {dayNumber(date, date.endsWith('-01'))}
      </span>
      {date === today && <span className="sr-only">, today</span>}
      {change && (
        <span className="flex min-w-0 items-center gap-1 truncate font-normal text-ink-3">
          <Clock size={11} aria-hidden className="flex-none" />
          Clocks go {change}
        </span>
      )}
    </p>
  )
}

function Column({ date, today, now, zone, entries, free, may, onMove }: SheetProps & { date: string }) {
  const { setNodeRef, isOver } = useDroppable({ id: date })
  const placed = lanesOf(entries.get(date) ?? [], ENTRY)
  const slots = may ? (free.get(date) ?? []) : []
  return (
    <section
      ref={setNodeRef}
      data-day={date}
      data-over={isOver || undefined}
      aria-label={longDay(date)}
      className={`relative border-l border-line bg-[linear-gradient(var(--mooring-line)_1px,transparent_1px)] ${isOver ? 'bg-accent-soft' : date < today ? 'bg-ground/60' : ''}`}
      style={{ backgroundSize: `100% ${HOUR}px`, backgroundPosition: '0 -1px' }}
    >
      {slots.map((at) => (
        <div
          key={at.local}
          className="absolute inset-x-1"
          style={{ top: (minutesOf(timeOf(at)) / 60) * HOUR + 1, height: (ENTRY / 60) * HOUR - 2 }}
        >
          <FreeSlot at={at} fill />
        </div>
      ))}
      {placed.map(({ entry, from, lane, of }) => (
        <div
          key={entry.post.id}
          className="absolute px-0.5"
          style={{
            top: (from / 60) * HOUR + 1,
            height: (ENTRY / 60) * HOUR - 2,
            left: `${(lane / of) * 100}%`,
            width: `${100 / of}%`,
          }}
        >
          <EntryButton entry={entry} zone={zone} may={may} onMove={onMove} fill />
        </div>
      ))}
      {date === today && (
        <div
          data-slot="now"
          aria-hidden="true"
          className="pointer-events-none absolute inset-x-0 z-1 h-px bg-accent before:absolute before:-top-1 before:-left-1 before:size-2 before:rounded-pill before:bg-accent"
          style={{ top: (minutesOf(timeOf(wallOf(now, zone))) / 60) * HOUR }}
        />
      )}
    </section>
  )
}
