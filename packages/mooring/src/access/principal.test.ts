import { describe, expect, it } from 'vitest'
import { type Principal, requireScope, SCOPES, starterOf } from './principal.ts'

const person: Principal = { kind: 'person', id: 'p1', name: 'Owner', workspace: 'w', role: 'owner', operator: true }
const key = (...scopes: (typeof SCOPES)[number][]): Principal => ({
  kind: 'key',
  id: 'k1',
  name: 'CI',
  scopes,
  workspace: 'w',
  instance: true,
})

describe('requireScope', () => {
  it('lets the owner do everything but read a token or call a platform past us', () => {
    for (const scope of SCOPES.filter((one) => one !== 'tokens:read' && one !== 'proxy')) requireScope(person, scope)
    expect(() => requireScope(person, 'proxy')).toThrow('Only an API key with proxy can call a platform.')
    expect(() => requireScope(person, 'tokens:read')).toThrow(
      expect.objectContaining({
        code: 'forbidden',
        status: 403,
        message: 'Only an API key with tokens:read can read a token.',
      }),
    )
  })

  it('holds a key to its own scopes, none of which implies another', () => {
    for (const held of SCOPES) {
      for (const asked of SCOPES) {
        if (held === asked) requireScope(key(held), asked)
        else expect(() => requireScope(key(held), asked)).toThrow(`It needs ${asked}.`)
      }
    }
  })

  it('lets a key without scopes do nothing', () => {
    for (const scope of SCOPES) expect(() => requireScope(key(), scope)).toThrow()
  })
})

describe('starterOf', () => {
  it('tells people and keys apart', () => {
    expect(starterOf(person)).toBe('person:p1')
    expect(starterOf(key())).toBe('key:k1')
  })
})
