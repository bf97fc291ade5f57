import type { Connection } from '@mooring/react'

type Standing = Pick<Connection, 'state' | 'health' | 'accessTokenExpiresAt' | 'renewable'>

export interface ExpiryLine {
  lead: string
  at?: string
  tail?: string
}

/** Until when the access lasts, and until when it renews itself. Pure. */
export function expiryLines({ state, health, accessTokenExpiresAt, renewable }: Standing): ExpiryLine[] {
  if (state !== 'connected' || health.level === 'bad') return []
  const until = health.needsPersonAt
  if (!renewable) {
    return until === null || health.level !== 'ok'
      ? []
      : [{ lead: 'Works until', at: until, tail: '. Then reconnect.' }]
  }
  const access = accessTokenExpiresAt === null ? [] : [{ lead: 'Access until', at: accessTokenExpiresAt }]
  // An access token that is cut at the end of its refresh token renews no more: one line says it all.
  if (until !== null && until === accessTokenExpiresAt) return [{ lead: 'Works until', at: until }]
  // Renewing waits for the operator: until when it works is known, and no more than that.
  if (health.reason === 'misconfigured') return access
  if (until === null)
    return access.length === 0
      ? [{ lead: 'Renews itself' }]
      : access.map((line) => ({ ...line, tail: '. Renews itself.' }))
  return health.level === 'ok' ? [...access, { lead: 'Renews itself until', at: until }] : access
}
