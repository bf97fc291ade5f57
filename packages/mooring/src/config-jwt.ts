/** Signed tokens of the host's own sign-in: which are believed, and what of them is read. */
import type { JwtOptions } from './access/jwt.ts'
import { ROLES, type Role } from './access/permissions.ts'
import type { Env, Fault } from './config-registration.ts'

export type JwtConfig = JwtOptions

/** HMAC wants a secret as long as its hash (RFC 7518 §3.2). */
const LEAST_SECRET = 32

/** Undefined where no key is set: then no such token is believed. */
export function readJwtConfig(env: Env, faults: Fault[]): JwtConfig | undefined {
  const value = (name: string): string | undefined => env[`MOORING_JWT_${name}`] || undefined
  const fault = (name: string, problem: string, mend: string) =>
    void faults.push({ variable: `MOORING_JWT_${name}`, problem, mend })
  const [jwks, secret, issuer] = [value('JWKS_URL'), value('SECRET'), value('ISSUER')]
  if (jwks === undefined && secret === undefined) {
    if (issuer !== undefined)
      fault('ISSUER', 'is set, and nothing to check its tokens with', 'Set MOORING_JWT_JWKS_URL or MOORING_JWT_SECRET.')
    return undefined
  }
  if (jwks !== undefined && secret !== undefined)
    fault('SECRET', 'stands beside MOORING_JWT_JWKS_URL', 'Set one of them: tokens are signed in one way.')
  if (jwks !== undefined && !(URL.canParse(jwks) && new URL(jwks).protocol === 'https:'))
    fault(
      'JWKS_URL',
      'is not an https address',
      'Use the address that your sign-in service names, like https://…/.well-known/jwks.json.',
    )
  if (secret !== undefined && Buffer.byteLength(secret) < LEAST_SECRET)
    fault('SECRET', `is shorter than ${LEAST_SECRET} bytes`, 'Use the secret that your sign-in service shows.')
  if (issuer === undefined)
    fault(
      'ISSUER',
      'is missing',
      'Set what the claim `iss` says in your tokens: without it another service’s tokens would count.',
    )
  const roles = readRoles(value('ROLES'), fault)
  const role = value('ROLE_CLAIM')
  const given = value('DEFAULT_ROLE')
  const defaultRole = ROLES.find((one) => one === given)
  if (given !== undefined && defaultRole === undefined) fault('DEFAULT_ROLE', 'is no role', `Use ${ROLES.join(', ')}.`)
  if (role === undefined && given === undefined)
    fault('ROLE_CLAIM', 'is missing', 'Set it, or MOORING_JWT_DEFAULT_ROLE for everybody: nobody has a role otherwise.')
  return {
    issuer: issuer ?? '',
    audience: value('AUDIENCE'),
    keys: jwks === undefined ? { secret: secret ?? '' } : { jwks },
    claims: { workspace: value('WORKSPACE_CLAIM') ?? 'sub', name: value('NAME_CLAIM') ?? 'name', role },
    roles,
    defaultRole,
  }
}

/** `org:admin=admin,org:member=viewer` */
function readRoles(raw: string | undefined, fault: (name: string, problem: string, mend: string) => void) {
  const roles: Record<string, Role> = {}
  for (const pair of raw?.split(',') ?? []) {
    const at = pair.lastIndexOf('=')
    const [theirs, ours] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    const role = ROLES.find((one) => one === ours)
    if (at < 1 || role === undefined) {
      fault(
        'ROLES',
        'is not a list of pairs',
        `Write org:admin=admin,org:member=viewer, with ${ROLES.join(', ')} on the right.`,
      )
      return roles
    }
    roles[theirs] = role
  }
  return roles
}
