import { clock, countdown, useSeconds } from '@mooring/react'
import { useEffect } from 'react'

/** Counts down to the next try. `onDue` is called once when its time has come. */
export function NextTry({ at, onDue }: { at: string; onDue: () => void }) {
  const due = Date.parse(at)
  const now = useSeconds(due > Date.now())
  const over = due <= now
  useEffect(() => {
    if (over) onDue()
  }, [over, onDue])
  return (
    <span role="timer">
      <time dateTime={at} title={clock(at)} className="tabular-nums">
        {over ? 'Now' : `in ${countdown(due - now)}`}
      </time>
      {!over && <span className="text-ink-2">, at {clock(at)}</span>}
    </span>
  )
}
