import { z } from 'zod'
import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { isWrong, read } from '../body.ts'
import { look, settle } from '../intents.ts'
import { memberIdOf, personOf } from '../people.ts'
import { remove } from '../seats.ts'
import type { Settings } from '../settings.ts'
import { type Seat, type State, type Status, statusOf } from '../state.ts'
import type { World } from '../world.ts'
import { failed, notFound, wrongBody } from './errors.ts'

export const APPLICATION = 'app_sandbox0000000000000000'

const STATUS: Record<Status, string> = {
  OK: 'running',
  CONNECTING: 'running',
  CREDENTIALS: 'disconnected',
  PERMISSIONS: 'errored',
  STOPPED: 'paused',
  ERROR: 'errored',
}

function statusV2(seat: Seat, { errored }: Settings): string {
  const status = STATUS[statusOf(seat)]
  return status === 'errored' ? errored : status
}

export function accountObject(seat: Seat, settings: Settings): object {
  const person = personOf(seat.person)
  return {
    object: 'Account',
    id: seat.id,
    application_id: APPLICATION,
    status: statusV2(seat, settings),
    provider: 'linkedin',
    name: seat.name,
    user_id: person ? memberIdOf(person, person) : seat.person,
    created_at: new Date(seat.createdAt).toISOString(),
    metadata: seat.metadata,
    proxy: { country: seat.wishes.country ?? 'US', auto_proxy: true },
  }
}

export const seatV2 = (state: State, id: string | undefined): Seat | undefined => {
  const seat = state.seats.get(id ?? '')
  return seat?.generation === 'v2' ? seat : undefined
}

const MOST = 250
const USUAL = '20'

/** A page of a list, or undefined for an offset or a limit that is none. */
export function paged<One>(ask: Ask, all: readonly One[]): { data: One[]; has_more: boolean } | undefined {
  const offset = Number(field(ask.query, 'offset') ?? '0')
  const limit = Number(field(ask.query, 'limit') ?? USUAL)
  if (!Number.isInteger(offset) || offset < 0 || !Number.isInteger(limit) || limit < 1 || limit > MOST) return undefined
  return { data: all.slice(offset, offset + limit), has_more: offset + limit < all.length }
}

const STATUSES = ['running', 'errored', 'disconnected', 'paused']

/** `GET /accounts/?offset&limit&status&provider&search` */
export function listAccounts({ state }: World, ask: Ask): Answer {
  const status = field(ask.query, 'status')
  const provider = field(ask.query, 'provider')
  const search = field(ask.query, 'search')?.toLowerCase()
  if (status !== undefined && !STATUSES.includes(status)) return failed('api/invalid_parameters', 'status: unknown')
  const found = [...state.seats.values()].filter(
    (one) =>
      one.generation === 'v2' &&
      (status ?? STATUS[statusOf(one)]) === STATUS[statusOf(one)] &&
      (provider ?? 'linkedin') === 'linkedin' &&
      (search === undefined || one.name.toLowerCase().includes(search) || one.id.toLowerCase().includes(search)),
  )
  const page = paged(ask, found)
  if (!page) return failed('api/invalid_parameters', `offset: from 0; limit: 1 to ${MOST}`)
  return json(200, { object: 'Accounts', ...page, data: page.data.map((one) => accountObject(one, state.settings)) })
}

/** `GET /accounts/{id}`: of an intent there is no account yet. */
export function getAccount({ state, clock }: World, ask: Ask): Answer {
  const id = ask.params.id ?? ''
  look(state, id)
  settle(state, clock.now())
  const seat = seatV2(state, id)
  return seat ? json(200, accountObject(seat, state.settings)) : notFound('Account')
}

const patchBody = z.object({ metadata: z.record(z.string(), z.string()), proxy: z.object({}).optional() })

/** `PATCH /accounts/{id}` */
export function patchAccount({ state }: World, ask: Ask): Answer {
  const seat = seatV2(state, ask.params.id)
  if (!seat) return notFound('Account')
  const body = read(ask, patchBody)
  if (isWrong(body)) return wrongBody(body)
  seat.metadata = body.metadata
  return json(200, accountObject(seat, state.settings))
}

/** `DELETE /accounts/{id}` */
export function deleteAccount({ state, clock }: World, ask: Ask): Answer {
  const seat = seatV2(state, ask.params.id)
  if (!seat) return notFound('Account')
  remove(state, seat, clock.now())
  return json(200, { success: true })
}
