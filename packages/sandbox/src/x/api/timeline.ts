import { json } from '../../core/answer.ts'
import { userWithId } from '../people/users.ts'
import { isLatest, type Post } from '../posts/post.ts'
import { isId, isNewer } from '../posts/snowflake.ts'
import type { World } from '../world.ts'
import type { Gate, Priced, Resource } from './gate.ts'
import { idInvalid } from './invalid.ts'
import { notAuthorized, notFound } from './not-found.ts'
import { includes, READING, readReading } from './post-reads.ts'
import { postView } from './post-view.ts'
import { listed, unknownParameter } from './query.ts'
import { readPrice } from './read-price.ts'
import { type Asked, PAGING, readAsked, tokenOf } from './timeline-query.ts'
import { maySee } from './visible.ts'

export const TIMELINE: Gate = { endpoint: 'x.timeline', scopes: ['tweet.read', 'users.read'], limit: 900, price: 0 }

/** Further back than that no list goes (docs.x.com, "Timelines"). */
const REACH = 3200

/** An author's posts as they are listed, the newest first. One that was just made may not be there yet. */
function list({ state, clock }: World, author: string, asked: Asked): Post[] {
  const seenUntil = clock.now() - state.settings.timelineLag * 1000
  return state.posts
    .of(author)
    .slice(-REACH)
    .filter((post) => !post.deleted && isLatest(post) && post.at <= seenUntil)
    .filter((post) => post.at >= asked.from && post.at < asked.to)
    .filter(({ id }) => asked.sinceId === undefined || isNewer(id, asked.sinceId))
    .filter(({ id }) => asked.untilId === undefined || isNewer(asked.untilId, id))
    .filter((post) => asked.withReplies || post.replyTo === null)
    .reverse()
}

/** GET /2/users/{id}/tweets. */
export const timeline: Resource = (world, { user, app }, ask): Priced => {
  const { settings } = world.state
  const id = ask.params.id ?? ''
  const unknown = unknownParameter(settings, ask, [...PAGING, ...READING])
  if (unknown) return unknown
  if (!isId(id)) return idInvalid(settings, 'id', id)
  const exclude = listed(settings, ask, 'exclude', ['replies', 'retweets', 'reposts'])
  if (!Array.isArray(exclude)) return exclude
  const asked = readAsked(settings, ask)
  if ('status' in asked) return asked
  const reading = readReading(world, ask)
  if ('status' in reading) return reading
  const author = userWithId(id)
  const resource = { type: 'user', parameter: 'id', id } as const
  if (!author) return json(200, { errors: [notFound(settings, resource)] })
  if (!maySee(user, { author: author.key })) return json(200, { errors: [notAuthorized(settings, resource)] })
  const all = list(world, author.key, asked)
  const found = all.slice(0, asked.most)
  const [newest, oldest] = [found[0], found.at(-1)]
  const answer = json(200, {
    ...(found.length > 0 && { data: found.map((post) => postView(world, post, reading.post)) }),
    ...includes(world, user, found, reading),
    meta: {
      result_count: found.length,
      ...(newest && oldest && { newest_id: newest.id, oldest_id: oldest.id }),
      ...(oldest && all.length > found.length && { next_token: tokenOf(oldest.id) }),
    },
  })
  return { ...answer, price: readPrice(world, app, found) }
}
