import { NothingMatches } from '../../control/nothing-matches.ts'
import { appNamed, disturbTokens, grantsNamed } from '../../core/disturb.ts'
import { present } from '../../core/present.ts'
import { type App, freshApp } from '../apps.ts'
import { post } from '../callbacks.ts'
import { type Ended, roleOn, type State } from '../state.ts'
import type { MetaCommand } from './command.ts'

const WHY: Record<NonNullable<MetaCommand['endGrant']>['why'], Ended> = {
  removed: 458,
  checkpoint: 459,
  password: 460,
  unconfirmed: 464,
}

function endGrants(state: State, wish: NonNullable<MetaCommand['endGrant']>, now: number): void {
  for (const grant of grantsNamed(state, wish)) {
    grant.ended = WHY[wish.why]
    const app = state.apps.find((one) => one.clientId === grant.clientId)
    if (wish.why === 'removed' && app) post(state, app, 'deauthorize', grant.member, now)
  }
}

export function applyMeta(state: State, command: MetaCommand, now: number): void {
  if (command.app) Object.assign(appNamed(state.apps, command.app.registration), present(command.app))
  if (command.addApp) {
    const { registration, clientId } = command.addApp
    if (state.apps.some((app) => app.registration === registration || app.clientId === clientId))
      throw new NothingMatches(`The registration "${registration}" or the client id "${clientId}" is taken.`)
    state.apps.push({ ...freshApp, name: registration, ...present(command.addApp) } as App)
  }
  if (command.token) disturbTokens(state, command.token, now)
  if (command.endGrant) endGrants(state, command.endGrant, now)
  if (command.liftCheckpoint)
    for (const grant of grantsNamed(state, command.liftCheckpoint)) if (grant.ended === 459) grant.ended = null
  if (command.decline) {
    const { permission } = command.decline
    for (const grant of grantsNamed(state, command.decline)) {
      grant.granted = grant.granted.filter((one) => one !== permission)
      if (!grant.declined.includes(permission)) grant.declined.push(permission)
    }
  }
  if (command.dataAccessEnds)
    for (const grant of grantsNamed(state, command.dataAccessEnds)) grant.dataAccessEndsAt = command.dataAccessEnds.at
  if (command.loseRole) {
    const { member, page } = command.loseRole
    if (!roleOn(state, member, page)) throw new NothingMatches('This person has no role on that Page.')
    state.roles = state.roles.filter((one) => one.member !== member || one.page !== page)
  }
  if (command.role) {
    const { member, page, tasks, byBusiness } = command.role
    state.roles = state.roles.filter((one) => one.member !== member || one.page !== page)
    state.roles.push({ member, page, tasks, ...(byBusiness && { byBusiness }) })
  }
  if (command.resetSecret) {
    const app = appNamed(state.apps, command.resetSecret.registration)
    app.clientSecret = command.resetSecret.clientSecret
    for (const token of state.tokens.values())
      if (state.grants.get(token.grant)?.clientId === app.clientId) token.revoked = true
  }
  if (command.requestDeletion) {
    const { registration, member } = command.requestDeletion
    post(state, appNamed(state.apps, registration), 'data-deletion', member, now)
  }
  if (command.refuse) state.refusals.push({ ...command.refuse })
  if (command.failProcessing) {
    const { what, ...how } = command.failProcessing
    if (what === 'video') state.pages.failNext.push(how as State['pages']['failNext'][number])
    else state.instagram.failNext.push(how as State['instagram']['failNext'][number])
  }
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
