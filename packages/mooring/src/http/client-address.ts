/** Whence a request comes. Pure. */
import { isIP } from 'node:net'

/**
 * The socket's own address, or, behind as many proxies of the operator's as `trusted` says, the one that the outermost of
 * them saw: so many from the right in X-Forwarded-For. What stands further left anybody can write.
 */
export function clientAddress(
  socket: string | undefined,
  forwarded: string | null,
  trusted: number,
): string | undefined {
  if (trusted === 0 || forwarded === null) return socket
  const seen = forwarded.split(',').map((one) => one.trim())
  const found = seen.at(-trusted)
  if (found === undefined) return socket
  // Some proxies add the port: `203.0.113.9:4711`, `[2001:db8::7]:4711`.
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(found)?.[1] ?? /^([\d.]+):\d+$/.exec(found)?.[1] ?? found
  return isIP(bare) === 0 ? socket : bare
}
