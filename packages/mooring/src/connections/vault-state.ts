/** How the sealed values stand: how many rest on each key, and which process runs with which keys. */
import type { LiveProcess } from '../store/processes.ts'
import { type KeyHolder, type KeyState, type KeyUse, keyStates, safeToRemove } from '../vault/ring-state.ts'
import type { Engine } from './engine.ts'

export interface VaultState {
  keys: KeyState[]
  processes: LiveProcess[]
  total: number
  safeToRemove: string[]
}

interface Counting {
  running: Promise<KeyUse[]>
  /** Begins when the running one ends: it is true for everybody who asked meanwhile, as the running one may not be. */
  waiting?: Promise<KeyUse[]>
}
const counting = new WeakMap<Engine, Counting>()

/** Reads every sealed value's first characters, over all workspaces: some seconds where there are a million connections. */
export async function vaultState(engine: Engine): Promise<VaultState> {
  const [uses, processes] = await Promise.all([oneAtATime(engine), engine.store.processes.live()])
  const keys = keyStates(engine.vault.kids, uses, processes)
  return {
    keys,
    processes,
    total: keys.reduce((sum, one) => sum + one.values, 0),
    safeToRemove: safeToRemove(engine.vault.kids, keys, processes),
  }
}

function oneAtATime(engine: Engine): Promise<KeyUse[]> {
  const known = counting.get(engine)
  if (known) {
    known.waiting ??= known.running.then(
      () => oneAtATime(engine),
      () => oneAtATime(engine),
    )
    return known.waiting
  }
  const running = count(engine).finally(() => counting.delete(engine))
  counting.set(engine, { running })
  return running
}

const count = async ({ store }: Engine): Promise<KeyUse[]> =>
  (await store.sealed.countAll()).map(({ table, column, kid, values }) => ({
    kid,
    column: `${table}.${column}`,
    values,
  }))

export const holdersOf = async ({ store }: Engine): Promise<KeyHolder[]> =>
  (await store.processes.live()).map((row) => ({ ...row, secondsAgo: row.seconds_ago }))
