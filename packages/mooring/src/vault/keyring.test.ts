import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { isMooringError } from '../error.ts'
import { createKeyRing, createSubkeys, generateKey } from './keyring.ts'

/** A key that is the same in every run: the SHA-256 of a word. */
const keyOf = (word: string) => createHash('sha256').update(word).digest('base64url').padEnd(44, '=')
const [one, two, three] = ['one', 'two', 'three'].map(keyOf) as [string, string, string]

function faultOf(keys: string): { code: string; everything: string; detail: string | undefined } {
  try {
    createKeyRing(keys)
  } catch (error) {
    if (!isMooringError(error)) throw error
    const everything = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`
    return { code: error.code, everything, detail: error.detail }
  }
  throw new Error('it was accepted')
}

describe('reading the keys', () => {
  it('takes one key, and several, newest first', () => {
    expect(createKeyRing(one).kids).toHaveLength(1)
    const ring = createKeyRing(`${one},${two},${three}`)
    expect(ring.kids).toEqual([one, two, three].map((key) => createKeyRing(key).newest))
    expect(ring.newest).toBe(ring.kids[0])
  })

  it('takes a key without its padding, and spaces around it, as the same key', () => {
    expect(createKeyRing(one.slice(0, 43)).newest).toBe(createKeyRing(one).newest)
    expect(createKeyRing(` ${one} ,\n${two}\n`).kids).toEqual(createKeyRing(`${one},${two}`).kids)
  })

  it.each([
    ['nothing', '', 'Key 1 is empty.'],
    ['spaces', '  ', 'Key 1 is empty.'],
    ['a comma at the end', `${one},`, 'Key 2 is empty.'],
    ['a comma in front', `,${one}`, 'Key 1 is empty.'],
    ['31 bytes', Buffer.alloc(31, 7).toString('base64url'), 'Key 1 is not 32 bytes'],
    ['33 bytes', Buffer.alloc(33, 7).toString('base64url'), 'Key 1 is not 32 bytes'],
    ['64 hex digits', Buffer.alloc(32, 7).toString('hex'), 'Key 1 is not 32 bytes'],
    ['the standard alphabet', `${Buffer.alloc(32, 0xff).toString('base64')}`, 'Key 1 is not 32 bytes'],
    ['two paddings', `${one}=`, 'Key 1 is not 32 bytes'],
    ['a space inside', `${one.slice(0, 20)} ${one.slice(21)}`, 'Key 1 is not 32 bytes'],
    ['the same key twice', `${one},${two},${one}`, 'Key 3 is in the list twice.'],
    ['the same key once without padding', `${one},${one.slice(0, 43)}`, 'Key 2 is in the list twice.'],
  ])('refuses %s, and says which', (_name, keys, why) => {
    const fault = faultOf(keys)
    expect(fault.code).toBe('config_invalid')
    expect(fault.detail).toContain(why)
    for (const key of keys.split(',').filter((part) => part.trim().length > 8)) {
      expect(fault.everything).not.toContain(key.trim().slice(0, 8))
    }
  })
})

describe('key ids', () => {
  it('are drawn from the key alone: 8 characters, the same in any place of the list', () => {
    expect(createKeyRing(one).newest).toMatch(/^[A-Za-z0-9_-]{8}$/)
    expect(createKeyRing(`${two},${one}`).kids).toEqual(createKeyRing(`${one},${two}`).kids.toReversed())
  })

  it('do not change between versions: what was sealed must find its key', () => {
    expect([one, two, three].map((key) => createKeyRing(key).newest)).toMatchInlineSnapshot(`
      [
        "QD6lmeBE",
        "1LQ31oKH",
        "0GTZINZj",
      ]
    `)
  })
})

describe('sub-keys', () => {
  const bytes = (keys: string, kid: string, workspace: string) =>
    createKeyRing(keys).subkey(kid, workspace)?.export().toString('hex')

  it('differ by key and by workspace, and are never the key itself', () => {
    const ring = createKeyRing(`${one},${two}`)
    const seen = ring.kids.flatMap((kid) => ['a', 'b'].map((workspace) => bytes(`${one},${two}`, kid, workspace)))
    expect(new Set(seen).size).toBe(4)
    expect(seen).not.toContain(Buffer.from(one, 'base64url').toString('hex'))
  })

  it('are the same in every process', () => {
    const kid = createKeyRing(one).newest
    expect(bytes(one, kid, 'workspace')).toBe(bytes(one, kid, 'workspace'))
  })

  it('do not exist for an id that is not in the ring', () => {
    expect(createKeyRing(one).subkey(createKeyRing(two).newest, 'a')).toBeUndefined()
  })

  it('are kept up to a bound, and the least recently used one goes', () => {
    const find = createSubkeys(new Map([['k', Buffer.alloc(32, 1)]]), 2)
    const a = find('k', 'a')
    const b = find('k', 'b')
    expect(find('k', 'a')).toBe(a)
    find('k', 'c')
    expect(find('k', 'a')).toBe(a)
    expect(find('k', 'b')).not.toBe(b)
    expect(find('k', 'b')?.export()).toEqual(b?.export())
  })
})

describe('secrets for other purposes', () => {
  it('come one a key, newest first, so that a cookie signed before a rotation still verifies', () => {
    const before = createKeyRing(one).derive('cookies')
    const after = createKeyRing(`${two},${one}`).derive('cookies')
    expect(after).toHaveLength(2)
    expect(after[1]).toEqual(before[0])
    expect(after[0]).not.toEqual(before[0])
    expect(after.every((secret) => secret.length === 32)).toBe(true)
  })

  it('differ by purpose, and from a workspace of the same name', () => {
    const ring = createKeyRing(one)
    const secrets = [ring.derive('a')[0], ring.derive('b')[0], ring.subkey(ring.newest, 'a')?.export()]
    expect(new Set(secrets.map((secret) => secret?.toString('hex'))).size).toBe(3)
  })
})

describe('printing', () => {
  it('a ring shows its ids and no key', () => {
    const ring = createKeyRing(one)
    ring.subkey(ring.newest, 'a')
    const printed = `${inspect(ring, { depth: 9, showHidden: true })} ${inspect(ring, { customInspect: false, depth: 9 })} ${JSON.stringify(ring)}`
    expect(printed).toContain(ring.newest)
    expect(printed).not.toContain(one.slice(0, 8))
    expect(printed).not.toContain(Buffer.from(one, 'base64url').toString('hex').slice(0, 8))
  })
})

describe('a new key', () => {
  it('is 44 characters, fits a ring and is another each time', () => {
    const keys = [generateKey(), generateKey(), generateKey()]
    expect(keys.every((key) => /^[A-Za-z0-9_-]{43}=$/.test(key))).toBe(true)
    expect(createKeyRing(keys.join(',')).kids).toHaveLength(3)
  })

  it('comes from the random source it was given', () => {
    expect(generateKey((bytes) => Buffer.alloc(bytes, 1))).toBe(
      Buffer.alloc(32, 1).toString('base64url').padEnd(44, '='),
    )
  })
})
