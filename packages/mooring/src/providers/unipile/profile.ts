/** Whose seat it is, and the one account that it is. */
import {
  type ApiContext,
  type DiscoveredAccount,
  type Identity,
  need,
  needSession,
  number,
  text,
} from '../../provider.ts'
import { nameIn, noteOf } from '../seats.ts'
import { baseOf, V2_ORIGIN } from './settings.ts'

const seatOf = ({ seat = '' }: ApiContext): string => encodeURIComponent(seat)

async function ask({ call }: ApiContext, url: string): Promise<unknown> {
  return (await call({ url })).body
}

const me = (on: ApiContext) => ask(on, `${baseOf(on.settings)}/users/me?account_id=${seatOf(on)}`)

/** As the seat's own session sees it: `provider_id` differs by who asks, and here it is always the same one. */
export async function identityV1(on: ApiContext): Promise<Identity> {
  const body = await me(on)
  return {
    subject: text(body, 'provider_id') ?? (await memberOf(on)),
    label: nameIn(body, 'first_name', 'last_name') ?? 'LinkedIn member',
    handle: text(body, 'public_identifier'),
    email: text(body, 'email'),
    picture: text(body, 'profile_picture_url'),
  }
}

async function memberOf(on: ApiContext): Promise<string> {
  const body = await ask(on, `${baseOf(on.settings)}/accounts/${seatOf(on)}`)
  return need(text(body, 'connection_params', 'im', 'id'), 'Unipile', 'provider_id')
}

export async function accountsV1(on: ApiContext, { label, handle, picture }: Identity): Promise<DiscoveredAccount[]> {
  const body = await me(on)
  const headline = text(body, 'headline') ?? text(body, 'occupation')
  const note = noteOf(headline, handle === undefined ? undefined : await connectionsOf(on, handle))
  return [seatAccount(on, { label, handle, picture, note })]
}

/** A line for the person and nothing more: whatever is answered, the seat is connected. */
async function connectionsOf(on: ApiContext, handle: string): Promise<number | undefined> {
  try {
    const url = `${baseOf(on.settings)}/users/${encodeURIComponent(handle)}?account_id=${seatOf(on)}`
    return number(await ask(on, url), 'connections_count')
  } catch {
    return undefined
  }
}

const seatAccount = ({ seat = '' }: ApiContext, shown: Omit<DiscoveredAccount, 'kind' | 'subject'>) => ({
  kind: 'seat',
  subject: seat,
  ...shown,
})

export async function identityV2(on: ApiContext): Promise<Identity> {
  const body = await ask(on, `${V2_ORIGIN}/v2/accounts/${seatOf(on)}`)
  needSession(text(body, 'status') !== 'disconnected', 'Unipile', 'status')
  return {
    subject: need(text(body, 'user_id'), 'Unipile', 'user_id'),
    label: text(body, 'name') ?? 'LinkedIn member',
  }
}

export async function accountsV2(on: ApiContext, { label }: Identity): Promise<DiscoveredAccount[]> {
  return [seatAccount(on, { label })]
}
