import { appNamed, disturbTokens, grantsNamed } from '../../core/disturb.ts'
import { present } from '../../core/present.ts'
import type { State } from '../state.ts'
import type { GoogleCommand } from './command.ts'

export function applyGoogle(state: State, command: GoogleCommand, now: number): void {
  if (command.app) Object.assign(appNamed(state.apps, command.app.registration), present(command.app))
  if (command.token) disturbTokens(state, command.token, now)
  if (command.revokeGrant) for (const grant of grantsNamed(state, command.revokeGrant)) grant.revoked = true
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
