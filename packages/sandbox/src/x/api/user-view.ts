import { pictureUrl } from '../media/picture.ts'
import type { User } from '../people/users.ts'
import { isLatest } from '../posts/post.ts'
import { subscriptionOf } from '../state.ts'
import type { World } from '../world.ts'

/** OpenAPI 2.167, `user.fields`, and the names of two of them before it. */
export const USER_FIELDS = [
  'affiliation',
  'confirmed_email',
  'connection_status',
  'created_at',
  'description',
  'entities',
  'id',
  'is_identity_verified',
  'location',
  'most_recent_post_id',
  'most_recent_tweet_id',
  'name',
  'parody',
  'pinned_post_id',
  'pinned_tweet_id',
  'profile_banner_url',
  'profile_image_url',
  'protected',
  'public_metrics',
  'receives_your_dm',
  'subscription_type',
  'url',
  'username',
  'verified',
  'verified_followers_count',
  'verified_type',
  'withheld',
]

/** Everything that may be shown of a user, by the name it goes by. What a user has not is left out. */
function facts(world: World, user: User): Record<string, unknown> {
  const isLegacy = world.state.settings.vocabulary === 'legacy'
  const { followers, following, posts, listed } = user.counts
  const ofHere = world.state.posts.of(user.key).filter((post) => !post.deleted && isLatest(post)).length
  return {
    id: user.id,
    name: user.name,
    username: user.username,
    created_at: user.createdAt,
    description: user.description,
    profile_image_url: pictureUrl(user),
    protected: user.protected,
    verified: user.verified,
    verified_type: user.verifiedType,
    subscription_type: subscriptionOf(world.state, user),
    confirmed_email: user.email,
    [isLegacy ? 'pinned_tweet_id' : 'pinned_post_id']: user.pinned,
    public_metrics: {
      followers_count: followers,
      following_count: following,
      [isLegacy ? 'tweet_count' : 'post_count']: posts + ofHere,
      listed_count: listed,
    },
  }
}

export function userView(world: World, user: User, fields: readonly string[]): Record<string, unknown> {
  const shown = new Set(['id', 'name', 'username', ...fields])
  return Object.fromEntries(
    Object.entries(facts(world, user)).filter(([name, value]) => shown.has(name) && value !== undefined),
  )
}
