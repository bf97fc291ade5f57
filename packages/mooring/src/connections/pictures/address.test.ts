import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addressFor, openAddress } from './address.ts'

const DAY = 86_400_000
const NOW = 20_000 * DAY + 5 * 3_600_000
const signWith =
  (...keys: string[]) =>
  (text: string) =>
    keys.map((key) => createHmac('sha256', key).update(text).digest('base64url'))
const sign = signWith('one')
const one = { workspace: 'w', provider: 'acme', url: 'https://img.acme.example/ä?x=1' }

describe('the address of a picture', () => {
  it('is opened to what it was made of', () => {
    const address = addressFor(one, NOW, sign)
    expect(address).toMatch(/^[\w-]+\.[\w-]+$/)
    expect(openAddress(address, NOW, sign)).toEqual(one)
  })

  it('stays the same for a day, and holds for one more at least', () => {
    const address = addressFor(one, NOW, sign)
    expect(addressFor(one, NOW + 18 * 3_600_000, sign)).toBe(address)
    expect(addressFor(one, NOW + DAY, sign)).not.toBe(address)
    expect(openAddress(address, NOW + DAY, sign)).toEqual(one)
    expect(openAddress(address, NOW + 2 * DAY, sign)).toBeUndefined()
  })

  it('differs by workspace, provider and picture', () => {
    const all = [one, { ...one, workspace: 'v' }, { ...one, provider: 'b' }, { ...one, url: `${one.url}2` }]
    expect(new Set(all.map((each) => addressFor(each, NOW, sign))).size).toBe(all.length)
  })

  it('is made by the first key of the ring, and opened by all', () => {
    const old = addressFor(one, NOW, sign)
    expect(openAddress(old, NOW, signWith('two', 'one'))).toEqual(one)
    expect(addressFor(one, NOW, signWith('two', 'one'))).not.toBe(old)
    expect(openAddress(old, NOW, signWith('two'))).toBeUndefined()
  })

  it('is nothing where anything was changed', () => {
    const address = addressFor(one, NOW, sign)
    const [text = '', shown = ''] = address.split('.')
    const forged = Buffer.from(JSON.stringify(['v', 'acme', 30_000, one.url])).toString('base64url')
    for (const bad of [
      ...[`${forged}.${shown}`, `${text}.`, text, `.${shown}`, '', '.', `${address}.${shown}`, `${text}=.${shown}`],
      ...[`${text}.${shown}x`, `${text}.${shown.toUpperCase()}`, 'not\u0000ours.x'],
    ])
      expect(openAddress(bad, NOW, sign), bad).toBeUndefined()
  })
})
