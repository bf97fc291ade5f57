/** Limits of the platforms as a person reads them. Pure. */
import type { Budget, Connection, Provider } from '@mooring/react'

export interface BudgetLine {
  key: string
  provider: string
  name: string
  /** Of what: "All calls", "POST /2/tweets". */
  what: string
  /** Whose: an account, a connection, or the whole app's. */
  whose: string
  /** From 0 to 1, of what is known. */
  used: number | undefined
  words: string
  tight: boolean
  budget: Budget
}

/** From four fifths on. */
const TIGHT = 0.8

/** Tightest first. */
export function linesOf(
  budgets: readonly Budget[],
  providers: readonly Provider[],
  connections: readonly Connection[],
): BudgetLine[] {
  const accounts = connections.flatMap((one) => one.accounts)
  return budgets
    .map((budget) => {
      const { provider, registration, connectionId, accountId, endpoint, limit, remaining } = budget
      const used = limit === null || limit === 0 ? undefined : 1 - remaining / limit
      return {
        key: [registration, connectionId, accountId, endpoint].join(' '),
        provider,
        name: providers.find((one) => one.id === provider)?.name ?? provider,
        what: endpoint === '*' ? 'All calls' : endpoint,
        whose:
          accounts.find((one) => one.id === accountId)?.label ??
          connections.find((one) => one.id === connectionId)?.identity.label ??
          (accountId === null && connectionId === null ? 'The app, for everybody' : 'An account that is gone'),
        used,
        words: limit === null ? `${number(remaining)} left` : `${number(remaining)} of ${number(limit)} left`,
        tight: remaining === 0 || (used !== undefined && used >= TIGHT),
        budget,
      }
    })
    .sort((a, b) => (b.used ?? 0) - (a.used ?? 0) || a.name.localeCompare(b.name) || a.what.localeCompare(b.what))
}

const number = (value: number) => value.toLocaleString('en')
