import { useId } from 'react'
import type { Seat } from '../../api.ts'
import { Initials } from '../initials.tsx'
import { Pill } from '../pill.tsx'

interface SeatRowProps {
  seat: Seat
  chosen: boolean
  onChoose: () => void
}

/** The arrow keys go from seat to seat, as in every group of radio buttons. */
export function SeatRow({ seat, chosen, onChoose }: SeatRowProps) {
  const { label, email, valid, selectable, reason } = seat
  const nameId = useId()
  const noteId = useId()
  return (
    <label data-slot="seat" className="mooring-seat" data-off={!selectable}>
      <input
        type="radio"
        name="seat"
        className="mooring-radio"
        checked={chosen}
        disabled={!selectable}
        aria-labelledby={nameId}
        aria-describedby={noteId}
        onChange={onChoose}
      />
      <Initials label={label} size={32} />
      <span className="mooring-picker-text">
        <span id={nameId} className="mooring-picker-name">
          {label}
        </span>
        <span id={noteId} className="mooring-picker-note">
          {reason ?? email ?? ''}
          {!valid && <span className="mooring-hidden"> Needs a new sign-in.</span>}
        </span>
      </span>
      {!valid && (
        <span aria-hidden="true">
          <Pill tone="warn" icon="unplug">
            Signed out
          </Pill>
        </span>
      )}
    </label>
  )
}
