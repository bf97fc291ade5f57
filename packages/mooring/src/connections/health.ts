/** When a connection will next need a person, and why. Pure. */
import type { Registration } from '../provider.ts'
import type { ConnectionRow } from '../store/connections.ts'
import { longDate } from './standing.ts'

export type HealthReason =
  | 'renews'
  | 'no_refresh_token'
  | 'refresh_token_ends'
  | 'refresh_refused'
  | 'data_access_ends'
  | 'reauthorize'
  | 'misconfigured'
  | 'failing'
  | 'disconnected'

export interface Health {
  level: 'ok' | 'warning' | 'bad'
  message: string
  needsPersonAt: Date | null
  reason: HealthReason
}

const DAY = 86_400_000
/** Amber from 30 days before a person is needed, red from 7. */
const WARN_DAYS = 30
const BAD_DAYS = 7

type Facts = Pick<
  ConnectionRow,
  | 'state'
  | 'access_expires_at'
  | 'refresh_expires_at'
  | 'refresh_token'
  | 'refresh_refused_at'
  | 'data_access_ends_at'
  | 'connected_at'
  | 'problem_message'
  | 'problem_since'
  | 'next_try_at'
>

/** `refused`: the platform refuses the registration, which is the operator's matter, and nobody reconnects for it. */
export function health(
  row: Facts,
  registration: Pick<Registration, 'provider'> | undefined,
  now: number,
  refused = false,
): Health {
  const name = registration?.provider.name ?? 'This provider'
  const message = row.problem_message ?? ''
  switch (row.state) {
    case 'disconnected':
      return { level: 'ok', message: 'Disconnected. Its history is kept.', needsPersonAt: null, reason: 'disconnected' }
    case 'reauthorize':
      return { level: 'bad', message, needsPersonAt: row.problem_since ?? new Date(now), reason: 'reauthorize' }
    case 'misconfigured':
      return { level: 'bad', message, needsPersonAt: null, reason: 'misconfigured' }
    case 'failing':
      return { level: 'warning', message, needsPersonAt: null, reason: 'failing' }
    case 'connected':
      break
  }
  const renewable = row.refresh_token !== null && (registration?.provider.refresh.how ?? 'none') !== 'none'
  if (refused && renewable) return operatorsMatter(row, name, now)
  const { at, reason } = nextEnd(row, renewable)
  if (at === null && reason === 'refresh_refused')
    return {
      level: 'warning',
      message: `${name} does not renew this any more. Reconnect.`,
      needsPersonAt: null,
      reason,
    }
  const port = registration?.provider.credentials
  if (at === null && port)
    return {
      level: 'ok',
      message: `Signed in through ${name}, which is asked every ${Math.round(port.watchSeconds / 60)} minutes.`,
      needsPersonAt: null,
      reason: 'renews',
    }
  if (at === null) return { level: 'ok', message: 'Renews itself.', needsPersonAt: null, reason: 'renews' }
  const days = (at.getTime() - now) / DAY
  if (days <= 0)
    return { level: 'bad', message: `${name} ended our access. Reconnect to go on.`, needsPersonAt: at, reason }
  const level = days <= BAD_DAYS ? 'bad' : days <= WARN_DAYS || reason === 'refresh_refused' ? 'warning' : 'ok'
  const why = reason === 'refresh_token_ends' ? shortLife(row, registration) : undefined
  const told = why === undefined ? sentence(reason, name, at) : `${why} Works until ${longDate(at)}.`
  return { level, message: told, needsPersonAt: at, reason }
}

/** The first end that only a person can answer. */
function nextEnd(row: Facts, renewable: boolean): { at: Date | null; reason: HealthReason } {
  const refused = renewable && row.refresh_refused_at !== null
  const tokens: { at: Date | null; reason: HealthReason } = refused
    ? { at: row.access_expires_at, reason: 'refresh_refused' }
    : renewable
      ? { at: row.refresh_expires_at, reason: 'refresh_token_ends' }
      : { at: row.access_expires_at, reason: 'no_refresh_token' }
  const data = row.data_access_ends_at
  if (data === null || (tokens.at !== null && tokens.at <= data)) return tokens
  return { at: data, reason: 'data_access_ends' }
}

/** Why the platform gave so little, where it did. */
function shortLife(row: Facts, registration: Pick<Registration, 'provider'> | undefined): string | undefined {
  const short = registration?.provider.refresh.shortLife
  const given = (row.refresh_expires_at?.getTime() ?? Number.NaN) - (row.connected_at?.getTime() ?? Number.NaN)
  return short && given < short.belowSeconds * 1000 ? short.why : undefined
}

function sentence(reason: HealthReason, name: string, at: Date): string {
  switch (reason) {
    case 'refresh_token_ends':
      return `Renews itself until ${longDate(at)}.`
    case 'refresh_refused':
      return `${name} does not renew this any more. Works until ${longDate(at)}. Reconnect before.`
    case 'data_access_ends':
      return `${name} asks for a new consent by ${longDate(at)}. Reconnect before, it takes a minute.`
    default:
      return `Works until ${longDate(at)}. Then reconnect, it takes a minute.`
  }
}

function operatorsMatter(row: Facts, name: string, now: number): Health {
  const dead = row.access_expires_at !== null && row.access_expires_at.getTime() <= now
  return {
    level: dead ? 'bad' : 'warning',
    message: `${name} refuses this server's app. We have to fix this, not you.`,
    needsPersonAt: null,
    reason: 'misconfigured',
  }
}
