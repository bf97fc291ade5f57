import { useId } from 'react'
import type { Candidate } from '../../api.ts'
import type { PickerAction } from '../../logic/picker-action.ts'
import { kindsSummary } from '../../logic/words.ts'
import type { Selection } from './use-selection.ts'

interface PickerFooterProps {
  selection: Selection
  chosen: readonly Candidate[]
  action: PickerAction
  submitting: boolean
  error: string | undefined
  onCancel: (() => void) | undefined
}

export function PickerFooter({ selection, chosen, action, submitting, error, onCancel }: PickerFooterProps) {
  const whyId = useId()
  const off = action.blocked !== null
  return (
    <div data-slot="picker-footer" className="mooring-picker-footer">
      <p id={whyId} className="mooring-picker-sum" role="status">
        {error !== undefined ? (
          <span className="mooring-bad">{error}</span>
        ) : (
          <>
            {chosen.length > 0 && (
              <span className="mooring-picker-count">
                <b>{chosen.length.toLocaleString('en')} chosen</b>, {kindsSummary(chosen.map((one) => one.kind))}
                {off ? '. ' : ''}
              </span>
            )}
            {off && <span>{action.blocked}</span>}
          </>
        )}
      </p>
      {(selection.onlyChosen || (chosen.length > 0 && selection.page.of > 1)) && (
        <button
          type="button"
          className="mooring-link"
          aria-pressed={selection.onlyChosen}
          onClick={() => selection.showChosen(!selection.onlyChosen)}
        >
          {selection.onlyChosen ? 'Show all' : 'Show chosen'}
        </button>
      )}
      {onCancel && (
        <button type="button" className="mooring-button" data-slot="button" data-variant="ghost" onClick={onCancel}>
          Cancel
        </button>
      )}
      <button
        type="submit"
        data-slot="button"
        data-variant="primary"
        className="mooring-button"
        aria-disabled={off || submitting}
        aria-busy={submitting}
        aria-describedby={whyId}
      >
        {action.label}
      </button>
    </div>
  )
}
