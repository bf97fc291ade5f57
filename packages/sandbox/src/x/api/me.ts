import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { pictureUrl } from '../media/picture.ts'
import type { User } from '../people/users.ts'
import type { Settings } from '../settings.ts'
import type { World } from '../world.ts'
import type { Gate, Resource } from './gate.ts'
import { parameterInvalid } from './problems.ts'

export const ME: Gate = { endpoint: 'x.me', scopes: ['tweet.read', 'users.read'], limit: 75, price: 0.01 }

/** OpenAPI 2.167, `user.fields`, and the names of two of them before it. */
const FIELDS = [
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
const PARAMETERS = ['user.fields', 'expansions', 'tweet.fields', 'post.fields']

/** Everything that may be shown of a user, by the name it goes by. What a user has not is left out. */
function facts(world: World, user: User): Record<string, unknown> {
  const { vocabulary } = world.state.settings
  const { followers, following, posts, listed } = user.counts
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
    subscription_type: user.subscriptionType,
    confirmed_email: user.email,
    [vocabulary === 'legacy' ? 'pinned_tweet_id' : 'pinned_post_id']: user.pinned,
    public_metrics: {
      followers_count: followers,
      following_count: following,
      [vocabulary === 'legacy' ? 'tweet_count' : 'post_count']: posts,
      listed_count: listed,
    },
  }
}

/** A field that this token may not see comes as an error beside the data. */
const fieldRefused = (settings: Settings, user: User, field: string) => ({
  resource_id: user.id,
  resource_type: 'user',
  parameter: 'user.fields',
  section: 'data',
  field,
  title: 'Field Authorization Error',
  detail: `Sorry, you are not authorized to access '${field}' on the user with id : [${user.id}].`,
  type: `${settings.problemHost}/2/problems/not-authorized-for-field`,
})

/** GET /2/users/me. */
export const me: Resource = (world, { user, grant }, ask): Answer => {
  const { settings } = world.state
  for (const [name, value] of ask.query)
    if (!PARAMETERS.includes(name))
      return parameterInvalid(
        settings,
        name,
        value,
        `The query parameter [${name}] is not one of [${PARAMETERS.join(',')}]`,
      )
  const asked = (ask.query.get('user.fields') ?? '').split(',').filter(Boolean)
  const unknown = asked.find((field) => !FIELDS.includes(field))
  if (unknown !== undefined)
    return parameterInvalid(
      settings,
      'user.fields',
      unknown,
      `The \`user.fields\` query parameter value [${unknown}] is not one of [${FIELDS.join(',')}]`,
    )
  const hidden = asked.includes('confirmed_email') && !grant.scopes.includes('users.email')
  const shown = new Set(['id', 'name', 'username', ...asked.filter((field) => !hidden || field !== 'confirmed_email')])
  const all = facts(world, user)
  const data = Object.fromEntries(Object.entries(all).filter(([name, value]) => shown.has(name) && value !== undefined))
  return json(200, { data, ...(hidden && { errors: [fieldRefused(settings, user, 'confirmed_email')] }) })
}
