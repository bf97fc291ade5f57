import { appNamed, disturbTokens, grantsNamed } from '../../core/disturb.ts'
import { present } from '../../core/present.ts'
import { post } from '../../meta/callbacks.ts'
import { endGrant } from '../api/me.ts'
import { userOf } from '../people.ts'
import type { State } from '../state.ts'
import type { InstagramCommand } from './command.ts'

export function applyInstagram(state: State, command: InstagramCommand, now: number): void {
  if (command.app) Object.assign(appNamed(state.apps, command.app.registration), present(command.app))
  if (command.token) disturbTokens(state, command.token, now)
  if (command.revokeGrant) for (const grant of grantsNamed(state, command.revokeGrant)) endGrant(state, grant, now)
  if (command.requestDeletion) {
    const { registration, member } = command.requestDeletion
    const person = { member, id: userOf(member)?.scoped ?? '' }
    post(state.posted, appNamed(state.apps, registration), 'data-deletion', person, now)
  }
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
