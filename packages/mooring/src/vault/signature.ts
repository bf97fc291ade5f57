/** Signatures under the vault's keys, for what somebody outside shows us again: each purpose has a key of its own. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from './keyring.ts'

/** By every key of the ring, the newest first: the first is given out, all count, until their key leaves the ring. */
export const signatures = (ring: Pick<KeyRing, 'derive'>, purpose: string, text: string): string[] =>
  ring.derive(purpose).map((key) => createHmac('sha256', key).update(text).digest('base64url'))

/** In the same time whatever was shown. */
export function isOneOf(shown: string, all: readonly string[]): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  const wanted = hash(shown)
  let found = false
  for (const one of all) if (timingSafeEqual(hash(one), wanted)) found = true
  return found
}
