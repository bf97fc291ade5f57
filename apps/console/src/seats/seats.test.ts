import type { Connection, Provider } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { connection } from '../../../../packages/react/src/logic/connection.fixture.ts'
import { foldSeats, healthCounts, healthOf, seatsOf } from './seats.ts'

const provider = (id: string, credentials: boolean) =>
  ({ id, name: id, configured: true, credentials, registrations: [] }) as unknown as Provider
const providers = [provider('harbour', false), provider('pilot', true)]
const seat = (id: string, parts: Partial<Connection> = {}) => connection({ id, provider: 'pilot', ...parts })
const ids = (all: readonly Connection[]) => all.map((one) => one.id)

describe('the health of a seat', () => {
  it.each([
    [seat('a'), 'works'],
    [seat('a', { state: 'reauthorize' }), 'login'],
    [seat('a', { state: 'failing' }), 'failing'],
    [seat('a', { state: 'misconfigured' }), 'ours'],
  ])('%#', (one, health) => expect(healthOf(one)).toBe(health))

  it('is counted', () => {
    const all = [seat('a'), seat('b', { state: 'reauthorize' }), seat('c')]
    expect(healthCounts(all)).toEqual({ login: 1, ours: 0, failing: 0, works: 2 })
  })
})

describe('the seats', () => {
  it('are the living connections of providers by credentials, worst first', () => {
    const all = [
      seat('well'),
      connection({ id: 'other' }),
      seat('gone', { state: 'disconnected' }),
      seat('dead', { state: 'reauthorize' }),
    ]
    expect(ids(seatsOf(all, providers))).toEqual(['dead', 'well'])
  })

  it('stay cards of their own as long as they are few', () => {
    const few = [seat('a'), seat('b'), seat('c'), connection({ id: 'other' })]
    expect(foldSeats(few, providers)).toEqual({ cards: few, folded: [] })
    const many = [...few, seat('d')]
    const { cards, folded } = foldSeats(many, providers)
    expect(ids(cards)).toEqual(['other'])
    expect(folded.map((one) => [one.provider.id, ids(one.seats)])).toEqual([['pilot', ['a', 'b', 'c', 'd']]])
  })

  it('never fold what is connected by consent', () => {
    const many = ['a', 'b', 'c', 'd'].map((id) => connection({ id }))
    expect(foldSeats(many, providers).cards).toHaveLength(4)
  })
})
