import { clock, DAY, dayAndMonth, inDays, longDate } from '@mooring/react'
import type { Life } from './lives.ts'

const RING = { bad: 'border-bad-dot', warn: 'border-warn-dot', plain: 'border-chart-3' }
const SAYS = { bad: 'text-bad', warn: 'text-warn', plain: 'text-ink-2' }

/** From its beginning to its end: what is spent is thin, what is ahead is bright, hollow rings are still to come. */
export function LifeLine({ life, now }: { life: Life; now: number }) {
  const { title, note, from, end, spent, renews, tone, over } = life
  const short = end !== null && Date.parse(end) - Date.parse(from) < 2 * DAY
  const label = short ? clock : dayAndMonth
  return (
    <li
      data-life={life.id}
      data-tone={tone}
      className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-line px-4 py-3.5 last:border-0 rail:grid-cols-[150px_minmax(0,1fr)_112px]"
    >
      <div>
        <p className="text-ui font-semibold">{title}</p>
        <p className="mt-0.5 text-caption text-ink-2">{note}</p>
      </div>
      <div className="max-rail:order-last max-rail:col-span-2 max-rail:mt-3" aria-hidden="true">
        <div className="relative mx-2 h-5">
          <span className="absolute inset-0 my-auto h-px bg-line-strong" />
          {!over && (
            <span
              className={`absolute inset-y-0 right-0 my-auto h-0.5 rounded-pill ${end === null ? 'bg-linear-to-r from-chart-3 from-60% to-transparent' : 'bg-chart-3'}`}
              style={{ left: `${(spent ?? 0) * 100}%` }}
            />
          )}
          <Node share={0} look="size-2 bg-control" />
          {!over && spent !== undefined && spent > 0.02 && <Node share={spent} look="h-3.5 w-0.5 bg-ink" />}
          {renews && <Node share={renews.share} look="size-2.5 border-2 border-chart-3 bg-card" />}
          {end !== null && <Node share={1} look={`size-3.5 border-[2.5px] bg-card ${RING[tone]}`} />}
        </div>
        <p className="relative h-4 text-floor font-normal text-ink-3 tabular-nums">
          <span className="absolute left-0">{label(from)}</span>
          {!over && spent !== undefined && roomForToday(spent, renews?.share) && (
            <span className="absolute -translate-x-1/2 text-ink-2" style={{ left: `${spent * 100}%` }}>
              Today
            </span>
          )}
          {renews && (
            <span
              className={`absolute whitespace-nowrap ${renews.share > 0.5 ? '-translate-x-full pl-2' : ''}`}
              style={{ left: `${renews.share * 100}%` }}
            >
              renews {label(renews.at)}
            </span>
          )}
        </p>
      </div>
      <p className="text-right text-caption">
        {end === null ? (
          <span className="text-ink-2">No known end</span>
        ) : (
          <>
            <time
              dateTime={end}
              title={`${longDate(end)}, ${clock(end)}`}
              className={`block font-medium whitespace-nowrap ${over ? 'text-bad' : 'text-ink'}`}
            >
              {longDate(end)}
            </time>
            <span className={SAYS[tone]}>
              {over && 'ended '}
              {inDays(end, now)}
            </span>
          </>
        )}
        {renews && <span className="sr-only">, renews itself on {longDate(renews.at)}</span>}
      </p>
    </li>
  )
}

/** Beside the beginning and the point of renewal, whose words stand to the left of theirs. */
const roomForToday = (spent: number, renews: number | undefined) =>
  spent > 0.2 && spent < 0.96 && (renews === undefined || spent < renews - 0.36 || spent > renews + 0.08)

const Node = ({ share, look }: { share: number; look: string }) => (
  <span
    className={`absolute inset-y-0 my-auto -translate-x-1/2 rounded-pill ${look}`}
    style={{ left: `${share * 100}%` }}
  />
)
