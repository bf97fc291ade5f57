import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { noField, unknownPath } from '../../graph/errors.ts'
import { parseFields } from '../../graph/fields.ts'
import { userOf } from '../people.ts'
import { pictureUrl } from '../picture.ts'
import { liveGrant } from '../state.ts'
import type { World } from '../world.ts'
import { limited, tokenDead, wrong } from './errors.ts'

const tokenOf = (ask: Ask): string | undefined =>
  field(ask.query, 'access_token') ?? /^(?:Bearer|OAuth) +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]

/** `GET /v1.0/me`: only what is asked, and `id` always. */
export function me(world: World, ask: Ask): Answer {
  const { state, clock } = world
  if (ask.params.version !== undefined && ask.params.version !== 'v1.0') return unknownPath(ask.path)
  const value = tokenOf(ask)
  if (value === undefined) return wrong('An access token is required to request this resource.', 104)
  const token = state.tokens.get(value)
  const grant = liveGrant(state, token, clock.now())
  const user = userOf(grant?.member ?? '')
  if (!grant || !user) return tokenDead(token !== undefined && token.expiresAt <= clock.now())
  if (state.settings.limited) return limited()
  const all: Record<string, unknown> = {
    id: user.id,
    username: user.username,
    name: user.name,
    threads_profile_picture_url: user.picture ? pictureUrl(world, user) : undefined,
    threads_biography: '',
    is_verified: false,
  }
  const asked = parseFields(field(ask.query, 'fields') ?? 'id') ?? []
  const unknown = asked.find((one) => !Object.hasOwn(all, one.name))
  if (unknown) return noField(unknown.name, 'ThreadsUser')
  const shown = asked.map(({ name }) => [name, all[name]]).filter(([, one]) => one !== undefined)
  return json(200, { ...Object.fromEntries(shown), id: user.id })
}
