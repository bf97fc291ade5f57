import { memo, useId } from 'react'
import type { Candidate } from '../../api.ts'
import { kindName, rowNote } from '../../logic/words.ts'
import { Avatar } from '../avatar.tsx'

interface PickerRowProps {
  candidate: Candidate
  checked: boolean
  tabStop: boolean
  onToggle: (id: string, range: boolean) => void
  onFocus: (id: string) => void
}

/** Memoised: one click draws one row again. */
export const PickerRow = memo(function PickerRow({ candidate, checked, tabStop, onToggle, onFocus }: PickerRowProps) {
  const { id, kind, label, picture, selectable, connected } = candidate
  const nameId = useId()
  const noteId = useId()
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
        data-id={id}
        // Not disabled: its reason can be reached with the keyboard, and is read out.
        aria-disabled={!selectable}
        tabIndex={tabStop ? 0 : -1}
        aria-labelledby={nameId}
        aria-describedby={noteId}
        onFocus={() => onFocus(id)}
        onChange={(event) => {
          if (selectable) onToggle(id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
        }}
      />
      <Avatar label={label} kind={kind} size={32} picture={picture} />
      <span className="mooring-picker-text">
        <span id={nameId} className="mooring-picker-name">
          {label}
        </span>
        <span id={noteId} className="mooring-picker-note">
          {rowNote(candidate)}
        </span>
      </span>
      <span className="mooring-picker-kind">{kindName(kind)}</span>
    </div>
  )
})
