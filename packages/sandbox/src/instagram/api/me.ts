import { json } from '../../core/answer.ts'
import { field } from '../../core/ask.ts'
import { badFields, notThere } from '../../graph/errors.ts'
import { parseFields } from '../../graph/fields.ts'
import { isAnswer, project } from '../../graph/project.ts'
import { post } from '../callbacks.ts'
import { pictureUrl } from '../media/picture.ts'
import { scopedId } from '../people/accounts.ts'
import { objectAt } from '../publishing/edges.ts'
import { BASIC } from '../scopes.ts'
import { noPermission, unsupported } from './errors.ts'
import type { Resource } from './gate.ts'

/** `GET /{id}`: the account, or something that it published or is about to. */
export const node: Resource = (world, caller, ask) => {
  if (!caller.grant.permissions.includes(BASIC)) return noPermission(BASIC)
  const fields = parseFields(field(caller.params, 'fields') ?? '')
  if (!fields) return badFields()
  const shown = objectAt(world, caller, ask, fields)
  if (shown === undefined) return me(world, caller, ask)
  return isAnswer(shown) ? shown : json(200, shown)
}

/** `GET /me`, and by either id. `user_id` is the account's id for publishing; `id` is app-scoped. */
export const me: Resource = (world, { app, account, grant, params }, ask) => {
  if (!grant.permissions.includes(BASIC)) return noPermission(BASIC)
  const id = scopedId(app.clientId, account)
  if (ask.params.id !== undefined && ![id, account.id].includes(ask.params.id)) return notThere(ask.params.id)
  const fields = parseFields(field(params, 'fields') ?? '')
  if (!fields) return badFields()
  const shown = project(
    'IGUser',
    {
      id: () => id,
      user_id: () => account.id,
      username: () => account.username,
      // Left out where the account has none.
      name: () => account.name || undefined,
      account_type: () => world.state.kinds.get(account.key),
      profile_picture_url: () => (account.picture ? pictureUrl(account.id) : undefined),
      followers_count: () => account.followers,
      follows_count: () => 57,
      media_count: () => account.media,
    },
    fields,
    ['id'],
  )
  return isAnswer(shown) ? shown : json(200, shown)
}

/** `DELETE /me/permissions`, where it is served at all: the app is removed and told. */
export const removeAll: Resource = ({ state, clock }, { app, grant }, ask) => {
  if (state.settings.revoke === 'unknown') return unsupported(ask.method)
  grant.ended = 458
  post(state, app, 'deauthorize', grant.member, clock.now())
  return json(200, { success: true })
}
