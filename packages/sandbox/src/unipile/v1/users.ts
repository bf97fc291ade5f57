import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { loginOf, memberIdOf, PEOPLE, type Person, personOf, publicIdentifierOf } from '../people.ts'
import type { Settings } from '../settings.ts'
import { type Seat, type State, statusOf } from '../state.ts'
import type { World } from '../world.ts'
import { ORGANIZATIONS, seatV1 } from './accounts.ts'
import { failed, notFound } from './errors.ts'

/** The account that looks, and whose it is; or why it cannot look. */
function viewer(state: State, ask: Ask): { seat: Seat; person: Person } | Answer {
  const id = field(ask.query, 'account_id')
  if (id === undefined) return failed('missing_parameters', 'account_id: required')
  const seat = seatV1(state, id)
  const person = personOf(seat?.person ?? '')
  if (!seat || !person) return notFound('Account')
  if (state.restricted.has(person.key)) return failed('account_restricted', 'Access to this account is restricted.')
  if (statusOf(seat) === 'CREDENTIALS') return failed('disconnected_account', 'The account is disconnected.')
  return { seat, person }
}

function profile(person: Person, seenBy: Person, { headline }: Settings): object {
  const [first = '', ...last] = person.name.split(' ')
  const identifier = publicIdentifierOf(person)
  return {
    provider: 'LINKEDIN',
    provider_id: memberIdOf(person, seenBy),
    first_name: first,
    last_name: last.join(' '),
    [headline]: person.headline,
    public_identifier: identifier,
    public_profile_url: `https://www.linkedin.com/in/${identifier}`,
    profile_picture_url: null,
    location: 'Utrecht, Netherlands',
  }
}

/** `GET /users/me?account_id=`: without the numbers of connections. */
export function me({ state }: World, ask: Ask): Answer {
  const who = viewer(state, ask)
  if ('status' in who) return who
  const premium = who.seat.sources.length > 1
  return json(200, {
    object: 'AccountOwnerProfile',
    ...profile(who.person, who.person, state.settings),
    email: loginOf(who.person),
    premium,
    organizations: who.person.key === 'ada' ? ORGANIZATIONS : [],
    recruiter: null,
    sales_navigator: premium ? { contract_id: '2000000001', owner_seat_id: '3000000001' } : null,
  })
}

/** `GET /users/{identifier}?account_id=`: by the public identifier, or by an id that this account was given. */
export function user({ state }: World, ask: Ask): Answer {
  const who = viewer(state, ask)
  if ('status' in who) return who
  const { identifier = '' } = ask.params
  const seen = (one: Person) => [publicIdentifierOf(one), memberIdOf(one, who.person)]
  const found = PEOPLE.find((one) => seen(one).includes(identifier))
  if (!found && identifier.startsWith('ACoAA'))
    return failed('invalid_resource_identifier', 'The identifier is not one of this account.')
  if (!found) return notFound('User')
  return json(200, {
    object: 'UserProfile',
    ...profile(found, who.person, state.settings),
    is_self: found === who.person,
    ...(state.settings.counts === 'sent' && {
      connections_count: found.connections,
      follower_count: found.connections + 120,
    }),
  })
}
