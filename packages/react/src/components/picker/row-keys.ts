import type { Candidate } from '../../api.ts'
import type { Page } from '../../logic/selection.ts'

export interface Key {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

export interface Move {
  /** The row to go to, and the page that it is on. */
  to?: string | undefined
  page: number
  /** The row that one comes from, and this one, are chosen. */
  extend?: boolean
  /** Letters for the search; empty to clear it. */
  search?: string
  /** All that the search left, or none of it. */
  all?: boolean
}

/** What a key does on a row of the list; undefined: nothing of ours. Pure. */
export function moveOf(
  { key, shiftKey, ctrlKey, metaKey, altKey }: Key,
  visible: readonly Candidate[],
  page: Page,
  current: string | undefined,
): Move | undefined {
  const stay = { page: page.number }
  if (altKey) return undefined
  if (ctrlKey || metaKey) return key.toLowerCase() === 'a' ? { ...stay, all: true } : undefined
  if (key === 'Escape') return { ...stay, search: '' }
  // A letter, whatever its alphabet; the space bar turns the row over.
  if ([...key].length === 1 && key !== ' ') return { ...stay, search: key }
  const at = visible.findIndex((row) => row.id === current)
  const { size } = page
  const places: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: page.from,
    End: page.from + page.rows.length - 1,
    PageDown: Math.min(page.from + size, visible.length - 1),
    PageUp: Math.max(page.from - size, 0),
  }
  const place = places[key]
  const to = place === undefined ? undefined : visible[place]
  if (place === undefined || at === -1) return undefined
  // At the ends a key does nothing, and does not scroll away either.
  if (!to) return stay
  return { to: to.id, page: Math.floor(place / size), extend: shiftKey && key.startsWith('Arrow') }
}
