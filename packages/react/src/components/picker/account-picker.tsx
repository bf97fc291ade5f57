import { type FormEvent, type ReactNode, useId, useMemo } from 'react'
import type { Candidate } from '../../api.ts'
import { pickerAction } from '../../logic/picker-action.ts'
import { PickerFooter } from './picker-footer.tsx'
import { PickerHead } from './picker-head.tsx'
import { PickerRows } from './picker-rows.tsx'
import { useSelection } from './use-selection.ts'

export interface AccountPickerProps {
  candidates: readonly Candidate[]
  /** Ids that are connected already and may be taken off; without any, this is a first choice. */
  connected?: readonly string[]
  /** The provider's name, for the sentence of an empty list. */
  providerName: string
  onSubmit: (ids: string[]) => void
  onCancel?: () => void
  submitting?: boolean
  /** What went wrong with the last try, for the person. */
  error?: string | undefined
  /** Stands between the list and the button. */
  children?: ReactNode
}

/** Choosing any number of accounts: search, whole rows, ranges with shift, all at once. */
export function AccountPicker(props: AccountPickerProps) {
  const { candidates, providerName, onSubmit, onCancel, submitting = false, error, children } = props
  const before = useMemo(() => new Set(props.connected), [props.connected])
  const selection = useSelection(candidates, before)
  const action = pickerAction(selection.chosen, before)
  const listId = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (action.blocked === null && !submitting) onSubmit([...selection.chosen])
  }
  return (
    <form data-slot="account-picker" className="mooring-picker" onSubmit={submit}>
      <PickerHead selection={selection} total={candidates.length} listId={listId} />
      <PickerRows id={listId} selection={selection} providerName={providerName} />
      {children}
      <PickerFooter
        chosen={candidates.filter((one) => selection.chosen.has(one.id))}
        action={action}
        submitting={submitting}
        error={error}
        onCancel={onCancel}
      />
    </form>
  )
}
