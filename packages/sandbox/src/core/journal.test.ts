import { describe, expect, it } from 'vitest'
import { createJournal, safeName } from './journal.ts'

const entry = { at: 0, endpoint: 'p.x', method: 'GET', path: '/', parameters: [], authorization: null }

describe('the journal', () => {
  it('numbers, counts and forgets', () => {
    const journal = createJournal()
    journal.open(entry)
    journal.open({ ...entry, endpoint: 'p.y' })
    expect(journal.entries.map((one) => one.n)).toEqual([1, 2])
    expect(journal.counts).toEqual({ 'p.x': 1, 'p.y': 1 })
    journal.reset()
    expect([journal.entries.length, journal.counts]).toEqual([0, {}])
  })

  it('keeps the last two thousand, and counts them all', () => {
    const journal = createJournal()
    for (let i = 0; i < 2500; i++) journal.open(entry)
    expect(journal.entries).toHaveLength(2000)
    expect(journal.entries[0]?.n).toBe(501)
    expect(journal.counts['p.x']).toBe(2500)
  })
})

describe('safeName', () => {
  it.each(['code', 'client_id', 'X-Y.z$1'])('%s is a name', (name) => expect(safeName(name)).toBe(name))
  it.each(['', 'a b', '1a', 'x'.repeat(41), 'é'])('%j is not', (name) => expect(safeName(name)).toBe('(unprintable)'))
})
