/** "Valid OAuth Redirect URIs" in strict mode: exact; https, and http on localhost alone (Facebook Login security). */
export function isRegistrable(uri: string): boolean {
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(uri) || uri.includes('#')) return false
  const url = URL.parse(uri)
  if (!url || url.username || url.password) return false
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  )
}

export const isRegistered = (uri: string, registered: readonly string[]): boolean =>
  registered.includes(uri) && isRegistrable(uri)

/** Adds parameters, and the fragment that Facebook appends. */
export const backTo = (uri: string, parameters: Record<string, string>): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}#_=_`
