/**
 * Signed tokens of the host's own sign-in (RFC 7519), as Supabase, Auth0, Clerk and others give them to a browser. The only
 * importer of jose.
 */
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose'
import { MooringError, unknownFault } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import { ROLES, type Role } from './permissions.ts'

export interface JwtOptions {
  issuer: string
  /** Undefined: not looked at (Clerk's session tokens have none). */
  audience: string | undefined
  /** Where the public keys are, or the secret that both sides have. */
  keys: { jwks: string } | { secret: string }
  /** Claims, with dots for what lies deeper (`app_metadata.org`). */
  claims: { workspace: string; name: string; role: string | undefined }
  /** What the role claim says here → a role of ours. Our own names stand for themselves. */
  roles: Readonly<Record<string, Role>>
  /** For who has no role claim, or one that is not listed. Undefined: they may not come in. */
  defaultRole: Role | undefined
}

export interface Claimed {
  id: string
  name: string | undefined
  workspace: string
  role: Role
}

/** Undefined: not a token of this form. Throws `unauthorized` where it does not hold, `internal` where its keys cannot be had. */
export type ReadJwt = (token: string) => Promise<Claimed | undefined>

/** Signatures with a key pair alone: a public key must never serve as a shared secret (RFC 8725 §2.1). */
const PUBLIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const SECRET = ['HS256', 'HS384', 'HS512']
/** Clocks of two machines differ by as much. */
const TOLERANCE_SECONDS = 5
const FORM = /^[\w-]+\.[\w-]+\.[\w-]+$/

export function readsJwt(runtime: Runtime, options: JwtOptions): ReadJwt {
  const { issuer, audience, keys } = options
  const checks = {
    issuer,
    ...(audience === undefined ? {} : { audience }),
    algorithms: 'jwks' in keys ? PUBLIC : SECRET,
    requiredClaims: ['sub', 'exp'],
    clockTolerance: TOLERANCE_SECONDS,
  }
  const secret = 'secret' in keys ? new TextEncoder().encode(keys.secret) : undefined
  const remote =
    'jwks' in keys
      ? createRemoteJWKSet(new URL(keys.jwks), {
          [customFetch]: (url, init) => runtime.fetch(url, init as RequestInit),
        })
      : undefined
  return async (token) => {
    if (!FORM.test(token)) return undefined
    const now = { ...checks, currentDate: new Date(runtime.now()) }
    try {
      const { payload } = await (remote ? jwtVerify(token, remote, now) : jwtVerify(token, secret as Uint8Array, now))
      return claimedBy(payload, options)
    } catch (error) {
      throw faultOf(error)
    }
  }
}

/** Pure. */
export function claimedBy(payload: JWTPayload, { claims, roles, defaultRole }: JwtOptions): Claimed {
  const workspace = claim(payload, claims.workspace)
  if (payload.sub === undefined || payload.sub === '' || workspace === undefined)
    throw refused(`It has no ${payload.sub ? claims.workspace : 'sub'}.`)
  const said = claims.role === undefined ? undefined : claim(payload, claims.role)
  const role = (said === undefined ? undefined : roleOf(said, roles)) ?? defaultRole
  if (role === undefined) throw refused(`Its ${claims.role ?? 'role'} is none that may come in here.`)
  return { id: payload.sub, name: claim(payload, claims.name), workspace, role }
}

const roleOf = (said: string, roles: Readonly<Record<string, Role>>): Role | undefined =>
  Object.hasOwn(roles, said) ? roles[said] : ROLES.find((one) => one === said)

/** A text that lies at this path, also where a part of its name holds dots or colons (`https://app.example.com/org`). */
function claim(payload: JWTPayload, path: string): string | undefined {
  if (Object.hasOwn(payload, path)) return textOf(payload[path])
  let found: unknown = payload
  for (const part of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined
    found = (found as Record<string, unknown>)[part]
  }
  return textOf(found)
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined

const refused = (detail: string) =>
  new MooringError('unauthorized', 'This sign-in is not one that counts here.', { detail })

function faultOf(error: unknown): MooringError {
  if (error instanceof MooringError) return error
  if (error instanceof errors.JWTExpired)
    return new MooringError('unauthorized', 'Your sign-in has expired. Sign in again.', { detail: 'exp has passed.' })
  // `ERR_JOSE_GENERIC`: the address answered something else than 200 or JSON.
  const keyless = ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']
  if (!(error instanceof errors.JOSEError) || keyless.includes(error.code))
    return new MooringError('internal', 'Your sign-in could not be checked. Try again in a moment.', {
      detail: `The keys of MOORING_JWT_JWKS_URL could not be had: ${unknownFault(error)}.`,
    })
  // Its code says what; its message may repeat what the token holds.
  return refused(error.code)
}
