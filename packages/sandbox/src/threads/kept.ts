import { z } from 'zod'
import type { State } from './state.ts'

/** What Threads still knows after a restart. What control disturbed is not. */
export const keptThreads = z.strictObject({
  issued: z.number().int().nonnegative(),
  grants: z.array(
    z.strictObject({
      id: z.string(),
      clientId: z.string(),
      member: z.string(),
      granted: z.array(z.string()),
      grantedAt: z.number(),
      ended: z.boolean(),
    }),
  ),
  tokens: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['short', 'long']),
      token: z.string(),
      grant: z.string(),
      issuedAt: z.number(),
      expiresAt: z.number(),
      revoked: z.boolean(),
    }),
  ),
  sessions: z.array(z.strictObject({ id: z.string(), member: z.string() })),
})

export type KeptThreads = z.output<typeof keptThreads>

export const keepThreads = (state: State): KeptThreads => ({
  issued: state.issued,
  grants: [...state.grants.values()],
  tokens: [...state.tokens.values()],
  sessions: [...state.sessions].flatMap(([id, { member, signedIn }]) => (signedIn ? [{ id, member }] : [])),
})

/** Fills a state that was just created. */
export function restoreThreads(state: State, kept: KeptThreads): void {
  state.issued = kept.issued
  for (const one of kept.grants) state.grants.set(one.id, one)
  for (const one of kept.tokens) state.tokens.set(one.token, one)
  for (const { id, member } of kept.sessions) state.sessions.set(id, { member, signedIn: true, tickets: new Map() })
}
