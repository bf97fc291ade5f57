import { memo, useId } from 'react'
import type { Candidate } from '../../api.ts'
import { kindName } from '../../logic/words.ts'
import { Initials } from '../initials.tsx'

interface PickerRowProps {
  candidate: Candidate
  checked: boolean
  tabStop: boolean
  onToggle: (id: string, range: boolean) => void
  onFocus: (id: string) => void
}

/** Memoised: with 500 rows, one click draws one row again. */
export const PickerRow = memo(function PickerRow({ candidate, checked, tabStop, onToggle, onFocus }: PickerRowProps) {
  const { id, kind, label, selectable, reason, connected } = candidate
  const nameId = useId()
  const noteId = useId()
  const note = reason ?? candidate.note ?? candidate.handle
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a wider target for the pointer; the checkbox inside is what a keyboard and a screen reader use.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
    <div
      data-slot="picker-row"
      data-checked={checked}
      data-off={!selectable}
      className="mooring-picker-row"
      onClick={(event) => {
        if (selectable && !(event.target instanceof HTMLInputElement)) onToggle(id, event.shiftKey)
      }}
      // Shift would mark the text between two clicks.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
    >
      <input
        type="checkbox"
        className="mooring-check"
        checked={checked || (connected && !selectable)}
        disabled={!selectable}
        tabIndex={tabStop ? 0 : -1}
        aria-labelledby={nameId}
        aria-describedby={noteId}
        onFocus={() => onFocus(id)}
        onChange={(event) => onToggle(id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
      />
      <Initials label={label} kind={kind} size={32} />
      <span className="mooring-picker-text">
        <span id={nameId} className="mooring-picker-name">
          {label}
        </span>
        <span id={noteId} className="mooring-picker-note">
          {note}
        </span>
      </span>
      <span className="mooring-picker-kind">{kindName(kind)}</span>
    </div>
  )
})
