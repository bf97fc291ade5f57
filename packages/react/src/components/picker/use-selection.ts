import { useCallback, useMemo, useState } from 'react'
import type { Candidate } from '../../api.ts'
import {
  extended,
  found,
  type Page,
  pageOf,
  ranged,
  type Tick,
  tickOf,
  toggled,
  toggledAll,
} from '../../logic/selection.ts'

export interface Selection {
  query: string
  search: (query: string) => void
  /** What the search leaves, in order; `page` is the part that is drawn. */
  visible: readonly Candidate[]
  page: Page
  turnTo: (page: number) => void
  chosen: ReadonlySet<string>
  /** Shows nothing but what was chosen when it was turned on. */
  onlyChosen: boolean
  showChosen: (only: boolean) => void
  /** `range`: from the last row that was turned over to this one, also over pages. */
  toggle: (id: string, range: boolean) => void
  /** Adds these, whatever they were. */
  extend: (ids: readonly (string | undefined)[]) => void
  /** Of the page that is drawn, and of all that the search leaves. */
  pageTick: Tick
  tick: Tick
  togglePage: () => void
  toggleAll: () => void
}

interface State {
  wanted: ReadonlySet<string>
  /** The row that was turned over last. */
  anchor: string | undefined
}

interface View {
  query: string
  page: number
  /** Kept as it was: a row that is taken off must not go from under the pointer. */
  only: ReadonlySet<string> | undefined
}

const FIRST: View = { query: '', page: 0, only: undefined }

export function useSelection(
  candidates: readonly Candidate[],
  before: ReadonlySet<string>,
  pageSize: number,
): Selection {
  const [view, setView] = useState(FIRST)
  const [{ wanted }, setState] = useState<State>({ wanted: before, anchor: undefined })
  const { query, only } = view
  const visible = useMemo(
    () => found(only ? candidates.filter((one) => only.has(one.id)) : candidates, query),
    [candidates, query, only],
  )
  const page = useMemo(() => pageOf(visible, view.page, pageSize), [visible, view.page, pageSize])
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
  const all = (rows: readonly Candidate[]) => () =>
    setState((now) => ({ wanted: toggledAll(rows, now.wanted), anchor: undefined }))
  return {
    query,
    search: (next) => setView((now) => ({ ...now, query: next, page: 0 })),
    visible,
    page,
    turnTo: (number) => setView((now) => ({ ...now, page: number })),
    chosen,
    onlyChosen: only !== undefined,
    showChosen: (on) => setView({ ...FIRST, only: on ? chosen : undefined }),
    toggle,
    extend: (ids) => setState((now) => ({ wanted: extended(visible, now.wanted, ids), anchor: ids.at(-1) })),
    pageTick: tickOf(page.rows, chosen),
    tick: tickOf(visible, chosen),
    togglePage: all(page.rows),
    toggleAll: all(visible),
  }
}
