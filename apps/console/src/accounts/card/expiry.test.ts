import type { Connection } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { expiryLines } from './expiry.ts'

const ACCESS = '2027-01-20T09:00:00.000Z'
const REFRESH = '2027-11-21T09:00:00.000Z'

const lines = (
  renewable: boolean,
  needsPersonAt: string | null,
  access: string | null = ACCESS,
  level: Connection['health']['level'] = 'ok',
  state: Connection['state'] = 'connected',
  reason: Connection['health']['reason'] = 'renews',
) =>
  expiryLines({
    state,
    renewable,
    accessTokenExpiresAt: access,
    health: { level, message: '', needsPersonAt, reason },
  })

describe('until when it works', () => {
  it('says both ends where a refresh token ends, too', () => {
    expect(lines(true, REFRESH)).toEqual([
      { lead: 'Access until', at: ACCESS },
      { lead: 'Renews itself until', at: REFRESH },
    ])
  })
  it('says one line where it renews for ever', () => {
    expect(lines(true, null)).toEqual([{ lead: 'Access until', at: ACCESS, tail: '. Renews itself.' }])
    expect(lines(true, null, null)).toEqual([{ lead: 'Renews itself' }])
  })
  it('says one line where the access is cut at the end of the refresh token', () => {
    expect(lines(true, REFRESH, REFRESH)).toEqual([{ lead: 'Works until', at: REFRESH }])
  })
  it('says what comes then where nothing renews it', () => {
    expect(lines(false, ACCESS)).toEqual([{ lead: 'Works until', at: ACCESS, tail: '. Then reconnect.' }])
  })
  it('promises nothing where the platform refuses our app', () => {
    expect(lines(true, null, ACCESS, 'warning', 'connected', 'misconfigured')).toEqual([
      { lead: 'Access until', at: ACCESS },
    ])
  })
  it('is silent where a banner says it', () => {
    expect(lines(false, ACCESS, ACCESS, 'warning')).toEqual([])
    expect(lines(true, REFRESH, ACCESS, 'bad')).toEqual([])
    expect(lines(true, REFRESH, ACCESS, 'bad', 'reauthorize')).toEqual([])
    expect(lines(true, REFRESH, ACCESS, 'warning')).toEqual([{ lead: 'Access until', at: ACCESS }])
  })
})
