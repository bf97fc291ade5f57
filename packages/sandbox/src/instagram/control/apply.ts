import { NothingMatches } from '../../control/nothing-matches.ts'
import { appNamed, disturbTokens, grantsNamed } from '../../core/disturb.ts'
import { present } from '../../core/present.ts'
import { type App, freshApp } from '../apps.ts'
import { post } from '../callbacks.ts'
import type { Ended, State } from '../state.ts'
import type { InstagramCommand } from './command.ts'

const WHY: Record<NonNullable<InstagramCommand['endGrant']>['why'], Ended> = {
  removed: 458,
  checkpoint: 459,
  password: 460,
}

function endGrants(state: State, wish: NonNullable<InstagramCommand['endGrant']>, now: number): void {
  for (const grant of grantsNamed(state, wish)) {
    grant.ended = WHY[wish.why]
    const app = state.apps.find((one) => one.clientId === grant.clientId)
    if (wish.why === 'removed' && app) post(state, app, 'deauthorize', grant.member, now)
  }
}

export function applyInstagram(state: State, command: InstagramCommand, now: number): void {
  if (command.app) Object.assign(appNamed(state.apps, command.app.registration), present(command.app))
  if (command.addApp) {
    const { registration, clientId } = command.addApp
    if (state.apps.some((app) => app.registration === registration || app.clientId === clientId))
      throw new NothingMatches(`The registration "${registration}" or the client id "${clientId}" is taken.`)
    state.apps.push({ ...freshApp, name: registration, ...present(command.addApp) } as App)
  }
  if (command.token) disturbTokens(state, command.token, now)
  if (command.endGrant) endGrants(state, command.endGrant, now)
  if (command.revokeGrant) endGrants(state, { ...command.revokeGrant, why: 'removed' }, now)
  if (command.liftCheckpoint)
    for (const grant of grantsNamed(state, command.liftCheckpoint)) if (grant.ended === 459) grant.ended = null
  if (command.decline) {
    const { permission } = command.decline
    for (const grant of grantsNamed(state, command.decline))
      grant.permissions = grant.permissions.filter((one) => one !== permission)
  }
  if (command.account) state.kinds.set(command.account.member, command.account.kind)
  if (command.requestDeletion) {
    const { registration, member } = command.requestDeletion
    post(state, appNamed(state.apps, registration), 'data-deletion', member, now)
  }
  if (command.refuse) state.refusals.push({ ...command.refuse })
  if (command.failProcessing) state.book.failNext.push({ ...command.failProcessing })
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
