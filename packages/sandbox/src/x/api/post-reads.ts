import type { Answer, Ask } from '../../core/ask.ts'
import { type User, userOf } from '../people/users.ts'
import type { Post } from '../posts/post.ts'
import type { World } from '../world.ts'
import { MEDIA_FIELDS, mediaView } from './media-view.ts'
import { spoken } from './names.ts'
import { POLL_FIELDS, pollView } from './poll-view.ts'
import { mediaOf, POST_FIELDS, postView } from './post-view.ts'
import { listed } from './query.ts'
import { USER_FIELDS, userView } from './user-view.ts'
import { maySee } from './visible.ts'

/** What every endpoint that answers with posts takes. */
export const READING = [
  'tweet.fields',
  'post.fields',
  'expansions',
  'media.fields',
  'poll.fields',
  'user.fields',
  'place.fields',
]

const EXPANSIONS = [
  'article.cover_media',
  'article.media_entities',
  'attachments.media_keys',
  'attachments.media_source_tweet',
  'attachments.poll_ids',
  'author_id',
  'edit_history_tweet_ids',
  'edit_history_post_ids',
  'entities.mentions.username',
  'geo.place_id',
  'in_reply_to_user_id',
  'referenced_tweets.id',
  'referenced_posts.id',
  'referenced_tweets.id.author_id',
  'referenced_posts.id.author_id',
]
const PLACE_FIELDS = ['contained_within', 'country', 'country_code', 'full_name', 'geo', 'id', 'name', 'place_type']

export interface Reading {
  post: string[]
  media: string[]
  poll: string[]
  user: string[]
  expansions: string[]
}

/** What a query asks to see of posts, or its refusal. */
export function readReading({ state }: World, ask: Ask): Reading | Answer {
  const lists: string[][] = []
  for (const [name, known] of [
    ['tweet.fields', POST_FIELDS],
    ['post.fields', POST_FIELDS],
    ['media.fields', MEDIA_FIELDS],
    ['poll.fields', POLL_FIELDS],
    ['user.fields', USER_FIELDS],
    ['expansions', EXPANSIONS],
    ['place.fields', PLACE_FIELDS],
  ] as const) {
    const found = listed(state.settings, ask, name, known)
    if (!Array.isArray(found)) return found
    lists.push(found)
  }
  const [tweet = [], post = [], media = [], poll = [], user = [], expansions = []] = lists
  return { post: [...tweet, ...post], media, poll, user, expansions }
}

const once = <T>(all: readonly T[]): T[] => [...new Set(all)]

/** What stands beside the posts because it was asked for; absent where there is nothing. */
export function includes(world: World, viewer: User, posts: readonly Post[], reading: Reading) {
  const { state, clock } = world
  const wants = (...names: string[]) => names.some((name) => reading.expansions.includes(name))
  const referenced = wants('referenced_tweets.id', 'referenced_posts.id')
    ? once(posts.flatMap(({ replyTo, quoted }) => [replyTo, quoted]))
        .flatMap((id) => state.posts.live(id ?? '') ?? [])
        .filter((post) => maySee(viewer, post))
    : []
  const users = wants('author_id') ? once(posts.map(({ author }) => author)).flatMap((key) => userOf(key) ?? []) : []
  const media = wants('attachments.media_keys') ? once(posts.flatMap((post) => mediaOf(world, post))) : []
  const polls = wants('attachments.poll_ids') ? posts : []
  const found = {
    media: media.map((one) => mediaView(one, reading.media)),
    polls: polls.flatMap((post) => pollView(post, reading.poll, clock.now()) ?? []),
    [spoken(state.settings, 'tweets')]: referenced.map((post) => postView(world, post, reading.post)),
    users: users.map((user) => userView(world, user, reading.user)),
  }
  const filled = Object.entries(found).filter(([, list]) => list.length > 0)
  return filled.length > 0 ? { includes: Object.fromEntries(filled) } : {}
}
