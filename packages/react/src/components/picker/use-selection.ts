import { useCallback, useMemo, useState } from 'react'
import type { Candidate } from '../../api.ts'
import { found, ranged, type Tick, tickOf, toggled, toggledAll } from '../../logic/selection.ts'

export interface Selection {
  query: string
  search: (query: string) => void
  /** What the search leaves, in order. */
  visible: readonly Candidate[]
  chosen: ReadonlySet<string>
  /** `range`: from the last row that was turned over to this one. */
  toggle: (id: string, range: boolean) => void
  tick: Tick
  toggleAll: () => void
}

interface State {
  wanted: ReadonlySet<string>
  /** The row that was turned over last. */
  anchor: string | undefined
}

export function useSelection(candidates: readonly Candidate[], before: ReadonlySet<string>): Selection {
  const [query, search] = useState('')
  const [{ wanted }, setState] = useState<State>({ wanted: before, anchor: undefined })
  const visible = useMemo(() => found(candidates, query), [candidates, query])
  // A list that was loaded again may have lost a row that was chosen.
  const chosen = useMemo(
    () => new Set(candidates.filter((one) => one.selectable && wanted.has(one.id)).map((one) => one.id)),
    [candidates, wanted],
  )
  const toggle = useCallback(
    (id: string, range: boolean) =>
      setState((now) => ({
        wanted: range ? ranged(visible, now.wanted, now.anchor, id) : toggled(now.wanted, id),
        anchor: id,
      })),
    [visible],
  )
  const toggleAll = () => setState((now) => ({ wanted: toggledAll(visible, now.wanted), anchor: undefined }))
  return { query, search, visible, chosen, toggle, tick: tickOf(visible, chosen), toggleAll }
}
