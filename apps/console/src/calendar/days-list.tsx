import { Clock3, Unplug } from 'lucide-react'
import { type Band, stripWords } from './bands.ts'
import { EntryButton } from './entry-button.tsx'
import { FreeSlot } from './free-slot.tsx'
import { clockChange, longDay } from './grid.ts'
import type { SheetProps } from './sheet-props.ts'

/** Day under day: what a phone shows. What ends stands as a line before the first day without it, and stays in sight. */
export function DaysList(props: SheetProps) {
  const { days, today, entries, free, bands } = props
  const shown = days.filter(
    (one) => one === today || entries.has(one) || free.has(one) || bands.some((band) => band.day === one),
  )
  if (shown.length === 0) return <p className="py-16 text-center text-ui text-ink-2">Nothing on these days.</p>
  const before = bands.filter((band) => band.day < (days[0] ?? ''))
  return (
    <ol data-slot="days">
      {before.map((band) => (
        <li key={band.id}>
          <BandLine band={band} begins={false} />
        </li>
      ))}
      {shown.map((one) => (
        <li key={one} data-day={one}>
          {bands
            .filter((band) => band.day === one)
            .map((band) => (
              <BandLine key={band.id} band={band} begins />
            ))}
          <Day {...props} date={one} />
        </li>
      ))}
    </ol>
  )
}

function Day({ date, today, zone, entries, free, may, onMove }: SheetProps & { date: string }) {
  const own = entries.get(date) ?? []
  const change = clockChange(date, zone)
  return (
    <section aria-label={longDay(date)} className="mb-4">
      <h2 className="mb-1.5 flex items-baseline gap-2 text-ui font-semibold">
        {longDay(date)}
        {date === today && <span className="text-caption font-medium text-link">Today</span>}
        {change && <span className="text-caption font-normal text-ink-2">Clocks go {change}</span>}
      </h2>
      <div className="grid grid-cols-1 gap-1.5 [&_[data-slot=entry]]:min-h-11 [&_[data-slot=entry]]:px-3 [&_[data-slot=entry]]:text-ui [&_[data-slot=free]]:min-h-11 [&_[data-slot=free]]:px-3 [&_[data-slot=free]]:text-caption">
        {own.map((entry) => (
          <EntryButton key={entry.post.id} entry={entry} zone={zone} may={may} onMove={onMove} />
        ))}
        {may && (free.get(date) ?? []).map((at) => <FreeSlot key={at.local} at={at} />)}
        {own.length === 0 && (free.get(date) ?? []).length === 0 && (
          <p className="text-caption text-ink-2">Nothing goes out.</p>
        )}
      </div>
    </section>
  )
}

function BandLine({ band, begins }: { band: Band; begins: boolean }) {
  const Icon = band.dead ? Unplug : Clock3
  return (
    <p
      data-slot="band"
      data-dead={band.dead}
      className={`sticky top-12 z-10 mb-2 flex items-center gap-2 rounded-button px-3 py-1.5 text-caption font-medium rail:top-0 ${band.dead ? 'bg-bad-bg text-bad' : 'bg-warn-bg text-warn'}`}
    >
      <Icon size={13} aria-hidden className="flex-none" />
      {stripWords({ band, begins, from: 0 })}
    </p>
  )
}
