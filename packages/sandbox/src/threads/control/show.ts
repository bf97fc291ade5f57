import { liveGrant, type State, type Token } from '../state.ts'

/** What tests may look at. No secret, no code, no token: tokens go by their id. */
export function showThreads(state: State, now: number) {
  const status = (token: Token): string => {
    if (liveGrant(state, token, now)) return 'active'
    return !token.revoked && token.expiresAt <= now ? 'expired' : 'revoked'
  }
  return {
    apps: state.apps.map(({ clientSecret: _secret, ...app }) => app),
    grants: [...state.grants.values()],
    tokens: [...state.tokens.values()].map((token) => ({
      id: token.id,
      kind: token.kind,
      grant: token.grant,
      member: state.grants.get(token.grant)?.member,
      expiresAt: token.expiresAt,
      status: status(token),
    })),
    posted: state.posted,
    settings: state.settings,
  }
}
