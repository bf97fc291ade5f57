import { type FormEvent, type ReactNode, useId, useMemo, useRef } from 'react'
import type { Candidate } from '../../api.ts'
import { pickerAction } from '../../logic/picker-action.ts'
import { PickerFooter } from './picker-footer.tsx'
import { PickerHead } from './picker-head.tsx'
import { PickerPages } from './picker-pages.tsx'
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
  /** Rows drawn at a time; the rest is a page further. */
  pageSize?: number
  /** Stands between the list and the button. */
  children?: ReactNode
}

/** As many as one looks through without losing the place, and as many as a phone draws without a pause. */
const PAGE = 50

/** Choosing any number of accounts: search, whole rows, ranges with shift, a page or all at once. */
export function AccountPicker(props: AccountPickerProps) {
  const { candidates, providerName, onSubmit, onCancel, submitting = false, error, pageSize = PAGE, children } = props
  const before = useMemo(() => new Set(props.connected), [props.connected])
  const selection = useSelection(candidates, before, pageSize)
  const usable = candidates.filter((one) => one.selectable).length
  const action = pickerAction(selection.chosen, before, usable)
  const search = useRef<HTMLInputElement>(null)
  const listId = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (action.blocked === null && !submitting) onSubmit([...selection.chosen])
  }
  return (
    <form data-slot="account-picker" className="mooring-picker" onSubmit={submit}>
      <PickerHead selection={selection} total={candidates.length} listId={listId} input={search} />
      <PickerRows id={listId} selection={selection} providerName={providerName} search={search} />
      <PickerPages selection={selection} />
      {children}
      <PickerFooter
        selection={selection}
        chosen={candidates.filter((one) => selection.chosen.has(one.id))}
        action={action}
        submitting={submitting}
        error={error}
        onCancel={onCancel}
      />
    </form>
  )
}
