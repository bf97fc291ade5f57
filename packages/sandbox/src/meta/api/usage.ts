import { appUsage, type Spent, spend, useCaseUsage } from '../../graph/usage.ts'
import type { App } from '../apps.ts'
import type { Limit } from '../settings.ts'
import type { State, Token } from '../state.ts'

export interface Metered {
  headers: Record<string, string>
  /** The limit that this call ran into. */
  limit: Limit | undefined
}

const FULL: Spent = { percent: 100, minutes: 0 }
const BLOCKED: Spent = { percent: 100, minutes: 12 }

/** Counts a call against every budget that it is of, and says what the headers tell. */
export function meter(state: State, app: App, now: number, token?: Token, member?: string): Metered {
  const { settings, usage } = state
  const ofApp = spend(usage, `app ${app.clientId}`, settings.callsPerHour, now)
  const ofUser =
    member === undefined ? undefined : spend(usage, `user ${app.clientId} ${member}`, settings.userCallsPerHour, now)
  const page = token?.page ?? undefined
  const ofPage = page === undefined ? undefined : spend(usage, `page ${page}`, settings.pageCallsPerHour, now)
  const forced = settings.limited === 'off' ? undefined : settings.limited
  const limit =
    forced ??
    (ofApp.minutes > 0
      ? 'app'
      : ofPage && ofPage.minutes > 0
        ? settings.pageLimit
        : ofUser && ofUser.minutes > 0
          ? 'user'
          : undefined)
  const useCase = forced === 'pages-use-case' || forced === 'instagram-use-case'
  const type = forced === 'instagram-use-case' ? 'instagram' : 'pages'
  return {
    limit,
    headers: {
      'x-app-usage': appUsage(forced === undefined || useCase ? ofApp : FULL),
      ...((ofPage || useCase) && {
        'x-business-use-case-usage': useCaseUsage(page ?? '0', type, useCase ? BLOCKED : (ofPage ?? FULL)),
      }),
    },
  }
}
