/** The doctor's look at what keeps tokens alive: apps that their platforms refuse, and whether what is due is renewed. Changes nothing. */
import { isMooringError } from '../error.ts'
import type { Registration } from '../provider.ts'
import { silent } from '../runtime.ts'
import { type AlertRow, alertStore } from '../store/alerts.ts'
import { createDb } from '../store/database.ts'
import { dueStore } from '../store/due.ts'
import type { DatabaseTarget } from '../store/open.ts'
import { processStore } from '../store/processes.ts'
import type { Finding } from './commands/doctor.ts'
import { stamp } from './format.ts'

/** A database that no server has readied yet has none of these tables. */
const NOT_READY = /42P01|3F000/
/** A sweep each minute takes what is due; what fails is due again later. What is due for longer is seen by nobody. */
const OVERDUE_MS = 15 * 60_000

type Known = Pick<Registration, 'id'> & { app: Pick<Registration['app'], 'envPrefix'> }

export async function renewalFindings(
  target: DatabaseTarget,
  known: readonly Known[],
  now: number,
): Promise<Finding[]> {
  const db = createDb({ ...target.admin, max: 1 }, silent)
  try {
    const ids = known.map((one) => one.id)
    const alerts = await alertStore(db).open()
    const oldest = await dueStore(db).oldest(ids, new Date(now))
    return judgeRenewals(known, alerts, oldest, (await processStore(db).live()).length, now)
  } catch (error) {
    if (isMooringError(error) && NOT_READY.test(error.detail ?? '')) return []
    throw error
  } finally {
    await db.close()
  }
}

/** `processes`: how many serve now; where none does, nobody is late. Pure. */
export function judgeRenewals(
  known: readonly Known[],
  alerts: readonly Pick<AlertRow, 'registration' | 'message' | 'detail' | 'provider_code' | 'since'>[],
  oldest: ReadonlyMap<string, Date>,
  processes: number,
  now: number,
): Finding[] {
  const findings: Finding[] = alerts.map((alert) => {
    const prefix = known.find((one) => one.id === alert.registration)?.app.envPrefix
    const check = prefix ? `Check ${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET` : 'Check the app at the platform'
    return {
      check: 'renewals',
      level: 'error',
      message: `${alert.message.replace(/\.$/, '')}, since ${stamp(alert.since.toISOString())} UTC${alert.provider_code ? ` (${alert.provider_code})` : ''}.`,
      mend: `${check}, then restart.${alert.detail ? ` It said: ${alert.detail}` : ''}`,
    }
  })
  const refused = new Set(alerts.map((one) => one.registration))
  for (const [registration, since] of processes > 0 ? oldest : []) {
    // Where the app is refused, nobody is asked in its name: that is told above.
    if (refused.has(registration) || now - since.getTime() <= OVERDUE_MS) continue
    findings.push({
      check: 'renewals',
      level: 'warning',
      message: `A connection of ${registration} has been due for ${Math.floor((now - since.getTime()) / 60_000)} minutes: the sweep does not reach it.`,
      mend: 'Look for warnings of the sweep in the log of the servers, and at mooring_due_backlog; more servers take more.',
    })
  }
  if (findings.length > 0) return findings
  return [{ check: 'renewals', level: 'ok', message: 'No platform refuses an app, and nothing is overdue.' }]
}
