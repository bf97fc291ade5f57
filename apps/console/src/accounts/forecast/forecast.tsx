import type { Connection, Provider } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { useNow } from '../../app/use-now.ts'
import { Axis } from '../../timeline/axis.tsx'
import { axisOf } from '../../timeline/axis-marks.ts'
import { Card } from '../../ui/card.tsx'
import { nameOf } from '../name-of.ts'
import { ForecastLane } from './forecast-lane.tsx'
import { horizonOf, laneOf } from './lanes.ts'

interface ForecastProps {
  /** Worst first, without the disconnected. */
  connections: readonly Connection[]
  providers: readonly Provider[]
}

/** A lane for each connection: the line is alive, the ring needs a person. */
export function Forecast({ connections, providers }: ForecastProps) {
  const now = useNow()
  const horizon = horizonOf(connections, now)
  const marks = axisOf(now, horizon)
  return (
    <Card aria-labelledby="forecast" data-slot="forecast" className="mb-3.5 px-4 pt-3.5 pb-3">
      <header className="flex items-center gap-2.5">
        <h2 id="forecast" className="text-ui font-semibold">
          Expiry forecast
        </h2>
        <p className="text-caption text-ink-2">Next {horizon} days</p>
        <p className="ml-auto flex items-center gap-4 text-caption text-ink-2 max-rail:hidden" aria-hidden="true">
          <span className="flex items-center gap-1.5">
            <span className="h-0.5 w-4 rounded-pill bg-chart-3" />
            Works
          </span>
          <span className="flex items-center gap-1.5">
            <span className="size-3 rounded-pill border-[2.5px] border-chart-3" />
            Needs you
          </span>
        </p>
        <Link
          to="/timeline"
          className="touch rounded-check text-caption font-medium text-link hover:underline max-rail:ml-auto rail:ml-1.5"
        >
          Timeline
        </Link>
      </header>
      <div className="relative mt-1">
        <Axis marks={marks} />
        <ul className="relative pt-6.5">
          {connections.map((connection) => (
            <ForecastLane
              key={connection.id}
              connection={connection}
              name={nameOf(providers, connection.provider)}
              lane={laneOf(connection, now, horizon)}
            />
          ))}
        </ul>
      </div>
    </Card>
  )
}
