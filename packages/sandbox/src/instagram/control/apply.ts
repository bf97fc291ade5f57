import { NothingMatches } from '../../control/nothing-matches.ts'
import { present } from '../../core/present.ts'
import { type App, freshApp } from '../apps.ts'
import { post } from '../callbacks.ts'
import type { Ended, Grant, State } from '../state.ts'
import type { InstagramCommand } from './command.ts'

const WHY: Record<NonNullable<InstagramCommand['endGrant']>['why'], Ended> = {
  removed: 458,
  checkpoint: 459,
  password: 460,
}

function appBy(state: State, registration: string): App {
  const app = state.apps.find((known) => known.registration === registration)
  if (!app) throw new NothingMatches(`There is no app "${registration}".`)
  return app
}

type Wanted = { registration?: string | undefined; member?: string | undefined }

function grantsBy(state: State, wanted: Wanted): Grant[] {
  const clientId = wanted.registration === undefined ? undefined : appBy(state, wanted.registration).clientId
  const found = [...state.grants.values()].filter(
    (grant) => (clientId ?? grant.clientId) === grant.clientId && (wanted.member ?? grant.member) === grant.member,
  )
  if (found.length === 0) throw new NothingMatches('No grant matches.')
  return found
}

function changeTokens(state: State, wish: NonNullable<InstagramCommand['token']>, now: number): void {
  const grants = new Set(grantsBy(state, wish).map((one) => one.id))
  const { kind } = wish
  const found = [...state.tokens.values()].filter(
    (one) => grants.has(one.grant) && (kind === 'both' || one.kind === kind) && (wish.id ?? one.id) === one.id,
  )
  if (found.length === 0) throw new NothingMatches('No token matches.')
  for (const token of found) {
    if (wish.do === 'revoke') token.revoked = true
    else token.expiresAt = Math.min(token.expiresAt, now)
  }
}

function endGrants(state: State, wish: NonNullable<InstagramCommand['endGrant']>, now: number): void {
  for (const grant of grantsBy(state, wish)) {
    grant.ended = WHY[wish.why]
    const app = state.apps.find((one) => one.clientId === grant.clientId)
    if (wish.why === 'removed' && app) post(state, app, 'deauthorize', grant.member, now)
  }
}

export function applyInstagram(state: State, command: InstagramCommand, now: number): void {
  if (command.app) Object.assign(appBy(state, command.app.registration), present(command.app))
  if (command.addApp) {
    const { registration, clientId } = command.addApp
    if (state.apps.some((app) => app.registration === registration || app.clientId === clientId))
      throw new NothingMatches(`The registration "${registration}" or the client id "${clientId}" is taken.`)
    state.apps.push({ ...freshApp, name: registration, ...present(command.addApp) } as App)
  }
  if (command.token) changeTokens(state, command.token, now)
  if (command.endGrant) endGrants(state, command.endGrant, now)
  if (command.liftCheckpoint)
    for (const grant of grantsBy(state, command.liftCheckpoint)) if (grant.ended === 459) grant.ended = null
  if (command.account) state.kinds.set(command.account.member, command.account.kind)
  if (command.requestDeletion) {
    const { registration, member } = command.requestDeletion
    post(state, appBy(state, registration), 'data-deletion', member, now)
  }
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
