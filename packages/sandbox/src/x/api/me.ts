import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { User } from '../people/users.ts'
import type { Settings } from '../settings.ts'
import type { Gate, Resource } from './gate.ts'
import { typeOf } from './problems.ts'
import { listed, unknownParameter } from './query.ts'
import { USER_FIELDS, userView } from './user-view.ts'

export const ME: Gate = { endpoint: 'x.me', scopes: ['tweet.read', 'users.read'], limit: 75, price: 0.01 }

const PARAMETERS = ['user.fields', 'expansions', 'tweet.fields', 'post.fields']

/** A field that this token may not see comes as an error beside the data. */
const fieldRefused = (settings: Settings, user: User, field: string) => ({
  resource_id: user.id,
  resource_type: 'user',
  parameter: 'user.fields',
  section: 'data',
  field,
  title: 'Field Authorization Error',
  detail: `Sorry, you are not authorized to access '${field}' on the user with id : [${user.id}].`,
  type: typeOf(settings, 'not-authorized-for-field'),
})

/** GET /2/users/me. */
export const me: Resource = (world, { user, grant }, ask): Answer => {
  const { settings } = world.state
  const unknown = unknownParameter(settings, ask, PARAMETERS)
  if (unknown) return unknown
  const asked = listed(settings, ask, 'user.fields', USER_FIELDS)
  if (!Array.isArray(asked)) return asked
  const hidden = asked.includes('confirmed_email') && !grant.scopes.includes('users.email')
  const shown = asked.filter((field) => !hidden || field !== 'confirmed_email')
  const errors = hidden ? { errors: [fieldRefused(settings, user, 'confirmed_email')] } : {}
  return json(200, { data: userView(world, user, shown), ...errors })
}
