/** Exact; https, or http on `localhost` by that name alone. */
export function isRegistrable(uri: string): boolean {
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(uri) || uri.includes('#')) return false
  const url = URL.parse(uri)
  if (!url || url.username || url.password) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost')
}

export const isRegistered = (uri: string, registered: readonly string[]): boolean =>
  registered.includes(uri) && isRegistrable(uri)

export const withParameters = (uri: string, parameters: Record<string, string>): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}`
