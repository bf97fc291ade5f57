/** Being told when an account's standing changes (v1). There is no signature: a secret goes into a header. Source: webhooks-2. */
import { isOk, list, text } from '../../provider.ts'
import type { CredentialsPort } from '../../provider-credentials.ts'
import { post } from '../seats.ts'
import { done } from './api.ts'
import { refused } from './errors.ts'
import { baseOf } from './settings.ts'

const SOURCE = 'account_status'
const SECRET = 'Mooring-Secret'

/** There is one to this address; with another secret it counts for nothing, where its headers are shown. */
export function isAnnounced(body: unknown, url: string, secret: string): boolean {
  return list(body, 'items').some((one) => {
    if (text(one, 'request_url') !== url || (text(one, 'source') ?? SOURCE) !== SOURCE) return false
    const shown = list(one, 'headers').find((header) => text(header, 'key')?.toLowerCase() === SECRET.toLowerCase())
    return shown === undefined || text(shown, 'value') === secret
  })
}

export const announce: NonNullable<CredentialsPort['announce']> = async ({ call, settings }, url, secret) => {
  const hooks = `${baseOf(settings)}/webhooks`
  const known = await call({ url: hooks })
  if (!isOk(known)) return refused(known)
  if (isAnnounced(known.body, url, secret)) return undefined
  return done(
    await call(
      post(hooks, {
        source: SOURCE,
        request_url: url,
        name: 'Mooring',
        headers: [
          // One that is made by the API sends none of its own.
          { key: 'Content-Type', value: 'application/json' },
          { key: SECRET, value: secret },
        ],
      }),
    ),
  )
}

/**
 * The account in what is posted: how a hosted page went (`status`), or `AccountStatus`. What v2 adds to the address of
 * the return has the same field, or `error_title`.
 */
export function toldSeat(body: unknown): string | undefined {
  const status = text(body, 'status')
  const went = status === undefined || status === 'CREATION_SUCCESS' || status === 'RECONNECTED'
  if (!went || text(body, 'error_title') !== undefined) return undefined
  return text(body, 'account_id') ?? text(body, 'AccountStatus', 'account_id')
}
