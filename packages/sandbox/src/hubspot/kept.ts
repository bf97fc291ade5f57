import { z } from 'zod'
import type { State } from './state.ts'

/** What HubSpot still knows after a restart. What control disturbed is not. */
export const keptHubSpot = z.strictObject({
  issued: z.number().int().nonnegative(),
  grants: z.array(
    z.strictObject({
      id: z.string(),
      clientId: z.string(),
      member: z.string(),
      portal: z.number().int(),
      scopes: z.array(z.string()),
      grantedAt: z.number(),
      uninstalled: z.boolean(),
    }),
  ),
  tokens: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['access', 'refresh']),
      token: z.string(),
      grant: z.string(),
      expiresAt: z.number().nullable(),
      revoked: z.boolean(),
    }),
  ),
  sessions: z.array(z.strictObject({ id: z.string(), member: z.string() })),
})

export type KeptHubSpot = z.output<typeof keptHubSpot>

export const keepHubSpot = (state: State): KeptHubSpot => ({
  issued: state.issued,
  grants: [...state.grants.values()],
  tokens: [...state.tokens.values()],
  sessions: [...state.sessions].flatMap(([id, { member, signedIn }]) => (signedIn ? [{ id, member }] : [])),
})

/** Fills a state that was just created. */
export function restoreHubSpot(state: State, kept: KeptHubSpot): void {
  state.issued = kept.issued
  for (const one of kept.grants) state.grants.set(one.id, one)
  for (const one of kept.tokens) state.tokens.set(one.token, one)
  for (const { id, member } of kept.sessions) state.sessions.set(id, { member, signedIn: true, tickets: new Map() })
}
