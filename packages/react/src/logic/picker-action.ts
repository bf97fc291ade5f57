import type { Account, Candidate } from '../api.ts'
import { count } from './words.ts'

export interface PickerAction {
  label: string
  /** Why it cannot be pressed, for the person. */
  blocked: string | null
}

/**
 * What the picker's button says and whether it may be pressed. `before` holds the ids that were connected already, `usable`
 * says how many can be chosen at all. Pure.
 */
export function pickerAction(selected: ReadonlySet<string>, before: ReadonlySet<string>, usable: number): PickerAction {
  if (before.size === 0 && usable === 0)
    return { label: 'Connect', blocked: 'There is nothing here that you can choose.' }
  if (before.size === 0) {
    return selected.size === 0
      ? { label: 'Connect', blocked: 'Choose at least one account.' }
      : { label: `Connect ${count(selected.size, 'account')}`, blocked: null }
  }
  const added = [...selected].filter((id) => !before.has(id)).length
  const removed = [...before].filter((id) => !selected.has(id)).length
  if (selected.size === 0) return { label: 'Save', blocked: 'Keep at least one account, or disconnect instead.' }
  if (added === 0 && removed === 0) return { label: 'Save', blocked: 'Nothing changed yet.' }
  if (removed === 0) return { label: `Add ${count(added, 'account')}`, blocked: null }
  if (added === 0) return { label: `Remove ${count(removed, 'account')}`, blocked: null }
  return { label: `Add ${added}, remove ${removed}`, blocked: null }
}

/**
 * The list for changing the accounts of a connection that has some: its own may be taken off again, and one
 * that the platform lists no more is named, for saving drops it.
 */
export function withOwn(candidates: readonly Candidate[], own: readonly Account[]): Candidate[] {
  const mine = new Set(own.map((account) => account.subject))
  const listed = new Set(candidates.map((candidate) => candidate.id))
  const gone = own.filter((account) => !listed.has(account.subject))
  return [
    ...candidates.map((one) => (mine.has(one.id) ? { ...one, selectable: true, reason: null } : one)),
    ...gone.map(({ subject, kind, label, handle, picture, note }) => ({
      id: subject,
      kind,
      label,
      handle,
      picture,
      note,
      selectable: false,
      reason: 'Not offered any more. Saving takes it off.',
      connected: false,
      connection: null,
      elsewhere: [],
    })),
  ]
}
