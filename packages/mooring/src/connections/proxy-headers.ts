/** Which headers pass, each way. Header lists are flat: name, value, name, value. Pure. */

/** RFC 9110 §7.6.1, and those of older proxies. Framing is told anew on each side. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]

/** Cookies, our own key, what tells of the caller's network or page, and what our server has dealt with itself. */
const KEPT_FROM_PLATFORM = new Set([
  ...HOP_BY_HOP,
  'authorization',
  'content-length',
  'cookie',
  'cookie2',
  'expect',
  'forwarded',
  'host',
  'origin',
  'referer',
  'true-client-ip',
  'via',
  'x-real-ip',
  'x-request-id',
])
const KEPT_FROM_PLATFORM_FAMILY = /^(?:x-forwarded-|sec-|cf-|mooring-)/

/** Cookies, and what would bind a browser to rules of another site: these answers come from our own origin. */
const KEPT_FROM_CALLER = new Set([
  ...HOP_BY_HOP,
  'accept-ch',
  'alt-svc',
  'cache-control',
  'clear-site-data',
  'content-security-policy',
  'content-security-policy-report-only',
  'critical-ch',
  'expect-ct',
  'expires',
  'feature-policy',
  'nel',
  'origin-agent-cluster',
  'permissions-policy',
  'pragma',
  'public-key-pins',
  'public-key-pins-report-only',
  'referrer-policy',
  'refresh',
  'report-to',
  'reporting-endpoints',
  'service-worker-allowed',
  'set-cookie',
  'set-cookie2',
  'set-login',
  'sourcemap',
  'speculation-rules',
  'strict-transport-security',
  'timing-allow-origin',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-request-id',
  'x-sourcemap',
  'x-xss-protection',
])
const KEPT_FROM_CALLER_FAMILY = /^(?:access-control-|cross-origin-|mooring-)/

/** `Link` pages through lists at many platforms; a browser must not be made to load from it. */
const LOADS =
  /\brel\s*=\s*"?[^";,]*\b(?:\w*preload|prefetch|preconnect|dns-prefetch|prerender|stylesheet|manifest|icon)\b/i

/** How a body is marked off: by its length, or in chunks of no length told before. Undefined: there is none. */
export type Framing = { length: number } | 'chunked' | undefined

export function framingOf(raw: readonly string[]): Framing {
  let framing: Framing
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? ''
    if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') return 'chunked'
    if (name.length === 14 && name.toLowerCase() === 'content-length') framing = { length: Number(raw[at + 1]) }
  }
  return framing !== undefined && framing.length === 0 ? undefined : framing
}

/** The length that an answer tells, in bytes; 0 where it tells none. */
export const lengthOf = (raw: readonly string[]): number => Number(headerOf(raw, 'content-length') ?? 0)

/** `name` in lower case. */
export function headerOf(raw: readonly string[], name: string): string | undefined {
  for (let at = 0; at < raw.length; at += 2)
    if (raw[at]?.length === name.length && raw[at]?.toLowerCase() === name) return raw[at + 1]
  return undefined
}

/** Methods of which a server expects a body, and is told that there is none. */
const EXPECT_BODY = new Set(['POST', 'PUT', 'PATCH'])

/** Everything that leaves with the token. */
export function upstreamHeaders(
  raw: readonly string[],
  accessToken: string,
  method: string,
  framing: Framing,
): string[] {
  const headers = ['Authorization', `Bearer ${accessToken}`]
  const named = namedByConnection(raw)
  for (let at = 0; at < raw.length; at += 2) {
    const [given = '', value = ''] = [raw[at], raw[at + 1]]
    const name = given.toLowerCase()
    if (KEPT_FROM_PLATFORM.has(name) || KEPT_FROM_PLATFORM_FAMILY.test(name) || named?.has(name)) continue
    headers.push(given, value)
  }
  // Chunks are told by who makes them.
  if (typeof framing === 'object') headers.push('Content-Length', String(framing.length))
  else if (framing === undefined && EXPECT_BODY.has(method)) headers.push('Content-Length', '0')
  return headers
}

/** What of the platform's answer goes to the caller. */
export function callerHeaders(raw: readonly string[]): string[] {
  const headers: string[] = []
  const named = namedByConnection(raw)
  for (let at = 0; at < raw.length; at += 2) {
    const [given = '', value = ''] = [raw[at], raw[at + 1]]
    const name = given.toLowerCase()
    if (KEPT_FROM_CALLER.has(name) || KEPT_FROM_CALLER_FAMILY.test(name) || named?.has(name)) continue
    if (name === 'link' && LOADS.test(value)) continue
    headers.push(given, value)
  }
  return headers
}

/** The headers that `Connection` declares to be for this hop alone. Most name none but its own words. */
function namedByConnection(raw: readonly string[]): Set<string> | undefined {
  let named: Set<string> | undefined
  for (let at = 0; at < raw.length; at += 2) {
    if ((raw[at] ?? '').length !== 10 || raw[at]?.toLowerCase() !== 'connection') continue
    const value = (raw[at + 1] ?? '').toLowerCase()
    if (value === 'keep-alive' || value === 'close') continue
    named ??= new Set()
    for (const word of value.split(',')) named.add(word.trim())
  }
  // Content-Length frames the body, whatever a header says of it.
  named?.delete('content-length')
  return named
}
