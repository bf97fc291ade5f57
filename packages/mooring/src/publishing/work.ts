/**
 * Carries one delivery out, as far as it goes now. What others will see is written down before it leaves, and never repeated
 * blindly; everything else may be repeated. Each step's end is in the row before the next begins.
 */
import { isMooringError, type MooringError, unknownFault } from '../error.ts'
import { isOk } from '../provider.ts'
import type { Outcome, PublishFault, Step } from '../provider-publishing.ts'
import { type Access, type Acting, accessOf, actingAs, renewed } from './acting.ts'
import { filled } from './content.ts'
import { excerptOf } from './excerpt.ts'
import { fitted } from './fit.ts'
import { type Held, hold, LeaseLost, learning, write } from './held.ts'
import type { Publishing } from './publishing.ts'
import { CallFault, send } from './request.ts'
import * as settle from './settle.ts'
import { createLost, lookAfter } from './unknown.ts'

type Call = Extract<Step, { do: 'call' }>
/** A machine that never ends is a mistake of the provider's. */
const MOST_STEPS = 5000

/** Never throws: what cannot be settled now is found again when the lease is over. */
export async function workOn(publishing: Publishing, workspace: string, id: string, lease: string): Promise<void> {
  const { store, runtime } = publishing.engine
  try {
    const work = await store.deliveryWork.load(workspace, id, lease)
    if (work) await carryOut(hold(publishing, lease, work))
  } catch (error) {
    if (error instanceof LeaseLost) runtime.log.info({ delivery: id }, 'another process has this delivery now')
    else runtime.log.warn({ delivery: id, fault: unknownFault(error) }, 'a delivery could not be carried on')
  }
}

async function carryOut(held: Held): Promise<void> {
  const { delivery, account, connection } = held.work
  const { engine, files } = held.publishing
  // Whoever was at it died between the request and its answer, or lost the database.
  if (held.attempt?.outcome === 'sending') {
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
  const found = await accessOr(held, acting)
  if (!found) return
  const { content: raw, missing } = filled(held.work.delivery.content, held.work.media)
  if (missing.length > 0)
    return settle.failed(held, { class: 'media', message: 'A file of this post is not here any more. Add it again.' })
  if (first) {
    const refused = acting.publisher.check(raw, acting.as).issues.find((issue) => issue.severity === 'error')
    if (refused) return settle.failed(held, { class: 'content', code: refused.code, message: refused.message })
  }
  const content = await fittedOr(held, raw, acting)
  if (!content) return
  const { runtime } = held.publishing.engine
  let access = found
  let renewals = 0
  for (let count = 0; count < MOST_STEPS; count += 1) {
    const step = acting.publisher.next(content, acting.as, held.progress, runtime.now())
    if (step.do === 'done') return settle.published(held, step)
    if (step.do === 'fail') return settle.failed(held, step.fault)
    if (step.do === 'wait') return settle.processing(held, step.forMs, step.learnt)
    const opens = await held.publishing.budgets.opensAt(acting.caller, step.endpoint)
    if (opens !== undefined) return settle.again(held, limited(acting, opens - runtime.now()))
    const ended = await take(held, acting, access, content, step)
    if (ended === 'settled') return
    if (ended === 'renew') {
      const newer = renewals++ === 0 ? await renewed(held.publishing.engine, acting, access.token) : undefined
      if (newer === undefined)
        return settle.waits(
          held,
          `${acting.registration.provider.name} does not accept this connection. Reconnect to go on.`,
          'reauthorize',
        )
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
    await settle.failed(held, { class: 'media', code: error.code, message: error.message })
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

/** One call and what became of it. `on`: the next step; `renew`: the token was refused. */
async function take(
  held: Held,
  acting: Acting,
  access: Access,
  content: Parameters<Acting['publisher']['next']>[0],
  step: Call,
): Promise<'on' | 'renew' | 'settled'> {
  const { publishing, workspace } = held
  const { engine, budgets } = publishing
  const { publisher, as, caller } = acting
  const attempt = step.create && (await begin(held, step.create.part))
  budgets.spend(caller, publisher, as, step.endpoint)
  let answer: Awaited<ReturnType<typeof send>>
  try {
    answer = await send(
      { runtime: engine.runtime, files: publishing.files, workspace, access, publisher },
      step.request,
    )
  } catch (error) {
    return unanswered(held, acting, step, attempt, error)
  }
  budgets.learn(caller, publisher, answer, step.endpoint)
  const good = isOk(answer) || step.reads?.includes(answer.status)
  const outcome: Outcome = good
    ? read(step, answer)
    : {
        fault: publisher.judge(
          answer,
          {
            endpoint: step.endpoint,
            create: step.create !== undefined,
            limited: held.work.delivery.fault_class === 'rate',
          },
          engine.runtime.now(),
        ),
      }
  const facts = { status: answer.status, excerpt: isOk(answer) ? null : excerptOf(answer, [access.token]) }
  if (!('fault' in outcome)) return learn(held, acting, content, step, attempt, outcome, facts)
  return refused(held, acting, step, attempt, outcome.fault, facts)
}

/** Of a good answer that cannot be read nobody knows what it said. */
function read(step: Call, answer: Parameters<Call['read']>[0]): Outcome {
  try {
    return step.read(answer)
  } catch (error) {
    const message = 'The platform answered with something that cannot be read.'
    return { fault: { class: 'platform', code: unknownFault(error), message, unknown: step.create !== undefined } }
  }
}

async function begin(held: Held, part: string): Promise<string> {
  const { runtime } = held.publishing.engine
  const id = runtime.uuid()
  await write(held, { set: { state: 'sending' }, begin: { id, part } })
  held.attempt = { id, part, started_at: new Date(runtime.now()), outcome: 'sending' }
  return id
}

interface Facts {
  status: number
  excerpt: string | null
}

async function learn(
  held: Held,
  { publisher, as }: Acting,
  content: Parameters<Acting['publisher']['next']>[0],
  step: Call,
  attempt: string | undefined,
  outcome: Exclude<Outcome, { fault: PublishFault }>,
  { status }: Facts,
): Promise<'on' | 'settled'> {
  const { runtime } = held.publishing.engine
  const change = attempt
    ? { attempt: { id: attempt, outcome: 'accepted' as const, status } }
    : { step: { id: runtime.uuid(), name: step.name, status, message: null } }
  if ('wait' in outcome) {
    // A create that was taken: what is waited for is told in what was learnt.
    await settle.processing(held, outcome.wait, outcome.learnt, change)
    return 'settled'
  }
  try {
    const next = publisher.next(content, as, { ...held.progress, ...outcome.learnt }, runtime.now())
    if (next.do === 'done') {
      await settle.published(held, next, change, outcome.learnt)
      return 'settled'
    }
    const state = attempt ? 'sending' : 'processing'
    await write(held, { ...change, set: { ...learning(held, outcome.learnt), state, tries: 0 } })
    return 'on'
  } catch (error) {
    if (!(error instanceof LeaseLost) || !attempt) throw error
    // The answer came after the lease: it is the truth all the same.
    const known = { id: attempt, outcome: 'accepted' as const, status }
    await held.publishing.engine.store.deliveryWork.late(
      held.workspace,
      held.id,
      new Date(runtime.now()),
      known,
      outcome.learnt,
    )
    return 'settled'
  }
}

async function refused(
  held: Held,
  acting: Acting,
  step: Call,
  attempt: string | undefined,
  fault: PublishFault,
  { status, excerpt }: Facts,
): Promise<'on' | 'renew' | 'settled'> {
  const { runtime } = held.publishing.engine
  if (fault.class === 'rate' && fault.againAfterMs !== undefined)
    held.publishing.budgets.block(acting.caller, step.endpoint, runtime.now() + fault.againAfterMs)
  const said = { status, provider_code: fault.code?.slice(0, 120) ?? null, message: fault.message, excerpt }
  if (attempt === undefined) {
    const change = { step: { id: runtime.uuid(), name: step.name, status, message: fault.message } }
    if (fault.class === 'auth') {
      await write(held, { ...change, set: {} })
      return 'renew'
    }
    await (fault.againAfterMs === undefined && fault.class !== 'platform'
      ? settle.failed(held, fault, change)
      : settle.again(held, fault, change))
    return 'settled'
  }
  const ends = (outcome: 'refused' | 'unknown' | 'accepted') => ({ attempt: { id: attempt, outcome, ...said } })
  const optional = step.create?.optional
  if (optional && fault.class !== 'auth') {
    const outcome = fault.unknown || (status >= 500 && fault.unknown !== false) ? 'unknown' : 'refused'
    await write(held, {
      ...ends(outcome),
      set: { ...learning(held, optional.learnt), warning: optional.warning, state: 'sending' },
    })
    return 'on'
  }
  if (fault.unknown || (status >= 500 && fault.unknown !== false)) {
    const { name } = acting.registration.provider
    await createLost(held, `${name} met a fault of its own: nobody knows whether this was published.`, said)
    return 'settled'
  }
  if (fault.existing && (await doubted(held))) {
    await settle.published(held, { id: fault.existing.id, url: fault.existing.url ?? null }, ends('accepted'))
    return 'settled'
  }
  if (fault.class === 'auth') {
    await write(held, { ...ends('refused'), set: {} })
    return 'renew'
  }
  await (fault.againAfterMs === undefined
    ? settle.failed(held, fault, ends('refused'))
    : settle.again(held, fault, ends('refused')))
  return 'settled'
}

/** An earlier try of this delivery may have made what the platform says is there. */
async function doubted(held: Held): Promise<boolean> {
  const { store } = held.publishing.engine
  const detail = await store.deliveries.detail(held.workspace, held.id)
  return detail?.attempts.some((one) => one.outcome === 'unknown' || one.outcome === 'absent') ?? false
}

async function unanswered(
  held: Held,
  { registration }: Acting,
  step: Call,
  attempt: string | undefined,
  error: unknown,
): Promise<'on' | 'settled'> {
  const { name } = registration.provider
  if (!(error instanceof CallFault) && !isMooringError(error)) throw error
  const { runtime } = held.publishing.engine
  const message = `${name} is not answering.`
  const left = error instanceof CallFault && error.sent
  if (attempt !== undefined && left) {
    const optional = step.create?.optional
    if (optional) {
      await write(held, {
        attempt: { id: attempt, outcome: 'unknown', message },
        set: { ...learning(held, optional.learnt), warning: optional.warning, state: 'sending' },
      })
      return 'on'
    }
    await createLost(held, `${name} did not answer: nobody knows whether this was published.`)
    return 'settled'
  }
  const fault: PublishFault = isMooringError(error)
    ? { class: 'media', code: error.code, message: error.message }
    : { class: 'network', message, againAfterMs: 0 }
  const change =
    attempt === undefined
      ? { step: { id: runtime.uuid(), name: step.name, status: null, message: fault.message } }
      : { attempt: { id: attempt, outcome: 'refused' as const, message: fault.message } }
  await (fault.againAfterMs === undefined ? settle.failed(held, fault, change) : settle.again(held, fault, change))
  return 'settled'
}
