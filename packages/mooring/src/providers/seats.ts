/** What the services that hold people's LinkedIn sessions have in common. Pure. */
import { type ApiRequest, text } from '../provider.ts'
import type { Refused } from '../provider-credentials.ts'

export const post = (url: string, body: object): ApiRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** An answer that says it went well, and nothing else that is understood. */
export const UNREADABLE: Refused = { is: 'refused', why: 'ours' }

/** Either name may be null. */
export function nameIn(body: unknown, first: string, last: string): string | undefined {
  const names = [text(body, first), text(body, last)].filter((name) => name !== undefined)
  return names.join(' ') || undefined
}

/** "Founder at Northwind Studio · 1,834 connections", or what is known of it. */
export function noteOf(headline: string | undefined, connections: number | undefined): string | undefined {
  const many = connections === 1 ? '1 connection' : `${connections?.toLocaleString('en-GB')} connections`
  return [headline, connections === undefined ? undefined : many].filter(Boolean).join(' · ') || undefined
}
