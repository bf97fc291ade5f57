import { type RefObject, useEffect, useId, useRef } from 'react'
import { count } from '../../logic/words.ts'
import { Icon } from '../icon.tsx'
import type { Selection } from './use-selection.ts'

interface PickerHeadProps {
  selection: Selection
  total: number
  listId: string
  /** Who types inside the list goes on typing here. */
  input: RefObject<HTMLInputElement | null>
}

export function PickerHead({ selection, total, listId, input }: PickerHeadProps) {
  useEffect(() => {
    // On a touch screen the focus would bring the keyboard up, over the very list.
    if (!window.matchMedia('(pointer: coarse)').matches) input.current?.focus({ preventScroll: true })
  }, [input])
  return (
    <div data-slot="picker-head" className="mooring-picker-head">
      <label className="mooring-search">
        <Icon name="search" size={16} />
        <input
          ref={input}
          type="search"
          value={selection.query}
          onChange={(event) => selection.search(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault()
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            document.getElementById(listId)?.querySelector<HTMLInputElement>('input[tabindex="0"]')?.focus()
          }}
          placeholder={`Search ${count(total, 'account')}`}
          aria-label={`Search ${count(total, 'account')}`}
          aria-controls={listId}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <SelectAll selection={selection} />
    </div>
  )
}

/** One tick where all is in sight; else one for the page, and a button for all that the search left. */
function SelectAll({ selection }: { selection: Selection }) {
  const { visible, page, query, onlyChosen, tick, pageTick } = selection
  const id = useId()
  const usable = visible.filter((one) => one.selectable).length
  const here = page.rows.filter((one) => one.selectable).length
  if (usable === 0) return null
  const all =
    query !== ''
      ? `Select the ${usable} found`
      : onlyChosen
        ? `Select these ${usable}`
        : `Select all ${usable} you can use`
  if (page.of === 1)
    return (
      <label htmlFor={id} className="mooring-tick-label">
        <TriState id={id} tick={tick} onChange={selection.toggleAll} />
        {all}
      </label>
    )
  return (
    <div className="mooring-picker-all">
      {here > 0 && (
        <label htmlFor={id} className="mooring-tick-label">
          <TriState id={id} tick={pageTick} onChange={selection.togglePage} />
          Select this page
        </label>
      )}
      <button type="button" className="mooring-link" onClick={selection.toggleAll}>
        {tick === 'all' ? `Take all ${usable} off` : all}
      </button>
    </div>
  )
}

function TriState({ id, tick, onChange }: { id: string; tick: Selection['tick']; onChange: () => void }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.indeterminate = tick === 'some'
  }, [tick])
  return (
    <input ref={input} id={id} type="checkbox" className="mooring-check" checked={tick === 'all'} onChange={onChange} />
  )
}
