/** Microsoft Learn: authorization-code-flow. Absolute, no fragment, registered exactly; the query is ignored when matching. */
const bare = (uri: string): string => uri.split('?')[0] ?? ''

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

function parsed(uri: string): URL | undefined {
  // Printable ASCII only: the value ends up in a Location header as it is.
  if (uri.includes('#') || !/^[\x21-\x5b\x5d-\x7e]+$/.test(uri)) return undefined
  const url = URL.parse(uri)
  if (!url || url.username || url.password) return undefined
  return url
}

/** Whether the portal would take it: https, or http on loopback, which works although the page implies https. */
export function isRegistrable(uri: string): boolean {
  const url = parsed(uri)
  if (!url) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
}

export const isRegistered = (uri: string, registered: readonly string[]): boolean =>
  isRegistrable(uri) && registered.some((known) => bare(known) === bare(uri))

/** Native apps redirect to a loopback address by number, any port (Microsoft Learn: authorization-code-flow-native). */
export function isNativeRedirect(uri: string): boolean {
  const url = parsed(uri)
  return url?.protocol === 'http:' && (url.hostname === '127.0.0.1' || url.hostname === '[::1]')
}

/** Adds parameters to a redirect URI, keeping the query it came with; spaces become `+`, as LinkedIn sends them. */
export function withParameters(uri: string, parameters: Record<string, string | undefined>): string {
  const fields = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) fields.append(name, value)
  return `${uri}${uri.includes('?') ? '&' : '?'}${fields}`
}
