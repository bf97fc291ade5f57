import { createHmac } from 'node:crypto'
import type { App } from './apps.ts'
import type { Posted } from './state.ts'

const coded = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64url')

/** `base64url(sig).base64url(json)`: the signature is over the encoded payload (developers.facebook.com, data deletion callback). */
export function signedRequest(app: Pick<App, 'clientSecret'>, userId: string, now: number): string {
  const issued = Math.floor(now / 1000)
  const payload = coded(
    JSON.stringify({
      user_id: userId,
      algorithm: 'HMAC-SHA256',
      issued_at: issued,
      expires: issued + 3600,
    }),
  )
  const signature = createHmac('sha256', app.clientSecret).update(payload).digest()
  return `${coded(signature)}.${payload}`
}

type Told = Pick<App, 'clientId' | 'clientSecret' | 'deauthorizeUrl' | 'dataDeletionUrl'>

/** Posts it and writes down how it went: nobody waits for the answer. `id` is the person's for this app. */
export function post(
  posted: Posted[],
  app: Told,
  kind: Posted['kind'],
  { member, id }: { member: string; id: string },
  now: number,
): void {
  const url = kind === 'deauthorize' ? app.deauthorizeUrl : app.dataDeletionUrl
  if (url === '') return
  const entry: Posted = { kind, clientId: app.clientId, member }
  posted.push(entry)
  const body = new URLSearchParams({ signed_request: signedRequest(app, id, now) })
  fetch(url, { method: 'POST', body, redirect: 'manual' }).then(
    async (response) => Object.assign(entry, { status: response.status, answer: await response.text() }),
    () => Object.assign(entry, { status: 0 }),
  )
}
