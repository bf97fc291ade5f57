import type { LedgerEntry, LedgerMedia } from '../../control/ledger.ts'
import { kindOf } from '../media/media.ts'
import { userOf } from '../people/users.ts'
import type { World } from '../world.ts'
import { counted } from './counted.ts'
import { isLatest, type Post } from './post.ts'

function kind(post: Post): string {
  if (post.replyTo !== null) return 'reply'
  return post.quoted === null ? 'post' : 'quote'
}

const mediaIn = ({ state }: World, post: Post): LedgerMedia[] =>
  post.media.flatMap((id) => {
    const media = state.media.get(id)
    const found = media && kindOf(media.category)
    return media && found ? [{ kind: found, alt: media.alt, sha256: media.sha256 }] : []
  })

/** What people read: the text with its own links, and of an edited post the last version alone. */
export const xLedger = (world: World): LedgerEntry[] =>
  world.state.posts.all.filter(isLatest).map((post) => {
    const author = userOf(post.author)
    return {
      id: post.id,
      account: author?.id ?? post.author,
      kind: kind(post),
      text: post.text,
      at: post.at,
      replyTo: post.replyTo,
      media: mediaIn(world, post),
      link: counted(post.text).links[0] ?? null,
      visibility: author?.protected ? 'protected' : 'public',
      deleted: post.deleted,
    }
  })
