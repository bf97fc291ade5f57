import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { look, settle } from '../intents.ts'
import { loginOf, memberIdOf, type Person, personOf, publicIdentifierOf } from '../people.ts'
import { remove, setStatus } from '../seats.ts'
import type { Intent, Seat, State, Status } from '../state.ts'
import { statusOf } from '../state.ts'
import type { World } from '../world.ts'
import { failed, notFound } from './errors.ts'

export const ORGANIZATIONS = [
  {
    name: 'Northwind Studio',
    messaging_enabled: true,
    mailbox_urn: 'urn:li:fsd_company:900100',
    organization_urn: 'urn:li:organization:900100',
  },
]

function connection(id: string, person: Person, premium: boolean, { wishes }: Seat | Intent): object {
  return {
    im: {
      id,
      publicIdentifier: publicIdentifierOf(person),
      username: person.name,
      premiumId: null,
      premiumContractId: null,
      premiumFeatures: premium ? ['sales_navigator'] : [],
      connection_method: wishes.method,
      proxy: { country: wishes.country ?? 'US' },
      organizations: person.key === 'ada' ? ORGANIZATIONS : [],
    },
  }
}

const shownAt = (ms: number): string => new Date(ms).toISOString()

const object = (id: string, name: string, createdAt: number, params: object, sources: readonly Status[]) => ({
  object: 'Account',
  id,
  type: 'LINKEDIN',
  name,
  created_at: shownAt(createdAt),
  connection_params: params,
  signatures: [],
  groups: [],
  sources: sources.map((status, at) => ({ id: `${id}_${at === 0 ? 'MESSAGING' : 'SALES_NAVIGATOR'}`, status })),
})

function seatObject(seat: Seat): object {
  const person = personOf(seat.person)
  const params = person ? connection(memberIdOf(person, person), person, seat.sources.length > 1, seat) : {}
  return object(seat.id, seat.name, seat.createdAt, params, seat.sources)
}

/** An account whose checkpoint waits: nothing of it is known but its login. */
function intentObject(intent: Intent): object {
  const person = personOf(intent.person)
  return object(intent.id, person ? loginOf(person) : '', intent.startedAt, {}, ['CONNECTING'])
}

const pendingOf = ({ intents, seats, settings }: State): Intent[] =>
  settings.pending === 'hidden'
    ? []
    : [...intents.values()].filter((one) => one.generation === 'v1' && one.over === undefined && !seats.has(one.id))

export const seatV1 = (state: State, id: string | undefined): Seat | undefined => {
  const seat = state.seats.get(id ?? '')
  return seat?.generation === 'v1' ? seat : undefined
}

/** `GET /accounts/{id}` */
export function getAccount({ state, clock }: World, ask: Ask): Answer {
  const id = ask.params.id ?? ''
  look(state, id)
  settle(state, clock.now())
  const seat = seatV1(state, id)
  if (seat) return json(200, seatObject(seat))
  const intent = pendingOf(state).find((one) => one.id === id)
  return intent ? json(200, intentObject(intent)) : notFound('Account')
}

const MOST = 250
const USUAL = 100

/** `GET /accounts?limit=&cursor=` */
export function listAccounts({ state }: World, ask: Ask): Answer {
  const limit = Number(field(ask.query, 'limit') ?? USUAL)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) return failed('invalid_parameters', `limit: 1 to ${MOST}`)
  const seats = [...state.seats.values()].filter((one) => one.generation === 'v1')
  const all = [
    ...seats.map((one) => ({ id: one.id, shown: seatObject(one) })),
    ...pendingOf(state).map((one) => ({ id: one.id, shown: intentObject(one) })),
  ]
  const cursor = field(ask.query, 'cursor')
  const from = cursor === undefined ? 0 : all.findIndex((one) => cursorOf(one.id) === cursor)
  if (from < 0) return failed('invalid_parameters', 'cursor: it was not handed out by this list')
  const next = all[from + limit]
  const items = all.slice(from, from + limit).map((one) => one.shown)
  return json(200, { object: 'AccountList', items, cursor: next ? cursorOf(next.id) : null })
}

const cursorOf = (id: string): string => Buffer.from(JSON.stringify({ from: id })).toString('base64url')

/** `DELETE /accounts/{id}`: also one that is being linked. */
export function deleteAccount({ state, clock }: World, ask: Ask): Answer {
  const seat = seatV1(state, ask.params.id)
  const intent = pendingOf(state).find((one) => one.id === ask.params.id)
  if (seat) remove(state, seat, clock.now())
  else if (intent) state.intents.delete(intent.id)
  else return notFound('Account')
  return json(200, { object: 'AccountDeleted' })
}

/** `POST /accounts/{id}/restart`: for one that stopped, and whose sign-in is still good. */
export function restartAccount({ state, clock }: World, ask: Ask): Answer {
  const seat = seatV1(state, ask.params.id)
  if (!seat) return notFound('Account')
  const able = ['STOPPED', 'ERROR'].includes(statusOf(seat))
  if (able) setStatus(state, seat, 'OK', clock.now())
  return json(200, { object: able ? 'AccountRestarted' : 'AccountFailedToRestart' })
}

/** `GET /accounts/{id}/sync` */
export function syncAccount({ state }: World, ask: Ask): Answer {
  const seat = seatV1(state, ask.params.id)
  if (!seat) return notFound('Account')
  if (statusOf(seat) === 'CREDENTIALS') return failed('disconnected_account', 'The account is disconnected.')
  return json(200, { object: 'AccountResync', status: 'SYNC_STARTED' })
}
