import { createHmac } from 'node:crypto'
import type { App } from './apps.ts'
import { userOf } from './people/users.ts'
import type { Posted, State } from './state.ts'

const coded = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64url')

/** `base64url(sig).base64url(json)`: the signature is over the encoded payload (developers.facebook.com, data deletion callback). */
export function signedRequest(app: App, member: string, now: number): string {
  const issued = Math.floor(now / 1000)
  const payload = coded(
    JSON.stringify({
      user_id: userOf(member)?.id,
      algorithm: 'HMAC-SHA256',
      issued_at: issued,
      expires: issued + 3600,
    }),
  )
  const signature = createHmac('sha256', app.clientSecret).update(payload).digest()
  return `${coded(signature)}.${payload}`
}

/** Posts it and writes down how it went: nobody waits for the answer. */
export function post(state: State, app: App, kind: Posted['kind'], member: string, now: number): void {
  const url = kind === 'deauthorize' ? app.deauthorizeUrl : app.dataDeletionUrl
  if (url === '') return
  const entry: Posted = { kind, clientId: app.clientId, member }
  state.posted.push(entry)
  const body = new URLSearchParams({ signed_request: signedRequest(app, member, now) })
  fetch(url, { method: 'POST', body, redirect: 'manual' }).then(
    async (response) => Object.assign(entry, { status: response.status, answer: await response.text() }),
    () => Object.assign(entry, { status: 0 }),
  )
}
