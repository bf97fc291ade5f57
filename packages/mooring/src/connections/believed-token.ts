/**
 * A live token, believed for a moment: for the proxy, which may call many times a second with one connection. What ended a
 * connection in this process is known at once; what another process did, within the second. A token that was replaced
 * meanwhile is answered by the platform with 401, which asks for the newer one.
 */
import { getAccessToken } from './access-token.ts'
import type { Engine } from './engine.ts'
import type { LiveToken } from './open-token.ts'

const BELIEVED_MS = 1_000
/** So many are held at most, in the clear, for their second. */
const MOST = 10_000

interface Belief {
  token: LiveToken
  until: number
}
const beliefs = new WeakMap<Engine, Map<string, Belief>>()

function beliefsOf(engine: Engine): Map<string, Belief> {
  const known = beliefs.get(engine)
  if (known) return known
  const made = new Map<string, Belief>()
  beliefs.set(engine, made)
  return made
}

/** Throws what `getAccessToken` throws. */
export async function believedToken(engine: Engine, workspace: string, id: string): Promise<LiveToken> {
  const held = beliefsOf(engine)
  const key = workspace + id
  const now = engine.runtime.now()
  const known = held.get(key)
  if (known && known.until > now) return known.token
  held.delete(key)
  const token = await getAccessToken(engine, workspace, id)
  const ends = token.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
  if (held.size >= MOST) held.clear()
  held.set(key, { token, until: Math.min(now + BELIEVED_MS, ends) })
  return token
}

/** Something happened to this connection: it is read anew. */
export const forgetToken = (engine: Engine, workspace: string, id: string): void =>
  void beliefsOf(engine).delete(workspace + id)
