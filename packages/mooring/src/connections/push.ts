/** A platform tells us unasked that access was removed, or that somebody's data must go: believed by its signature alone, done once. */
import { createHash } from 'node:crypto'
import { MooringError, unknownFault } from '../error.ts'
import type { Registration } from '../provider.ts'
import type { Push, PushConfirmation, PushEvent, PushReading, PushRefusal, PushRequest } from '../provider-push.ts'
import { type Engine, event, knownAs } from './engine.ts'

/** A push that was signed longer ago than this is refused. HubSpot names the same 5 minutes for its own. */
const OLDEST_MS = 5 * 60_000
/** A clock that runs ahead of ours by less is forgiven. */
const NEWEST_MS = 60_000
/** Where no time is signed, a replay is known for this long. */
const UNTIMED_MS = 60 * 60_000

export type Arrival = Pick<PushRequest, 'url' | 'headers' | 'body'>

type Believed = Exclude<PushReading, { refused: unknown }>

/** Throws `not_found` where there is no such address: the registration, its secret, or the push itself is missing. */
export function pushOf(engine: Engine, registrationId: string, name: string) {
  const registration = knownAs(engine, registrationId)
  const pushes = registration?.provider.pushes ?? {}
  const secret = registration?.client?.clientSecret
  if (!registration || !secret || !Object.hasOwn(pushes, name))
    throw new MooringError('not_found', 'That does not exist.')
  return { registration, name, push: pushes[name] as Push, secret }
}

/**
 * Carries out what arrived. Returns the JSON to answer with, or undefined for an empty answer: the same whether anybody
 * here is meant, nobody is, or it was carried out before. Throws `push_refused`.
 */
export async function receivePush(
  engine: Engine,
  { registration, name, push, secret }: ReturnType<typeof pushOf>,
  arrival: Arrival,
  statusUrl: (code: string) => string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { runtime, store } = engine
  const where = { registration: registration.id, push: name }
  const now = runtime.now()
  const reading = judged(push, { ...arrival, method: 'POST', secret }, now, (fault) =>
    runtime.log.warn({ ...where, fault }, 'a push could not be read'),
  )
  if ('refused' in reading) {
    runtime.log.warn({ ...where, reason: reading.refused }, 'a push was refused')
    throw new MooringError('push_refused', 'This is not signed as it must be.')
  }
  const events = distinct(reading.events)
  const hash = hashOf(registration, name, reading.mark)
  const confirmed = events.some((one) => one.kind === 'data_deletion') ? confirmation(hash, statusUrl) : undefined
  if (events.length > 0) {
    const platform = registration.provider.name
    const connections = await store.pushes.carryOut({
      hash,
      expiresAt: new Date(reading.signedAt === null ? now + UNTIMED_MS : reading.signedAt + OLDEST_MS + NEWEST_MS),
      now: new Date(now),
      registration: registration.id,
      events,
      signedBy: reading.signedAt === null ? null : new Date(reading.signedAt + NEWEST_MS),
      codeHash: confirmed && sha256(confirmed.code),
      removed: () =>
        event(engine, 'connection.reauthorize', platform, `Access was removed on ${platform}. Reconnect to go on.`),
      erased: (wasLive) =>
        event(
          engine,
          wasLive ? 'connection.disconnected' : 'connection.erased',
          platform,
          `${platform} asked to erase this person's data. It was erased.`,
        ),
    })
    const kinds = [...new Set(events.map((one) => one.kind))]
    if (connections === undefined) runtime.log.info({ ...where, kinds }, 'a push came again and was left alone')
    else runtime.log.info({ ...where, kinds, connections }, 'a push was carried out')
  }
  return confirmed && push.answer?.(confirmed)
}

/** When what this code confirms was done; undefined for a code that nobody was given. */
export const erasedAt = (engine: Engine, code: string): Promise<Date | undefined> =>
  engine.store.pushes.erasedAt(sha256(code))

function judged(
  push: Push,
  request: PushRequest,
  now: number,
  fault: (name: string) => void,
): Believed | { refused: PushRefusal | 'too_old' | 'too_new' } {
  let reading: PushReading
  try {
    reading = push.read(request)
  } catch (error) {
    fault(unknownFault(error))
    return { refused: 'unreadable' }
  }
  if ('refused' in reading || reading.signedAt === null) return reading
  const age = now - reading.signedAt
  if (age > OLDEST_MS) return { refused: 'too_old' }
  // This way round: a time that is no number is refused here.
  return age >= -NEWEST_MS ? reading : { refused: 'too_new' }
}

/** Each once. PostgreSQL's text holds no NUL, so nobody is called by one. */
function distinct(events: readonly PushEvent[]): PushEvent[] {
  const found = new Map(events.map((one) => [`${one.kind} ${one.subject}`, one]))
  return [...found.values()].filter(({ subject }) => subject !== '' && !subject.includes('\0'))
}

/**
 * With the address in it: a platform that sends both "removed" and "delete" for one click may sign the same words for both
 * (Meta's signed_request names a person and a second, and not what is asked).
 */
const hashOf = (registration: Registration, name: string, mark: Uint8Array): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([registration.id, name]))
    .update(mark)
    .digest()

/** Made of the push itself, so that a platform that asks again is told the same. Meta wants letters and digits alone. */
function confirmation(hash: Buffer, statusUrl: (code: string) => string): PushConfirmation {
  const code = createHash('sha256').update('confirmation').update(hash).digest('hex').slice(0, 32)
  return { code, url: statusUrl(code) }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
