import { appNamed, disturbTokens, grantsNamed } from '../../core/disturb.ts'
import { present } from '../../core/present.ts'
import type { State } from '../state.ts'
import type { HubSpotCommand } from './command.ts'

export function applyHubSpot(state: State, command: HubSpotCommand, now: number): void {
  if (command.app) Object.assign(appNamed(state.apps, command.app.registration), present(command.app))
  if (command.token) disturbTokens(state, command.token, now)
  if (command.uninstall) for (const grant of grantsNamed(state, command.uninstall)) grant.uninstalled = true
  if (command.dropScope) {
    const { scope } = command.dropScope
    for (const grant of grantsNamed(state, command.dropScope))
      grant.scopes = grant.scopes.filter((one) => one !== scope)
  }
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
