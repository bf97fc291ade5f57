/**
 * What a platform answered to a refresh exists nowhere else until it is stored. So it is kept in memory and stored again
 * and again, for as long as the process lives, and the process does not end in the middle of it.
 */
import { unknownFault } from '../error.ts'
import type { Engine } from './engine.ts'

/** A database that is gone without a word leaves its clients waiting; another client finds the one in its place. */
const ATTEMPT_MS = 5_000
const LONGEST_PAUSE_MS = 1_000

interface Under {
  way: Set<Promise<unknown>>
  closing: boolean
}
const engines = new WeakMap<Engine, Under>()

function under(engine: Engine): Under {
  const known = engines.get(engine)
  if (known) return known
  const made = { way: new Set<Promise<unknown>>(), closing: false }
  engines.set(engine, made)
  return made
}

/** No refresh begins any more, and what could not be stored is given up. */
export const closing = (engine: Engine): boolean => under(engine).closing

/** The process waits for this at its end. */
export function holding<T>(engine: Engine, work: Promise<T>): Promise<T> {
  const { way } = under(engine)
  way.add(work)
  const over = () => void way.delete(work)
  work.then(over, over)
  return work
}

export interface Kept {
  /** What came of the first attempt; true where the database is away: what is kept holds all the same. */
  first: Promise<boolean>
  /** What came of it in the end. Never rejects; false also where it was given up. */
  done: Promise<boolean>
}

/** Stores what `store` stores, however long the database is away. An attempt must be harmless after one whose end is not known. */
export function keep(
  engine: Engine,
  fields: { connection: string },
  store: () => Promise<boolean>,
  attemptMs = ATTEMPT_MS,
): Kept {
  const { promise: first, resolve } = Promise.withResolvers<boolean>()
  const done = holding(
    engine,
    insist(engine, fields, store, attemptMs, () => resolve(true)),
  )
  done.then(resolve)
  return { first, done }
}

async function insist(
  engine: Engine,
  fields: { connection: string },
  store: () => Promise<boolean>,
  attemptMs: number,
  away: () => void,
): Promise<boolean> {
  const { log } = engine.runtime
  for (let tries = 1, failed = false; ; tries += 1) {
    try {
      const stored = await within(engine, attemptMs, store())
      if (stored !== LATE) {
        if (failed) log.info({ ...fields, tries }, 'the answer of a platform could be stored after all')
        return stored
      }
    } catch (error) {
      const told = { ...fields, tries, fault: unknownFault(error) }
      if (!failed) log.error(told, 'the answer of a platform cannot be stored; it is kept and stored again and again')
      failed = true
      away()
    }
    if (closing(engine)) {
      log.error({ ...fields, tries }, 'the answer of a platform is lost: the server ends and its database is away')
      return false
    }
    if (failed) await engine.runtime.sleep(Math.min(50 * 2 ** Math.min(tries, 10), LONGEST_PAUSE_MS))
  }
}

const LATE: unique symbol = Symbol('late')

async function within<T>(engine: Engine, milliseconds: number, work: Promise<T>): Promise<T | typeof LATE> {
  const over = new AbortController()
  const late = engine.runtime.sleep(milliseconds, over.signal).then(
    (): typeof LATE => LATE,
    (): typeof LATE => LATE,
  )
  try {
    return await Promise.race([work, late])
  } finally {
    over.abort()
  }
}

/** Waits for whatever is held at the moment, and what it brings about. */
export async function idle(engine: Engine): Promise<void> {
  const { way } = under(engine)
  while (way.size > 0) await Promise.allSettled(way)
}

/** Waits for every refresh that is under way, up to so many ms. After that none begins, and none is tried to be stored. */
export async function settleRefreshes(engine: Engine, milliseconds: number): Promise<void> {
  const state = under(engine)
  await within(engine, milliseconds, idle(engine))
  state.closing = true
}
