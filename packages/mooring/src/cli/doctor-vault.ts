/** The doctor's look at what is sealed: whether these keys open it, and whether all that serve have the same. Changes nothing. */
import { isMooringError } from '../error.ts'
import { silent } from '../runtime.ts'
import { createDb } from '../store/database.ts'
import type { DatabaseTarget } from '../store/open.ts'
import { type LiveProcess, processStore } from '../store/processes.ts'
import { NOT_SEALED, sealedStore } from '../store/sealed.ts'
import { type KeyState, keyStates } from '../vault/ring-state.ts'
import type { Finding } from './commands/doctor.ts'

/** A database that no server has readied yet has none of these tables. */
const NOT_READY = /42P01|3F000/

export async function sealedFindings(target: DatabaseTarget, ring: readonly string[]): Promise<Finding[]> {
  const db = createDb({ ...target.admin, max: 1 }, silent)
  try {
    const uses = (await sealedStore(db).countAll()).map((one) => ({ ...one, column: `${one.table}.${one.column}` }))
    return judgeSealed(ring, keyStates(ring, uses, []), await processStore(db).live())
  } catch (error) {
    if (isMooringError(error) && NOT_READY.test(error.detail ?? '')) return []
    throw error
  } finally {
    await db.close()
  }
}

/** Pure. */
export function judgeSealed(
  ring: readonly string[],
  states: readonly KeyState[],
  processes: readonly Pick<LiveProcess, 'host' | 'pid' | 'kids'>[],
): Finding[] {
  const findings = states.filter((one) => !one.inRing && one.values > 0).map(unknown)
  const others = processes.filter((one) => one.kids.join() !== ring.join())
  if (others.length > 0) {
    const list = others.map((one) => `${one.host} (pid ${one.pid}) has ${one.kids.join(', ')}`).join('; ')
    findings.push({
      check: 'vault',
      level: 'warning',
      message: `Not everybody has the same keys: here ${ring.join(', ')}; ${list}.`,
      mend: 'Finish the roll-out: the same MOORING_VAULT_KEYS, in the same order, for every process.',
    })
  }
  if (findings.length > 0) return findings
  const total = states.reduce((sum, one) => sum + one.values, 0)
  const message = total === 0 ? 'Nothing is sealed yet.' : `The keys at hand open everything that is sealed (${total}).`
  return [{ check: 'vault', level: 'ok', message }]
}

function unknown({ kid, values }: KeyState): Finding {
  const rest = values === 1 ? '1 value rests' : `${values} values rest`
  if (kid === NOT_SEALED) {
    return {
      check: 'vault',
      level: 'error',
      message: `${values} of the sealed columns' values ${values === 1 ? 'is' : 'are'} no sealed value: changed by hand, or damaged.`,
      mend: '`npx mooring keys rotate` lists them; put them back from a backup, or reconnect.',
    }
  }
  return {
    check: 'vault',
    level: 'error',
    message: `${rest} on key ${kid}, which is not among the keys.`,
    mend: 'Put that key back, behind the others, in MOORING_VAULT_KEYS or the key file.',
  }
}
