import { z } from 'zod'
import { commentSchema } from './comments/comment.ts'
import { remember } from './posts/duplicates.ts'
import { postSchema } from './posts/post.ts'
import type { State } from './state.ts'
import { type Medium, mediumSchema } from './uploads/medium.ts'

const time = z.number()
const subject = { clientId: z.string(), member: z.string(), scopes: z.array(z.string()) }
const token = {
  ...subject,
  id: z.string(),
  token: z.string(),
  authorizedAt: time,
  expiresAt: time,
  revoked: z.boolean(),
}

/**
 * What LinkedIn still knows after a restart: who consented to what, the tokens, who is signed in, what was published, and
 * of files what was learnt of them. Apps, roles and settings are as the start gives them: a restart ends every disturbance
 * that control made. Codes, open pages and the files' bytes are gone.
 */
export const keptLinkedIn = z.strictObject({
  issued: z.number().int().nonnegative(),
  grants: z.array(z.strictObject({ ...subject, consentedAt: time, revoked: z.boolean() })),
  access: z.array(z.strictObject({ ...token, createdAt: time })),
  refresh: z.array(z.strictObject({ ...token, native: z.boolean() })),
  sessions: z.array(z.strictObject({ id: z.string(), member: z.string() })),
  // Absent in a file that is older than publishing.
  serial: z.number().int().nonnegative().default(0),
  posts: z.array(postSchema).default([]),
  comments: z.array(commentSchema).default([]),
  media: z.array(mediumSchema).default([]),
})

export type KeptLinkedIn = z.output<typeof keptLinkedIn>

export const keepLinkedIn = (state: State): KeptLinkedIn => ({
  issued: state.issued,
  grants: state.grants,
  access: [...state.access.values()].map(({ notYet: _young, ...rest }) => rest),
  refresh: [...state.refresh.values()],
  sessions: [...state.sessions].flatMap(([id, { member, signedIn }]) => (signedIn ? [{ id, member }] : [])),
  serial: state.serial,
  posts: [...state.posts.values()],
  comments: [...state.comments.values()],
  media: [...state.media.values()],
})

/** Parts of a video that were not joined are gone with their bytes. */
function withoutParts(medium: Medium): Medium {
  if (!medium.plan || medium.readyAt !== null) return medium
  const parts = medium.plan.parts.map((part) => ({ ...part, etag: null }))
  return { ...medium, plan: { ...medium.plan, parts } }
}

/** Fills a state that was just created. */
export function restoreLinkedIn(state: State, kept: KeptLinkedIn): void {
  state.issued = kept.issued
  state.grants = kept.grants
  for (const one of kept.access) state.access.set(one.token, { ...one, notYet: { calls: 0, until: 0 } })
  for (const one of kept.refresh) state.refresh.set(one.token, one)
  for (const { id, member } of kept.sessions) state.sessions.set(id, { member, signedIn: true, tickets: new Map() })
  state.serial = kept.serial
  for (const one of kept.posts) {
    state.posts.set(one.urn, one)
    remember(state.byText, one)
  }
  for (const one of kept.comments) state.comments.set(one.urn, one)
  for (const one of kept.media) state.media.set(one.urn, withoutParts(one))
}
