/** The vectors of https://github.com/fernet/spec (generate.json, verify.json, invalid.json), values copied. */
import { createCipheriv, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isMooringError } from '../error.ts'
import { openFernet } from './fernet.ts'
import { generateKey } from './keyring.ts'

const KEY = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='
const HELLO = 'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=='

function verdict(token: string, keys: readonly string[] = [KEY]): string {
  try {
    return openFernet(token, keys)
  } catch (error) {
    if (!isMooringError(error)) throw error
    expect(error).not.toHaveProperty('cause')
    return `refused: ${error.code}`
  }
}

/** A token over any bytes, so that what the spec's vectors do not reach can be reached. */
function tokenOf(plain: Buffer, head: { version?: number; key?: string } = {}): string {
  const key = Buffer.from(head.key ?? KEY, 'base64url')
  const iv = Buffer.alloc(16, 3)
  const cipher = createCipheriv('aes-128-cbc', key.subarray(16), iv)
  const body = Buffer.concat([
    Buffer.from([head.version ?? 0x80]),
    Buffer.alloc(8),
    iv,
    cipher.update(plain),
    cipher.final(),
  ])
  const mac = createHmac('sha256', key.subarray(0, 16)).update(body).digest()
  return Buffer.concat([body, mac]).toString('base64url')
}

describe('valid vectors', () => {
  it('generate.json and verify.json: "hello"', () => {
    expect(verdict(HELLO)).toBe('hello')
  })
})

describe('invalid vectors that are refused', () => {
  it.each([
    [
      'incorrect mac',
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==',
    ],
    ['too short', 'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA=='],
    [
      'invalid base64',
      '%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    ],
    [
      'payload size not multiple of block size',
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm',
    ],
    [
      'payload padding error',
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==',
    ],
    [
      'incorrect IV (causes padding error)',
      'gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==',
    ],
  ])('%s', (_desc, token) => {
    expect(verdict(token)).toBe('refused: vault_tampered')
  })
})

describe('invalid vectors that an import must open: they break a clock rule and nothing else', () => {
  it.each([
    [
      'far-future TS (unacceptable clock skew)',
      'gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==',
    ],
    [
      'expired TTL',
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    ],
  ])('%s', (_desc, token) => {
    // Both seal the empty text: a whole block of padding.
    expect(verdict(token)).toBe('')
  })
})

describe('keys', () => {
  it('any of several opens; none of them does not', () => {
    expect(verdict(HELLO, [generateKey(), KEY, generateKey()])).toBe('hello')
    expect(verdict(HELLO, [generateKey(), generateKey()])).toBe('refused: vault_tampered')
    expect(verdict(HELLO, [])).toBe('refused: vault_tampered')
  })

  it('a malformed key is named by its place, whether or not an earlier one fits, and never repeated', () => {
    const bad = 'cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4='
    try {
      openFernet(HELLO, [KEY, bad])
      expect.unreachable()
    } catch (error) {
      if (!isMooringError(error)) throw error
      expect(error.code).toBe('config_invalid')
      expect(error.detail).toContain('key 2')
      expect(JSON.stringify(error)).not.toContain(bad.slice(0, 6))
    }
  })
})

describe('beyond the vectors', () => {
  it('opens with and without padding', () => {
    expect(verdict(HELLO.replaceAll('=', ''))).toBe('hello')
  })

  it('gives text back whole: empty, other scripts, a byte order mark', () => {
    for (const text of ['', 'Zürich 東京', '\ufeffx', 'x'.repeat(5000)])
      expect(verdict(tokenOf(Buffer.from(text)))).toBe(text)
  })

  it('refuses what is no UTF-8, instead of putting replacement characters into a token', () => {
    expect(verdict(tokenOf(Buffer.from([0x61, 0xff, 0xfe])))).toBe('refused: vault_tampered')
  })

  it('refuses another version even with a right mac', () => {
    expect(verdict(tokenOf(Buffer.from('x'), { version: 0x81 }))).toBe('refused: vault_tampered')
  })

  it('checks the mac before the padding: any changed byte gives the one same answer', () => {
    const body = Buffer.from(HELLO, 'base64url')
    for (let at = 0; at < body.length; at++) {
      const changed = Buffer.from(body)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(verdict(changed.toString('base64url'))).toBe('refused: vault_tampered')
    }
  })

  it.each(['', '=', 'gAAAAA', 'v1.abcdefgh.AAAA', ` ${HELLO}`, `${HELLO}\n`])('refuses %j', (token) => {
    expect(verdict(token)).toBe('refused: vault_tampered')
  })
})
