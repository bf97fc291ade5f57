/**
 * What a platform may tell us unasked (that a person removed our app, or wants their data erased), as a provider reads it.
 * Judgements and small tools alone: the engine asks, checks the time, keeps replays out and acts.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface PushEvent {
  /** `access_removed`: the grant is over. `data_deletion`: what we keep of this person must go. */
  kind: 'access_removed' | 'data_deletion'
  /** Of the identity, as `Provider.identity` gave it. */
  subject: string
}

export interface PushRequest {
  method: 'POST'
  /** The whole address as the platform was told it: our configured base URL with the path and query that came. */
  url: string
  headers: Headers
  /** As it came, to the byte. Nothing of it is true before the signature is. */
  body: Uint8Array
  /** The registration's client secret. */
  secret: string
}

/** Why a push is refused, for the operator's log. Never a piece of what was sent. */
export type PushRefusal =
  | 'signature_missing'
  | 'signature_wrong'
  | 'algorithm_unknown'
  | 'content_type_wrong'
  | 'unreadable'

export type PushReading =
  | { refused: PushRefusal }
  | {
      events: readonly PushEvent[]
      /** The mark as we computed it, never as it was sent: one value can be written in several ways. */
      mark: Uint8Array
      /** When the platform signed it, in ms since 1970; null where the platform signs no time. */
      signedAt: number | null
    }

/** One address that a platform posts to: `/push/{registration}/{name}`. */
export interface Push {
  /** Pure. Compares in constant time (`sameBytes`) before it believes anything. A throw counts as `unreadable`. */
  read: (request: PushRequest) => PushReading
  /** The JSON that the platform wants as its answer to a `data_deletion`. Without it, and to all else: an empty 200. Pure. */
  answer?: (confirmation: PushConfirmation) => Readonly<Record<string, string>>
}

export interface PushConfirmation {
  /** Letters and digits. */
  code: string
  /** A public page that says when it was done. */
  url: string
}

/** HMAC-SHA256 over the parts, one after the other. */
export function hmacSha256(secret: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const hmac = createHmac('sha256', secret)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** Equal, in a time that tells nothing of where they differ. */
export function sameBytes(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && one.byteLength === other.byteLength && timingSafeEqual(one, other)
}

/** What a coded text stands for, or undefined when it is not exactly how these bytes are written. Node itself skips over what does not belong. */
export function decoded(text: string, coding: 'base64' | 'base64url' | 'hex'): Buffer | undefined {
  const bytes = Buffer.from(text, coding)
  return text !== '' && bytes.toString(coding) === text ? bytes : undefined
}
