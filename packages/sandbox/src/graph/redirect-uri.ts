const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/

/** What a dashboard takes as a redirect URI: https, and http on loopback alone (Facebook Login security). */
export function isRegistrable(uri: string): boolean {
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(uri) || uri.includes('#')) return false
  const url = URL.parse(uri)
  if (!url || url.username || url.password) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
}

/** Exact, byte for byte. */
export const isRegistered = (
  uri: string,
  registered: readonly string[],
  loopback: 'accepted' | 'refused' = 'accepted',
): boolean => registered.includes(uri) && isRegistrable(uri) && (loopback === 'accepted' || uri.startsWith('https://'))

/** The way back, with parameters and the platform's own fragment, if it has one. */
export const backTo = (uri: string, parameters: Record<string, string>, fragment = ''): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}${fragment}`
