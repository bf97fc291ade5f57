/** Where a flow may send the browser back to. Judged at the start, stored, never read from the callback. Pure. */
import { MooringError } from '../error.ts'

/** Where a flow returns that names no address: the console's page for it. */
export const DEFAULT_RETURN = '/connect/return'

/**
 * Returns the address to store: a path of our own, or an absolute address on an allowed origin.
 * Throws `return_to_refused`. Backslashes, control characters and `//` are refused before parsing, because browsers
 * read them as another host where `URL` or a plain prefix check does not.
 */
export function checkReturnTo(
  value: string | undefined,
  allowedOrigins: readonly string[],
  baseUrl: string,
  field = 'returnTo',
): string {
  if (value === undefined) return DEFAULT_RETURN
  const refuse = (why: string): never => {
    throw new MooringError('return_to_refused', 'That return address is not allowed.', {
      detail: `${field} ${why}. Use a path like /settings, or add its origin to MOORING_RETURN_ORIGINS.`,
      fields: [{ path: field, message: why }],
    })
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0020\u007f\\]/.test(value)) return refuse('holds a space, a backslash or a control character')
  if (value.startsWith('/')) {
    if (value.startsWith('//')) return refuse('names another host')
    const url = new URL(value, baseUrl)
    if (url.origin !== new URL(baseUrl).origin || url.pathname.startsWith('//')) return refuse('names another host')
    return url.pathname + url.search + url.hash
  }
  const url = URL.canParse(value) ? new URL(value) : refuse('is neither a path nor an address')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('is not http or https')
  if (url.username !== '' || url.password !== '') return refuse('holds a user name')
  if (url.origin !== new URL(baseUrl).origin && !allowedOrigins.includes(url.origin))
    return refuse('is on an origin that is not allowed')
  return url.href
}

/** Our own pages for the browser of a connect session. */
export const sessionPage = (baseUrl: string, id: string, page: '' | '/accounts' = ''): string =>
  `${baseUrl}/connect-session/${id}${page}`

/** The stored address with what happened in its query: whatever it held under these names before was not ours, and goes. */
export function returnUrl(returnTo: string, baseUrl: string, outcome: Record<string, string | undefined>): string {
  const url = new URL(returnTo, baseUrl)
  for (const [key, value] of Object.entries(outcome)) {
    if (value === undefined) url.searchParams.delete(key)
    else url.searchParams.set(key, value)
  }
  return url.href
}
