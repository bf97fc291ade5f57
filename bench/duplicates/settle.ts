/** After the storm: until nothing is due. What waits for a later time does not wait by the clock: all clocks are put on,
 * and what the database stamped by its own is older. */
import { setTimeout as delay } from 'node:timers/promises'
import type { CampaignDatabase } from './database.ts'
import type { People } from './homes.ts'
import type { Instance } from './instance.ts'
import { whatWaits } from './look.ts'
import type { Platform } from './platform.ts'

export interface Settling {
  instance: Instance
  database: CampaignDatabase
  platform: Platform
  people: People
  /** `performance.now()` at which it is given up. */
  until: number
  /** From then on the platforms have nothing under way, and clocks may be put on. */
  quietFrom: number
}

/** How far the campaign's clocks are ahead, in ms. */
let ahead = 0

/** False: something is due still. Leases are waited for: they go by the database's clock, which nobody moves. */
export async function settle({ instance, database, platform, people, until, quietFrom }: Settling): Promise<boolean> {
  instance.setClocks(ahead)
  while (performance.now() < until) {
    const { all, leased, waiting, next } = await whatWaits(database)
    if (all === 0) return true
    const left = next - (Date.now() + ahead)
    if (leased === 0 && waiting === all) await people.reconnect()
    if (leased === 0 && left > 1500 && performance.now() > quietFrom) {
      ahead += left
      instance.setClocks(ahead)
      await platform.advance(left / 1000)
      await database.query('update mooring.delivery_attempts set began_at = began_at - make_interval(secs => $1)', [
        left / 1000,
      ])
    }
    await delay(200)
  }
  return false
}
