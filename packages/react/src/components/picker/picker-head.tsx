import { useEffect, useId, useRef } from 'react'
import { count } from '../../logic/words.ts'
import { Icon } from '../icon.tsx'
import type { Selection } from './use-selection.ts'

export function PickerHead({ selection, total, listId }: { selection: Selection; total: number; listId: string }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // On a touch screen the focus would bring the keyboard up, over the very list.
    if (!window.matchMedia('(pointer: coarse)').matches) input.current?.focus({ preventScroll: true })
  }, [])
  const allId = useId()
  const usable = selection.visible.filter((one) => one.selectable).length
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
      {usable > 0 && (
        <label htmlFor={allId} className="mooring-tick-label">
          <TriState id={allId} tick={selection.tick} onChange={selection.toggleAll} />
          {selection.query === '' ? `Select all ${usable} you can use` : `Select the ${usable} found`}
        </label>
      )}
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
