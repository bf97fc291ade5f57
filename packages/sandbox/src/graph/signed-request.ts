import { createHmac } from 'node:crypto'

const coded = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64url')

/** `base64url(sig).base64url(json)`: the signature is over the encoded payload (developers.facebook.com, data deletion callback). */
export function signedRequest(secret: string, userId: string, now: number): string {
  const issued = Math.floor(now / 1000)
  const payload = coded(
    JSON.stringify({ user_id: userId, algorithm: 'HMAC-SHA256', issued_at: issued, expires: issued + 3600 }),
  )
  return `${coded(createHmac('sha256', secret).update(payload).digest())}.${payload}`
}

/** A callback that was posted to an app. */
export interface Posted {
  kind: 'deauthorize' | 'data-deletion'
  clientId: string
  member: string
  /** Undefined while it is under way; 0 where nobody answered. */
  status?: number
  answer?: string
}

/** Posts it and writes down how it went: nobody waits for the answer. */
export function postSigned(entry: Posted, url: string, signed: string): void {
  const body = new URLSearchParams({ signed_request: signed })
  fetch(url, { method: 'POST', body, redirect: 'manual' }).then(
    async (response) => Object.assign(entry, { status: response.status, answer: await response.text() }),
    () => Object.assign(entry, { status: 0 }),
  )
}
