import { z } from 'zod'
import { keepBook, keptBook, restoredBook } from '../graph/instagram/kept.ts'
import { keepPages, keptPages, restoredPages } from './posts/kept.ts'
import type { State } from './state.ts'

/** What Meta still knows after a restart: who gave what, the tokens, who is signed in, what was published. What control disturbed is not. */
export const keptMeta = z.strictObject({
  issued: z.number().int().nonnegative(),
  grants: z.array(
    z.strictObject({
      id: z.string(),
      clientId: z.string(),
      member: z.string(),
      granted: z.array(z.string()),
      declined: z.array(z.string()),
      pages: z.array(z.string()),
      instagrams: z.array(z.string()),
      businesses: z.array(z.string()),
      grantedAt: z.number(),
      dataAccessEndsAt: z.number(),
      ended: z.union([z.literal(458), z.literal(459), z.literal(460), z.literal(464)]).nullable(),
    }),
  ),
  tokens: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['user', 'page', 'system']),
      token: z.string(),
      grant: z.string(),
      page: z.string().nullable(),
      issuedAt: z.number(),
      expiresAt: z.number().nullable(),
      long: z.boolean(),
      ofSystem: z.boolean(),
      revoked: z.boolean(),
    }),
  ),
  sessions: z.array(z.strictObject({ id: z.string(), member: z.string() })),
  // Absent in a file that is older than publishing.
  pages: keptPages.optional(),
  instagram: keptBook.optional(),
})

export type KeptMeta = z.output<typeof keptMeta>

export const keepMeta = (state: State): KeptMeta => ({
  issued: state.issued,
  grants: [...state.grants.values()],
  tokens: [...state.tokens.values()],
  sessions: [...state.sessions].flatMap(([id, { member, signedIn }]) => (signedIn ? [{ id, member }] : [])),
  pages: keepPages(state.pages),
  instagram: keepBook(state.instagram),
})

/** Fills a state that was just created. */
export function restoreMeta(state: State, kept: KeptMeta): void {
  state.issued = kept.issued
  for (const one of kept.grants) state.grants.set(one.id, one)
  for (const one of kept.tokens) state.tokens.set(one.token, one)
  for (const { id, member } of kept.sessions) state.sessions.set(id, { member, signedIn: true, tickets: new Map() })
  state.pages = restoredPages(kept.pages)
  state.instagram = restoredBook(kept.instagram)
}
