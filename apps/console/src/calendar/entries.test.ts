import type { Delivery, Post } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { delivery, post } from '../app/post.fixture.ts'
import { byDay, countsOf, type Entry, entriesOf, fitsFilter, fitting, movedTo } from './entries.ts'

const zone = 'Europe/Rome'
const at = (dueAt: string | null, parts: Partial<Post> = {}) => post({ id: dueAt ?? 'none', dueAt, ...parts })
const told = (entries: readonly Entry[]) => entries.map(({ day, time }) => `${day} ${time}`)

describe('where posts stand', () => {
  it('on the calendar’s own clock, soonest first', () =>
    expect(
      told(entriesOf([at('2026-10-25T23:30:00Z'), at('2026-10-25T00:30:00Z'), at('2026-10-24T22:00:00Z')], zone)),
    ).toEqual(['2026-10-25 00:00', '2026-10-25 02:30', '2026-10-26 00:30']))

  it('two at what the clocks show twice are on that day, in their order', () =>
    expect(told(entriesOf([at('2026-10-25T01:30:00Z'), at('2026-10-25T00:30:00Z')], zone))).toEqual([
      '2026-10-25 02:30',
      '2026-10-25 02:30',
    ]))

  it('a draft stands nowhere', () => expect(entriesOf([at(null), post({ deliveries: [] })], zone)).toEqual([]))

  it('what was dropped elsewhere stands there at once', () =>
    expect(told(entriesOf([post()], zone, new Map([['p1', Date.parse('2026-10-20T10:00:00Z')]])))).toEqual([
      '2026-10-20 12:00',
    ]))

  it('by day', () => {
    const days = byDay(
      entriesOf([at('2026-10-14T07:00:00Z'), at('2026-10-14T12:00:00Z'), at('2026-10-15T07:00:00Z')], zone),
    )
    expect([...days].map(([day, list]) => [day, list.length])).toEqual([
      ['2026-10-14', 2],
      ['2026-10-15', 1],
    ])
  })
})

const of = (...deliveries: Partial<Delivery>[]) =>
  entriesOf([post({ deliveries: deliveries.map(delivery) })], zone)[0] as Entry

it('speaks for the account that is worst off', () => {
  expect(of({ state: 'published' }, { state: 'failed' }).look.label).toBe('Failed')
  expect(of({ state: 'scheduled' }, { state: 'scheduled', atRisk: 'ends' }).look.label).toBe('At risk')
  expect([of({}).urgent, of({ atRisk: 'ends' }).urgent, of({ state: 'published' }).urgent]).toEqual([
    false,
    true,
    false,
  ])
})

it('moves what has not begun, and nothing else', () => {
  expect(entriesOf([post()], zone)[0]?.movable).toBe(true)
  expect(entriesOf([post({ state: 'publishing' })], zone)[0]?.movable).toBe(false)
})

describe('filters', () => {
  it('count what they show', () => {
    const entries = [
      of({ state: 'failed' }, { state: 'unknown' }),
      of({ state: 'waiting', atRisk: 'gone' }),
      of({ atRisk: 'ends' }),
      of({}),
    ]
    expect(countsOf(entries)).toEqual({ failed: 1, unknown: 1, missed: 0, waiting: 1, risk: 1 })
    expect(entries.map((entry) => fitsFilter(entry, 'risk'))).toEqual([false, false, true, false])
  })
})

it('keeps the time of day on another day, over a change of the clocks too', () => {
  const entry = entriesOf([at('2026-10-24T07:00:00Z')], zone)[0] as Entry
  expect(movedTo(entry, zone, '2026-10-26')).toEqual({ local: '2026-10-26T09:00', zone })
  expect(movedTo(entry, zone, '2026-10-26', '14:15')).toEqual({ local: '2026-10-26T14:15', zone })
})

describe('in few lines', () => {
  const some = (...urgent: boolean[]) =>
    urgent.map((one, n) => ({ ...of(one ? { state: 'failed' } : {}), at: n, title: `${n}` }))
  const titles = (...given: Parameters<typeof fitting>) => {
    const { shown, rest } = fitting(...given)
    return [shown.map((entry) => entry.title).join(''), rest]
  }
  it.each([
    [[false, false, false], 3, '012', 0],
    [[false, false, false, false], 3, '01', 2],
    [[true, false], 3, '01', 0],
    [[false, false, true, false], 4, '02', 2],
    [[true, true], 3, '0', 1],
    [[], 3, '', 0],
  ] as const)('%o in %i: %s and %i more', (urgent, lines, shown, rest) =>
    expect(titles(some(...urgent), lines)).toEqual([shown, rest]),
  )
})
