/**
 * The background's work in one short request, for hosts without a long-lived process. Any number may run at once: what one
 * has taken, another does not find.
 */
import type { Engine } from '../connections/engine.ts'
import type { Looked } from '../connections/keep-fresh.ts'
import type { LetterOptions } from '../events/letters.ts'
import { dropOld, look, type TidyOptions, tellByLetter, tellByWebhook, tidy } from './chores.ts'
import { type Look, sweep } from './sweep.ts'

export interface TickOptions extends TidyOptions {
  letters: LetterOptions
  /** Writes what this process counted for the audit. */
  flush: () => Promise<void>
  /** Carries out so many due deliveries. Answers with how many there were. */
  deliver: (most: number) => Promise<number>
}

export interface Ticked {
  /** Due connections that were looked at, by what became of them. */
  looked: Partial<Record<Looked | 'unfinished', number>>
  letters: number
  webhooks: number
  deliveries: number
  /** More is due than there was time for: tick again. */
  more: boolean
}

/** Hosts end a request after ten seconds at the earliest; one look takes a second or two. */
const LOOKING_MS = 6000
/** Taken at once of a registration, and looked at together. What is taken and not reached comes again by itself in ten minutes. */
const BATCH = 16
/** Deliveries in one tick, together. */
const DELIVERIES = 40

export async function tick(engine: Engine, options: TickOptions): Promise<Ticked> {
  const { runtime } = engine
  const until = runtime.now() + LOOKING_MS
  const looked: Ticked['looked'] = {}
  const count = (became: Looked | 'unfinished') => {
    looked[became] = (looked[became] ?? 0) + 1
  }
  let more = true
  let letters = 0
  let webhooks = 0
  let deliveries = 0
  try {
    // Posts first: people wait for them.
    deliveries = await options.deliver(DELIVERIES)
    while (more && runtime.now() < until) {
      const due: Look[] = []
      more = await sweep(engine, async (some) => void due.push(...some), BATCH)
      await Promise.all(due.map(async (one) => count((await look(engine, one)) || 'unfinished')))
    }
  } finally {
    webhooks = await tellByWebhook(engine)
    letters = await tellByLetter(options.letters)
    await dropOld(engine)
    // From anywhere: nobody remembers between two ticks how far the last one came.
    await tidy(engine, options, runtime.uuid())
    await tidy(engine, options, undefined)
    await options.flush()
  }
  return { looked, letters, webhooks, deliveries, more: more || deliveries === DELIVERIES }
}
