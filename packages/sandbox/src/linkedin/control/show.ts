import type { AccessToken, RefreshToken, State } from '../state.ts'

const status = (one: { revoked: boolean; expiresAt: number }, now: number): string =>
  one.revoked ? 'revoked' : one.expiresAt <= now ? 'expired' : 'active'

/** What tests may look at. No secret, no code, no token: tokens go by their id. */
export function showLinkedIn(state: State, now: number) {
  const token = ({ id, clientId, member, scopes, expiresAt, ...rest }: AccessToken | RefreshToken) => ({
    id,
    clientId,
    member,
    scopes,
    expiresAt,
    status: status({ expiresAt, revoked: rest.revoked }, now),
  })
  return {
    apps: state.apps.map(({ clientSecret: _secret, ...app }) => app),
    grants: state.grants,
    accessTokens: [...state.access.values()].map(token),
    refreshTokens: [...state.refresh.values()].map(token),
    roles: state.roles,
    posts: [...state.posts.values()].filter((post) => !post.deleted).length,
    failNext: state.failNext,
    settings: state.settings,
  }
}
