import type { Ending, PublishTarget } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { type Band, bandsOf, fallsAfter, stripsOf, stripWords } from './bands.ts'
import { daysOf } from './grid.ts'

const now = Date.parse('2026-10-14T08:24:00Z')
const ending = (at: string, parts: Partial<Ending> = {}): Ending => ({
  at,
  who: 'person',
  reason: 'access_ends',
  message: '',
  provider: 'harbour',
  registration: 'harbour',
  connection: { id: 'c1', label: 'Mara', state: 'connected' },
  postsAfter: 7,
  ...parts,
})
const target = (connection: string, providerName = 'Harbour', id = 'a') =>
  ({
    account: { id, provider: providerName, providerName, kind: 'page' },
    connection: { id: connection },
  }) as PublishTarget

const bands = (...endings: Ending[]) =>
  bandsOf(endings, [target('c1'), target('c1', 'Quay'), target('c2', 'Pier')], 'Europe/Rome', now)

describe('a band', () => {
  it('begins on the day and at the time of its zone, and names what stops with it', () =>
    expect(bands(ending('2026-10-23T22:10:00Z'))).toMatchObject([
      { day: '2026-10-24', time: '00:10', networks: 'Harbour and Quay', dead: false, posts: 7 },
    ]))

  it('of what has ended already begins today', () =>
    expect(bands(ending('2026-10-02T10:00:00Z'))).toMatchObject([{ day: '2026-10-14', dead: true }]))

  it('is not drawn for what the operator does, nor for what posts do not go through', () =>
    expect(
      bands(
        ending('2026-10-23T10:00:00Z', { who: 'operator', connection: null }),
        ending('2026-10-23T10:00:00Z', { connection: { id: 'other', label: '', state: 'connected' } }),
      ),
    ).toEqual([]))
})

const weeks = () => {
  const days = daysOf('month', '2026-10-14')
  return [0, 7, 14, 21, 28].map((from) => days.slice(from, from + 7))
}

it('reaches from its day to the end of the grid, week by week', () => {
  const [band] = bands(ending('2026-10-23T12:10:00Z'))
  const strips = weeks().map((week) =>
    stripsOf([band as Band], week).map((strip) => `${strip.from} ${stripWords(strip)}`),
  )
  expect(strips).toEqual([
    [],
    [],
    [],
    ['4 Harbour and Quay ends 14:10, 7 posts after'],
    ['0 Harbour and Quay, after its end'],
  ])
})

it.each([
  [{ dead: true, posts: 4 }, true, 'Pier needs a reconnect, 4 posts wait'],
  [{ dead: true, posts: 1 }, true, 'Pier needs a reconnect, 1 post waits'],
  [{ dead: true, posts: 0 }, true, 'Pier needs a reconnect'],
  [{ dead: true, posts: 4 }, false, 'Pier'],
  [{ dead: false, posts: 0 }, true, 'Pier ends 14:10'],
  [{ dead: false, posts: 1 }, true, 'Pier ends 14:10, 1 post after'],
])('%o, begins %s: %s', (parts, begins, words) => {
  const band = { id: 'c2', networks: 'Pier', time: '14:10', day: '2026-10-23', ...parts } as Band
  expect(stripWords({ band, begins, from: 0 })).toBe(words)
})

describe('what falls after', () => {
  const all = bands(
    ending('2026-10-23T12:10:00Z'),
    ending('2026-10-20T12:00:00Z', { connection: { id: 'c2', label: 'P', state: 'connected' } }),
  )
  it.each([
    [['c1'], '2026-10-23', '14:09', undefined],
    [['c1'], '2026-10-23', '14:10', 'c1'],
    [['c1'], '2026-11-01', '00:00', 'c1'],
    [['c2', 'c1'], '2026-10-22', '09:00', 'c2'],
    [['c3', null], '2026-11-22', '09:00', undefined],
  ])('%o on %s at %s: %s', (connections, day, time, id) => expect(fallsAfter(all, connections, day, time)?.id).toBe(id))
})
