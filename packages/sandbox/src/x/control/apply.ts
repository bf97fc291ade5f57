import { NothingMatches } from '../../control/nothing-matches.ts'
import { present } from '../../core/present.ts'
import { type App, freshApp } from '../apps.ts'
import { endGrants, type Grant, type State } from '../state.ts'
import type { XCommand } from './command.ts'

function appBy(state: State, registration: string): App {
  const app = state.apps.find((known) => known.registration === registration)
  if (!app) throw new NothingMatches(`There is no app "${registration}".`)
  return app
}

function addApp(state: State, fields: NonNullable<XCommand['addApp']>): void {
  const { registration, clientId } = fields
  if (state.apps.some((app) => app.registration === registration || app.clientId === clientId))
    throw new NothingMatches(`The registration "${registration}" or the client id "${clientId}" is taken.`)
  state.apps.push({
    ...freshApp,
    name: registration,
    clientSecret: undefined,
    bearer: `app-only-${registration}`,
    ...present(fields),
  } as App)
}

type Wanted = { registration?: string | undefined; member?: string | undefined }

function meant(state: State, wanted: Wanted): (grant: Grant) => boolean {
  const clientId = wanted.registration === undefined ? undefined : appBy(state, wanted.registration).clientId
  return (grant) => (clientId ?? grant.clientId) === grant.clientId && (wanted.member ?? grant.member) === grant.member
}

function changeToken(state: State, wish: NonNullable<XCommand['token']>, now: number): void {
  const isMeant = meant(state, wish)
  const found = [...state.tokens.values()].filter((token) => {
    const grant = state.grants.get(token.grant)
    const kind = wish.kind === 'both' ? token.kind : wish.kind
    return grant && isMeant(grant) && token.kind === kind && (wish.id ?? token.id) === token.id
  })
  if (found.length === 0) throw new NothingMatches('No token matches.')
  for (const token of found) {
    if (wish.do === 'revoke') token.revoked = true
    else token.expiresAt = Math.min(token.expiresAt ?? now, now)
  }
}

function changeUser(state: State, { member, suspended, subscription }: NonNullable<XCommand['user']>): void {
  if (suspended === true) state.suspended.add(member)
  if (suspended === false) state.suspended.delete(member)
  if (subscription) state.subscriptions.set(member, subscription)
}

function deletePost(state: State, id: string): void {
  const post = state.posts.live(id)
  if (!post) throw new NothingMatches(`There is no post "${id}".`)
  state.posts.delete(post)
}

export function applyX(state: State, command: XCommand, now: number): void {
  if (command.app) Object.assign(appBy(state, command.app.registration), present(command.app))
  if (command.addApp) addApp(state, command.addApp)
  if (command.token) changeToken(state, command.token, now)
  if (command.revokeGrant && endGrants(state, meant(state, command.revokeGrant)) === 0)
    throw new NothingMatches('No grant matches.')
  if (command.user) changeUser(state, command.user)
  if (command.failMedia) {
    const { times, ...failure } = command.failMedia
    state.failures.push(...Array.from({ length: times }, () => failure))
  }
  if (command.deletePost) deletePost(state, command.deletePost.id)
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
