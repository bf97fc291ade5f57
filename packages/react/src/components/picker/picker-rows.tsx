import { type KeyboardEvent, useState } from 'react'
import { PickerRow } from './picker-row.tsx'
import type { Selection } from './use-selection.ts'

interface PickerRowsProps {
  id: string
  selection: Selection
  providerName: string
}

/** One stop for the tab key: arrows, Home and End move inside. */
export function PickerRows({ id, selection, providerName }: PickerRowsProps) {
  const { visible, chosen, toggle } = selection
  const [current, setCurrent] = useState<string | undefined>(undefined)
  const usable = visible.filter((one) => one.selectable)
  const tabStop = usable.some((one) => one.id === current) ? current : usable[0]?.id
  return (
    // A fieldset cannot be the one that scrolls: browsers do not let it shrink.
    <div className="mooring-picker-scroll">
      <fieldset
        id={id}
        aria-label="Accounts"
        data-slot="picker-rows"
        className="mooring-picker-rows"
        onKeyDown={moveFocus}
      >
        {visible.map((candidate) => (
          <PickerRow
            key={candidate.id}
            candidate={candidate}
            checked={chosen.has(candidate.id)}
            tabStop={candidate.id === tabStop}
            onToggle={toggle}
            onFocus={setCurrent}
          />
        ))}
        <p className="mooring-picker-empty" role="status" hidden={visible.length > 0}>
          {visible.length > 0
            ? ''
            : selection.query === ''
              ? `${providerName} shows no pages for you. You need to be an admin of one.`
              : `Nothing found for “${selection.query}”.`}
        </p>
      </fieldset>
    </div>
  )
}

function moveFocus(event: KeyboardEvent<HTMLFieldSetElement>) {
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input:not(:disabled)')]
  const at = boxes.indexOf(event.target as HTMLInputElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: boxes.length - 1 }[event.key]
  if (to === undefined || at === -1) return
  event.preventDefault()
  boxes[to]?.focus()
}
