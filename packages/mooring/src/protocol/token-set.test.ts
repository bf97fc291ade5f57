import { describe, expect, it } from 'vitest'
import { printed } from './testing.ts'
import { splitScopes, TokenSet, tokenSetFrom } from './token-set.ts'

const ASKED = Date.UTC(2026, 0, 1)
const of = (members: Record<string, unknown>) =>
  tokenSetFrom({ access_token: 'a', token_type: 'bearer', ...members }, ASKED)
const DAY = 86_400

describe('printing', () => {
  const tokens = of({ access_token: 'canary-a', refresh_token: 'canary-r', scope: 'x', expires_in: 60 })

  it('prints as [TokenSet] in a template, as JSON, and by inspect, also inside of something', () => {
    expect(`${tokens}`).toBe('[TokenSet]')
    expect(JSON.stringify({ tokens })).toBe('{"tokens":"[TokenSet]"}')
    expect(printed({ deep: [tokens] })).toContain('[TokenSet]')
  })

  it('#12 shows no token to any printer, clone, spread or walk over its properties', () => {
    const ways = [
      tokens,
      { ...tokens },
      structuredClone(tokens),
      Object.entries(tokens),
      Object.getOwnPropertyDescriptors(tokens),
      new Map([[1, tokens]]),
    ]
    for (const way of ways) expect(printed(way)).not.toContain('canary')
  })

  it('still gives them to who asks by name', () => {
    expect([tokens.accessToken, tokens.refreshToken]).toEqual(['canary-a', 'canary-r'])
    expect(tokens).toBeInstanceOf(TokenSet)
  })
})

describe('ends', () => {
  it('count from the question, in ms', () => {
    expect(of({ expires_in: 3600 }).accessExpiresAt).toBe(ASKED + 3_600_000)
  })

  it.each(['refresh_token_expires_in', 'refresh_expires_in', 'x_refresh_token_expires_in'])(
    'of the refresh token: %s',
    (name) => {
      expect(of({ [name]: 365 * DAY }).refreshExpiresAt).toBe(ASKED + 365 * DAY * 1000)
      expect(of({ [name]: String(DAY) }).refreshExpiresAt).toBe(ASKED + DAY * 1000)
    },
  )

  it.each([undefined, 0, -1, '', 'never', true, {}, Number.NaN, Number.POSITIVE_INFINITY.toString().slice(0, 3)])(
    '%j says nothing',
    (value) => {
      expect(of({ expires_in: value, refresh_token_expires_in: value })).toMatchObject({
        accessExpiresAt: undefined,
        refreshExpiresAt: undefined,
      })
    },
  )

  it('are bounded: a date in place of seconds is not thousands of years', () => {
    const end = of({ expires_in: 1_790_000_000 }).accessExpiresAt ?? 0
    expect(new Date(end).getUTCFullYear()).toBeLessThanOrEqual(2036)
    expect(Number.isSafeInteger(of({ expires_in: 1e300 }).accessExpiresAt)).toBe(true)
  })
})

describe('what is absent stays absent', () => {
  it('no refresh token: keep the old one; no scope: what was asked for was granted', () => {
    expect(of({})).toMatchObject({ refreshToken: undefined, scopes: undefined, tokenType: 'bearer' })
  })
})

describe('scopes', () => {
  it.each([
    ['a b', ['a', 'b']],
    ['a,b', ['a', 'b']],
    ['a, b\tc', ['a', 'b', 'c']],
    ['a%20b', ['a', 'b']],
    ['a%2Cb', ['a', 'b']],
    ['a+b', ['a', 'b']],
    ['a a,b', ['a', 'b']],
    [' ', []],
    ['100%', ['100%']],
    [
      'https://www.googleapis.com/auth/analytics.readonly openid',
      ['https://www.googleapis.com/auth/analytics.readonly', 'openid'],
    ],
  ])('%j', (from, to) => {
    expect(splitScopes(from)).toEqual(to)
  })
})
