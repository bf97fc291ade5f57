import type { Connection } from '@mooring/react'
import { Mark } from '@mooring/react'
import { RefreshCw } from 'lucide-react'
import { useRefused } from '../../alerts/use-refused.ts'
import { useStart } from '../../connect/use-start.ts'
import type { Lane } from './lanes.ts'

const RING = { bad: 'border-bad-dot', warn: 'border-warn-dot', plain: 'border-chart-3' }
const NOTE = { bad: 'text-bad', warn: 'text-warn', plain: 'text-ink-2' }

export function ForecastLane({ connection, name, lane }: { connection: Connection; name: string; lane: Lane }) {
  const { start, busy } = useStart()
  const refused = useRefused()
  const who = `${name}, ${connection.identity.label}`
  return (
    <li className="lane h-7 items-center">
      <p className="flex min-w-0 items-center gap-2 text-caption">
        <span className="flex-none text-ink-2" aria-hidden="true">
          <Mark provider={connection.provider} name={name} size={13} />
        </span>
        <span className="truncate">
          <span className="max-rail:sr-only">{name}</span>{' '}
          <span className="rail:text-ink-2">{connection.identity.label}</span>
        </span>
        <span className="sr-only">{lane.sentence}</span>
      </p>
      <div className="relative h-full">
        <span
          aria-hidden="true"
          className={`absolute inset-y-0 left-0 my-auto h-0.5 rounded-pill ${lane.open ? 'bg-linear-to-r from-chart-3 from-80% to-transparent' : 'bg-chart-3'}`}
          style={{ width: `${lane.alive * 100}%` }}
        />
        {lane.alive < 1 && (
          <span
            aria-hidden="true"
            className="absolute inset-y-0 right-0 my-auto h-0 border-t-[1.5px] border-dashed border-line-strong"
            style={{ left: `${lane.alive * 100}%` }}
          />
        )}
        {lane.ring !== undefined && refused(connection.registration) && (
          <span
            aria-hidden="true"
            className={`absolute inset-y-0 my-auto size-3.5 -translate-x-1/2 rounded-pill border-[2.5px] bg-card ${RING[lane.tone]}`}
            style={{ left: `${lane.ring * 100}%` }}
          />
        )}
        {lane.ring !== undefined && !refused(connection.registration) && (
          <button
            type="button"
            aria-label={`Reconnect ${who}`}
            title={`Reconnect ${who}`}
            onClick={busy ? undefined : () => start({ reconnect: connection.id })}
            className={`touch absolute inset-y-0 my-auto size-3.5 -translate-x-1/2 cursor-pointer rounded-pill border-[2.5px] bg-card transition-transform duration-120 hover:scale-120 ${RING[lane.tone]}`}
            style={{ left: `${lane.ring * 100}%` }}
          />
        )}
      </div>
      <p aria-hidden="true" className={`flex items-center gap-1.5 text-caption max-rail:hidden ${NOTE[lane.tone]}`}>
        {lane.open && lane.tone === 'plain' && <RefreshCw size={12} />}
        {lane.note}
      </p>
    </li>
  )
}
