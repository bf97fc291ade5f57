import type { Budget, Connection, Provider } from '@mooring/react'
import { expect, it } from 'vitest'
import { linesOf } from './budgets.ts'

const budget = (parts: Partial<Budget>): Budget => ({
  provider: 'harbour',
  registration: 'harbour',
  connectionId: null,
  accountId: null,
  endpoint: '*',
  limit: 100,
  remaining: 100,
  resetsAt: '2026-10-14T10:00:00Z',
  known: 'told',
  ...parts,
})
const providers = [{ id: 'harbour', name: 'Harbour' }] as Provider[]
const connections = [
  { id: 'c1', identity: { label: 'Mara' }, accounts: [{ id: 'a1', label: 'Northwind' }] },
] as unknown as Connection[]
const lines = (...budgets: Budget[]) => linesOf(budgets, providers, connections)

it('tightest first, amber from four fifths', () => {
  const all = lines(
    budget({ remaining: 80 }),
    budget({ remaining: 20, endpoint: 'POST /a' }),
    budget({ remaining: 0, endpoint: 'POST /b' }),
  )
  expect(all.map((line) => [line.what, line.tight])).toEqual([
    ['POST /b', true],
    ['POST /a', true],
    ['All calls', false],
  ])
  expect(all.map((line) => line.words)).toEqual(['0 of 100 left', '20 of 100 left', '80 of 100 left'])
})

it('without a known limit it says what is left, and draws nothing', () => {
  expect(lines(budget({ limit: null, remaining: 1200 }))[0]).toMatchObject({
    words: '1,200 left',
    used: undefined,
    tight: false,
  })
  expect(lines(budget({ limit: null, remaining: 0 }))[0]?.tight).toBe(true)
  expect(lines(budget({ limit: 0, remaining: 0 }))[0]).toMatchObject({ used: undefined, tight: true })
})

it.each([
  [{ accountId: 'a1' }, 'Northwind'],
  [{ connectionId: 'c1' }, 'Mara'],
  [{}, 'The app, for everybody'],
  [{ accountId: 'gone' }, 'An account that is gone'],
])('%o is of %s', (parts, whose) => expect(lines(budget(parts))[0]?.whose).toBe(whose))

it('a provider that is not known any more is called by its id', () =>
  expect(lines(budget({ provider: 'old' }))[0]?.name).toBe('old'))
