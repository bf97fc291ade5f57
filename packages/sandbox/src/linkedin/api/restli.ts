import { type Ask, form, text } from '../../core/ask.ts'

/** Rest.li: the query as the resource sees it, still percent-encoded, because only unencoded parentheses and commas are structure. */
export interface RestliQuery {
  protocol: '1.0.0' | '2.0.0'
  pairs: [name: string, raw: string][]
}

export type RestliFinding =
  | { kind: 'query'; query: RestliQuery }
  | { kind: 'protocol'; version: string }
  | { kind: 'repeated'; name: string }
  | { kind: 'too-long' }

/** Above this a query must be tunnelled in a form body (linkedin-developers/linkedin-api-python-client). */
const MAX_QUERY = 4000

export const isTunnelled = (ask: Ask): boolean =>
  ask.method === 'POST' && ask.headers.get('x-http-method-override')?.toUpperCase() === 'GET' && form(ask) !== undefined

/** Keys of a path are percent-encoded: a bare colon, comma, parenthesis or quote is structure (Rest.li protocol 2.0.0). */
export const hasEncodedKeys = (ask: Ask): boolean =>
  ask.headers.get('x-restli-protocol-version') !== '2.0.0' || !/[:,()']/.test(ask.path)

const plain = (raw: string): string => {
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '))
  } catch {
    return raw
  }
}

export function readRestli(ask: Ask): RestliFinding {
  const version = ask.headers.get('x-restli-protocol-version') ?? '1.0.0'
  if (version !== '1.0.0' && version !== '2.0.0') return { kind: 'protocol', version }
  if (ask.rawQuery.length > MAX_QUERY) return { kind: 'too-long' }
  const source = isTunnelled(ask) ? text(ask) : ask.rawQuery
  const pairs = source
    .split('&')
    .filter(Boolean)
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return at < 0 ? [plain(pair), ''] : [plain(pair.slice(0, at)), pair.slice(at + 1)]
    })
  // Protocol 1.0.0 writes lists as repeated names; in 2.0.0 nothing may come twice.
  const twice = pairs.find(([name], i) => pairs.findIndex(([other]) => other === name) !== i)
  if (version === '2.0.0' && twice) return { kind: 'repeated', name: twice[0] }
  return { kind: 'query', query: { protocol: version, pairs } }
}

export function single(query: RestliQuery, name: string): string | undefined {
  const found = query.pairs.find(([other]) => other === name)
  return found ? plain(found[1]) : undefined
}

/** A URN, percent-encoded as protocol 2.0.0 wants it; undefined where it is not. */
export function encoded(query: RestliQuery, name: string): string | undefined {
  const raw = query.pairs.find(([other]) => other === name)?.[1]
  const bare = query.protocol === '2.0.0' && raw !== undefined && /[:,()']/.test(raw)
  return bare ? undefined : single(query, name)
}

/** A whole number, or undefined where it is none. */
export function whole(query: RestliQuery, name: string, otherwise: number): number | undefined {
  const value = single(query, name)
  if (value === undefined) return otherwise
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined
}

/** `List(a,b)` in 2.0.0, `name=a&name=b` in 1.0.0; undefined where the value is not written so. */
export function list(query: RestliQuery, name: string): string[] | undefined {
  const values = query.pairs.filter(([other]) => other === name).map(([, raw]) => raw)
  if (query.protocol === '1.0.0')
    return values.length > 0 && !values.some((v) => /^List\(/.test(v)) ? values.map(plain) : undefined
  const inner = /^List\(([^()]*)\)$/.exec(values[0] ?? '')?.[1]
  if (inner === undefined) return undefined
  return inner === '' ? [] : inner.split(',').map(plain)
}

export const unknownParameter = (query: RestliQuery, known: readonly string[]): string | undefined =>
  query.pairs.find(([name]) => !known.includes(name))?.[0]
