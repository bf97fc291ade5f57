/** One request as a judge sees it: already read from the wire, but for the body of a route that streams. */
export interface Ask {
  method: string
  url: URL
  /** The path as sent, still percent-encoded: Rest.li keys depend on what was and was not encoded. */
  path: string
  /** The query as sent, without the question mark. */
  rawQuery: string
  query: URLSearchParams
  headers: Headers
  body: Uint8Array
  /** The body in pieces, where the route streams; `body` is empty then. Throws where the caller breaks off. */
  stream?: AsyncIterable<Uint8Array>
  /** Path parameters of the matched route, decoded. */
  params: Record<string, string>
  /** True when the sender told how long the body is, or sends it in chunks. */
  hasLength: boolean
}

/** What goes back. A header value may be a list (Set-Cookie). */
export interface Answer {
  status: number
  headers: Record<string, string>
  cookies?: string[]
  /** How long the platform takes over it, in real milliseconds. */
  afterMs?: number
  body: string | Uint8Array
}

export const text = (ask: Ask): string => new TextDecoder().decode(ask.body)

/** The body as form fields, or undefined when it is not declared to be one. */
export function form(ask: Ask): URLSearchParams | undefined {
  const type = (ask.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  return type === 'application/x-www-form-urlencoded' ? new URLSearchParams(text(ask)) : undefined
}

/** The first name that was sent more than once. */
export function repeated(fields: URLSearchParams): string | undefined {
  const seen = new Set<string>()
  for (const name of fields.keys()) {
    if (seen.has(name)) return name
    seen.add(name)
  }
  return undefined
}

/** A field's value; an empty one counts as absent (RFC 6749 section 3.1). */
export const field = (fields: URLSearchParams, name: string): string | undefined => fields.get(name) || undefined

export function cookie(ask: Ask, name: string): string | undefined {
  for (const pair of (ask.headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
