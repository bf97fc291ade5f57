import { describe, expect, it } from 'vitest'
import { linkedin } from '../providers/linkedin/index.ts'
import { health } from './health.ts'
import { longDate } from './standing.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 9, 1, 12)
const at = (days: number) => new Date(NOW + days * DAY)
type Facts = Parameters<typeof health>[0]
const facts = (parts: Partial<Facts> = {}): Facts => ({
  state: 'connected',
  access_expires_at: at(60),
  refresh_expires_at: at(365),
  refresh_token: 'v1.sealed',
  refresh_refused_at: null,
  data_access_ends_at: null,
  connected_at: at(0),
  problem_message: null,
  problem_since: null,
  next_try_at: null,
  ...parts,
})
const look = (parts: Partial<Facts> = {}) => health(facts(parts), { provider: linkedin }, NOW)

describe('health of a connection that renews itself', () => {
  it('is fine while the refresh token has over 30 days, whatever the access token has', () => {
    expect(look({ access_expires_at: at(1) })).toEqual({
      level: 'ok',
      message: 'Renews itself until 1 Oct 2027.',
      needsPersonAt: at(365),
      reason: 'refresh_token_ends',
    })
  })

  it.each([
    [30.01, 'ok'],
    [30, 'warning'],
    [7.01, 'warning'],
    [7, 'bad'],
    [0.01, 'bad'],
  ] as const)('with %d days left is %s', (days, level) => {
    expect(look({ refresh_expires_at: at(days) })).toMatchObject({ level, needsPersonAt: at(days) })
  })

  it('needs nobody where the platform names no end', () => {
    expect(look({ refresh_expires_at: null })).toEqual({
      level: 'ok',
      message: 'Renews itself.',
      needsPersonAt: null,
      reason: 'renews',
    })
  })
})

describe('health of a connection without a refresh token', () => {
  const plain = { refresh_token: null, refresh_expires_at: null }

  it.each([
    [60, 'ok'],
    [30, 'warning'],
    [7, 'bad'],
  ] as const)('with %d days left is %s, and says so in words', (days, level) => {
    expect(look({ ...plain, access_expires_at: at(days) })).toEqual({
      level,
      message: `Works until ${longDate(at(days))}. Then reconnect, it takes a minute.`,
      needsPersonAt: at(days),
      reason: 'no_refresh_token',
    })
  })

  it('says that it is over once it is', () => {
    expect(look({ ...plain, access_expires_at: at(0) })).toMatchObject({
      level: 'bad',
      message: 'LinkedIn ended our access. Reconnect to go on.',
      needsPersonAt: at(0),
    })
  })

  it('goes by the access token where the provider cannot refresh at all', () => {
    const provider = { ...linkedin, refresh: { how: 'none' as const, rotates: false } }
    expect(health(facts(), { provider }, NOW)).toMatchObject({ needsPersonAt: at(60), reason: 'no_refresh_token' })
  })
})

describe('health of the other states', () => {
  it('tells who must act: nobody, the person, the operator', () => {
    const message = 'The sentence.'
    expect(look({ state: 'failing', problem_message: message })).toEqual({
      level: 'warning',
      message,
      needsPersonAt: null,
      reason: 'failing',
    })
    expect(look({ state: 'misconfigured', problem_message: message })).toMatchObject({
      level: 'bad',
      message,
      needsPersonAt: null,
      reason: 'misconfigured',
    })
    expect(look({ state: 'reauthorize', problem_message: message, problem_since: at(-2) })).toEqual({
      level: 'bad',
      message,
      needsPersonAt: at(-2),
      reason: 'reauthorize',
    })
    expect(look({ state: 'reauthorize' }).needsPersonAt).toEqual(at(0))
    expect(look({ state: 'disconnected' })).toEqual({
      level: 'ok',
      message: 'Disconnected. Its history is kept.',
      needsPersonAt: null,
      reason: 'disconnected',
    })
  })

  it('works for a connection whose provider is gone', () => {
    expect(health(facts({ access_expires_at: at(-1) }), undefined, NOW).message).toBe(
      'This provider ended our access. Reconnect to go on.',
    )
  })
})

describe('longDate', () => {
  it('is a date as people say it, in UTC', () => {
    expect(longDate(new Date('2026-10-23T23:59:59Z'))).toBe('23 Oct 2026')
    expect(longDate(new Date('2027-01-01T00:00:00Z'))).toBe('1 Jan 2027')
  })
})

describe('health of a connection that is not renewed any more', () => {
  const refused = { refresh_refused_at: at(-1) }

  it.each([
    [50, 'warning'],
    [30, 'warning'],
    [7, 'bad'],
    [0, 'bad'],
  ] as const)('with %d days left is %s: never fine, and never later than its access token', (days, level) => {
    expect(look({ ...refused, access_expires_at: at(days) })).toMatchObject({
      level,
      needsPersonAt: at(days),
      reason: 'refresh_refused',
    })
  })

  it('whose end nobody knows is not called fine', () => {
    expect(look({ ...refused, access_expires_at: null })).toMatchObject({
      level: 'warning',
      message: 'LinkedIn does not renew this any more. Reconnect.',
      needsPersonAt: null,
    })
  })
})

describe('health under a consent that ends by itself', () => {
  it('is that of the first end', () => {
    expect(look({ data_access_ends_at: at(20) })).toEqual({
      level: 'warning',
      message: `LinkedIn asks for a new consent by ${longDate(at(20))}. Reconnect before, it takes a minute.`,
      needsPersonAt: at(20),
      reason: 'data_access_ends',
    })
    expect(look({ data_access_ends_at: at(400) })).toMatchObject({ reason: 'refresh_token_ends' })
    expect(look({ refresh_expires_at: null, data_access_ends_at: at(90) })).toMatchObject({
      level: 'ok',
      needsPersonAt: at(90),
      reason: 'data_access_ends',
    })
  })
})

describe('health where the platform refuses the app', () => {
  const told = (parts: Partial<Facts>) => health(facts(parts), { provider: linkedin }, NOW, true)

  it('is the operator’s matter, worse when the token is over, and asks nobody to reconnect', () => {
    expect(told({})).toEqual({
      level: 'warning',
      message: "LinkedIn refuses this server's app. We have to fix this, not you.",
      needsPersonAt: null,
      reason: 'misconfigured',
    })
    expect(told({ access_expires_at: at(-1) })).toMatchObject({ level: 'bad', needsPersonAt: null })
  })

  it('is not told of what no app can renew, nor of what stands otherwise', () => {
    expect(told({ refresh_token: null, refresh_expires_at: null })).toMatchObject({ reason: 'no_refresh_token' })
    expect(told({ state: 'reauthorize', problem_message: 'x' })).toMatchObject({ reason: 'reauthorize' })
  })
})
