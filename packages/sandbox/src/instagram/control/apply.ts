import { NothingMatches } from '../../control/nothing-matches.ts'
import { present } from '../../core/present.ts'
import { post } from '../../meta/callbacks.ts'
import { endGrant } from '../api/me.ts'
import type { App } from '../apps.ts'
import { userOf } from '../people.ts'
import type { Grant, State } from '../state.ts'
import type { InstagramCommand } from './command.ts'

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

export function applyInstagram(state: State, command: InstagramCommand, now: number): void {
  if (command.app) Object.assign(appBy(state, command.app.registration), present(command.app))
  if (command.token) {
    const { kind, id, do: what } = command.token
    const grants = new Set(grantsBy(state, command.token).map((one) => one.id))
    const found = [...state.tokens.values()].filter(
      (one) => grants.has(one.grant) && (kind === 'both' || one.kind === kind) && (id ?? one.id) === one.id,
    )
    if (found.length === 0) throw new NothingMatches('No token matches.')
    for (const token of found) {
      if (what === 'revoke') token.revoked = true
      else token.expiresAt = Math.min(token.expiresAt, now)
    }
  }
  if (command.revokeGrant) for (const grant of grantsBy(state, command.revokeGrant)) endGrant(state, grant, now)
  if (command.requestDeletion) {
    const { registration, member } = command.requestDeletion
    const person = { member, id: userOf(member)?.scoped ?? '' }
    post(state.posted, appBy(state, registration), 'data-deletion', person, now)
  }
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
