import type { Candidate } from '../api.ts'

export type Tick = 'all' | 'some' | 'none'

/** A new set with one id turned over. */
export function toggled(selected: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}

/**
 * A new set after a click with shift: all usable rows between the last one clicked and this one take the state
 * that this one takes. Without an anchor in sight it is an ordinary click.
 */
export function ranged(
  rows: readonly Candidate[],
  selected: ReadonlySet<string>,
  anchor: string | undefined,
  id: string,
): Set<string> {
  const from = rows.findIndex((row) => row.id === anchor)
  const to = rows.findIndex((row) => row.id === id)
  if (from === -1 || to === -1) return toggled(selected, id)
  const on = !selected.has(id)
  const next = new Set(selected)
  for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (!row.selectable) continue
    if (on) next.add(row.id)
    else next.delete(row.id)
  }
  return next
}

export function tickOf(rows: readonly Candidate[], selected: ReadonlySet<string>): Tick {
  const usable = rows.filter((row) => row.selectable)
  const on = usable.filter((row) => selected.has(row.id)).length
  return on === 0 ? 'none' : on === usable.length ? 'all' : 'some'
}

/** A new set with all usable rows in it, or none of them when all were. Rows out of sight keep their state. */
export function toggledAll(rows: readonly Candidate[], selected: ReadonlySet<string>): Set<string> {
  const off = tickOf(rows, selected) === 'all'
  const next = new Set(selected)
  for (const row of rows) {
    if (!row.selectable) continue
    if (off) next.delete(row.id)
    else next.add(row.id)
  }
  return next
}

/** A new set with these usable rows in it, too. */
export function extended(
  rows: readonly Candidate[],
  selected: ReadonlySet<string>,
  ids: readonly (string | undefined)[],
): Set<string> {
  const more = rows.filter((row) => row.selectable && ids.includes(row.id)).map((row) => row.id)
  return new Set([...selected, ...more])
}

export interface Page {
  rows: readonly Candidate[]
  /** From 0. */
  number: number
  /** At least one. */
  of: number
  /** Place of its first row among all, from 0. */
  from: number
  /** Rows on a whole page. */
  size: number
}

/** A page of the rows; a number past the last page is the last page. */
export function pageOf(rows: readonly Candidate[], wanted: number, size: number): Page {
  const of = Math.max(1, Math.ceil(rows.length / size))
  const number = Math.min(Math.max(0, wanted), of - 1)
  return { rows: rows.slice(number * size, (number + 1) * size), number, of, from: number * size, size }
}

/** Rows whose name, handle or note holds every word that was typed; accents and case do not matter. */
export function found(rows: readonly Candidate[], query: string): readonly Candidate[] {
  if (query.trim() === '') return rows
  const fits = matching(query)
  return rows.filter(({ label, handle, note, kind }) => fits(`${label} ${handle ?? ''} ${note ?? ''} ${kind}`))
}

/** Whether a text holds every word that was typed. */
export function matching(query: string): (text: string) => boolean {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return (text) => {
    const folded = fold(text)
    return words.every((word) => folded.includes(word))
  }
}

/** Letters that are no other letter with a mark (Unicode has no decomposition for them), as people type them who have them not. */
const PLAIN: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
}

const fold = (value: string) =>
  value
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðþßæœıħ]/g, (letter) => PLAIN[letter] ?? letter)
