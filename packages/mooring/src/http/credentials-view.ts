/** How a flow by credentials stands, as its page shows it. Nothing that was typed passes here. */
import type { z } from '@hono/zod-openapi'
import { knownAs } from '../connections/engine.ts'
import { ATTEMPTS_AN_HOUR, HOUR_MS } from '../flows/credentials/attempt.ts'
import { maySeeSeats } from '../flows/credentials/existing.ts'
import type { FlowRow } from '../store/flows.ts'
import type { HttpOptions } from './context.ts'
import type { Credentials } from './schemas-credentials.ts'

type View = z.infer<typeof Credentials>

export async function credentialsView({ engine, baseUrl }: HttpOptions, row: FlowRow): Promise<View | null> {
  const registration = knownAs(engine, row.registration)
  const port = registration?.provider.credentials
  if (row.kind !== 'credentials' || !registration || !port) return null
  const now = engine.runtime.now()
  const ways = port.ways(registration.settings, registration.app.id)
  const tries = await engine.store.attempts.tries(row.workspace_id, row, new Date(now - HOUR_MS))
  const blocked = tries[ATTEMPTS_AN_HOUR - 1]
  const cool = later(row.again_at, blocked && new Date(blocked.getTime() + HOUR_MS))
  const waits = row.state === 'checkpoint' && row.connection_id === null
  const below = new URL(baseUrl).pathname.replace(/\/$/, '')
  return {
    status: statusOf(row, waits),
    service: registration.provider.name,
    platform: port.platform,
    ways: { ...ways, existing: ways.existing && (await maySeeSeats(engine, row, registration)) },
    unverified: ways.password ? (port.unverified ?? null) : null,
    keepsPassword: port.keeps(registration.settings),
    method: (waits && row.checkpoint?.by) || null,
    attemptEndsAt: waits ? time(row.attempt_ends_at) : null,
    resendAt: waits ? time(row.resend_at) : null,
    anotherWay: waits && row.checkpoint?.anotherWay === true,
    attemptsLeft: Math.max(0, ATTEMPTS_AN_HOUR - tries.length),
    attemptsAgainAt: cool !== null && cool.getTime() > now ? cool.toISOString() : null,
    retry:
      row.state === 'connecting' && row.retry_at !== null
        ? { tries: row.retry_times, at: row.retry_at.toISOString() }
        : null,
    docs: `${below}${registration.provider.docs}`,
    asker: await askerOf({ engine }, row.workspace_id),
  }
}

function statusOf(row: FlowRow, waits: boolean): View['status'] {
  if (row.state === 'connecting') return 'connecting'
  if (waits) return 'awaiting_2fa'
  if (row.state === 'connected' || row.connection_id !== null || row.state === 'awaiting_completion') return 'connected'
  if (row.state === 'failed' || row.state === 'expired') return 'failed'
  return row.error_code === null || row.error_code === 'access_denied' ? 'pending' : 'failed'
}

const time = (at: Date | null): string | null => (at === null ? null : at.toISOString())

const later = (a: Date | null, b: Date | undefined): Date | null => (b && (a === null || b > a) ? b : a)

/** Whose workspace it is. */
export async function askerOf({ engine }: Pick<HttpOptions, 'engine'>, workspace: string) {
  const found = await engine.store.workspaces.byId(workspace)
  return { name: found?.name ?? '', logo: found?.logo ?? null }
}
