import { type RefObject, useEffect, useRef, useState } from 'react'
import { PickerRow } from './picker-row.tsx'
import { type Move, moveOf } from './row-keys.ts'
import type { Selection } from './use-selection.ts'

interface PickerRowsProps {
  id: string
  selection: Selection
  providerName: string
  search: RefObject<HTMLInputElement | null>
}

/** One stop for the tab key: arrows, Home, End, Page Up and Page Down move inside; letters go to the search. */
export function PickerRows({ id, selection, providerName, search }: PickerRowsProps) {
  const { visible, page, chosen, toggle, turnTo } = selection
  const [current, setCurrent] = useState<string | undefined>(undefined)
  const rows = useRef<HTMLFieldSetElement>(null)
  const scroll = useRef<HTMLDivElement>(null)
  /** A row of a page that is being turned to, to be focused when it is drawn. */
  const wanted = useRef<string | undefined>(undefined)
  const tabStop = page.rows.some((one) => one.id === current) ? current : page.rows[0]?.id

  const drawn = useRef(page.number)
  useEffect(() => {
    if (drawn.current === page.number) return
    drawn.current = page.number
    scroll.current?.scrollTo({ top: 0 })
    // On a phone it is the page that scrolls, and the list may begin above it.
    if ((scroll.current?.getBoundingClientRect().top ?? 0) < 0) scroll.current?.scrollIntoView()
    focusRow(rows.current, wanted.current)
    wanted.current = undefined
  }, [page.number])

  const go = (move: Move) => {
    if (move.search !== undefined) {
      selection.search(move.search === '' ? '' : selection.query + move.search)
      search.current?.focus()
    }
    if (move.all) selection.toggleAll()
    if (move.to === undefined) return
    if (move.extend) selection.extend([current, move.to])
    if (page.rows.some((one) => one.id === move.to)) return focusRow(rows.current, move.to)
    wanted.current = move.to
    turnTo(move.page)
  }
  return (
    // A fieldset cannot be the one that scrolls: browsers do not let it shrink.
    <div ref={scroll} className="mooring-picker-scroll">
      <fieldset
        ref={rows}
        id={id}
        aria-label="Accounts"
        data-slot="picker-rows"
        className="mooring-picker-rows"
        onKeyDown={(event) => {
          const move = moveOf(event, visible, page, tabStop)
          if (!move) return
          event.preventDefault()
          go(move)
        }}
      >
        {page.rows.map((candidate) => (
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

function focusRow(rows: HTMLElement | null, id: string | undefined): void {
  if (id !== undefined) rows?.querySelector<HTMLInputElement>(`input[data-id="${CSS.escape(id)}"]`)?.focus()
}
