import { type Connection, DAY } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { livesOf } from './lives.ts'

const now = new Date(2026, 9, 14, 10, 24).getTime()
const at = (days: number) => new Date(now + days * DAY).toISOString()
const health = (reason: Connection['health']['reason'], level: Connection['health']['level'] = 'ok') => ({
  health: { reason, level, message: '', needsPersonAt: null },
})
const one = (parts: Partial<Connection>) =>
  ({
    state: 'connected',
    renewable: true,
    accessTokenExpiresAt: at(30),
    refreshTokenExpiresAt: at(330),
    dataAccessEndsAt: null,
    renewsAt: null,
    lastRefreshedAt: null,
    connectedAt: at(-30),
    createdAt: at(-90),
    problem: null,
    ...health('refresh_token_ends'),
    ...parts,
  }) as Connection
const lives = (parts: Partial<Connection>) => livesOf(one(parts), 'Harbour', now)

describe('what lasts, and how long', () => {
  it('an access that renews itself is calm, however near its end', () => {
    expect(lives({ accessTokenExpiresAt: at(3) })[0]).toMatchObject({ id: 'access', tone: 'plain', over: false })
    expect(lives({ accessTokenExpiresAt: at(3) })[0]?.note).toBe('Renews itself before it ends.')
  })
  it('is measured from the last renewal, else from the consent', () => {
    expect(lives({})[0]).toMatchObject({ spent: 0.5, from: at(-30) })
    expect(lives({ lastRefreshedAt: at(-10) })[0]).toMatchObject({ spent: 0.25, from: at(-10) })
    expect(lives({ connectedAt: null })[0]?.from).toBe(at(-90))
  })
  it('has the point of renewal where the server tells it', () => {
    expect(lives({ renewsAt: at(15) })[0]?.renews).toEqual({ at: at(15), share: 0.75 })
    expect(lives({ renewsAt: null })[0]?.renews).toBeUndefined()
    expect(lives({ renewsAt: at(15), ...health('misconfigured', 'warning') })[0]?.renews).toBeUndefined()
  })
  it('is not promised to be renewed where it ends with the renewal', () => {
    const [access] = lives({ accessTokenExpiresAt: at(20), refreshTokenExpiresAt: at(20), renewsAt: at(20) })
    expect(access).toMatchObject({ note: 'Ends with the renewal.', tone: 'warn', renews: undefined })
  })
  it('is amber from 30 days and red from 7 where nothing renews it', () => {
    const tone = (days: number) => lives({ renewable: false, accessTokenExpiresAt: at(days) })[0]?.tone
    expect([tone(31), tone(30), tone(7), tone(-1)]).toEqual(['plain', 'warn', 'bad', 'bad'])
  })
  it('has a renewal while there is one, whose end needs a person', () => {
    expect(lives({})[1]).toMatchObject({ id: 'renewal', end: at(330), tone: 'plain' })
    expect(lives({ refreshTokenExpiresAt: at(20) })[1]?.tone).toBe('warn')
    expect(lives({ refreshTokenExpiresAt: null })[1]).toMatchObject({ end: null, spent: undefined, over: false })
    expect(lives({ renewable: false })).toHaveLength(1)
  })
  it('says that the platform ended the renewal, and when', () => {
    const problem = { since: at(-1) } as Connection['problem']
    const refused = lives({ renewable: false, problem, ...health('refresh_refused', 'warning') })
    expect(refused.map((life) => [life.id, life.over, life.tone])).toEqual([
      ['access', false, 'warn'],
      ['renewal', true, 'bad'],
    ])
    expect(refused[1]?.end).toBe(at(-1))
  })
  it('has the clock of the platform, too', () => {
    expect(lives({ dataAccessEndsAt: at(5) })[2]).toMatchObject({ id: 'data', end: at(5), tone: 'bad' })
  })
  it('has nothing left of what the platform refused or a person ended', () => {
    const problem = { since: at(-1) } as Connection['problem']
    expect(lives({ state: 'reauthorize', problem, dataAccessEndsAt: at(5) })).toMatchObject([
      { id: 'access', over: true, end: at(-1) },
    ])
    expect(lives({ state: 'disconnected' })).toEqual([])
  })
})
