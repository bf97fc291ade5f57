import { count, type Flow } from '@mooring/react'

/** What a finished flow says to the person. `name` is the provider's. */
export function successSentence(flow: Pick<Flow, 'outcome' | 'identity'>, name: string): string {
  if (flow.outcome === 'updated') return 'Already connected. We refreshed it.'
  return flow.identity === null
    ? `${name} is connected.`
    : `${name} is connected. You are there as ${flow.identity.label}.`
}

/** After the choice at a flow's checkpoint. */
export function chosenSentence(flow: Pick<Flow, 'outcome'>, name: string, number: number): string {
  const added = `${count(number, 'account')} added.`
  return flow.outcome === 'updated' ? added : `${name} is connected. ${added}`
}

export interface Failure {
  message: string
  /** For the operator, in mono. */
  detail: string
}

/** The flow's own words win over those in the address, which anybody could have written. */
export function failureOf(
  flow: Flow | undefined,
  search: { error?: string | undefined; message?: string | undefined },
): Failure {
  const code = flow?.error?.code ?? search.error ?? 'unknown'
  const message = flow?.error?.message ?? search.message ?? 'The connection was not made. Please start again.'
  const detail = [code, flow?.error?.operatorDetail].filter(Boolean).join('\n')
  return { message, detail }
}

/** What changed among a connection's accounts. */
export function changeSentence(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((id) => !before.includes(id)).length
  const removed = before.filter((id) => !after.includes(id)).length
  if (removed === 0) return `${count(added, 'account')} added.`
  if (added === 0) return `${count(removed, 'account')} taken off.`
  return `${count(added, 'account')} added, ${removed} taken off.`
}
