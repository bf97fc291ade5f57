/** Tokens in the clear: in memory only. However it is printed, it prints as `[TokenSet]`. */
import { inspect } from 'node:util'

export interface TokenParts {
  accessToken: string
  /** In lower case; `bearer` but for platforms that nobody has met yet. */
  tokenType: string
  refreshToken: string | undefined
  scopes: string[] | undefined
  /** Milliseconds since 1970; undefined where the platform gave no end. */
  accessExpiresAt: number | undefined
  refreshExpiresAt: number | undefined
}

export class TokenSet {
  readonly #parts: TokenParts

  constructor(parts: TokenParts) {
    this.#parts = parts
  }
  get accessToken(): string {
    return this.#parts.accessToken
  }
  get tokenType(): string {
    return this.#parts.tokenType
  }
  /** Undefined when the answer named none: then the old one stays. */
  get refreshToken(): string | undefined {
    return this.#parts.refreshToken
  }
  /** Undefined when the answer named none: then what was asked for was granted (RFC 6749 §5.1). */
  get scopes(): string[] | undefined {
    return this.#parts.scopes
  }
  get accessExpiresAt(): number | undefined {
    return this.#parts.accessExpiresAt
  }
  get refreshExpiresAt(): number | undefined {
    return this.#parts.refreshExpiresAt
  }
  toString(): string {
    return '[TokenSet]'
  }
  toJSON(): string {
    return '[TokenSet]'
  }
  [inspect.custom](): string {
    return '[TokenSet]'
  }
}

/** An access token that renews itself: it is its own refresh token. `scopes` where its own answer named none. */
export const selfRenewing = (tokens: TokenSet, scopes: string[] | undefined): TokenSet =>
  new TokenSet({
    accessToken: tokens.accessToken,
    tokenType: tokens.tokenType,
    refreshToken: tokens.accessToken,
    scopes: tokens.scopes ?? scopes,
    accessExpiresAt: tokens.accessExpiresAt,
    refreshExpiresAt: undefined,
  })

/** For the vault alone, which seals it: while the host of a connect session has not said whose they are. */
export const textOfTokens = (tokens: TokenSet): string =>
  JSON.stringify([
    tokens.accessToken,
    tokens.tokenType,
    tokens.refreshToken ?? null,
    tokens.scopes ?? null,
    tokens.accessExpiresAt ?? null,
    tokens.refreshExpiresAt ?? null,
  ])

/** From what `textOfTokens` made. */
export function tokensOfText(text: string): TokenSet {
  const [accessToken, tokenType, refreshToken, scopes, accessExpiresAt, refreshExpiresAt] = JSON.parse(text)
  return new TokenSet({
    accessToken,
    tokenType,
    refreshToken: refreshToken ?? undefined,
    scopes: scopes ?? undefined,
    accessExpiresAt: accessExpiresAt ?? undefined,
    refreshExpiresAt: refreshExpiresAt ?? undefined,
  })
}

/** As far ahead as an end is believed: what is beyond is a mistake of the unit, or means never. */
const MOST_SECONDS = 10 * 366 * 86_400
/** LinkedIn, Google and GitHub; Keycloak and TikTok; Intuit. */
const REFRESH_LIFE = ['refresh_token_expires_in', 'refresh_expires_in', 'x_refresh_token_expires_in']

/** From the members of a token answer that a strict parser accepted; its lives count from `asked` (ms). */
export function tokenSetFrom(members: Readonly<Record<string, unknown>>, asked: number): TokenSet {
  const until = (...names: string[]) => {
    const seconds = names.map((name) => secondsOf(members[name])).find((value) => value > 0)
    return seconds === undefined ? undefined : asked + Math.min(seconds, MOST_SECONDS) * 1000
  }
  const { access_token, refresh_token, token_type, scope } = members
  return new TokenSet({
    accessToken: String(access_token),
    tokenType: String(token_type),
    refreshToken: typeof refresh_token === 'string' && refresh_token !== '' ? refresh_token : undefined,
    scopes: typeof scope === 'string' ? splitScopes(scope) : undefined,
    accessExpiresAt: until('expires_in'),
    refreshExpiresAt: until(...REFRESH_LIFE),
  })
}

/** Some platforms send numbers as strings. */
const secondsOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'string' ? Math.floor(Number(value)) : Number.NaN

/** Platforms part scopes by spaces or commas, and some send them URL-encoded. */
export function splitScopes(scope: string): string[] {
  let plain = scope
  try {
    plain = decodeURIComponent(scope.replaceAll('+', ' '))
  } catch {
    // A stray percent sign: take it as it stands.
  }
  return [...new Set(plain.split(/[\s,]+/).filter((one) => one !== ''))]
}
