import type { Settings } from '../settings.ts'

/** docs.x.com, "Developer apps": exact to the letter, a slash at the end too; https, or http on this machine, by number. */
export function isRegistrable(uri: string, localhost: Settings['localhost'] = 'accepted'): boolean {
  // Printable ASCII only: the value ends up in a Location header as it is.
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(uri) || uri.includes('#')) return false
  const url = URL.parse(uri)
  if (!url || url.username || url.password) return false
  if (url.hostname === 'localhost' && localhost === 'refused') return false
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  )
}

export const isRegistered = (uri: string, registered: readonly string[], localhost: Settings['localhost']): boolean =>
  registered.includes(uri) && isRegistrable(uri, localhost)

/** Adds parameters to a redirect URI, keeping the query it came with. */
export const withParameters = (uri: string, parameters: Record<string, string>): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}`
