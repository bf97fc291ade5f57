import { liveGrant, type State, type Token } from '../state.ts'

/** What tests may look at. No secret, no code, no token: tokens go by their id. */
export function showX(state: State, now: number) {
  const status = (token: Token): string => {
    if (liveGrant(state, token, now)) return 'active'
    if (token.spent) return 'spent'
    return !token.revoked && token.expiresAt !== null && token.expiresAt <= now ? 'expired' : 'revoked'
  }
  return {
    apps: state.apps.map(({ clientSecret: _secret, bearer: _bearer, ...app }) => app),
    grants: [...state.grants.values()],
    tokens: [...state.tokens.values()].map((token) => ({
      id: token.id,
      kind: token.kind,
      grant: token.grant,
      member: state.grants.get(token.grant)?.member,
      expiresAt: token.expiresAt,
      status: status(token),
    })),
    suspended: [...state.suspended],
    subscriptions: Object.fromEntries(state.subscriptions),
    /** How many there are; the ledger has each. */
    posts: state.posts.size,
    media: [...state.media.values()],
    uploads: state.uploads.size,
    settings: state.settings,
  }
}
