import type { LedgerEntry } from '../../control/ledger.ts'
import type { Comment } from '../comments/comment.ts'
import type { State } from '../state.ts'
import { authorUrn } from './author.ts'
import type { Post } from './post.ts'

const ofPost = (post: Post): LedgerEntry => ({
  id: post.urn,
  account: authorUrn(post.clientId, post.author),
  kind: post.kind === 'reshare' ? 'reshare' : 'post',
  text: post.text,
  at: post.createdAt,
  replyTo: null,
  media: post.media.map(({ kind, alt, sha256 }) => ({ kind, alt, sha256 })),
  link: post.link,
  visibility: post.visibility,
  deleted: post.deleted,
})

const ofComment = (state: State, comment: Comment): LedgerEntry => ({
  id: comment.urn,
  account: authorUrn(comment.clientId, comment.actor),
  kind: comment.parent === null ? 'comment' : 'reply',
  text: comment.text,
  at: comment.createdAt,
  replyTo: comment.parent ?? comment.post,
  media: [],
  link: null,
  visibility: null,
  deleted: comment.deleted || (state.posts.get(comment.post)?.deleted ?? false),
})

/** People by the ids that the sending app knows them by. */
export const linkedinLedger = (state: State): LedgerEntry[] => [
  ...[...state.posts.values()].map(ofPost),
  ...[...state.comments.values()].map((comment) => ofComment(state, comment)),
]
