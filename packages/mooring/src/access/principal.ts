/** Who is behind a request. */
import { MooringError } from '../error.ts'
import { OPERATOR, PERMISSIONS, type Role, type Scope } from './permissions.ts'

export { SCOPES, type Scope } from './permissions.ts'

export type Principal =
  | {
      /** Somebody signed in to the console, in one of their workspaces. */
      kind: 'person'
      id: string
      name: string
      workspace: string
      role: Role
      /** Runs this server. */
      operator: boolean
    }
  | {
      /** A user of the host product, as the host knows them. */
      kind: 'user'
      id: string
      name: string
      workspace: string
      role: Role
      /** By the browser's own request (a cookie, most often), which another site could cause; or by a token in the header. */
      by: 'request' | 'token'
    }
  | {
      kind: 'key'
      id: string
      name: string
      scopes: readonly Scope[]
      workspace: string
      /** A key of the whole instance: it may name other workspaces than its own where a route takes one. */
      instance: boolean
    }
  | {
      /** A page of a host that a connect session was given to: it has no scope, and opens what routes open to it by name. */
      kind: 'connect-session'
      id: string
      /** The end user's. */
      name: string
      workspace: string
      /** Null: every provider. */
      providers: readonly string[] | null
    }
  | {
      /** The browser that holds the cookie of a flow by credentials, on our own page for it: it opens that one flow. */
      kind: 'flow'
      /** The flow's. */
      id: string
      /** The starter's. */
      name: string
      workspace: string
    }
  | {
      /** Whoever holds a link that an agency sent: it begins a flow, and nothing else. */
      kind: 'connect-link'
      id: string
      /** The client's. */
      name: string
      workspace: string
      provider: string
    }

/** Who has no scope, and opens what routes open to it by name. */
export type Narrow = Extract<Principal, { kind: 'connect-session' | 'flow' | 'connect-link' }>
export const isNarrow = (who: Principal): who is Narrow =>
  who.kind === 'connect-session' || who.kind === 'flow' || who.kind === 'connect-link'

export function scopesOf(principal: Principal): readonly Scope[] {
  if (principal.kind === 'key') return principal.scopes
  if (isNarrow(principal)) return []
  const own = PERMISSIONS[principal.role]
  return principal.kind === 'person' && principal.operator ? [...own, ...OPERATOR] : own
}

const KEYS_ALONE: Partial<Record<Scope, string>> = { 'tokens:read': 'read a token', proxy: 'call a platform' }

/** Throws `forbidden` when this principal may not. Pure. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (scopesOf(principal).includes(scope)) return
  if (principal.kind === 'key') {
    throw new MooringError('forbidden', `This API key may not do that. It needs ${scope}.`, {
      detail: `The key "${principal.name}" has ${principal.scopes.join(', ')}.`,
    })
  }
  if (isNarrow(principal))
    throw new MooringError('forbidden', 'This may connect, and nothing else.', {
      detail: `It needs ${scope}.`,
    })
  const deed = KEYS_ALONE[scope]
  if (deed !== undefined) {
    throw new MooringError('forbidden', `Only an API key with ${scope} can ${deed ?? 'do that'}.`, {
      detail: 'Make a key under Settings, Security.',
    })
  }
  throw new MooringError('forbidden', `As ${principal.role} here you may not do that.`, {
    detail: `It needs ${scope}.`,
  })
}

/** How a flow remembers who started it. */
export const starterOf = (principal: Principal): string =>
  principal.kind === 'user' && principal.by === 'token' ? `bearer:${principal.id}` : `${principal.kind}:${principal.id}`

export const personStarter = (person: string): string => `person:${person}`
