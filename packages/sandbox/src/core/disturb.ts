/** What control does to any platform's tokens and grants: named by app and person. */
import { NothingMatches } from '../control/nothing-matches.ts'

interface Apps {
  apps: { registration: string; clientId: string }[]
}

export interface Wanted {
  registration?: string | undefined
  member?: string | undefined
}

export function appNamed<App extends { registration: string }>(apps: readonly App[], registration: string): App {
  const app = apps.find((known) => known.registration === registration)
  if (!app) throw new NothingMatches(`There is no app "${registration}".`)
  return app
}

export function grantsNamed<Grant extends { clientId: string; member: string }>(
  state: Apps & { grants: Map<string, Grant> },
  wanted: Wanted,
): Grant[] {
  const clientId = wanted.registration === undefined ? undefined : appNamed(state.apps, wanted.registration).clientId
  const found = [...state.grants.values()].filter(
    (grant) => (clientId ?? grant.clientId) === grant.clientId && (wanted.member ?? grant.member) === grant.member,
  )
  if (found.length === 0) throw new NothingMatches('No grant matches.')
  return found
}

interface Disturbed {
  id: string
  kind: string
  grant: string
  expiresAt: number | null
  revoked: boolean
}

export interface TokenWish extends Wanted {
  do: 'expire' | 'revoke'
  kind: string
  id?: string | undefined
}

/** Ends the tokens that match every field given; kind `both` is any. */
export function disturbTokens<Token extends Disturbed, Grant extends { id: string; clientId: string; member: string }>(
  state: Apps & { grants: Map<string, Grant>; tokens: Map<string, Token> },
  wish: TokenWish,
  now: number,
): void {
  const grants = new Set(grantsNamed(state, wish).map((one) => one.id))
  const found = [...state.tokens.values()].filter(
    (one) =>
      grants.has(one.grant) && (wish.kind === 'both' || one.kind === wish.kind) && (wish.id ?? one.id) === one.id,
  )
  if (found.length === 0) throw new NothingMatches('No token matches.')
  for (const token of found) {
    if (wish.do === 'revoke') token.revoked = true
    else token.expiresAt = Math.min(token.expiresAt ?? now, now)
  }
}
