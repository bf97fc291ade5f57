/** What will end in a workspace, and who must act: people whose consent runs out, and the operator. Pure, but for the read. */
import { MooringError } from '../error.ts'
import type { Registration } from '../provider.ts'
import type { ConnectionRow } from '../store/connections.ts'
import { type Engine, knownAs } from './engine.ts'
import { type HealthReason, health } from './health.ts'
import { ownRegistrations } from './own-registration.ts'

const DAY = 86_400_000
/** As many connections are listed; the counts go on. */
const MOST = 500

export interface Ending {
  at: Date
  who: 'person' | 'operator'
  reason: HealthReason | 'api_version_ends'
  /** One sentence: what ends, and what to do. */
  message: string
  provider: string
  connection: { id: string; label: string; state: ConnectionRow['state'] } | null
  registration: string
}

export interface Forecast {
  endings: Ending[]
  /** Of connections: those that need a person now, and within 7, 30 and 90 days from now (each counts the ones before it). */
  counts: { now: number; in7: number; in30: number; in90: number }
  /** More connections end within the time than are listed. */
  more: boolean
}

/** What ends within `days` (1 to 366). Throws MooringError `database_unavailable`. */
export async function forecast(engine: Engine, workspace: string, days: number): Promise<Forecast> {
  if (!(days >= 1 && days <= 366)) throw new MooringError('invalid_request', 'A forecast covers 1 to 366 days.')
  const now = engine.runtime.now()
  const until = (span: number) => new Date(now + span * DAY)
  const { store } = engine
  const [rows, [now0 = 0, in7 = 0, in30 = 0, in90 = 0]] = await Promise.all([
    store.forecast.ending(workspace, until(days), MOST + 1),
    store.forecast.counts(workspace, [0, 7, 30, 90].map(until)),
  ])
  const people = rows.slice(0, MOST).map((row) => personal(row, knownAs(engine, row.registration), now))
  const apps = [...engine.registrations.filter((one) => one.client), ...(await ownRegistrations(engine, workspace))]
  const operators = apps.flatMap((one) => retirements(one, now, until(days)))
  const endings = [...people, ...operators].sort((a, b) => a.at.getTime() - b.at.getTime())
  return { endings, counts: { now: now0, in7, in30, in90 }, more: rows.length > MOST }
}

function personal(row: ConnectionRow, registration: Registration | undefined, now: number): Ending {
  const { reason, message, needsPersonAt } = health(row, registration, now)
  return {
    at: needsPersonAt ?? row.needs_person_at ?? new Date(now),
    who: 'person',
    reason,
    message,
    provider: row.provider,
    connection: { id: row.id, label: row.label, state: row.state },
    registration: row.registration,
  }
}

/** What the platform itself retires of what a configured app rests on. */
function retirements(registration: Registration, now: number, until: Date): Ending[] {
  const found = registration.provider.retires?.(registration.settings) ?? []
  return found
    .filter((one) => one.at <= until.getTime())
    .map((one) => ({
      at: new Date(one.at),
      who: 'operator',
      reason: 'api_version_ends',
      message: `${one.what} ${one.at <= now ? 'has ended' : one.certain ? 'ends' : 'ends at about that time'}. ${one.mend}`,
      provider: registration.provider.id,
      connection: null,
      registration: registration.id,
    }))
}
