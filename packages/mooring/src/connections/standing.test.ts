import { describe, expect, it } from 'vitest'
import { type ErrorCode, MooringError } from '../error.ts'
import { linkedin } from '../providers/linkedin/index.ts'
import { alive, backOff, due, problemOf, type TokenLife } from './standing.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 21, 12)
const at = (days: number) => new Date(NOW + days * DAY)
const life = (parts: Partial<TokenLife>): TokenLife => ({
  access_expires_at: at(30),
  refresh_expires_at: at(300),
  issued_at: at(-30),
  ...parts,
})

describe('alive', () => {
  it('is true until the very millisecond of the end, and without a known end', () => {
    expect(alive(new Date(NOW + 1), NOW)).toBe(true)
    expect(alive(new Date(NOW), NOW)).toBe(false)
    expect(alive(null, NOW)).toBe(true)
  })
})

describe('due', () => {
  const isDue = (parts: Partial<TokenLife>) => due(life(parts), NOW, linkedin)

  it("begins at the provider's margin before the end, 7 days for LinkedIn", () => {
    expect(isDue({ access_expires_at: at(7.01) })).toBe(false)
    expect(isDue({ access_expires_at: at(7) })).toBe(true)
    expect(isDue({ access_expires_at: at(0.5) })).toBe(true)
  })

  it('is never while no end is known', () => {
    expect(isDue({ access_expires_at: null })).toBe(false)
  })

  it('leaves a token that was issued short alone for half of its life', () => {
    const short = { access_expires_at: at(4), refresh_expires_at: at(100) }
    expect(isDue({ ...short, issued_at: at(-3) })).toBe(false)
    expect(isDue({ ...short, issued_at: at(-4) })).toBe(true)
  })

  it('takes the margin where nobody knows when the token was issued', () => {
    expect(isDue({ issued_at: null, access_expires_at: at(6) })).toBe(true)
    expect(isDue({ issued_at: null, access_expires_at: at(8) })).toBe(false)
  })

  it('does not renew what renewing cannot lengthen, until it is over', () => {
    expect(isDue({ access_expires_at: at(5), refresh_expires_at: at(5) })).toBe(false)
    expect(isDue({ access_expires_at: at(5), refresh_expires_at: new Date(+at(5) + 59_000) })).toBe(false)
    expect(isDue({ access_expires_at: at(5), refresh_expires_at: new Date(+at(5) + 61_000) })).toBe(true)
    expect(isDue({ access_expires_at: at(0), refresh_expires_at: at(0) })).toBe(true)
  })

  it('goes by the margin where the end of the refresh token is not known', () => {
    expect(isDue({ access_expires_at: at(6), refresh_expires_at: null })).toBe(true)
  })
})

describe('backOff', () => {
  it('doubles from half a minute to half an hour and stays there', () => {
    const seconds = [0, 1, 2, 3, 5, 6, 7, 50, 100_000].map((failures) => backOff(failures, 0.5) / 1000)
    expect(seconds).toEqual([30, 60, 120, 240, 960, 1800, 1800, 1800, 1800])
  })

  it('is spread by a fifth to either side', () => {
    expect(backOff(0, 0)).toBe(24_000)
    expect(backOff(0, 1)).toBeCloseTo(36_000)
  })

  it('never comes back before the platform asked for it', () => {
    expect(backOff(0, 0.5, 3600)).toBe(3_600_000)
    expect(backOff(6, 0.5, 10)).toBe(1_800_000)
  })
})

describe('problemOf', () => {
  const judge = (code: ErrorCode, parts = {}) =>
    problemOf(new MooringError(code, 'x', { detail: 'd', providerCode: 'p', ...parts }), linkedin, NOW, 0, 0.5)

  it('asks the person, and tries no more, where the grant is over', () => {
    expect(judge('reauthorize')).toEqual({
      state: 'reauthorize',
      code: 'reauthorize',
      message: 'LinkedIn ended our access. Reconnect to go on.',
      detail: 'd',
      providerCode: 'p',
      nextTryAt: null,
      dueAt: null,
    })
  })

  it.each(['vault_unknown_key', 'vault_tampered'] as const)(
    'never asks the person where the operator must act: %s',
    (code) => {
      expect(judge(code)).toMatchObject({
        state: 'misconfigured',
        code,
        message: 'We have to fix this, not you. Nothing is needed from your side.',
        nextTryAt: new Date(NOW + 30_000),
        dueAt: new Date(NOW + 30_000),
      })
    },
  )

  it.each([
    ['provider_unavailable', 'LinkedIn is not answering. Your connection is fine, we try again.'],
    ['provider_rate_limited', 'LinkedIn asked us to slow down. Your connection is fine, we try again.'],
    ['provider_answer_invalid', 'LinkedIn sent an answer that cannot be read. Your connection is fine, we try again.'],
    ['internal', 'LinkedIn is not answering. Your connection is fine, we try again.'],
  ] as const)('tries again where the fault passes: %s', (code, message) => {
    expect(judge(code)).toMatchObject({ state: 'failing', code, message, nextTryAt: new Date(NOW + 30_000) })
  })

  it('waits as long as the platform asked', () => {
    expect(judge('provider_rate_limited', { retryAfter: 900 }).nextTryAt).toEqual(new Date(NOW + 900_000))
  })
})
