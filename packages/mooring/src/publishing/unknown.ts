/** Nobody knows whether a post is there: it is looked for where the platform lets us, and a person is asked where not. Never by hope. */
import { isMooringError } from '../error.ts'
import { isOk } from '../provider.ts'
import type { Look, Sighting } from '../provider-publishing.ts'
import type { Change } from '../store/delivery-write.ts'
import { type Access, type Acting, accessOf, actingAs } from './acting.ts'
import { filled } from './content.ts'
import { type Held, learning, write } from './held.ts'
import { CallFault, send } from './request.ts'
import * as settle from './settle.ts'

/** After the attempt, in ms: lists of platforms lag behind by seconds. */
const LOOKS_MS = [2_000, 10_000, 70_000, 300_000, 1_800_000]
/** Only a look so late says that it is not there: a platform may still be at it. */
const ABSENT_AFTER_MS = 240_000
/** A connection that needs a person is tried so often. */
const DEAD_MS = 60_000
/** Clocks that are further apart are not of one time: a server's may be wrong by hours. */
const APART_MS = 10_000
/** So often in all it is sent again by itself where that is safe. */
const MOST_AGAIN = 2
/** Pages of a list in one look. */
const MOST_PAGES = 10

type Said = Omit<NonNullable<Change['attempt']>, 'id' | 'outcome'>

/** The answer of the newest attempt was lost. `said`: what came instead of an answer that says it. */
export async function createLost(held: Held, message: string, said: Said = {}): Promise<void> {
  const { runtime } = held.publishing.engine
  if (!held.attempt) throw new TypeError('no attempt')
  const { id, part } = held.attempt
  const acting = actingOf(held)
  const canTell = acting !== undefined && maySettle(held, acting, part)
  // Asked for again in doubt, and lost again: ever more slowly.
  const looks = held.doubted ? held.work.delivery.looks + 1 : 0
  await settle.unknown(
    held,
    canTell ? `${message} We are looking for it.` : `${message} Look there, then say whether it is live.`,
    canTell ? runtime.now() + (LOOKS_MS[looks] ?? LOOKS_MS.at(-1) ?? 0) : null,
    { attempt: { message, ...said, id, outcome: 'unknown' } },
    looks,
  )
}

function actingOf({ publishing, work: { account, connection } }: Held): Acting | undefined {
  return account && connection ? actingAs(publishing.engine, publishing.files, account, connection) : undefined
}

function maySettle(held: Held, { publisher, as }: Acting, part: string): boolean {
  const { content } = filled(held.work.delivery.content, held.work.media)
  if (publisher.resendSettles?.(as, content, 0)) return true
  const since = held.publishing.engine.runtime.now()
  return publisher.readBack?.(content, as, held.progress, { part, since, others: new Set() }) !== undefined
}

/** One look; the delivery goes on by `goOn` where it is found. */
export async function lookAfter(held: Held, goOn: (held: Held, acting: Acting) => Promise<void>): Promise<void> {
  const { attempt } = held
  const acting = actingOf(held)
  const person = (message: string) => settle.unknown(held, message, null, {}, held.work.delivery.looks)
  if (!attempt || !acting)
    return person(
      'It cannot be looked for: the account is not connected any more. Look there, then say whether it is live.',
    )
  const { content } = filled(held.work.delivery.content, held.work.media)
  const { part, ageMs } = attempt
  // Of several tries of which nobody knows it may be the first that is there.
  const oldestMs = Math.max(ageMs, attempt.doubtMs ?? 0)
  const { runtime, store } = held.publishing.engine
  const others = await store.deliveries.externalIds(held.workspace, acting.caller.account, held.id)
  const looking: Looking = (now) =>
    acting.publisher.readBack?.(content, acting.as, held.progress, { part, since: now - oldestMs, others })
  if (!looking(runtime.now())) {
    // The operator said that asking again tells: the platform refuses the second and names the first.
    if (acting.publisher.resendSettles?.(acting.as, content, oldestMs)) {
      held.doubted = true
      return goOn(held, acting)
    }
    return person(
      `${acting.registration.provider.name} lets us look at no posts here. Look there, then say whether it is live.`,
    )
  }
  const access = await accessOf(held.publishing.engine, acting).catch((error: unknown) => {
    if (isMooringError(error) && error.code !== 'database_unavailable') return undefined
    throw error
  })
  // It stays unknown while nobody can look, and must not become one that is sent again.
  if (!access) {
    const message = 'It is looked for as soon as the connection works again.'
    const { looks, fault_message: said } = held.work.delivery
    return settle.unknown(held, message, runtime.now() + DEAD_MS, {}, looks, said !== message)
  }
  const seen = await sight(held, acting, access, looking, runtime.now())
  if ('found' in seen) {
    const set = {
      ...learning(held, seen.found),
      state: 'sending' as const,
      looks: 0,
      fault_class: null,
      fault_code: null,
      fault_message: null,
    }
    await write(held, { set, attempt: { id: attempt.id, outcome: 'confirmed', message: 'It was found there.' } })
    return goOn(held, acting)
  }
  const looks = held.work.delivery.looks + 1
  if ('absent' in seen && ageMs > ABSENT_AFTER_MS && looks > 1) {
    if (seen.again && (await absentBefore(held, part)) < MOST_AGAIN) {
      const message = `${acting.registration.provider.name} did not publish it. It is sent again.`
      const absent = { attempt: { id: attempt.id, outcome: 'absent' as const, message: 'It is not there.' } }
      return settle.again(held, { class: 'network', message, againAfterMs: 0 }, absent)
    }
    return settle.failed(
      held,
      {
        class: 'network',
        message: `${acting.registration.provider.name} did not answer, and the post is not there: nothing was published. Send it again.`,
      },
      { attempt: { id: attempt.id, outcome: 'absent', message: 'It is not there.' } },
    )
  }
  const next = LOOKS_MS[looks]
  if (next === undefined)
    return person('It could not be found out whether this was published. Look there, then say whether it is live.')
  const message = held.work.delivery.fault_message ?? 'We are looking for it.'
  return settle.unknown(held, message, runtime.now() + Math.max(next - ageMs, 1000), {}, looks)
}

async function absentBefore({ publishing, workspace, id }: Held, part: string): Promise<number> {
  const detail = await publishing.engine.store.deliveries.detail(workspace, id)
  return detail?.attempts.filter((one) => one.part === part && one.outcome === 'absent').length ?? 0
}

/** The first page of a look, at a time by the platform's clock. */
type Looking = (now: number) => Look | undefined

/** `now` is our clock, until the platform tells its own: by that its posts bear their times. */
async function sight(
  held: Held,
  acting: Acting,
  access: Access,
  looking: Looking,
  now: number,
  told = false,
): Promise<Exclude<Sighting, { look: Look }>> {
  const { publishing, workspace } = held
  let look = looking(now)
  for (let page = 0; look && page < MOST_PAGES; page += 1) {
    publishing.budgets.spend(acting.caller, acting.publisher, acting.as, look.endpoint)
    let seen: Sighting
    try {
      const sending = {
        runtime: publishing.engine.runtime,
        files: publishing.files,
        workspace,
        access,
        publisher: acting.publisher,
      }
      const answer = await send(sending, look.request)
      publishing.budgets.learn(acting.caller, acting.publisher, answer, look.endpoint)
      const theirs = Date.parse(answer.headers.get('date') ?? '')
      if (!told && Math.abs(theirs - now) > APART_MS) return sight(held, acting, access, looking, theirs, true)
      seen = isOk(answer) ? readIn(look, answer) : { unsure: `The platform answered ${answer.status}.` }
    } catch (error) {
      if (error instanceof CallFault) return { unsure: 'The platform is not answering.' }
      throw error
    }
    if (!('look' in seen)) return seen
    look = seen.look
  }
  return { unsure: 'There are too many posts to look through.' }
}

/** A list that cannot be read tells nothing. */
function readIn(look: Look, answer: Parameters<Look['read']>[0]): Sighting {
  try {
    return look.read(answer)
  } catch {
    return { unsure: 'The platform answered with something that cannot be read.' }
  }
}
