/** The ends of a delivery, and what keeps it waiting: each with what people and hosts are told. */
import type { FaultClass, Progress, PublishFault } from '../provider-publishing.ts'
import type { Change } from '../store/delivery-write.ts'
import { type Held, learning, write } from './held.ts'

/** After each failure of what may be repeated: some three quarters of an hour in all. */
const PAUSES_MS = [5_000, 30_000, 120_000, 600_000, 1_800_000]
const DAY_MS = 86_400_000
/** A platform that nothing reaches is tried for so long after the time that a post should have. */
const AWAY_MS = DAY_MS
/** A limit of a platform's is waited for, but not for ever. */
const MOST_WAIT_MS = 3 * DAY_MS
const MOST_LIMITED_MS = 14 * DAY_MS
/** What is asked for again to learn what is there. */
const DOUBT_MS = 10_000
const LOOK_THERE = 'Look there, then say whether it is live.'
/** A connection that needs a person is looked at so often. */
const DEAD_MS = 60_000

const NO_FAULT = { fault_class: null, fault_code: null, fault_message: null }
const faultOf = (fault: Pick<PublishFault, 'class' | 'code' | 'message'>) => ({
  fault_class: fault.class,
  fault_code: fault.code?.slice(0, 120) ?? null,
  fault_message: fault.message,
})

const nowOf = (held: Held): number => held.publishing.engine.runtime.now()

function told(held: Held, type: string, message: string) {
  const { runtime } = held.publishing.engine
  return { id: runtime.uuid(), at: new Date(runtime.now()), type, actor: 'Mooring', message }
}

/** What was published is called after the account; a person knows it by that. */
const where = ({ work: { delivery } }: Held): string => delivery.label

export function published(
  held: Held,
  { id, url, warning }: { id: string | null; url: string | null; warning?: string | null | undefined },
  change: Partial<Change> = {},
  learnt?: Progress,
): Promise<void> {
  const at = new Date(nowOf(held))
  held.publishing.engine.metrics.delivered(held.work.delivery.provider, 'published')
  return write(held, {
    ...change,
    set: {
      ...learning(held, learnt),
      ...NO_FAULT,
      state: 'published',
      published_at: at,
      external_id: id,
      permalink: url,
      warning: warning ?? held.work.delivery.warning,
      tries: 0,
    },
    dueAt: null,
    event: told(held, 'delivery.published', `Published as ${where(held)}.`),
  })
}

export function failed(held: Held, fault: PublishFault, change: Partial<Change> = {}): Promise<void> {
  if (fault.doubt)
    return unknown(held, fault.doubt.message, null, { ...change, set: learning(held, fault.doubt.learnt) })
  if (held.doubted) return unknown(held, `${fault.message} ${LOOK_THERE}`, null, change)
  held.publishing.engine.metrics.delivered(held.work.delivery.provider, 'failed')
  return write(held, {
    ...change,
    set: { ...learning(held, fault.learnt), ...faultOf(fault), state: 'failed' },
    dueAt: null,
    event: told(held, 'delivery.failed', `Not published as ${where(held)}: ${fault.message}`),
  })
}

/** Something that may be repeated did not work. Without an own time it is tried again after ever longer pauses, and then given up. */
export function again(held: Held, fault: PublishFault, change: Partial<Change> = {}): Promise<void> {
  const now = nowOf(held)
  const { tries, due_at: due, looks } = held.work.delivery
  if (held.doubted)
    return unknown(held, fault.message, now + Math.max(fault.againAfterMs ?? 0, DOUBT_MS), change, looks + 1)
  const limited = fault.class === 'rate'
  const late = due === null ? 0 : now - due.getTime()
  // Nothing arrives there: a line that is away is no reason to give a post up on the same day.
  const away = fault.class === 'network' && late < AWAY_MS ? PAUSES_MS.at(-1) : undefined
  const pause = PAUSES_MS[tries] ?? away
  const wait = Math.max(fault.againAfterMs ?? 0, limited ? 0 : (pause ?? 0))
  const tooLate = limited && (wait > MOST_WAIT_MS || late > MOST_LIMITED_MS)
  if (tooLate || (!limited && pause === undefined)) return failed(held, { ...fault, againAfterMs: undefined }, change)
  return write(held, {
    ...change,
    set: { ...learning(held, fault.learnt), ...faultOf(fault), state: 'queued', tries: limited ? tries : tries + 1 },
    dueAt: new Date(now + Math.max(1000, wait)),
  })
}

/** Its connection needs somebody: it goes out after that, if it is not too late then. */
export function waits(held: Held, message: string, code: string, class_: FaultClass = 'auth'): Promise<void> {
  const { delivery } = held.work
  if (held.doubted) return unknown(held, message, nowOf(held) + DEAD_MS, {}, delivery.looks)
  const set = { ...faultOf({ class: class_, code, message }), state: 'waiting' as const }
  const dueAt = new Date(nowOf(held) + DEAD_MS)
  // Said once: who waits on is not news.
  const news =
    delivery.state === 'waiting' ? {} : { event: told(held, 'delivery.waiting', `${where(held)}: ${message}`) }
  return write(held, { set, dueAt, ...news })
}

/** Too late by the workspace's policy. */
export function missed(held: Held, message: string): Promise<void> {
  held.publishing.engine.metrics.delivered(held.work.delivery.provider, 'missed')
  return write(held, {
    set: { ...faultOf({ class: 'policy', message }), state: 'missed' },
    dueAt: null,
    event: told(held, 'delivery.missed', `Not published as ${where(held)}: ${message}`),
  })
}

/** The platform makes something ready. */
export function processing(
  held: Held,
  forMs: number,
  learnt: Progress | undefined,
  change: Partial<Change> = {},
): Promise<void> {
  return write(held, {
    ...change,
    set: { ...learning(held, learnt), ...(held.doubted ? {} : { ...NO_FAULT, state: 'processing' }) },
    dueAt: new Date(nowOf(held) + forMs),
  })
}

/** Nobody knows whether the post is there. `lookAt` null: a person must say. `tell`: a person is needed before we can look on. */
export function unknown(
  held: Held,
  message: string,
  lookAt: number | null,
  change: Partial<Change> = {},
  looks = 0,
  tell = lookAt === null,
): Promise<void> {
  const fault = { class: 'network' as const, message }
  if (lookAt === null) held.publishing.engine.metrics.delivered(held.work.delivery.provider, 'unknown')
  return write(held, {
    ...change,
    set: { ...change.set, ...faultOf(fault), state: 'unknown', looks },
    dueAt: lookAt === null ? null : new Date(lookAt),
    ...(tell ? { event: told(held, 'delivery.unknown', `${where(held)}: ${message}`) } : {}),
  })
}
