import { opaque } from '../../core/ids.ts'
import { HOSTED } from '../origins.ts'
import type { Link, State } from '../state.ts'

const DAY_MS = 24 * 3600 * 1000

export function makeLink(state: State, now: number, wanted: Omit<Link, 'token' | 'madeAt' | 'used' | 'intent'>): Link {
  const link: Link = { ...wanted, token: opaque(48), madeAt: now, used: false, intent: undefined }
  for (const one of state.links.values()) if (!living(one, now)) state.links.delete(one.token)
  state.links.set(link.token, link)
  return link
}

export const linkUrl = ({ token }: Link): string => `${HOSTED}/${token}`

/** All links die at a daily restart, whatever their own end is (hosted-auth page); the hour is not told: midnight here. */
export function living(link: Link | undefined, now: number): Link | undefined {
  if (!link || link.used || now >= link.expiresAt) return undefined
  const restart = (Math.floor(link.madeAt / DAY_MS) + 1) * DAY_MS
  return now < restart ? link : undefined
}

/** Where the browser goes when it went well, or did not. Undefined where nobody said. */
export function wayBack(link: Link, account: string | undefined, error: string): string | undefined {
  if (link.generation === 'v1') return account === undefined ? link.failure : link.success
  const state = link.name === undefined ? {} : { state: link.name }
  const told = account === undefined ? { error_title: error } : { account_id: account, provider: 'linkedin' }
  const url = new URL(link.success ?? '')
  for (const [name, value] of Object.entries({ ...told, ...state })) url.searchParams.set(name, value)
  return url.href
}
