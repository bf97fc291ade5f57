import type { Vault, VaultKey, VaultProcess } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { lookOf, ringOf, sayingsOf } from './ring.ts'

const key = (kid: string, values: number, parts: Partial<VaultKey> = {}): VaultKey => ({
  kid,
  values,
  sealing: false,
  inRing: true,
  byColumn: {},
  ...parts,
})
const process = (id: string, ...kids: string[]): VaultProcess => ({
  id,
  kids,
  startedAt: '',
  seenAt: '',
  version: '0.1.0',
  host: 'a',
  pid: 1,
  current: id === 'me',
})
const vault = (keys: VaultKey[], parts: Partial<Vault> = {}): Vault => ({
  keys,
  processes: [process('me', 'new', 'old')],
  total: keys.reduce((sum, one) => sum + one.values, 0),
  safeToRemove: [],
  ...parts,
})
const newest = (values: number) => key('new', values, { sealing: true })
const texts = (one: Vault) => sayingsOf(one).map((saying) => `${saying.tone}: ${saying.text}`)

describe('the ring', () => {
  it('says how much moved, and what is left', () => {
    expect(ringOf(vault([newest(86), key('old', 14)]))).toMatchObject({
      moved: 0.86,
      older: 14,
      unknown: [],
      behind: [],
    })
    expect(ringOf(vault([newest(0)]))).toMatchObject({ moved: 1, older: 0 })
  })
  it('does not count what cannot be opened as something to move', () => {
    const lost = key('lost', 5, { inRing: false })
    expect(ringOf(vault([newest(10), lost]))).toMatchObject({ older: 0, unknown: [lost] })
  })
})

describe('what a key says', () => {
  it.each([
    [newest(3), [], 'Active', 'ok'],
    [key('old', 3), [], 'Opens only', 'idle'],
    [key('old', 0), [], 'Opens only', 'idle'],
    [key('old', 0), ['old'], 'Unused', 'idle'],
    [key('lost', 3, { inRing: false }), [], 'Unknown key', 'bad'],
    [key('there', 0, { inRing: false }), [], 'On another process', 'warn'],
    [key('none', 3, { inRing: false }), [], 'Not sealed', 'bad'],
  ])('%#', (one, safe, label, tone) => expect(lookOf(one, safe)).toMatchObject({ label, tone }))
})

describe('what there is to do', () => {
  it('nothing', () => {
    expect(texts(vault([newest(3)]))).toEqual(['ok: Everything rests on new.'])
    expect(texts(vault([newest(0)]))).toEqual(['ok: Nothing is sealed yet.'])
  })
  it('re-seal', () => {
    expect(texts(vault([newest(3), key('old', 1)]))).toEqual([
      'idle: 1 value still rests on an older key. Re-seal, and it can go.',
    ])
  })
  it('take the old key out', () => {
    expect(texts(vault([newest(3), key('old', 0)], { safeToRemove: ['old'] }))[0]).toMatch(
      /^ok: Nothing rests on old\..*may be removed/,
    )
  })
  it('mend the processes first, and the lost key before that', () => {
    const said = texts(
      vault([newest(3), key('old', 2), key('lost', 1, { inRing: false })], {
        processes: [process('me', 'new', 'old'), process('other', 'old')],
      }),
    )
    expect(said.map((one) => one.split(' ').slice(0, 3).join(' '))).toEqual([
      'bad: 1 value',
      'warn: 1 process',
      'idle: 2 values',
    ])
    expect(said[0]).toContain('Put the key lost back')
  })
})
