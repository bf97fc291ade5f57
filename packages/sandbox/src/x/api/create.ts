import { json } from '../../core/answer.ts'
import { counted } from '../posts/counted.ts'
import { type Post, postSchema } from '../posts/post.ts'
import { nextId } from '../posts/snowflake.ts'
import type { World } from '../world.ts'
import { type CreateBody, createBody } from './create-body.ts'
import { refusalOf } from './create-checks.ts'
import type { Caller, Gate, Priced, Resource } from './gate.ts'
import { jsonBody } from './json-body.ts'
import { spoken } from './names.ts'
import { textOf } from './post-view.ts'
import { isSummoned } from './reply-checks.ts'

export const CREATE: Gate = {
  endpoint: 'x.post-create',
  scopes: ['tweet.read', 'tweet.write', 'users.read'],
  limit: 100,
  appDay: 10_000,
  price: 0.015,
}

const WITH_LINK = 0.2
const SUMMONED = 0.01

/** US dollars (docs.x.com, "Pricing", 2026-04-20). With both, the dearer one. */
function priceOf(world: World, { user }: Caller, post: Post): number {
  if (counted(post.text).links.length > 0) return WITH_LINK
  const target = world.state.posts.get(post.replyTo ?? '')
  return target && target.author !== user.key && isSummoned(world, user, target) ? SUMMONED : CREATE.price
}

function write(world: World, { user }: Caller, body: CreateBody): Post {
  const { state, clock } = world
  const id = nextId(state, clock.now())
  const target = state.posts.get(body.reply?.in_reply_to_tweet_id ?? '')
  const before = state.posts.get(body.edit_options?.previous_post_id ?? '')
  const post: Post = postSchema.parse({
    id,
    author: user.key,
    text: body.text ?? '',
    at: clock.now(),
    replyTo: target?.id ?? before?.replyTo ?? null,
    conversation: target?.conversation ?? before?.conversation ?? id,
    quoted: body.quote_tweet_id ?? null,
    media: body.media?.media_ids ?? [],
    tagged: body.media?.tagged_user_ids ?? [],
    poll: body.poll
      ? { id: nextId(state, clock.now()), options: body.poll.options, minutes: body.poll.duration_minutes }
      : null,
    replySettings: body.reply_settings ?? 'everyone',
    labels: (['made_with_ai', 'paid_partnership'] as const).filter((label) => body[label]),
    versions: [...(before?.versions ?? []), id],
    deleted: false,
  })
  for (const version of before?.versions ?? []) {
    const older = state.posts.get(version)
    if (older) older.versions = post.versions
  }
  state.posts.add(post)
  return post
}

/** POST /2/tweets. */
export const create: Resource = (world, caller, ask): Priced => {
  const { settings } = world.state
  const read = jsonBody(settings, ask, createBody)
  if ('refused' in read) return read.refused
  const refused = refusalOf(world, caller, read.body)
  if (refused) return refused
  const post = write(world, caller, read.body)
  const { text } = textOf(world, post)
  const data = { id: post.id, text, [spoken(settings, 'edit_history_tweet_ids')]: post.versions }
  return { ...json(201, { data }), price: priceOf(world, caller, post) }
}
