import type { Settings } from '../settings.ts'
import { typeOf } from './problems.ts'

type Resource = { type: 'tweet' | 'user'; parameter: 'id' | 'ids'; id: string }

/** One of the `errors` beside the data, at status 200 (docs.x.com, "Response codes and errors"). */
export const notFound = (settings: Settings, { type, parameter, id }: Resource) => ({
  value: id,
  detail: `Could not find ${type} with ${parameter}: [${id}].`,
  title: 'Not Found Error',
  resource_type: type,
  parameter,
  resource_id: id,
  type: typeOf(settings, 'resource-not-found'),
})

/** Of a protected user's posts. */
export const notAuthorized = (settings: Settings, { type, parameter, id }: Resource) => ({
  value: id,
  detail: `Sorry, you are not authorized to see the ${type === 'tweet' ? 'Tweet' : 'user'} with ${parameter}: [${id}].`,
  title: 'Authorization Error',
  section: 'data',
  resource_type: type,
  parameter,
  resource_id: id,
  type: typeOf(settings, 'not-authorized-for-resource'),
})
