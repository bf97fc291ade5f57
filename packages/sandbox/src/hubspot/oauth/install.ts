import { opaque } from '../../core/ids.ts'
import type { App } from '../apps.ts'
import type { Portal, User } from '../people.ts'
import { type Grant, portalsWith, type State } from '../state.ts'
import type { InstallRequest } from './request.ts'

/** As many accounts as an app that is not listed may have; one that has it may come again. */
export function isFull(state: State, { clientId, mostInstalls }: App, { id }: Portal): boolean {
  const held = portalsWith(state, clientId)
  return mostInstalls !== null && !held.has(id) && held.size >= mostInstalls
}

/** An install of a user: a colleague in the same account has their own. */
export function install(
  state: State,
  { clientId }: App,
  user: User,
  portal: Portal,
  scopes: string[],
  now: number,
): Grant {
  const before = [...state.grants.values()].find(
    (one) => one.clientId === clientId && one.member === user.key && one.portal === portal.id,
  )
  // Who uninstalled the app and comes back has new tokens: the old ones stay dead.
  if (before?.uninstalled)
    for (const token of state.tokens.values()) if (token.grant === before.id) token.revoked = true
  const id = before?.id ?? `grant-${++state.issued}`
  const grant: Grant = { id, clientId, member: user.key, portal: portal.id, scopes, grantedAt: now, uninstalled: false }
  state.grants.set(id, grant)
  return grant
}

export function newCode(state: State, grant: Grant, { redirectUri, challenge }: InstallRequest, now: number): string {
  const code = opaque(36)
  const { id, clientId } = grant
  state.codes.set(code, { code, redirectUri, challenge, clientId, grant: id, createdAt: now, used: false })
  return code
}
