import { kindOf, type Media } from '../media/media.ts'
import { userOf } from '../people/users.ts'
import type { Post } from '../posts/post.ts'
import { type ShownText, showText } from '../posts/shown.ts'
import type { World } from '../world.ts'
import { old, spoken } from './names.ts'

/** OpenAPI 2.167 and the prose docs, `tweet.fields` and `post.fields`. */
export const POST_FIELDS = [
  'article',
  'attachments',
  'author_id',
  'card_uri',
  'community_id',
  'context_annotations',
  'conversation_id',
  'created_at',
  'display_text_range',
  'edit_controls',
  'edit_history_post_ids',
  'edit_history_tweet_ids',
  'entities',
  'geo',
  'id',
  'in_reply_to_user_id',
  'lang',
  'media_metadata',
  'non_public_metrics',
  'note_post',
  'note_tweet',
  'organic_metrics',
  'possibly_sensitive',
  'promoted_metrics',
  'public_metrics',
  'referenced_posts',
  'referenced_tweets',
  'reply_settings',
  'scopes',
  'source',
  'suggested_source_links',
  'text',
  'withheld',
]

const DEFAULT = ['id', 'text', 'edit_history_tweet_ids']

export const mediaOf = ({ state }: World, post: Post): Media[] => post.media.flatMap((id) => state.media.get(id) ?? [])

/** The text as an answer has it: with t.co in the place of links, and cut where it is long. */
export const textOf = (world: World, post: Post): ReturnType<typeof showText> =>
  showText({
    id: post.id,
    text: post.text,
    username: userOf(post.author)?.username ?? 'i',
    media: mediaOf(world, post).map(({ key, category }) => ({
      key,
      kind: kindOf(category) === 'video' ? ('video' as const) : ('photo' as const),
    })),
    escaped: world.state.settings.escapes === 'html',
  })

const withEntities = ({ text, entities }: ShownText) => ({
  text,
  ...(Object.keys(entities).length > 0 && { entities }),
})

/** Nobody likes, reposts or looks on in the simulated X: what can be counted is answers and quotes. */
function metrics({ state }: World, post: Post): Record<string, number> {
  return {
    [spoken(state.settings, 'retweet_count')]: 0,
    reply_count: state.posts.answersTo(post.id),
    like_count: 0,
    quote_count: state.posts.quotesOf(post.id),
    bookmark_count: 0,
    impression_count: 0,
  }
}

function attachments(world: World, post: Post) {
  const media = mediaOf(world, post)
  if (media.length > 0) return { media_keys: media.map(({ key }) => key) }
  return post.poll ? { poll_ids: [post.poll.id] } : undefined
}

function references(post: Post) {
  const found = [
    ...(post.quoted === null ? [] : [{ type: 'quoted', id: post.quoted }]),
    ...(post.replyTo === null ? [] : [{ type: 'replied_to', id: post.replyTo }]),
  ]
  return found.length > 0 ? found : undefined
}

/** Everything that may be shown of a post, by its name of old. What a post has not is left out. */
function facts(world: World, post: Post): Record<string, unknown> {
  const { note, ...shown } = textOf(world, post)
  const target = world.state.posts.get(post.replyTo ?? '')
  return {
    id: post.id,
    text: shown.text,
    edit_history_tweet_ids: post.versions,
    attachments: attachments(world, post),
    author_id: userOf(post.author)?.id,
    conversation_id: post.conversation,
    created_at: new Date(post.at).toISOString(),
    entities: withEntities(shown).entities,
    in_reply_to_user_id: target && userOf(target.author)?.id,
    note_tweet: note && withEntities(note),
    possibly_sensitive: false,
    public_metrics: metrics(world, post),
    referenced_tweets: references(post),
    reply_settings: post.replySettings,
  }
}

/** `fields` in either vocabulary. */
export function postView(world: World, post: Post, fields: readonly string[]): Record<string, unknown> {
  const { settings } = world.state
  const asked = new Set([...DEFAULT, ...fields.map(old)])
  const shown = Object.entries(facts(world, post)).filter(([name, value]) => asked.has(name) && value !== undefined)
  return Object.fromEntries(shown.map(([name, value]) => [spoken(settings, name), value]))
}
