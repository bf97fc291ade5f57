import { clock, type Event, longDate } from '@mooring/react'
import { lookOf } from './event-look.ts'

/** A knot on the line of a day. */
export function HistoryEvent({ event }: { event: Event }) {
  const { icon: Icon, tone } = lookOf(event.type)
  const exact = new Date(event.at)
  return (
    <li
      data-event={event.type}
      className="relative flex gap-3 pb-3.5 not-last:before:absolute not-last:before:top-6 not-last:before:bottom-0 not-last:before:left-3 not-last:before:w-px not-last:before:bg-line-strong last:pb-0"
    >
      <span
        aria-hidden="true"
        className={`grid size-6 flex-none place-items-center rounded-pill border border-line bg-raised ${tone}`}
      >
        <Icon size={13} strokeWidth={2} />
      </span>
      <div className="flex min-w-0 flex-1 items-baseline justify-between gap-4 pt-0.75">
        <p className="min-w-0 text-ui wrap-anywhere">
          {event.message} <span className="text-caption text-ink-3">{event.actor}</span>
        </p>
        <time
          dateTime={event.at}
          title={`${longDate(event.at)}, ${exact.toLocaleTimeString('en-GB')}`}
          className="flex-none text-caption text-ink-2 tabular-nums"
        >
          {clock(event.at)}
        </time>
      </div>
    </li>
  )
}
