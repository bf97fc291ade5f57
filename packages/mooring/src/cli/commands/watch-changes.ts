/** What is watched of a connection, and what changed between two looks. Pure. */
import type { z } from 'zod'
import { inDays, plain, stamp, timeLeft } from '../format.ts'
import type { ConnectionShape } from '../shapes.ts'

export type Watched = z.infer<typeof ConnectionShape>

export interface Change {
  /** `found`: there at the first look. */
  change: 'found' | 'added' | 'changed' | 'removed'
  /** What changed of it, by name; empty but for `changed`. */
  fields: string[]
  connection: Watched
  before: Watched | undefined
}

const FIELDS: Readonly<Record<string, (one: Watched) => unknown>> = {
  state: (one) => one.state,
  health: (one) => one.health.message,
  tokenEnds: (one) => one.accessTokenExpiresAt,
  nextTry: (one) => one.problem?.nextTryAt ?? null,
  accounts: (one) => one.accounts.map((account) => account.subject).join('\n'),
  as: (one) => one.identity.label,
}

/** `before` is undefined at the first look. In the order of `after`, then what is gone. */
export function changesOf(before: readonly Watched[] | undefined, after: readonly Watched[]): Change[] {
  const known = new Map(before?.map((one) => [one.id, one]))
  const changes: Change[] = []
  for (const connection of after) {
    const was = known.get(connection.id)
    known.delete(connection.id)
    if (!was) changes.push({ change: before ? 'added' : 'found', fields: [], connection, before: undefined })
    else {
      const fields = Object.keys(FIELDS).filter((name) => FIELDS[name]?.(was) !== FIELDS[name]?.(connection))
      if (fields.length > 0) changes.push({ change: 'changed', fields, connection, before: was })
    }
  }
  for (const gone of known.values()) changes.push({ change: 'removed', fields: [], connection: gone, before: gone })
  return changes
}

/** One line for one change, for a log or a pipe. */
export function changeLine({ change, fields, connection, before }: Change, now: number): string {
  const { id, registration, identity, state, health } = connection
  const told =
    change === 'removed'
      ? 'is gone'
      : change === 'changed'
        ? fields.map((name) => words(name, before, connection, now)).join('; ')
        : `${change === 'added' ? 'new: ' : ''}${state}. ${health.message} Token: ${inDays(connection.accessTokenExpiresAt, now)}`
  return plain(`${stamp(new Date(now).toISOString())}  ${id}  ${registration}  ${identity.label}  ${told}`)
}

function words(field: string, before: Watched | undefined, after: Watched, now: number): string {
  switch (field) {
    case 'state':
      return `${before?.state} → ${after.state}`
    case 'health':
      return after.health.message
    case 'tokenEnds':
      return `token ends ${inDays(after.accessTokenExpiresAt, now)}`
    case 'nextTry':
      return after.problem?.nextTryAt ? `next try in ${timeLeft(after.problem.nextTryAt, now)}` : 'no next try'
    case 'accounts':
      return `${after.accounts.length} account${after.accounts.length === 1 ? '' : 's'}`
    default:
      return `as ${after.identity.label}`
  }
}
