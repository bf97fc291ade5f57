import { useState } from 'react'
import { useSeconds } from '../../hooks/use-seconds.ts'
import { longLeft } from '../../logic/time-left.ts'
import { Spinner } from './flow-button.tsx'

/** Something is under way, and for how long. The seconds are for the eye alone. */
export function Waiting({ label, note }: { label: string; note?: string | undefined }) {
  const [since] = useState(Date.now)
  const past = useSeconds(true) - since
  return (
    <div className="mooring-waiting">
      <p>
        <Spinner />
        <span role="status">{label}</span>
        {past >= 1000 && <span aria-hidden="true">, {longLeft(Math.floor(past / 1000) * 1000)}</span>}
      </p>
      {note !== undefined && <p>{note}</p>}
    </div>
  )
}
