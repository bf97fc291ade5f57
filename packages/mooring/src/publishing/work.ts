/**
 * Carries one delivery out, as far as it goes now. What others will see is written down before it leaves, and never repeated
 * blindly; everything else may be repeated. Each step's end is in the row before the next begins.
 */
import { isMooringError, type MooringError, unknownFault } from '../error.ts'
import type { PublishFault } from '../provider-publishing.ts'
import { type Access, type Acting, accessOf, actingAs, doubt, renewed } from './acting.ts'
import { filled } from './content.ts'
import { fileFault } from './file-fault.ts'
import { fitted } from './fit.ts'
import { type Held, hold, LeaseLost, learning, write } from './held.ts'
import type { Publishing } from './publishing.ts'
import * as settle from './settle.ts'
import { leftOut, take } from './take.ts'
import { createLost, lookAfter } from './unknown.ts'

/** A machine that never ends is a mistake of the provider's. */
const MOST_STEPS = 5000

/** Never throws: what cannot be settled now is found again when the lease is over. */
export async function workOn(publishing: Publishing, workspace: string, id: string, lease: string): Promise<void> {
  const { store, runtime } = publishing.engine
  try {
    const work = await store.deliveryWork.load(workspace, id, lease)
    if (!work) return
    const held = hold(publishing, lease, work)
    await carryOut(held).catch((error: unknown) => unforeseen(held, error))
  } catch (error) {
    if (error instanceof LeaseLost) runtime.log.info({ delivery: id }, 'another process has this delivery now')
    else runtime.log.warn({ delivery: id, fault: unknownFault(error) }, 'a delivery could not be carried on')
  }
}

/** What nobody foresaw is tried as often as what fails at a platform, and no more: whoever waits for it is told. */
async function unforeseen(held: Held, error: unknown): Promise<void> {
  if (error instanceof LeaseLost || (isMooringError(error) && error.code === 'database_unavailable')) throw error
  const { runtime } = held.publishing.engine
  runtime.log.error({ delivery: held.id, fault: unknownFault(error) }, 'a delivery met a fault of ours')
  if (held.attempt?.outcome === 'sending')
    return createLost(held, 'This server met a fault of its own: nobody knows whether this was published.')
  if (held.work.delivery.state === 'unknown')
    return settle.unknown(held, 'It could not be looked for. Look there, then say whether it is live.', null)
  return settle.again(held, { class: 'platform', code: 'internal', message: 'This server met a fault of its own.' })
}

async function carryOut(held: Held): Promise<void> {
  const { delivery, account, connection } = held.work
  const { engine, files } = held.publishing
  // Whoever was at it died between the request and its answer, or lost the database.
  if (held.attempt?.outcome === 'sending') {
    if (await withoutOptional(held)) return carryOut(held)
    return createLost(held, 'The server stopped while this was being sent: nobody knows whether it was published.')
  }
  if (delivery.state === 'unknown') return lookAfter(held, goOn)
  const begun = held.attempt !== undefined || Object.keys(held.progress).length > 0
  if (!begun && tooLate(held)) return miss(held)
  if (!account || !connection)
    return settle.failed(held, {
      class: 'permission',
      message: 'This account is not connected any more. Connect it again, then send this again.',
    })
  const acting = actingAs(engine, files, account, connection)
  if (!acting)
    return settle.failed(held, { class: 'permission', message: 'Nothing can be published as this account here.' })
  return goOn(held, acting, !begun)
}

/** What may be missing is not looked for: the post is out, and says that this may not be there. False: it was not such a part. */
async function withoutOptional(held: Held): Promise<boolean> {
  const { attempt, publishing, work } = held
  if (!attempt || !work.account || !work.connection) return false
  const acting = actingAs(publishing.engine, publishing.files, work.account, work.connection)
  if (!acting) return false
  const { content } = filled(work.delivery.content, work.media)
  const step = acting.publisher.next(content, acting.as, held.progress, publishing.engine.runtime.now())
  const optional = step.do === 'call' && step.create?.part === attempt.part ? step.create.optional : undefined
  if (!optional) return false
  const message = 'The server stopped while this was being sent.'
  const set = { ...learning(held, optional.learnt), warning: optional.warning }
  await write(held, { attempt: { id: attempt.id, outcome: 'unknown', message }, set })
  return true
}

const tooLate = ({ publishing, work: { delivery, missed } }: Held): boolean =>
  !delivery.released &&
  delivery.due_at !== null &&
  missed.policy !== 'late' &&
  publishing.engine.runtime.now() - delivery.due_at.getTime() > missed.afterMinutes * 60_000

const miss = (held: Held): Promise<void> =>
  settle.missed(
    held,
    held.work.missed.policy === 'ask'
      ? 'It is late, because the server or the connection was away. Send it now, or leave it.'
      : 'It was late, because the server or the connection was away, and was dropped as this workspace wants it.',
  )

/** From where it stands. `first`: nothing has been asked of the platform for it yet. */
async function goOn(held: Held, acting: Acting, first = false): Promise<void> {
  const { content: raw, missing } = filled(held.work.delivery.content, held.work.media)
  const { runtime } = held.publishing.engine
  if (!first) {
    // All of it is out: no token is needed to say so.
    const ended = acting.publisher.next(raw, acting.as, held.progress, runtime.now())
    if (ended.do === 'done') return settle.published(held, ended)
  }
  const found = await accessOr(held, acting)
  if (!found) return
  if (missing.length > 0)
    return settle.failed(held, { class: 'media', message: 'A file of this post is not here any more. Add it again.' })
  if (first) {
    const refused = acting.publisher.check(raw, acting.as).issues.find((issue) => issue.severity === 'error')
    if (refused) return settle.failed(held, { class: 'content', code: refused.code, message: refused.message })
  }
  const content = await fittedOr(held, raw, acting)
  if (!content) return
  let access = found
  let renewals = 0
  for (let count = 0; count < MOST_STEPS; count += 1) {
    const step = acting.publisher.next(content, acting.as, held.progress, runtime.now())
    if (step.do === 'done') return settle.published(held, step)
    if (step.do === 'fail') return settle.failed(held, step.fault)
    if (step.do === 'wait') return settle.processing(held, step.forMs, step.learnt)
    const opens = await held.publishing.budgets.opensAt(acting.caller, step.endpoint)
    if (opens !== undefined) {
      if (await leftOut(held, step, opens - runtime.now())) continue
      return settle.again(held, { ...limited(acting, opens - runtime.now()), doubt: step.doubt })
    }
    const ended = await take(held, acting, access, content, step)
    if (ended === 'settled') return
    if (ended === 'renew') {
      const newer = renewals++ === 0 ? await renewed(held.publishing.engine, acting, access.token) : undefined
      if (newer === undefined) {
        await doubt(held.publishing.engine, acting)
        if (await leftOut(held, step, undefined)) continue
        const { name } = acting.registration.provider
        return settle.waits(held, `${name} does not accept this connection. Reconnect to go on.`, 'reauthorize')
      }
      access = { ...access, token: newer }
    }
  }
  return settle.failed(held, { class: 'platform', message: 'This post takes more steps than it should. Tell us.' })
}

async function fittedOr(held: Held, raw: Parameters<typeof fitted>[1], acting: Acting) {
  try {
    return await fitted(held.publishing, raw, acting)
  } catch (error) {
    if (!isMooringError(error) || error.code === 'database_unavailable') throw error
    const fault = fileFault(error)
    await (fault.againAfterMs === undefined ? settle.failed(held, fault) : settle.again(held, fault))
    return undefined
  }
}

const limited = ({ registration }: Acting, ms: number): PublishFault => ({
  class: 'rate',
  message: `${registration.provider.name}'s limit is used up. It goes out when the limit opens again.`,
  againAfterMs: ms,
})

/** Undefined: there is none now, and the delivery says so. */
async function accessOr(held: Held, acting: Acting): Promise<Access | undefined> {
  try {
    return await accessOf(held.publishing.engine, acting)
  } catch (error) {
    if (!isMooringError(error)) throw error
    await withoutAccess(held, error)
    return undefined
  }
}

const withoutAccess = (held: Held, { code, message, retryAfter }: MooringError): Promise<void> => {
  if (code === 'database_unavailable') throw new LeaseLost()
  const passing = ['failing', 'provider_unavailable', 'provider_timeout', 'provider_rate_limited'].includes(code)
  if (!passing) return settle.waits(held, message, code, code === 'permission' ? 'permission' : 'auth')
  return settle.again(held, { class: 'platform', code, message, againAfterMs: (retryAfter ?? 30) * 1000 })
}
