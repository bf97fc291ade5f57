/** Accounts by network, as a chooser lists them. Pure. */
import type { PublishTarget } from '../api.ts'
import { networkOf } from '../marks/networks.ts'
import { matching } from './selection.ts'

export interface Group {
  name: string
  targets: PublishTarget[]
}

/** Those whose words hold what was typed; networks and accounts by name, what cannot be chosen last. */
export function grouped(targets: readonly PublishTarget[], query: string): Group[] {
  const fits = matching(query)
  const groups = new Map<string, PublishTarget[]>()
  for (const one of targets) {
    const { name } = networkOf(one.account)
    const { label, handle, kind } = one.account
    if (!fits(`${label} ${handle ?? ''} ${kind} ${name} ${one.connection.label}`)) continue
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  return [...groups]
    .map(([name, list]) => ({ name, targets: list.sort(byUse) }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

const byUse = (a: PublishTarget, b: PublishTarget) =>
  Number(!choosable(a)) - Number(!choosable(b)) || a.account.label.localeCompare(b.account.label)

/** What only waits for a reconnect can be written for: it goes out after it. */
export const choosable = ({ unusable, connection }: PublishTarget): boolean =>
  unusable === null || connection.state === 'reauthorize'

/** A new set with all of a group that can be chosen, or none of them when all were. */
export function toggledGroup(ids: ReadonlySet<string>, { targets }: Group): Set<string> {
  const open = targets.filter(choosable).map((one) => one.account.id)
  const next = new Set(ids)
  const off = open.every((id) => ids.has(id))
  for (const id of open) {
    if (off) next.delete(id)
    else next.add(id)
  }
  return next
}
