import { deathOf, type State } from '../state.ts'

/** What tests may look at. No secret, no code, no token: tokens go by their id. */
export const showMeta = (state: State, now: number) => ({
  apps: state.apps.map(({ clientSecret: _secret, ...app }) => app),
  grants: [...state.grants.values()],
  tokens: [...state.tokens.values()].map((token) => ({
    id: token.id,
    kind: token.kind,
    grant: token.grant,
    member: state.grants.get(token.grant)?.member,
    page: token.page,
    long: token.long,
    expiresAt: token.expiresAt,
    status: deathOf(state, token, now) ?? 'active',
  })),
  roles: state.roles,
  posted: state.posted,
  settings: state.settings,
})
