import type { Answer, Ask } from '../../core/ask.ts'
import type { Field } from '../../graph/fields.ts'
import { fieldClosed } from '../api/errors.ts'
import type { Caller } from '../api/gate.ts'
import { instagramObject } from '../instagram/edges.ts'
import { videoNode } from '../videos/nodes.ts'
import type { World } from '../world.ts'
import { seesPage } from './as-page.ts'
import { isSeen } from './book.ts'
import { commentNode, photoNode, postNode } from './nodes.ts'

type Node = Record<string, unknown> | Answer

/** Whatever was published, staged or begun, by its id; undefined where there is none that the caller sees. */
export function objectAt(world: World, caller: Caller, ask: Ask, id: string, asked: Field[]): Node | undefined {
  return pageObject(world, caller, id, asked) ?? instagramObject(world, caller, ask, id, asked)
}

function pageObject(world: World, caller: Caller, id: string, asked: Field[]): Node | undefined {
  const { posts, photos, videos, comments } = world.state.pages
  const one = posts.get(id) ?? photos.get(id) ?? videos.get(id) ?? comments.get(id)
  if (!one || one.deleted || !seesPage(world.state, caller, one.page)) return undefined
  if (!caller.grant.granted.includes('pages_read_engagement')) return fieldClosed('pages_read_engagement')
  const post = posts.get(id)
  if (post) return isOpen(world, caller, post) ? postNode(world, post, asked) : undefined
  const photo = photos.get(id)
  if (photo) return photoNode(photo, asked)
  const video = videos.get(id)
  if (video) return videoNode(world, video, asked)
  const comment = comments.get(id)
  return comment && commentNode(comment, asked)
}

/** What nobody sees yet, only the Page itself does. */
const isOpen = ({ clock }: World, { token }: Caller, post: Parameters<typeof isSeen>[0]): boolean =>
  isSeen(post, clock.now()) || (token.kind === 'page' && (post.kind !== 'story' || post.at === null))
