import { type Answer, field } from '../../core/ask.ts'
import { badFields, notThere } from '../../graph/errors.ts'
import type { Field } from '../../graph/fields.ts'
import { parseFields } from '../../graph/fields.ts'
import { paged } from '../../graph/paged.ts'
import { isAnswer } from '../../graph/project.ts'
import { windowIn } from '../../graph/time.ts'
import { addressOf } from '../api/addresses.ts'
import { fieldClosed } from '../api/errors.ts'
import type { Caller, Resource } from '../api/gate.ts'
import { videoNode } from '../videos/nodes.ts'
import type { World } from '../world.ts'
import { pageIdIn, seesPage } from './as-page.ts'
import { isSeen, type Post, type Video } from './book.ts'
import { postNode } from './nodes.ts'
import { notThePage } from './refusals.ts'

/** A list of one Page, for whoever may read what it posted. */
const list =
  (
    show: (world: World, caller: Caller, page: string, address: string, asked: Field[]) => Answer,
    edge: string,
  ): Resource =>
  (world, caller, ask) => {
    const id = pageIdIn(caller, ask)
    if (!seesPage(world.state, caller, id)) return notThere(id)
    if (!caller.grant.granted.includes('pages_read_engagement')) return fieldClosed('pages_read_engagement')
    const asked = parseFields(field(caller.params, 'fields') ?? '')
    return asked ? show(world, caller, id, addressOf(world, ask, id, edge), asked) : badFields()
  }

const time = ({ at, createdAt }: Post): number => at ?? createdAt

/** `GET /{page}/feed`, `/posts`, `/published_posts`: newest first, within `since` and `until`. */
export const posts = (edge: 'feed' | 'posts' | 'published_posts'): Resource =>
  list((world, { params }, page, address, asked) => {
    const now = world.clock.now()
    const window = windowIn(params, now)
    if (isAnswer(window)) return window
    const shown = [...world.state.pages.posts.values()]
      .filter((one) => one.page === page && one.kind !== 'story' && isSeen(one, now))
      .filter((one) => time(one) >= window.since && time(one) <= window.until)
      // Of one moment, too, the later one comes first.
      .reverse()
      .sort((a, b) => time(b) - time(a))
    return paged(address, params, shown, (post) => postNode(world, post, asked))
  }, edge)

/** `GET /{page}/scheduled_posts`: the next first, for the Page alone. */
export const scheduledPosts: Resource = list((world, { params, token }, page, address, asked) => {
  if (token.kind !== 'page') return notThePage()
  const now = world.clock.now()
  const waiting = [...world.state.pages.posts.values()]
    .filter((one) => one.page === page && one.scheduled && !one.deleted && (one.at ?? 0) > now)
    .sort((a, b) => time(a) - time(b))
  return paged(address, params, waiting, (post) => postNode(world, post, asked))
}, 'scheduled_posts')

/** `GET /{page}/videos` and `/video_reels`: newest first. */
export const videos = (edge: 'videos' | 'video_reels'): Resource =>
  list((world, { params }, page, address, asked) => {
    const now = world.clock.now()
    const window = windowIn(params, now)
    if (isAnswer(window)) return window
    const isOut = ({ post }: Video): boolean => {
      const shownBy = world.state.pages.posts.get(post ?? '')
      return shownBy !== undefined && isSeen(shownBy, now)
    }
    const shown = [...world.state.pages.videos.values()]
      .filter((one) => one.page === page && one.kind === (edge === 'videos' ? 'video' : 'reel') && isOut(one))
      .filter(({ createdAt }) => createdAt >= window.since && createdAt <= window.until)
      .reverse()
    return paged(address, params, shown, (video) => videoNode(world, video, asked))
  }, edge)
