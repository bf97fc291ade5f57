import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type ErrorCode, isMooringError } from '../error.ts'
import { createKeyRing, generateKey } from './keyring.ts'
import { createVault, type SealContext } from './vault.ts'

const keyOf = (word: string) => createHash('sha256').update(word).digest('base64url')
const old = keyOf('old')
const fresh = keyOf('fresh')
const vaultOf = (keys: string) => createVault(createKeyRing(keys))
const place: SealContext = { workspace: 'w-1', record: 'c-1', field: 'access_token' }

export function codeOf(act: () => unknown): ErrorCode | 'none' {
  try {
    act()
    return 'none'
  } catch (error) {
    if (!isMooringError(error)) throw error
    return error.code
  }
}

describe('sealing and opening', () => {
  const vault = vaultOf(old)

  it.each([
    ['a token', `AQX${'a1-_'.repeat(150)}`],
    ['the empty string', ''],
    ['one character', 'x'],
    ['other scripts and emoji', 'Zürich 東京 🛥️'],
    ['a byte order mark', '\ufeffx'],
    ['line ends and zeros', 'a\r\n\0b'],
    ['100 KB', 'ä'.repeat(50_000)],
  ])('gives back %s', (_name, text) => {
    expect(vault.open(vault.seal(text, place), place)).toBe(text)
  })

  it('refuses text that has no UTF-8, instead of changing it', () => {
    expect(() => vault.seal('\ud800', place)).toThrow(TypeError)
  })

  it('seals the same text differently each time', () => {
    const sealed = new Set(Array.from({ length: 200 }, () => vault.seal('same', place)))
    expect(sealed.size).toBe(200)
  })

  it('writes v1, the key id and base64url, and nothing readable', () => {
    const sealed = vault.seal('plain-token-text', place)
    expect(sealed).toMatch(/^v1\.[A-Za-z0-9_-]{8}\.[A-Za-z0-9_-]+$/)
    expect(vault.kidOf(sealed)).toBe(createKeyRing(old).newest)
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url')).toHaveLength(12 + 16 + 'plain-token-text'.length)
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('plain')
  })

  it('opens what an earlier version sealed', () => {
    // Written down once: iv 00…0b, "a token", key SHA-256("old").
    const fixed = createVault(createKeyRing(old), (bytes) => Buffer.from(Array.from({ length: bytes }, (_, at) => at)))
    const sealed = fixed.seal('a token', place)
    expect(sealed).toMatchInlineSnapshot(`"v1.ON7AoWfB.AAECAwQFBgcICQoLbi8IFtuPy0-dxHqG_7F0FBqNfbQjH10"`)
    expect(vault.open(sealed, place)).toBe('a token')
  })

  it('has no plaintext mode: what is not sealed is never passed through', () => {
    for (const text of [
      '',
      'a token',
      'v1',
      'v1.',
      `v1.${vault.kidOf(vault.seal('', place))}.`,
      'eyJhbGciOiJub25lIn0.e30.',
    ]) {
      expect(codeOf(() => vault.open(text, place))).toBe('vault_tampered')
      expect(vault.kidOf(text)).toBeUndefined()
    }
  })
})

describe('#22 a sealed value that is moved does not open', () => {
  const vault = vaultOf(old)
  const sealed = vault.seal('a token', place)

  it.each([
    ['another row', { ...place, record: 'c-2' }],
    ['another field of the row', { ...place, field: 'refresh_token' }],
    ['another workspace', { ...place, workspace: 'w-2' }],
    ['a boundary shifted to the right', { workspace: 'w-1c', record: '-1', field: 'access_token' }],
    ['a boundary shifted to the left', { workspace: 'w-', record: '1c-1', field: 'access_token' }],
    ['a boundary shifted between row and field', { workspace: 'w-1', record: 'c-1access', field: '_token' }],
    ['quotes that would close the list', { workspace: 'w-1', record: 'c-1","access_token', field: '' }],
    ['an empty place', { workspace: '', record: '', field: '' }],
    ['a name in other letter case', { ...place, record: 'C-1' }],
  ])('#22 to %s', (_name, other) => {
    expect(codeOf(() => vault.open(sealed, other))).toBe('vault_tampered')
  })

  it('#22 every pair of places is apart', () => {
    const names = ['a', 'ab', 'b', 'a"', 'a,', '["', 'a b', '']
    const places = names.flatMap((workspace) =>
      names.flatMap((record) => names.map((field) => ({ workspace, record, field }))),
    )
    const [first] = places
    if (!first) throw new Error('no places')
    for (const from of places.filter((_, at) => at % 37 === 0)) {
      const value = vault.seal('x', from)
      for (const to of places) expect(codeOf(() => vault.open(value, to))).toBe(to === from ? 'none' : 'vault_tampered')
    }
  })

  it('#22 to a row under a relabelled key id: the id is bound too', () => {
    const both = vaultOf(`${fresh},${old}`)
    const kids = createKeyRing(`${fresh},${old}`).kids
    const relabelled = sealed.replace(kids[1] ?? '', kids[0] ?? '')
    expect(relabelled).not.toBe(sealed)
    expect(codeOf(() => both.open(relabelled, place))).toBe('vault_tampered')
  })

  it('#22 a Fernet value in a column is refused: no second format at run time', () => {
    const fernet =
      'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=='
    const sameKey = vaultOf('cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=')
    expect(codeOf(() => sameKey.open(fernet, place))).toBe('vault_tampered')
    expect(sameKey.kidOf(fernet)).toBeUndefined()
  })

  it('the error names the place and nothing of the value', () => {
    try {
      vault.open(sealed, { ...place, record: 'c-2' })
      expect.unreachable()
    } catch (error) {
      if (!isMooringError(error)) throw error
      const printed = JSON.stringify({ ...error, message: error.message, stack: error.stack })
      expect(error.detail).toContain('access_token of c-2')
      expect(printed).not.toContain(sealed.slice(12, 24))
      expect(error).not.toHaveProperty('cause')
    }
  })
})

describe('a key that is gone and a value that was changed are two things', () => {
  const sealed = vaultOf(old).seal('a token', place)

  it('a removed key: vault_unknown_key, which names the id to put back', () => {
    try {
      vaultOf(fresh).open(sealed, place)
      expect.unreachable()
    } catch (error) {
      if (!isMooringError(error)) throw error
      expect(error.code).toBe('vault_unknown_key')
      expect(error.detail).toContain(createKeyRing(old).newest)
      expect(error.message).toBe('We have to fix this, not you.')
    }
  })

  it('a wrong key under the right id cannot be: the id is drawn from the key', () => {
    const kids = Array.from({ length: 500 }, () => createKeyRing(generateKey()).newest)
    expect(new Set(kids).size).toBe(500)
    expect(kids).not.toContain(createKeyRing(old).newest)
  })

  it('changed: vault_tampered, even where the key is there', () => {
    const at = sealed.length - 5
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    expect(codeOf(() => vaultOf(old).open(changed, place))).toBe('vault_tampered')
  })
})

describe('rotation', () => {
  it('a new key in front: what was sealed before still opens, what is sealed now is under the new one', () => {
    const before = vaultOf(old).seal('a token', place)
    const both = vaultOf(`${fresh},${old}`)
    expect(both.open(before, place)).toBe('a token')
    expect(both.kidOf(both.seal('x', place))).toBe(createKeyRing(fresh).newest)
  })

  it('a new key behind first, on every machine: nothing is sealed with it yet, and it opens', () => {
    const ready = vaultOf(`${old},${fresh}`)
    expect(ready.kidOf(ready.seal('x', place))).toBe(createKeyRing(old).newest)
    expect(ready.open(vaultOf(`${fresh},${old}`).seal('x', place), place)).toBe('x')
  })

  it('rewrap seals anew under the newest key, once; then the old key may go', () => {
    const before = vaultOf(old).seal('a token', place)
    const both = vaultOf(`${fresh},${old}`)
    const after = both.rewrap(before, place)
    if (after === undefined) throw new Error('nothing was rewrapped')
    expect(both.rewrap(after, place)).toBeUndefined()
    expect(vaultOf(fresh).open(after, place)).toBe('a token')
  })

  it('rewrap moves nothing: it opens in its place, or refuses', () => {
    const before = vaultOf(old).seal('a token', place)
    const both = vaultOf(`${fresh},${old}`)
    expect(codeOf(() => both.rewrap(before, { ...place, record: 'c-2' }))).toBe('vault_tampered')
    expect(codeOf(() => both.rewrap('a token', place))).toBe('vault_tampered')
    expect(codeOf(() => vaultOf(fresh).rewrap(before, place))).toBe('vault_unknown_key')
  })
})
