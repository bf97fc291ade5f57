/** How a person at LinkedIn is called and described, as the services that hold seats tell of them. Pure. */
import { text } from '../provider.ts'

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
