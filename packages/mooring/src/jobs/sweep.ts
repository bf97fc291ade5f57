/** Which due connections are handed to the queue: of every registration some, of every workspace its share. */
import { z } from 'zod'
import { type Engine, knownAs } from '../connections/engine.ts'
import { appOf } from '../connections/own-registration.ts'
import type { RunSql } from './queue.ts'

/** A job names ids and nothing else. */
export const Look = z.object({ workspace: z.uuid(), connection: z.uuid(), provider: z.string().max(60) })
export type Look = z.infer<typeof Look>

/** So many are handed over at once, of one registration. */
const MOST = 1000
/** Among so many due ones the workspaces take turns. */
const WINDOW = 20_000
/** What was handed over and not looked at (its process died, and the queue lost it) is due again then. */
const AGAIN_MS = 10 * 60_000

/** Hands over a batch in one transaction with the mark that it was taken. */
export type HandOver = (looks: Look[], run: RunSql) => Promise<void>

/**
 * Takes what is due now, at most so many a registration, and hands it over. Returns whether there is more. Where a platform
 * refuses the registration, one connection is handed over when its pause is over, to try, and none before.
 */
export async function sweep(engine: Engine, handOver: HandOver, atMost = MOST): Promise<boolean> {
  const { store, runtime } = engine
  const now = runtime.now()
  const alerts = new Map((await store.alerts.open()).map((alert) => [alert.registration, alert]))
  let more = false
  const due = await store.due.registrations()
  const own = due.flatMap((id) => knownAs(engine, id) ?? []).filter((one) => one.own)
  for (const registration of [...engine.registrations.filter((one) => one.client), ...own]) {
    const alert = alerts.get(registration.id)
    if (alert && alert.next_try_at.getTime() > now) continue
    const most = alert ? 1 : atMost
    const parts = { registration: registration.id, now: new Date(now), window: WINDOW, most }
    const taken = await store.due.take({ ...parts, again: new Date(now + AGAIN_MS) }, (rows, run) =>
      handOver(
        rows.map((row) => ({
          workspace: row.workspace_id,
          connection: row.connection_id,
          provider: registration.provider.id,
        })),
        run,
      ),
    )
    engine.metrics.swept(appOf(registration.id), taken)
    if (taken > 0) runtime.log.debug({ registration: registration.id, taken }, 'due connections were handed over')
    more ||= !alert && taken === atMost
  }
  return more
}
