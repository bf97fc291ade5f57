import { appNamed, disturbTokens, grantsNamed } from '../../core/disturb.ts'
import { present } from '../../core/present.ts'
import { post } from '../callbacks.ts'
import type { State } from '../state.ts'
import type { ThreadsCommand } from './command.ts'

export function applyThreads(state: State, command: ThreadsCommand, now: number): void {
  if (command.app) Object.assign(appNamed(state.apps, command.app.registration), present(command.app))
  if (command.token) disturbTokens(state, command.token, now)
  if (command.revokeGrant)
    for (const grant of grantsNamed(state, command.revokeGrant)) {
      grant.ended = true
      post(state, grant.clientId, 'deauthorize', grant.member, now)
    }
  if (command.requestDeletion) {
    const { registration, member } = command.requestDeletion
    post(state, appNamed(state.apps, registration).clientId, 'data-deletion', member, now)
  }
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
