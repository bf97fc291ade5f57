import { describe, expect, it } from 'vitest'
import { readJwtConfig } from './config-jwt.ts'
import type { Fault } from './config-registration.ts'

function read(env: Record<string, string>) {
  const faults: Fault[] = []
  const config = readJwtConfig(
    Object.fromEntries(Object.entries(env).map(([name, value]) => [`MOORING_JWT_${name}`, value])),
    faults,
  )
  return { config, faults: faults.map(({ variable, problem }) => `${variable.slice(12)} ${problem}`), all: faults }
}
const secret = 'x'.repeat(32)
const good = { SECRET: secret, ISSUER: 'https://a.example', DEFAULT_ROLE: 'viewer' }

describe('tokens of a host', () => {
  it('are believed by nobody unless a key is set', () => {
    expect(read({})).toEqual({ config: undefined, faults: [], all: [] })
    expect(read({ ISSUER: '', SECRET: '' }).config).toBeUndefined()
  })

  it('are read with what is usual for the rest', () => {
    expect(read(good)).toMatchObject({
      faults: [],
      config: {
        issuer: 'https://a.example',
        audience: undefined,
        keys: { secret },
        claims: { workspace: 'sub', name: 'name', role: undefined },
        roles: {},
        defaultRole: 'viewer',
      },
    })
    const { config } = read({
      JWKS_URL: 'https://a.example/jwks',
      ISSUER: 'x',
      ROLE_CLAIM: 'r',
      ROLES: 'org:admin=admin, org:x=viewer',
    })
    expect(config).toMatchObject({
      keys: { jwks: 'https://a.example/jwks' },
      roles: { 'org:admin': 'admin', 'org:x': 'viewer' },
    })
  })

  it.each([
    [{ ISSUER: 'x' }, ['ISSUER is set, and nothing to check its tokens with']],
    [{ ...good, JWKS_URL: 'https://a.example/jwks' }, ['SECRET stands beside MOORING_JWT_JWKS_URL']],
    [{ ...good, SECRET: 'short' }, ['SECRET is shorter than 32 bytes']],
    [{ SECRET: secret, DEFAULT_ROLE: 'viewer' }, ['ISSUER is missing']],
    [{ SECRET: secret, ISSUER: 'x' }, ['ROLE_CLAIM is missing']],
    [{ ...good, DEFAULT_ROLE: 'god' }, ['DEFAULT_ROLE is no role']],
    [{ ...good, ROLES: 'admin' }, ['ROLES is not a list of pairs']],
    [{ ...good, ROLES: 'a=b' }, ['ROLES is not a list of pairs']],
    [{ ...good, ROLES: '=admin' }, ['ROLES is not a list of pairs']],
    [{ JWKS_URL: 'http://a.example/jwks', ISSUER: 'x', DEFAULT_ROLE: 'viewer' }, ['JWKS_URL is not an https address']],
    [{ JWKS_URL: 'nowhere', ISSUER: 'x', DEFAULT_ROLE: 'viewer' }, ['JWKS_URL is not an https address']],
    [{ SECRET: 'short' }, ['SECRET is shorter than 32 bytes', 'ISSUER is missing', 'ROLE_CLAIM is missing']],
  ])('%j: %j', (env, faults) => {
    const found = read(env)
    expect(found.faults).toEqual(faults)
    // Each with how to mend it, and no secret repeated.
    for (const one of found.all) expect(one.mend).toMatch(/^(Set|Use|Write) .{10,}/)
    expect(JSON.stringify(found.all)).not.toContain(secret)
  })
})
