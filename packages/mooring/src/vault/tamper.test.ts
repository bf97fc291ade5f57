/** Every byte of a sealed value, and garbage: all of it is refused, and nothing else than our two codes is thrown. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isMooringError } from '../error.ts'
import { createKeyRing } from './keyring.ts'
import { createVault, type SealContext } from './vault.ts'

const ring = createKeyRing(createHash('sha256').update('tamper').digest('base64url'))
const vault = createVault(ring)
const place: SealContext = { workspace: 'w-1', record: 'c-1', field: 'access_token' }
const sealed = vault.seal('a token of some length', place)

function verdict(value: string): string {
  try {
    return `opened ${vault.open(value, place)}`
  } catch (error) {
    if (!isMooringError(error)) throw error
    return error.code
  }
}

const change = (at: number, to: string) => sealed.slice(0, at) + to + sealed.slice(at + 1)
const rebuilt = (edit: (body: Buffer) => Buffer) =>
  `${sealed.slice(0, 12)}${edit(Buffer.from(sealed.slice(12), 'base64url')).toString('base64url')}`

describe('changed bytes', () => {
  it('every character of the text, put to several others', () => {
    for (let at = 0; at < sealed.length; at++) {
      for (const to of ['A', 'b', '9', '-', '_', '.', '=', ' ', '+', '\n', 'é']) {
        if (sealed[at] === to) continue
        const got = verdict(change(at, to))
        // The id's place: another id is a key that we do not have; what cannot be an id is no sealed value.
        const inId = at >= 3 && at < 11 && /[A-Za-z0-9_-]/.test(to)
        expect(got, `position ${at} to ${JSON.stringify(to)}`).toBe(inId ? 'vault_unknown_key' : 'vault_tampered')
      }
    }
  })

  it.each([
    ['iv', 0],
    ['end of the iv', 11],
    ['ciphertext', 12],
    ['end of the ciphertext', 12 + 'a token of some length'.length - 1],
    ['tag', -16],
    ['end of the tag', -1],
  ])('one bit of the %s, each of eight', (_name, at) => {
    for (let bit = 0; bit < 8; bit++) {
      const value = rebuilt((body) => {
        const index = at < 0 ? body.length + at : at
        body.writeUInt8(body.readUInt8(index) ^ (1 << bit), index)
        return body
      })
      expect(verdict(value)).toBe('vault_tampered')
    }
  })
})

describe('other lengths', () => {
  it('every truncation, from the front and from the end', () => {
    for (let length = 0; length < sealed.length; length++) {
      expect(verdict(sealed.slice(0, length))).toBe('vault_tampered')
      expect(verdict(sealed.slice(sealed.length - length))).toBe('vault_tampered')
    }
  })

  it('a tag cut short does not lower the bar: Node would take 4 bytes where nobody says 16', () => {
    for (const cut of [1, 4, 8, 12]) {
      expect(verdict(rebuilt((body) => body.subarray(0, -cut)))).toBe('vault_tampered')
    }
  })

  it('bytes behind, in front, and between', () => {
    expect(verdict(rebuilt((body) => Buffer.concat([body, Buffer.alloc(1)])))).toBe('vault_tampered')
    expect(verdict(rebuilt((body) => Buffer.concat([Buffer.alloc(1), body])))).toBe('vault_tampered')
    expect(verdict(rebuilt((body) => Buffer.concat([body, body])))).toBe('vault_tampered')
  })

  it.each([
    ['padding', `${sealed}=`],
    ['a line end', `${sealed}\n`],
    ['a space in front', ` ${sealed}`],
    ['a zero', `${sealed}\0`],
    ['another part', `${sealed}.x`],
    ['another version', `v2${sealed.slice(2)}`],
    ['a version in capitals', `V1${sealed.slice(2)}`],
    ['twice', `${sealed}${sealed}`],
  ])('%s around it', (_name, value) => {
    expect(verdict(value)).toBe('vault_tampered')
  })

  it('unused bits of the last character: the same bytes in another spelling', () => {
    const odd = vault.seal('four', place)
    const spellings = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
      .map((last) => odd.slice(0, -1) + last)
      .filter((one) => one !== odd)
    expect(odd.length % 4).not.toBe(0)
    expect(spellings.map(verdict)).toEqual(spellings.map(() => 'vault_tampered'))
  })
})

describe('garbage', () => {
  const seed = process.env.SEED ?? randomBytes(6).toString('hex')
  const bytes = (at: number, length: number) => {
    const parts: Buffer[] = []
    for (let part = 0; parts.length * 32 < length; part++)
      parts.push(createHmac('sha256', seed).update(`${at}/${part}`).digest())
    return Buffer.concat(parts).subarray(0, length)
  }

  it(`2000 strings from seed ${seed} (SEED=… repeats it)`, () => {
    for (let at = 0; at < 2000; at++) {
      const dice = bytes(at, 4)
      const body = bytes(at + 1e6, dice.readUInt8(0))
      const forms = [
        body.toString('latin1'),
        body.toString('utf8'),
        body.toString('base64url'),
        `v1.${body.toString('base64url')}`,
        `v1.${ring.newest}.${body.toString('base64url')}`,
        `v1.${ring.newest}.${body.toString('latin1')}`,
      ]
      const value = forms[dice.readUInt8(1) % forms.length] ?? ''
      expect(verdict(value), JSON.stringify(value)).toMatch(/^vault_(tampered|unknown_key)$/)
    }
  })

  it(`300 texts and places from seed ${seed} come back whole`, () => {
    for (let at = 0; at < 300; at++) {
      const text = bytes(at, at).toString('utf8')
      const where = {
        workspace: bytes(at + 1, 9).toString('utf8'),
        record: bytes(at + 2, 9).toString('latin1'),
        field: 'f',
      }
      expect(vault.open(vault.seal(text, where), where)).toBe(text)
    }
  })
})
