/** Whence a request comes. Pure. */

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
  return found !== undefined && /^[0-9a-f.:]{2,45}$/i.test(found) ? found : socket
}
