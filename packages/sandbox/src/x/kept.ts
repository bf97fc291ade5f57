import { z } from 'zod'
import { mediaSchema } from './media/media.ts'
import { postSchema } from './posts/post.ts'
import type { State } from './state.ts'

/**
 * What X still knows after a restart: who gave what, the tokens, who is signed in, what was posted and what was found in the files
 * (not their bytes, and nothing that had not come whole). As with LinkedIn, what control disturbed is not. A file from before there
 * were posts has none.
 */
export const keptX = z.strictObject({
  issued: z.number().int().nonnegative(),
  grants: z.array(
    z.strictObject({
      id: z.string(),
      clientId: z.string(),
      member: z.string(),
      scopes: z.array(z.string()),
      grantedAt: z.number(),
      revoked: z.boolean(),
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
      spent: z.boolean(),
    }),
  ),
  sessions: z.array(z.strictObject({ id: z.string(), member: z.string() })),
  posts: z.array(postSchema).default([]),
  media: z.array(mediaSchema).default([]),
  lastId: z.string().default('0'),
})

export type KeptX = z.output<typeof keptX>

export const keepX = (state: State): KeptX => ({
  issued: state.issued,
  grants: [...state.grants.values()],
  tokens: [...state.tokens.values()],
  sessions: [...state.sessions].flatMap(([id, { member, signedIn }]) => (signedIn ? [{ id, member }] : [])),
  posts: state.posts.all,
  media: [...state.media.values()],
  lastId: state.lastId,
})

/** Fills a state that was just created. */
export function restoreX(state: State, kept: KeptX): void {
  state.issued = kept.issued
  for (const one of kept.grants) state.grants.set(one.id, one)
  for (const one of kept.tokens) state.tokens.set(one.token, one)
  for (const { id, member } of kept.sessions) state.sessions.set(id, { member, signedIn: true, tickets: new Map() })
  for (const post of kept.posts) state.posts.add(post)
  for (const media of kept.media) state.media.set(media.id, media)
  state.lastId = kept.lastId
}
