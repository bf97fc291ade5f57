/** What is done in the background, a piece at a time: by the queue's workers, or by a tick. None of it keeps the next from being done. */
import type { Engine } from '../connections/engine.ts'
import { keepFresh, type Looked } from '../connections/keep-fresh.ts'
import { isMooringError, unknownFault } from '../error.ts'
import { type LetterOptions, sendLetters } from '../events/letters.ts'
import { sendWebhooks, type WebhookParts } from '../events/webhooks.ts'
import { dropOverdue } from '../flows/complete.ts'
import { lookAfterAll } from '../flows/credentials/follow.ts'
import { Look } from './sweep.ts'

export const DAY_MS = 86_400_000
/** For so long one can look up what was told to an endpoint, and send it again. */
const DELIVERIES_DAYS = 30
/** Workspaces at once. */
const PAGE = 200

async function quietly<T>(
  engine: Pick<Engine, 'runtime'>,
  what: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    engine.runtime.log.warn({ fault: unknownFault(error) }, what)
    return undefined
  }
}

/** Flows that no host completed, and sign-ins and counters whose time is over. */
export async function dropOld(engine: Engine): Promise<void> {
  const { store, runtime } = engine
  const dropped = await quietly(engine, 'flows that no host completed were not ended', () => dropOverdue(engine))
  await quietly(engine, 'attempts by credentials were not looked after', () => lookAfterAll(engine))
  if (dropped) runtime.log.info({ dropped }, 'flows that no host completed were ended')
  await quietly(engine, 'old sign-ins and counters were not dropped', () =>
    store.signIn.dropOver(new Date(runtime.now())),
  )
}

/** After what is due: a mail server that is slow keeps no token waiting. Answers with how many went out. */
export async function tellByLetter(letters: LetterOptions): Promise<number> {
  const sent = (await quietly(letters, 'letters about what happened were not sent', () => sendLetters(letters))) ?? 0
  if (sent > 0) letters.runtime.log.info({ sent }, 'letters about what happened were sent')
  return sent
}

/** Answers with how many arrived. */
export async function tellByWebhook(parts: WebhookParts): Promise<number> {
  const sent = (await quietly(parts, 'webhooks were not sent', () => sendWebhooks(parts))) ?? 0
  if (sent > 0) parts.runtime.log.info({ sent }, 'webhooks were sent')
  return sent
}

export interface TidyOptions {
  /** How long the audit is kept. */
  auditDays: number
  /** What else goes of a workspace: files that no post uses. */
  tidyFiles: (workspace: string) => Promise<unknown>
}

/** What is too old goes, of some workspaces from `after` on. Answers with where to go on; undefined: the end. */
export function tidy(
  engine: Engine,
  { auditDays: days, tidyFiles }: TidyOptions,
  after: string | undefined,
): Promise<string | undefined> {
  const { store, runtime } = engine
  return quietly(engine, 'what is too old was not dropped', async () => {
    const some = await store.workspaces.page(after, PAGE)
    for (const { id } of some) {
      await store.audit.expire(id, new Date(runtime.now() - days * DAY_MS))
      await store.webhooks.expire(id, new Date(runtime.now() - DELIVERIES_DAYS * DAY_MS))
      await quietly(engine, 'files that no post uses were not removed', () => tidyFiles(id))
    }
    return some.length < PAGE ? undefined : some.at(-1)?.id
  })
}

/** False: it could not be finished, and is tried again. */
export async function look(engine: Engine, data: unknown): Promise<Looked | false> {
  const { log } = engine.runtime
  const job = Look.safeParse(data)
  if (!job.success) {
    log.warn({}, 'a job that names no connection was dropped')
    return 'gone'
  }
  const { workspace, connection, provider } = job.data
  try {
    const became = await keepFresh(engine, workspace, connection)
    engine.metrics.looked(provider, became)
    log.debug({ connection, became }, 'a due connection was looked at')
    return became
  } catch (error) {
    if (isMooringError(error) && error.code === 'not_found') return 'gone'
    log.warn({ connection, fault: unknownFault(error) }, 'a look at a due connection was not finished')
    return false
  }
}
