import { z } from 'zod'
import { keepBook, keptBook, restoredBook } from '../graph/instagram/kept.ts'
import type { State } from './state.ts'

/** What Instagram still knows after a restart: who gave what, the tokens, who is signed in, what was published. What control disturbed is not. */
export const keptInstagram = z.strictObject({
  issued: z.number().int().nonnegative(),
  grants: z.array(
    z.strictObject({
      id: z.string(),
      clientId: z.string(),
      member: z.string(),
      permissions: z.array(z.string()),
      ended: z.union([z.literal(458), z.literal(459), z.literal(460)]).nullable(),
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
  // Absent in a file that is older than publishing.
  book: keptBook.optional(),
})

export type KeptInstagram = z.output<typeof keptInstagram>

export const keepInstagram = (state: State): KeptInstagram => ({
  issued: state.issued,
  grants: [...state.grants.values()],
  tokens: [...state.tokens.values()],
  sessions: [...state.sessions].flatMap(([id, { member, signedIn }]) => (signedIn ? [{ id, member }] : [])),
  book: keepBook(state.book),
})

/** Fills a state that was just created. */
export function restoreInstagram(state: State, kept: KeptInstagram): void {
  state.issued = kept.issued
  for (const one of kept.grants) state.grants.set(one.id, one)
  for (const one of kept.tokens) state.tokens.set(one.token, one)
  for (const { id, member } of kept.sessions) state.sessions.set(id, { member, signedIn: true, tickets: new Map() })
  state.book = restoredBook(kept.book)
}
