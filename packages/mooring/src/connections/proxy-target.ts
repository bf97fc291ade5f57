/** Where a proxied request goes: the host from the provider, never from the request; the path from the request, never read. Pure. */
import { MooringError } from '../error.ts'
import type { Provider } from '../provider.ts'

export interface Target {
  connection: string
  /** Path and query, byte for byte as they came. */
  target: string
}

/**
 * Takes the connection and what follows it out of a request's address: an absolute one or a path. Nothing is decoded
 * and nothing resolved. Undefined: it has not this form.
 */
export function targetOf(address: string, prefix: string): Target | undefined {
  const path = address.startsWith('/') ? address : address.replace(/^https?:\/\/[^/?#]*/i, '')
  if (!path.startsWith(prefix)) return undefined
  const from = prefix.length + UUID_LENGTH
  const connection = path.slice(prefix.length, from)
  if (!/^[0-9a-f-]{36}$/i.test(connection)) return undefined
  // A fragment is the client's own and no part of a request (RFC 9110 §7.1).
  const hash = path.indexOf('#', from)
  const rest = hash === -1 ? path.slice(from) : path.slice(from, hash)
  if (rest !== '' && !rest.startsWith('/') && !rest.startsWith('?')) return undefined
  return { connection: connection.toLowerCase(), target: rest.startsWith('/') ? rest : `/${rest}` }
}

const UUID_LENGTH = 36

/** The provider's first API origin, or another of its own that the caller named. Throws `origin_refused`. */
export function originOf(provider: Provider, wanted: string | undefined): string {
  const origin = wanted ?? provider.apiOrigins[0]
  if (origin !== undefined && provider.apiOrigins.includes(origin)) return origin
  throw new MooringError('origin_refused', `${provider.name} has no such address.`, {
    detail: `Mooring-Origin may be ${provider.apiOrigins.join(' or ')}.`,
  })
}
