/** Google's rules: exact; https, and http on this machine alone; no fragment, no wildcard, no other raw address. */
export function isRegistrable(uri: string): boolean {
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(uri) || /[#*]/.test(uri)) return false
  const url = URL.parse(uri)
  if (!url || url.username || url.password) return false
  const local = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (!local && /^[\d.]+$|^\[/.test(url.hostname)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && local)
}

export const isRegistered = (uri: string, registered: readonly string[]): boolean =>
  registered.includes(uri) && isRegistrable(uri)

/** Adds parameters to a redirect URI, keeping the query it came with. */
export const withParameters = (uri: string, parameters: Record<string, string>): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}`
