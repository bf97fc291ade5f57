/**
 * Makes the token endpoints' dialects readable for a strict parser: what a platform adds, leaves out or wraps is put
 * straight here, once, and nothing is guessed. Pure.
 */

/** What came over the wire: the status, and the body parsed as JSON, whatever its content type (undefined where it was none). */
export interface WireFacts {
  status: number
  body: unknown
}

export interface TokenFacts {
  kind: 'tokens' | 'refused' | 'redirect' | 'unreadable'
  status: number
  /** For `tokens`: the members a strict parser takes. */
  members: Readonly<Record<string, unknown>>
  /** For `refused`: the platform's code and sentence, as it sent them; empty where it sent none. */
  error: string
  description: string
  /** A second code beside the standard's; empty where there is none. */
  also: string
}

export function normalise({ status, body: raw }: WireFacts): TokenFacts {
  const facts = (kind: TokenFacts['kind'], parts: Partial<TokenFacts> = {}): TokenFacts => ({
    kind,
    status,
    members: {},
    error: '',
    description: '',
    also: '',
    ...parts,
  })
  if (status >= 300 && status < 400) return facts('redirect')
  const body = unwrapped(raw)
  const refusal = body && refusalIn(body)
  if (status >= 400) return facts('refused', refusal)
  if (!body) return facts('unreadable')
  // Some platforms answer 200 and say in the body that it failed (GitHub, Slack).
  if (refusal && !body.access_token) return facts('refused', { ...refusal, status: 400 })
  return facts('tokens', { status: 200, members: straightened(body) })
}

/** Instagram and Threads wrap the answer in `data`, a list of one. */
function unwrapped(body: unknown): Record<string, unknown> | undefined {
  if (!isRecord(body)) return undefined
  const first = Array.isArray(body.data) ? body.data[0] : undefined
  return isRecord(first) && body.access_token === undefined && body.error === undefined ? first : body
}

function straightened(body: Record<string, unknown>): Record<string, unknown> {
  const said = Object.entries(body).filter(([name, value]) => {
    // Who it is, `userinfo` says: an id_token without nonce, or of an issuer that changed its name, must not fail the
    // connection. A member that says nothing must be absent, neither null nor empty.
    return name !== 'id_token' && value !== null && value !== ''
  })
  const members: Record<string, unknown> = Object.fromEntries(said)
  // LinkedIn, Instagram and Threads leave it out; RFC 6749 §5.1 requires it.
  members.token_type ??= 'bearer'
  // HubSpot sends a list beside the standard's string, others a list in its place; Instagram calls them permissions.
  const scope = words(members.scope) ?? members.scope ?? words(members.scopes) ?? wordsOrText(members.permissions)
  if (scope === undefined || scope === '') delete members.scope
  else members.scope = scope
  return members
}

/** `{error, error_description}`, Meta's `{error: {type, code, error_subcode, message}}`, Instagram's `{error_type, code, error_message}`, HubSpot's old `{status, message}`, and `{status: "error", category, message}` of its API. */
function refusalIn(body: Record<string, unknown>): { error: string; description: string; also?: string } | undefined {
  const { error, status, code } = body
  if (typeof error === 'string' && error !== '') {
    // HubSpot's older code stands beside the standard's.
    return { error, description: sentence(body.error_description) || sentence(body.message), also: sentence(status) }
  }
  if (isRecord(error)) {
    const parts = [error.type, error.code, error.error_subcode].filter(
      (part) => typeof part === 'string' || typeof part === 'number',
    )
    return { error: parts.join('_') || 'error', description: sentence(error.message) }
  }
  if (typeof body.error_type === 'string')
    return { error: [body.error_type, code].join('_'), description: sentence(body.error_message) }
  if (typeof status === 'string')
    return { error: (status === 'error' && sentence(body.category)) || status, description: sentence(body.message) }
  // LinkedIn's gateway answers some token requests in the shape of its API.
  if (typeof code === 'string' && body.message !== undefined)
    return { error: code, description: sentence(body.message) }
  return undefined
}

const words = (value: unknown): string | undefined =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(' ') : undefined

const wordsOrText = (value: unknown): string | undefined => words(value) ?? (sentence(value) || undefined)

const sentence = (value: unknown): string => (typeof value === 'string' ? value : '')

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
