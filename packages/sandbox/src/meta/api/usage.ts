import { appUsage, type Spent, spend, useCaseUsage } from '../../graph/usage.ts'
import type { App } from '../apps.ts'
import type { Limit } from '../settings.ts'
import type { State, Token } from '../state.ts'

export interface Metered {
  headers: Record<string, string>
  /** The limit that this call ran into. */
  limit: Limit | undefined
}

/** Whose budgets a call is of, beside the app's. */
export interface Spender {
  token?: Token
  member?: string
  /** The Instagram account that the call is about: then it is not of the Page's budget. */
  instagram?: string | undefined
}

interface UseCase {
  id: string
  type: 'pages' | 'instagram'
  limit: Limit
  spent: Spent
}

const FULL: Spent = { percent: 100, minutes: 0 }
const BLOCKED: Spent = { percent: 100, minutes: 12 }

function useCaseOf({ settings, usage }: State, { token, instagram }: Spender, now: number): UseCase | undefined {
  if (instagram !== undefined) {
    const spent = spend(usage, `instagram ${instagram}`, settings.instagramCallsPerHour, now)
    return { id: instagram, type: 'instagram', limit: 'instagram-use-case', spent }
  }
  const page = token?.page ?? undefined
  if (page === undefined) return undefined
  return {
    ...{ id: page, type: 'pages', limit: settings.pageLimit },
    spent: spend(usage, `page ${page}`, settings.pageCallsPerHour, now),
  }
}

/** Counts a call against every budget that it is of, and says what the headers tell. */
export function meter(state: State, app: App, now: number, spender: Spender = {}): Metered {
  const { settings, usage } = state
  const { member } = spender
  const ofApp = spend(usage, `app ${app.clientId}`, settings.callsPerHour, now)
  const ofUser =
    member === undefined ? undefined : spend(usage, `user ${app.clientId} ${member}`, settings.userCallsPerHour, now)
  const useCase = useCaseOf(state, spender, now)
  const forced = settings.limited === 'off' ? undefined : settings.limited
  const limit =
    forced ??
    (ofApp.minutes > 0
      ? 'app'
      : useCase && useCase.spent.minutes > 0
        ? useCase.limit
        : ofUser && ofUser.minutes > 0
          ? 'user'
          : undefined)
  return {
    limit,
    headers: {
      'x-app-usage': appUsage(forced === undefined || forced.endsWith('use-case') ? ofApp : FULL),
      ...useCaseHeader(useCase, forced),
    },
  }
}

function useCaseHeader(useCase: UseCase | undefined, forced: Limit | undefined): Record<string, string> {
  const name = 'x-business-use-case-usage'
  if (forced === 'pages-use-case' || forced === 'instagram-use-case') {
    const type = forced === 'pages-use-case' ? 'pages' : 'instagram'
    return { [name]: useCaseUsage(useCase?.id ?? '0', type, BLOCKED) }
  }
  return useCase ? { [name]: useCaseUsage(useCase.id, useCase.type, useCase.spent) } : {}
}
