/** The single user's way in: a link that the terminal prints, good once, makes a session. The first one makes the owner. */
import { createHash } from 'node:crypto'
import { MooringError } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/store.ts'
import type { Principal } from './principal.ts'

const LINK_LIFE_MS = 24 * 3_600_000
export const SESSION_LIFE_SECONDS = 30 * 86_400

const sha256 = (value: string) => createHash('sha256').update(value).digest()

/** A link's token goes behind `#`: it reaches no server log and no Referer. */
export async function newSignInLink(runtime: Runtime, store: Store, baseUrl: string): Promise<string> {
  const token = runtime.random(32).toString('base64url')
  await store.access.addLink(sha256(token), new Date(runtime.now() + LINK_LIFE_MS))
  return `${baseUrl}/setup#${token}`
}

/** Returns the new session's secret. Throws `unauthorized` when the link was used or is too old. */
export async function redeemLink(
  runtime: Runtime,
  store: Store,
  token: string,
): Promise<{ secret: string; person: { id: string; name: string } }> {
  const secret = runtime.random(32).toString('base64url')
  const now = runtime.now()
  const session = { hash: sha256(secret), expiresAt: new Date(now + SESSION_LIFE_SECONDS * 1000) }
  const person = await store.access.useLink(
    sha256(token),
    session,
    { id: runtime.uuid(), name: 'Owner' },
    new Date(now),
  )
  if (!person) {
    throw new MooringError(
      'unauthorized',
      'This sign-in link was used already, or is too old. Run `npx mooring sign-in-link` for a new one.',
    )
  }
  return { secret, person: { id: person.id, name: person.name } }
}

export async function personOf(
  runtime: Runtime,
  store: Store,
  secret: string,
  workspace: string,
): Promise<Principal | undefined> {
  const person = await store.access.session(sha256(secret), new Date(runtime.now()))
  return person && { kind: 'person', id: person.id, name: person.name, workspace }
}

export const endSession = (store: Store, secret: string) => store.access.endSession(sha256(secret))
