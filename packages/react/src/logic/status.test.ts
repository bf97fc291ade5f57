import { describe, expect, it } from 'vitest'
import type { Connection } from '../api.ts'
import { connection } from './connection.fixture.ts'
import { DAY } from './dates.ts'
import { worstFirst } from './order.ts'
import { isOurs, mustReconnect, needsPerson, statusOf } from './status.ts'

const now = new Date(2026, 9, 14, 10, 24).getTime()
const ends = (days: number, level: Connection['health']['level']): Partial<Connection> => ({
  health: {
    level,
    message: '',
    needsPersonAt: new Date(now + days * DAY).toISOString(),
    reason: 'no_refresh_token',
  },
})

/** Its app is refused by the platform: the connection itself stands as it was. */
const refusedApp = (level: 'warning' | 'bad') =>
  connection({ health: { level, message: '', needsPersonAt: null, reason: 'misconfigured' } })
const withReason = (reason: Connection['health']['reason'], days: number, level: Connection['health']['level']) => {
  const { health } = ends(days, level)
  return connection(health ? { health: { ...health, reason } } : {})
}

describe('what a pill says', () => {
  it.each([
    [connection(), 'ok', 'Connected'],
    [connection(ends(45, 'ok')), 'ok', 'Connected'],
    [connection(ends(9, 'warning')), 'warn', '9 days left'],
    [connection(ends(2, 'bad')), 'bad', '2 days left'],
    [connection(ends(1, 'bad')), 'bad', '1 day left'],
    [connection(ends(0.1, 'bad')), 'bad', 'Ends today'],
    [connection(ends(-1, 'bad')), 'bad', 'Needs reconnect'],
    [connection({ state: 'reauthorize' }), 'bad', 'Needs reconnect'],
    [connection({ state: 'misconfigured' }), 'bad', 'Misconfigured'],
    [refusedApp('warning'), 'warn', 'Misconfigured'],
    [refusedApp('bad'), 'bad', 'Misconfigured'],
    [withReason('refresh_refused', 40, 'warning'), 'warn', '40 days left'],
    [withReason('refresh_refused', 3, 'bad'), 'bad', '3 days left'],
    [withReason('data_access_ends', 12, 'warning'), 'warn', '12 days left'],
    [connection({ state: 'failing' }), 'warn', 'Failing'],
    [connection({ state: 'disconnected' }), 'idle', 'Disconnected'],
  ])('%#', (one, tone, label) => expect(statusOf(one, now)).toMatchObject({ tone, label }))
})

describe('who is waited for', () => {
  it.each([
    [connection(), false],
    [connection(ends(9, 'warning')), false],
    [connection(ends(2, 'bad')), true],
    [connection({ state: 'reauthorize' }), true],
    [connection({ accounts: [] }), true],
    [connection({ state: 'misconfigured', accounts: [] }), false],
    [refusedApp('warning'), false],
    [refusedApp('bad'), false],
    [withReason('refresh_refused', 40, 'warning'), false],
    [withReason('refresh_refused', 3, 'bad'), true],
    [withReason('data_access_ends', 3, 'bad'), true],
    [connection({ state: 'failing' }), false],
  ])('%#', (one, needed) => expect(needsPerson(one)).toBe(needed))
})

describe('what the operator alone can mend', () => {
  it.each([
    [refusedApp('warning'), true],
    [refusedApp('bad'), true],
    [connection({ state: 'misconfigured' }), true],
    [connection({ state: 'failing' }), false],
    [withReason('refresh_refused', 3, 'bad'), false],
    [connection({ state: 'reauthorize' }), false],
  ])('%#', (one, ours) => expect(isOurs(one)).toBe(ours))

  it('never asks anybody to reconnect', () => {
    expect(mustReconnect(refusedApp('bad'))).toBe(false)
    expect(mustReconnect(connection({ state: 'misconfigured' }))).toBe(false)
  })
})

describe('worst first', () => {
  it('reconnect, ours to mend, ends soon, failing, nothing chosen, healthy, disconnected', () => {
    const all = [
      connection({ id: 'gone', state: 'disconnected' }),
      connection({ id: 'well' }),
      connection({ id: 'bare', accounts: [] }),
      connection({ id: 'failing', state: 'failing' }),
      connection({ id: 'later', ...ends(20, 'warning') }),
      connection({ id: 'soon', ...ends(9, 'warning') }),
      { ...refusedApp('warning'), id: 'refused' },
      connection({ id: 'ours', state: 'misconfigured' }),
      connection({ id: 'dead', state: 'reauthorize' }),
    ]
    expect(worstFirst(all).map((one) => one.id)).toEqual([
      'dead',
      'refused',
      'ours',
      'soon',
      'later',
      'failing',
      'bare',
      'well',
      'gone',
    ])
  })

  it('leaves the given list alone', () => {
    const all = [connection({ id: 'b' }), connection({ id: 'a', state: 'reauthorize' })]
    worstFirst(all)
    expect(all.map((one) => one.id)).toEqual(['b', 'a'])
  })
})
