/** Who connected what is connected already, and where: for whoever may know it. */
import type { Candidate } from './candidates.ts'
import type { Engine } from './engine.ts'
import { longDate } from './standing.ts'

export interface Holder {
  id: string
  /** The outside identity that it stands for. */
  label: string
  connectedBy: string | null
}

export interface Elsewhere {
  workspaceId: string
  workspace: string
  connectedBy: string | null
}

/** Of a person who belongs to more workspaces, those beyond are not asked. */
const MOST_WORKSPACES = 20

/** The connections of this workspace that have some of these, by their ids. */
export async function holders(
  engine: Engine,
  workspace: string,
  provider: string,
  candidates: readonly Candidate[],
): Promise<Map<string, Holder>> {
  const taken = candidates.filter((one) => one.held !== null).map((one) => one.id)
  const rows = await engine.store.accounts.holding(workspace, provider, taken)
  return new Map(rows.map(({ id, label, connected_by }) => [id, { id, label, connectedBy: connected_by }]))
}

/** Where else these are connected: in workspaces that the asking person belongs to, and in no other. By the platform's ids. */
export async function elsewhere(
  engine: Engine,
  workspaces: readonly { id: string; name: string }[],
  provider: string,
  candidates: readonly Candidate[],
): Promise<Map<string, Elsewhere[]>> {
  const found = new Map<string, Elsewhere[]>()
  const ids = candidates.map((one) => one.id)
  for (const { id, name } of workspaces.slice(0, MOST_WORKSPACES)) {
    for (const { subject, connected_by } of await engine.store.accounts.holding(id, provider, ids)) {
      const one = { workspaceId: id, workspace: name, connectedBy: connected_by }
      found.set(subject, [...(found.get(subject) ?? []), one])
    }
  }
  return found
}

/** "Already connected on 23 Oct 2026 by Ada, as Mara Lindqvist." Pure. */
export function heldSentence(since: Date, { label, connectedBy }: Holder): string {
  const by = connectedBy === null ? '' : ` by ${connectedBy}`
  return `Already connected on ${longDate(since)}${by}, as ${label}.`
}
