import { NothingMatches } from '../../control/nothing-matches.ts'
import { appNamed, disturbTokens, grantsNamed } from '../../core/disturb.ts'
import { present } from '../../core/present.ts'
import { type App, freshApp } from '../apps.ts'
import { type State, uninstall } from '../state.ts'
import type { HubSpotCommand } from './command.ts'

function addApp(state: State, fields: NonNullable<HubSpotCommand['addApp']>): void {
  const { registration, clientId } = fields
  if (state.apps.some((app) => app.registration === registration || app.clientId === clientId))
    throw new NothingMatches(`The registration "${registration}" or the client id "${clientId}" is taken.`)
  state.apps.push({ ...freshApp, name: registration, scopes: fields.required, ...present(fields) } as App)
}

export function applyHubSpot(state: State, command: HubSpotCommand, now: number): void {
  if (command.app) Object.assign(appNamed(state.apps, command.app.registration), present(command.app))
  if (command.addApp) addApp(state, command.addApp)
  if (command.token) disturbTokens(state, command.token, now)
  if (command.uninstall) for (const grant of grantsNamed(state, command.uninstall)) uninstall(state, grant)
  if (command.dropScope) {
    const { scope } = command.dropScope
    for (const grant of grantsNamed(state, command.dropScope))
      grant.scopes = grant.scopes.filter((one) => one !== scope)
  }
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
