import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addressOf, holds } from './address.ts'

const HOUR = 3_600_000
const NOW = 500_000 * HOUR + 20 * 60_000
const signWith =
  (...keys: string[]) =>
  (text: string) =>
    keys.map((key) => createHmac('sha256', key).update(text).digest('base64url'))
const sign = signWith('one')
const workspace = randomUUID()
const id = randomUUID()
const partsOf = (address: string) => {
  const [, media, of = '', file = '', expires = '', signature = '', name = ''] = address.split('/')
  expect(media).toBe('media')
  return { workspace: of, id: file, expires, signature, name }
}
const made = (mime?: string) => partsOf(addressOf(workspace, { id, mime }, NOW, sign))

describe('the address at which a platform fetches a file', () => {
  it('holds for a day at least, and no two', () => {
    const parts = made()
    expect(parts).toMatchObject({ workspace, id })
    for (const hours of [0, 1, 24]) expect(holds(parts, NOW + hours * HOUR, sign), `${hours}`).toBe(true)
    for (const hours of [25, 48]) expect(holds(parts, NOW + hours * HOUR, sign), `${hours}`).toBe(false)
  })

  it('stays the same for an hour', () => {
    expect(addressOf(workspace, { id }, NOW + 30 * 60_000, sign)).toBe(addressOf(workspace, { id }, NOW, sign))
    expect(addressOf(workspace, { id }, NOW + HOUR, sign)).not.toBe(addressOf(workspace, { id }, NOW, sign))
  })

  it('ends as its kind is known to end', () => {
    expect(made('image/jpeg').name).toBe('file.jpg')
    expect(made('video/quicktime').name).toBe('file.mov')
    expect(made('application/msword').name).toBe('file.bin')
    expect(made().name).toBe('file')
  })

  it('is nothing where anything of it was changed', () => {
    const parts = made()
    const later = String(Number(parts.expires) + 3600)
    for (const other of [
      { workspace: randomUUID() },
      { id: randomUUID() },
      { expires: later },
      { expires: `${parts.expires}.0` },
      { expires: ` ${parts.expires}` },
      { expires: '1e12' },
      { expires: '' },
      { signature: '' },
      { signature: `${parts.signature}x` },
      { signature: parts.signature.slice(1) },
      { signature: parts.signature.toUpperCase() },
      { workspace: parts.id, id: parts.workspace },
    ])
      expect(holds({ ...parts, ...other }, NOW, sign), JSON.stringify(other)).toBe(false)
  })

  it('is made by the first key of the ring, and opened by all', () => {
    const parts = made()
    expect(holds(parts, NOW, signWith('two', 'one'))).toBe(true)
    expect(holds(parts, NOW, signWith('two'))).toBe(false)
    expect(addressOf(workspace, { id }, NOW, signWith('two', 'one'))).not.toContain(parts.signature)
  })
})
