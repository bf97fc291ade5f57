import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { noField, noToken, unknownPath } from '../../meta/api/errors.ts'
import { parseFields } from '../../meta/api/fields.ts'
import { post } from '../../meta/callbacks.ts'
import { userOf } from '../people.ts'
import { pictureUrl } from '../picture.ts'
import { appOf, type Grant, liveGrant, type State } from '../state.ts'
import type { World } from '../world.ts'
import { limited, tokenDead, unsupported } from './errors.ts'

const tokenOf = (ask: Ask): string | undefined =>
  field(ask.query, 'access_token') ?? /^(?:Bearer|OAuth) +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]

function gate(world: World, ask: Ask, answer: (grant: Grant) => Answer): Answer {
  const { state, clock } = world
  const version = ask.params.version
  if (version !== undefined && !(Number(/^v(\d+)\.0$/.exec(version)?.[1]) <= 26)) return unknownPath(ask.path)
  const value = tokenOf(ask)
  if (value === undefined) return noToken()
  const token = state.tokens.get(value)
  const grant = liveGrant(state, token, clock.now())
  if (!grant) return tokenDead(state, token !== undefined && token.expiresAt <= clock.now())
  return state.settings.limited ? limited() : answer(grant)
}

/** `GET /me`: `user_id` is the professional account's, `id` is app-scoped. */
export const me = (world: World, ask: Ask): Answer =>
  gate(world, ask, (grant) => {
    const user = userOf(grant.member)
    if (!user) return tokenDead(world.state, false)
    const all: Record<string, unknown> = {
      id: user.scoped,
      user_id: user.id,
      username: user.username,
      name: user.name,
      account_type: user.type,
      profile_picture_url: user.picture ? pictureUrl(user) : undefined,
      followers_count: 873,
      follows_count: 120,
      media_count: 41,
    }
    const asked = parseFields(field(ask.query, 'fields') ?? 'id') ?? []
    const unknown = asked.find((one) => !Object.hasOwn(all, one.name))
    if (unknown) return noField(unknown.name, 'IGUser')
    const shown = asked.map(({ name }) => [name, all[name]]).filter(([, value]) => value !== undefined)
    return json(200, { ...Object.fromEntries(shown), id: user.scoped })
  })

/** What one client calls to end a grant, and no document names. */
export const revoke = (world: World, ask: Ask): Answer =>
  gate(world, ask, (grant) => {
    if (world.state.settings.revoke === 'unknown') return unsupported('delete')
    endGrant(world.state, grant, world.clock.now())
    return json(200, { success: true })
  })

/** The person removes the app under "Apps and websites": the app is told. */
export function endGrant(state: State, grant: Grant, now: number): void {
  grant.ended = true
  const app = appOf(state, grant.clientId)
  const user = userOf(grant.member)
  if (app && user) post(state.posted, app, 'deauthorize', { member: grant.member, id: user.scoped }, now)
}
