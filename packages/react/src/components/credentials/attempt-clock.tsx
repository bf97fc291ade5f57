import { useSeconds } from '../../hooks/use-seconds.ts'
import { longLeft, spokenLeft } from '../../logic/time-left.ts'
import { Ring } from './ring.tsx'

/** How long an attempt lives at the service. */
const WHOLE = 5 * 60_000
const URGENT = 30_000

/** One clock for the whole sign-in; in words too, and read out once a minute. */
export function AttemptClock({ until, code = false }: { until: string | null; code?: boolean }) {
  const now = useSeconds(until !== null)
  if (until === null) return null
  const left = Date.parse(until) - now
  return (
    <div data-slot="attempt-clock" className="mooring-clock" data-tone={left <= URGENT ? 'bad' : undefined}>
      <Ring left={left} whole={WHOLE} />
      <div>
        <p aria-hidden="true">
          <b>{left > 0 ? `This sign-in closes in ${longLeft(left)}` : 'Time is up'}</b>
        </p>
        <p>{code && 'A new code does not add time. '}If it closes, you start again.</p>
        <p role="status" className="mooring-hidden">
          {spokenLeft(left)}
        </p>
      </div>
    </div>
  )
}
